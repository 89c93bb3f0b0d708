// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/index/expressions.h"

namespace iam::authz {

void Expressions::add(std::uint64_t hash, Field field, PatternPtr pattern)
{
    m_hashes.insert(std::lower_bound(m_hashes.begin(), m_hashes.end(), hash), hash);
    m_added.push_back({hash, field, std::move(pattern)});
}

void Expressions::settle(std::vector<std::uint64_t> gone)
{
    std::sort(gone.begin(), gone.end());
    const auto isGone = [&gone](std::uint64_t hash) { return std::binary_search(gone.begin(), gone.end(), hash); };
    std::erase_if(m_hashes, isGone);
    std::erase_if(m_added, [&](const Added& added) { return isGone(added.hash); });
    for (std::size_t field = 0; field < fieldCount; ++field) {
        auto& groups = m_groups[field];
        auto next = m_added.begin();
        const auto fill = [&](std::vector<std::uint64_t>& hashes, std::vector<PatternPtr>& patterns) {
            for (; next != m_added.end() && hashes.size() < PatternSet::most; ++next) {
                if (static_cast<std::size_t>(next->field) != field) continue;
                hashes.push_back(next->hash);
                patterns.push_back(next->pattern);
            }
        };
        for (auto& group : groups) {
            std::vector<std::uint64_t> hashes;
            std::vector<PatternPtr> patterns;
            for (std::size_t i = 0; i < group->hashes.size(); ++i) {
                if (isGone(group->hashes[i])) continue;
                hashes.push_back(group->hashes[i]);
                patterns.push_back(group->set.patterns()[i]);
            }
            fill(hashes, patterns);
            if (hashes == group->hashes) continue;
            group = hashes.empty() ? nullptr : std::make_shared<const Group>(std::move(hashes), std::move(patterns));
        }
        std::erase(groups, nullptr);
        for (;;) {
            std::vector<std::uint64_t> hashes;
            std::vector<PatternPtr> patterns;
            fill(hashes, patterns);
            if (hashes.empty()) break;
            groups.push_back(std::make_shared<const Group>(std::move(hashes), std::move(patterns)));
        }
    }
    m_added.clear();
}

// What is not searched for is as if it matched; the other half of the effort is for looking at what was found.
void Expressions::search(Needle& needle, Field field, Effort& effort, std::vector<std::uint64_t>& found) const
{
    const std::int64_t kept = effort.left() / 2;
    std::vector<int> places;
    for (const auto& group : m_groups[static_cast<std::size_t>(field)]) {
        places.clear();
        const bool isDear = group->set.costOf(needle.text().size()) > effort.left() - kept;
        if (isDear || !group->set.search(needle, effort, places)) {
            found.insert(found.end(), group->hashes.begin(), group->hashes.end());
            continue;
        }
        for (const int place : places) found.push_back(group->hashes[static_cast<std::size_t>(place)]);
    }
}

} // namespace iam::authz
