// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/stripedcounters.h"
#include "http/router.h"
#include <chrono>
#include <span>
#include <string>
#include <vector>

namespace iam::http {

/// What the requests of one server came to so far.
struct RequestReading {
    struct Answers {
        std::string route; ///< the pattern; empty for what has no route
        Method method;
        int status; ///< 0 for a status that is not known here
        std::uint64_t count;
    };
    struct Durations {
        std::string route;
        std::vector<std::uint64_t> buckets; ///< by durationBounds(), not accumulated; the last one: longer
        std::chrono::nanoseconds sum;
    };
    std::vector<Answers> answers;     ///< only those that came, in the order of the route table
    std::vector<Durations> durations; ///< likewise one per pattern, all methods together

    /// Of every route and method.
    [[nodiscard]] std::uint64_t total() const;
    /// Those of one class: 2 for 200 to 299.
    [[nodiscard]] std::uint64_t total(int statusClass) const;
};

/// Counts answers by route pattern, method and status, and how long requests took by route pattern. What clients make
/// up (paths, methods) never makes a new counter: their number is fixed by the route table. Thread-safe; counting takes
/// no lock and allocates nothing.
class RequestCounters {
public:
    /// `routes` keeps its place in memory as long as this lives: its elements are known by their addresses.
    explicit RequestCounters(const std::vector<Route>& routes);

    /// `route`: of the table, or anything else for a request without one.
    void count(const Route* route, Method method, int status, std::chrono::nanoseconds took) noexcept;
    /// An answer to what was no request.
    void countRefusal(int status) noexcept;
    [[nodiscard]] RequestReading read() const;

    /// Upper bounds of the duration buckets, ascending.
    [[nodiscard]] static std::span<const std::chrono::nanoseconds> durationBounds() noexcept;

private:
    struct Row {
        const Route* route; ///< null: no route
        Method method;
        std::size_t pattern; ///< which of m_patterns
    };
    [[nodiscard]] std::size_t rowOf(const Route* route, Method method) const noexcept;

    const std::vector<Route>& m_routes;
    std::vector<Row> m_rows;             ///< of m_answers, one for each status
    std::vector<std::size_t> m_firstRow; ///< of each route, and of those without at the end
    std::vector<std::string> m_patterns; ///< the last one is empty
    StripedCounters m_answers;
    StripedCounters m_durations;
};

} // namespace iam::http
