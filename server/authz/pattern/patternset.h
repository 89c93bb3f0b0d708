// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/needle.h"
#include "authz/pattern.h"
#include <cstddef>
#include <memory>
#include <vector>

namespace iam::authz {

/// Some dozen templates that are searched for in one pass. Immutable, any number of threads, no lock but RE2's own.
/// Memory is bounded: what RE2 does not take, or cannot hold while it searches, is said to match.
class PatternSet {
public:
    static constexpr std::size_t most = 64;

    /// Of templates that are valid and cannot fail; not more than `most`.
    explicit PatternSet(std::vector<PatternPtr> patterns);
    ~PatternSet();
    PatternSet(const PatternSet&) = delete;
    PatternSet& operator=(const PatternSet&) = delete;

    [[nodiscard]] const std::vector<PatternPtr>& patterns() const noexcept { return m_patterns; }
    /// What it costs to search a text of so many bytes should no text before have been like it, in steps of an Effort.
    [[nodiscard]] std::int64_t costOf(std::size_t bytes) const noexcept;
    /// Adds the places of those that match the needle, and perhaps of some that do not. False: nothing is known.
    /// Spends costOf() the needle.
    [[nodiscard]] bool search(Needle& needle, Effort& effort, std::vector<int>& places) const;

private:
    static constexpr std::size_t fewest = 16; ///< of fewer it is quicker to ask each
    struct Members;

    std::vector<PatternPtr> m_patterns;
    std::unique_ptr<const Members> m_members; ///< null: they are too few
    std::int64_t m_stepsPerKiB = 0;
};

} // namespace iam::authz
