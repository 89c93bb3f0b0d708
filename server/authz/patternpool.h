// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/pattern.h"
#include "authz/policymemory.h"
#include <cstddef>
#include <memory>
#include <string_view>

namespace iam::authz {

/// Where patterns come from: equal entries become one pattern, for as long as anybody holds it. The patterns may
/// outlive the pool. Any number of threads; only pattern() and the death of a pattern take a lock.
class PatternPool {
public:
    /// Of what compiled regular expressions may take at most. What does not fit is compiled for the moment.
    static constexpr std::size_t defaultMatcherBytes = std::size_t{128} << 20;

    explicit PatternPool(std::size_t matcherBytes = defaultMatcherBytes);
    ~PatternPool();
    PatternPool(const PatternPool&) = delete;
    PatternPool& operator=(const PatternPool&) = delete;

    /// Never null: an entry that is no valid template is a pattern that fails.
    [[nodiscard]] PatternPtr pattern(std::string_view entry);

    /// How many patterns are alive, and what their compiled expressions take at most.
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::size_t matcherBytes() const noexcept;

    /// Of the policies that are compiled with it; may outlive the pool.
    [[nodiscard]] const std::shared_ptr<PolicyMemory>& policyMemory() const noexcept { return m_policyMemory; }

private:
    std::shared_ptr<Pattern::Home> m_home;
    std::shared_ptr<PolicyMemory> m_policyMemory;
};

} // namespace iam::authz
