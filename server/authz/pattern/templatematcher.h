// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/effort.h"
#include "authz/needle.h"
#include "authz/pattern/matcher.h"
#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace iam::authz {

/// What all compiled expressions of a pool may take together. Any number of threads, no lock.
class MatcherMemory {
public:
    explicit MatcherMemory(std::size_t bytes)
        : m_most(bytes)
    {
    }
    /// False, and nothing taken, when there is not so much left.
    [[nodiscard]] bool take(std::size_t bytes) noexcept;
    void giveBack(std::size_t bytes) noexcept { m_used -= bytes; }
    [[nodiscard]] std::size_t used() const noexcept { return m_used; }
    /// Whether hardly any expression would still fit.
    [[nodiscard]] bool isFull() const noexcept { return m_used + reserve >= m_most; }

private:
    static constexpr std::size_t reserve = std::size_t{1} << 17;

    const std::size_t m_most;
    std::atomic<std::size_t> m_used = 0;
};

/// The regular expression of a valid template. Compiled ahead, and held, when there is memory for it as it is made;
/// otherwise compiled anew each time it is asked, which costs the same each time. Immutable, any number of threads, no
/// lock.
class TemplateMatcher {
public:
    /// Entry and memory must outlive it; `root` is the entry's tree.
    TemplateMatcher(std::string_view entry, const Node& root, MatcherMemory& memory);
    ~TemplateMatcher();
    TemplateMatcher(const TemplateMatcher&) = delete;
    TemplateMatcher& operator=(const TemplateMatcher&) = delete;

    /// LimitReached: `fault` says why, or the effort is spent.
    [[nodiscard]] MatchResult match(Needle& needle, Effort& effort, std::string& fault) const;

    /// Why neither engine takes it, or nothing.
    [[nodiscard]] static std::string check(std::string_view entry, const Node& root);

private:
    struct Compiled;
    static Compiled compile(std::string_view entry, const Node& root, const Spelling& spelling);
    MatchResult match(const Compiled& compiled, Needle& needle, Effort& effort, std::string& fault) const;

    std::string_view m_entry;
    MatcherMemory& m_memory;
    std::unique_ptr<const Compiled> m_held; // null: there was no memory
    std::int64_t m_cost = 0;                // of compiling it when asked
};

} // namespace iam::authz
