// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/index/policykeys.h"
#include "authz/compiledpolicy.h"
#include <algorithm>
#include <bit>

namespace iam::authz {

std::size_t KeyLengths::fit(std::size_t wanted)
{
    wanted = std::min(wanted, longest);
    const auto above = std::upper_bound(m_rising.begin(), m_rising.end(), wanted);
    const std::size_t below = above == m_rising.begin() ? 0 : *(above - 1);
    if (below == wanted) return wanted;
    const std::size_t free = m_rising.size() < mostFree ? wanted : std::bit_floor(wanted);
    if (below >= free) return below;
    m_rising.insert(std::upper_bound(m_rising.begin(), m_rising.end(), free), static_cast<std::uint16_t>(free));
    return free;
}

PolicyKey KeyFinder::key(std::string_view text, Field field, KeyKind kind)
{
    if (kind == KeyKind::Whole && text.size() > KeyLengths::longest) kind = KeyKind::Prefix;
    FieldLengths& lengths = m_lengths[static_cast<std::size_t>(field)];
    std::size_t length = text.size();
    if (kind == KeyKind::Prefix) length = lengths.prefixes.fit(length);
    if (kind == KeyKind::Suffix) length = lengths.suffixes.fit(length);
    const std::uint64_t hash =
        kind == KeyKind::Suffix ? SuffixHash(text).of(length, field, kind) : PrefixHash(text).of(length, field, kind);
    return {hash, static_cast<std::uint32_t>(length), kind, nullptr};
}

PolicyKey KeyFinder::keyOf(const Pattern& pattern, Field field)
{
    const std::string_view text = pattern.text();
    return {PrefixHash(text).of(text.size(), field, KeyKind::Template), 0, KeyKind::Template, &pattern};
}

KeyFinder::PatternKeys KeyFinder::read(const Pattern& pattern, Field field)
{
    PatternKeys keys;
    const Outline outline = pattern.outline();
    keys.canFail = outline.alwaysFails || outline.canFail;
    keys.usable = !outline.alwaysFails;
    if (!keys.usable) return keys;
    if (outline.mayEndWithLineFeed) m_lengths[static_cast<std::size_t>(field)].mayEndWithLineFeed = true;
    KeyChoice choice;
    for (const std::string& text : outline.literals) {
        choice = {};
        choice.add(key(text, field, KeyKind::Whole));
        keys.choices.push_back(choice);
    }
    if (!keys.choices.empty()) return keys;
    if (!outline.prefix.empty()) choice.add(key(outline.prefix, field, KeyKind::Prefix));
    if (!outline.suffix.empty()) choice.add(key(outline.suffix, field, KeyKind::Suffix));
    if (!outline.canFail) choice.add(keyOf(pattern, field));
    keys.usable = !choice.empty();
    if (keys.usable) keys.choices.push_back(choice);
    return keys;
}

const KeyFinder::PatternKeys& KeyFinder::keysOf(const Pattern& pattern, Field field)
{
    auto& known = m_known[static_cast<std::size_t>(field)];
    if (const auto found = known.find(&pattern); found != known.end()) return found->second;
    return known.emplace(&pattern, read(pattern, field)).first->second;
}

const PolicyKeys& KeyFinder::find(const CompiledPolicy& policy)
{
    bool canFail = false;
    const auto findIn = [&](const CompiledPolicy::Entries& entries, Field field) {
        ListKeys& list = m_found[static_cast<std::size_t>(field)];
        list.choices.clear();
        list.usable = !canFail;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const CompiledPolicy::Entry entry = entries[i];
            if (entry.isLiteral()) {
                list.choices.emplace_back().add(key(entry.text(), field, KeyKind::Whole));
                continue;
            }
            const PatternKeys& keys = keysOf(*entry.pattern(), field);
            canFail = canFail || keys.canFail;
            list.usable = list.usable && keys.usable;
            list.choices.insert(list.choices.end(), keys.choices.begin(), keys.choices.end());
        }
    };
    findIn(policy.actions(), Field::Action);
    findIn(policy.subjects(), Field::Subject);
    findIn(policy.resources(), Field::Resource);
    return m_found;
}

} // namespace iam::authz
