// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/requestcounters.h"
#include <algorithm>
#include <array>
#include <functional>

namespace iam::http {

namespace {

using std::chrono_literals::operator""us;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

constexpr std::array<int, 20> STATUSES{200, 201, 204, 301, 302, 304, 307, 400, 401, 403,
                                       404, 408, 409, 412, 413, 429, 431, 500, 503, 0};
constexpr std::array<Method, 8> COUNTED_METHODS{Method::Get,   Method::Head,   Method::Post,    Method::Put,
                                                Method::Patch, Method::Delete, Method::Options, Method::Other};
constexpr std::array<std::chrono::nanoseconds, 17> BOUNDS{50us, 100us, 250us, 500us, 1ms, 2500us, 5ms, 10ms, 25ms,
                                                          50ms, 100ms, 250ms, 500ms, 1s,  2500ms, 5s,  10s};
constexpr std::size_t DURATION_CELLS = BOUNDS.size() + 2; // those longer, and the sum

std::size_t statusIndex(int status) noexcept
{
    const auto found = std::find(STATUSES.begin(), STATUSES.end() - 1, status);
    return static_cast<std::size_t>(found - STATUSES.begin());
}

std::size_t rowsOf(const Route& route)
{
    return route.method == Method::Get ? 2 : 1;
} // HEAD is GET's, too

std::vector<std::string> patternsOf(const std::vector<Route>& routes)
{
    std::vector<std::string> patterns;
    for (const Route& route : routes)
        if (std::find(patterns.begin(), patterns.end(), route.pattern) == patterns.end())
            patterns.push_back(route.pattern);
    patterns.emplace_back();
    return patterns;
}

std::size_t allRows(const std::vector<Route>& routes)
{
    std::size_t rows = COUNTED_METHODS.size();
    for (const Route& route : routes) rows += rowsOf(route);
    return rows;
}

} // namespace

std::uint64_t RequestReading::total() const
{
    std::uint64_t sum = 0;
    for (const Answers& some : answers) sum += some.count;
    return sum;
}

std::uint64_t RequestReading::total(int statusClass) const
{
    std::uint64_t sum = 0;
    for (const Answers& some : answers)
        if (some.status / 100 == statusClass) sum += some.count;
    return sum;
}

RequestCounters::RequestCounters(const std::vector<Route>& routes)
    : m_routes(routes)
    , m_patterns(patternsOf(routes))
    , m_answers(allRows(routes) * STATUSES.size())
    , m_durations(m_patterns.size() * DURATION_CELLS)
{
    for (const Route& route : routes) {
        const auto pattern = std::find(m_patterns.begin(), m_patterns.end(), route.pattern) - m_patterns.begin();
        m_firstRow.push_back(m_rows.size());
        m_rows.push_back({&route, route.method, static_cast<std::size_t>(pattern)});
        if (rowsOf(route) == 2) m_rows.push_back({&route, Method::Head, static_cast<std::size_t>(pattern)});
    }
    m_firstRow.push_back(m_rows.size());
    for (const Method method : COUNTED_METHODS) m_rows.push_back({nullptr, method, m_patterns.size() - 1});
}

std::size_t RequestCounters::rowOf(const Route* route, Method method) const noexcept
{
    const Route* first = m_routes.data();
    const std::less<> before;
    if (route == nullptr || before(route, first) || !before(route, first + m_routes.size())) {
        const auto found = std::find(COUNTED_METHODS.begin(), COUNTED_METHODS.end() - 1, method);
        return m_firstRow.back() + static_cast<std::size_t>(found - COUNTED_METHODS.begin());
    }
    const std::size_t row = m_firstRow[static_cast<std::size_t>(route - first)];
    return row + (method == Method::Head ? 1 : 0); // only GET's routes are asked with HEAD
}

void RequestCounters::count(const Route* route, Method method, int status, std::chrono::nanoseconds took) noexcept
{
    const std::size_t row = rowOf(route, method);
    m_answers.add(row * STATUSES.size() + statusIndex(status));
    const std::size_t cells = m_rows[row].pattern * DURATION_CELLS;
    const auto bucket = std::lower_bound(BOUNDS.begin(), BOUNDS.end(), took) - BOUNDS.begin();
    m_durations.add(cells + static_cast<std::size_t>(bucket));
    m_durations.add(cells + BOUNDS.size() + 1, static_cast<std::uint64_t>(std::max<std::int64_t>(took.count(), 0)));
}

void RequestCounters::countRefusal(int status) noexcept
{
    m_answers.add(rowOf(nullptr, Method::Other) * STATUSES.size() + statusIndex(status));
}

RequestReading RequestCounters::read() const
{
    RequestReading reading;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        for (std::size_t i = 0; i < STATUSES.size(); ++i) {
            const std::uint64_t count = m_answers.read(row * STATUSES.size() + i);
            if (count > 0)
                reading.answers.push_back({m_patterns[m_rows[row].pattern], m_rows[row].method, STATUSES[i], count});
        }
    }
    for (std::size_t pattern = 0; pattern < m_patterns.size(); ++pattern) {
        RequestReading::Durations durations{m_patterns[pattern], {}, {}};
        const std::size_t cells = pattern * DURATION_CELLS;
        for (std::size_t i = 0; i <= BOUNDS.size(); ++i) durations.buckets.push_back(m_durations.read(cells + i));
        durations.sum = std::chrono::nanoseconds(m_durations.read(cells + BOUNDS.size() + 1));
        const bool came = std::any_of(durations.buckets.begin(), durations.buckets.end(), [](auto n) { return n > 0; });
        if (came) reading.durations.push_back(std::move(durations));
    }
    return reading;
}

std::span<const std::chrono::nanoseconds> RequestCounters::durationBounds() noexcept
{
    return BOUNDS;
}

} // namespace iam::http
