// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/index/keyhash.h"
#include "authz/pattern/patternset.h"
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace iam::authz {

/// The templates that serve as keys themselves, because nothing that they begin or end with tells policies apart.
/// Copies share the sets that did not change. A value like any other as to threads.
class Expressions {
public:
    /// So many are held; more would cost a request more than they spare it.
    static constexpr std::size_t most = 32 * PatternSet::most;

    [[nodiscard]] bool isFull() const noexcept { return m_hashes.size() >= most; }
    [[nodiscard]] bool has(std::uint64_t hash) const
    {
        return std::binary_search(m_hashes.begin(), m_hashes.end(), hash);
    }
    [[nodiscard]] bool has(Field field) const noexcept { return !m_groups[static_cast<std::size_t>(field)].empty(); }

    /// One that it has not. Comes into force with settle().
    void add(std::uint64_t hash, Field field, PatternPtr pattern);
    /// Takes those of `hashes` away that it has and that `isGone`, and brings everything up to date.
    template <class IsGone>
    void settle(const std::vector<std::uint64_t>& hashes, IsGone isGone)
    {
        std::vector<std::uint64_t> gone;
        for (const std::uint64_t hash : hashes)
            if (has(hash) && isGone(hash)) gone.push_back(hash);
        if (!gone.empty() || !m_added.empty()) settle(std::move(gone));
    }

    /// The hashes of those of that list which match the needle, which is UTF-8, and perhaps of some that do not: at
    /// most half of what is left of the effort is spent.
    void search(Needle& needle, Field field, Effort& effort, std::vector<std::uint64_t>& found) const;

private:
    struct Group {
        Group(std::vector<std::uint64_t> keys, std::vector<PatternPtr> patterns)
            : hashes(std::move(keys))
            , set(std::move(patterns))
        {
        }
        std::vector<std::uint64_t> hashes; ///< in the order of the set
        PatternSet set;
    };
    struct Added {
        std::uint64_t hash;
        Field field;
        PatternPtr pattern;
    };
    void settle(std::vector<std::uint64_t> gone);

    std::array<std::vector<std::shared_ptr<const Group>>, fieldCount> m_groups;
    std::vector<std::uint64_t> m_hashes; ///< of all of them, rising
    std::vector<Added> m_added;
};

} // namespace iam::authz
