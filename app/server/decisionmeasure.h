// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/policyset.h"
#include "contract/decision.h"
#include "contract/policy.h"
#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

namespace iam::app {

/// The processor's time stamp counter where there is one that runs evenly, else the steady clock. It goes on while the
/// thread does not run: on a busy machine the largest times are the scheduler's.
class Stopwatch {
public:
    /// Compares the counter with the steady clock for some milliseconds.
    Stopwatch();

    [[nodiscard]] static std::uint64_t now() noexcept;
    [[nodiscard]] double nanoseconds(std::uint64_t ticks) const noexcept { return static_cast<double>(ticks) * m_tick; }
    /// What it shows when nothing lies between two looks at it, median. Every single time holds this much too much.
    [[nodiscard]] double ownCost() const noexcept { return m_ownCost; }
    [[nodiscard]] bool countsCycles() const noexcept { return m_countsCycles; }

private:
    bool m_countsCycles = false;
    double m_tick = 1;
    double m_ownCost = 0;
};

/// Nanoseconds of single decisions, the stopwatch's own cost included.
struct DecisionTimes {
    double median = 0;
    double p99 = 0;
    double p999 = 0;
    double most = 0;
    double mean = 0; ///< of the thread's CPU time of all of them, without the stopwatch
    std::size_t decisions = 0;
    std::size_t allowed = 0;
};

/// Times gathered one by one.
class TimeList {
public:
    explicit TimeList(std::size_t expected) { m_ticks.reserve(expected); }
    void add(std::uint64_t ticks) { m_ticks.push_back(static_cast<std::uint32_t>(std::min(ticks, most))); }
    /// Median, p99, p999 and most; the rest is the caller's.
    [[nodiscard]] DecisionTimes summary(const Stopwatch& stopwatch);

private:
    static constexpr std::uint64_t most = ~std::uint32_t{0};
    std::vector<std::uint32_t> m_ticks;
};

/// Asks every request once, in the order given, after a first pass over some of them that is not counted; goes on from
/// the start until `least` has passed, and ends at `most`.
[[nodiscard]] DecisionTimes timeDecisions(const authz::PolicySet& policies,
                                          const std::vector<contract::DecisionRequest>& requests,
                                          const Stopwatch& stopwatch,
                                          std::chrono::milliseconds least = std::chrono::milliseconds(500),
                                          std::chrono::milliseconds most = std::chrono::seconds(10));

struct SetCost {
    std::shared_ptr<const authz::PolicySet> set;
    std::chrono::nanoseconds compileTime{0}; ///< of the thread's CPU
    std::size_t bytes = 0;                   ///< of the heap, before any decision
};
[[nodiscard]] SetCost compileMeasured(const std::vector<contract::PolicyDocument>& documents, bool indexed = true);

/// CPU time for compiling one document and making a set with it in the place of another policy, and for freeing the
/// old set; the median of several. Zero for an empty set.
[[nodiscard]] std::chrono::nanoseconds timeOneChange(std::shared_ptr<const authz::PolicySet> set,
                                                     const std::vector<contract::PolicyDocument>& documents);

/// Requests that lie close to the policies: entries of their lists as they are, templates with something in place of
/// their expressions. No two are equal; the same ones for the same policies.
[[nodiscard]] std::vector<contract::DecisionRequest>
requestsNear(const std::vector<contract::PolicyDocument>& documents, std::size_t count);

/// Bytes of the heap that are in use.
[[nodiscard]] std::size_t heapBytes();

} // namespace iam::app
