// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/patternpool.h"
#include "authz/patternhome.h"
#include "base/text.h"

namespace iam::authz {

// Behind the shard's lock. A pattern whose last reference is gone waits for that lock to forget itself: it is not
// revived, but taken out.
PatternPtr Pattern::Home::findIn(Shard& shard, std::string_view text)
{
    const auto found = shard.patterns.find(text);
    if (found == shard.patterns.end()) return nullptr;
    const Pattern* pattern = *found;
    std::uint32_t references = pattern->m_references.load();
    while (references != 0)
        if (pattern->m_references.compare_exchange_weak(references, references + 1)) return {pattern, false};
    shard.patterns.erase(found);
    return nullptr;
}

PatternPtr Pattern::Home::find(std::string_view text)
{
    Shard& shard = shardOf(text);
    const std::scoped_lock lock(shard.mutex);
    return findIn(shard, text);
}

PatternPtr Pattern::Home::keep(PatternPtr made)
{
    Shard& shard = shardOf(made->text());
    const std::scoped_lock lock(shard.mutex);
    if (PatternPtr known = findIn(shard, made->text())) return known;
    shard.patterns.insert(made.get());
    return made;
}

void Pattern::Home::forget(const Pattern* dead) noexcept
{
    Shard& shard = shardOf(dead->text());
    const std::scoped_lock lock(shard.mutex);
    const auto found = shard.patterns.find(dead->text());
    if (found != shard.patterns.end() && *found == dead) shard.patterns.erase(found);
}

std::size_t Pattern::Home::size()
{
    std::size_t size = 0;
    for (Shard& shard : m_shards) {
        const std::scoped_lock lock(shard.mutex);
        size += shard.patterns.size();
    }
    return size;
}

void intrusive_ptr_add_ref(const Pattern* pattern) noexcept
{
    pattern->m_references.fetch_add(1, std::memory_order_relaxed);
}

void intrusive_ptr_release(const Pattern* pattern) noexcept
{
    if (pattern->m_references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    const std::shared_ptr<Pattern::Home> home = pattern->m_home;
    home->forget(pattern);
    delete pattern;
}

PatternPool::PatternPool(std::size_t matcherBytes)
    : m_home(std::make_shared<Pattern::Home>(matcherBytes))
    , m_policyMemory(std::make_shared<PolicyMemory>())
{
}

PatternPool::~PatternPool() = default;

PatternPtr PatternPool::pattern(std::string_view entry)
{
    std::string repaired;
    if (isTemplate(entry) && !text::isUtf8(entry)) entry = repaired = text::toUtf8(entry);
    if (PatternPtr known = m_home->find(entry)) return known;
    return m_home->keep(PatternPtr(new Pattern(m_home, entry)));
}

std::size_t PatternPool::size() const
{
    return m_home->size();
}

std::size_t PatternPool::matcherBytes() const noexcept
{
    return m_home->memory.used();
}

} // namespace iam::authz
