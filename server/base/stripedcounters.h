// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace iam {

/// Counters that every thread raises all the time and that are read now and then. Raising one takes no lock and touches
/// memory that few other threads touch (at most `stripes` threads: none). Never reset. Thread-safe.
class StripedCounters {
public:
    explicit StripedCounters(std::size_t size)
        : m_size(size)
        , m_linesPerStripe((size + perLine - 1) / perLine)
        , m_lines(m_linesPerStripe * stripes)
    {
    }

    [[nodiscard]] std::size_t size() const noexcept { return m_size; }
    /// `index` is smaller than size().
    void add(std::size_t index, std::uint64_t by = 1) noexcept
    {
        Line& line = m_lines[threadStripe() * m_linesPerStripe + index / perLine];
        line.cells[index % perLine].fetch_add(by, std::memory_order_relaxed);
    }
    /// What all threads added. Counters read one after the other need not belong to one moment.
    [[nodiscard]] std::uint64_t read(std::size_t index) const noexcept
    {
        std::uint64_t sum = 0;
        for (std::size_t stripe = 0; stripe < stripes; ++stripe)
            sum += m_lines[stripe * m_linesPerStripe + index / perLine].cells[index % perLine].load(
                std::memory_order_relaxed);
        return sum;
    }

private:
    static constexpr std::size_t stripes = 8;
    static constexpr std::size_t perLine = 8;
    /// One cache line, so that two stripes never share one.
    struct alignas(64) Line {
        std::array<std::atomic<std::uint64_t>, perLine> cells{};
    };

    static std::size_t threadStripe() noexcept
    {
        static std::atomic<std::size_t> next = 0;
        thread_local const std::size_t mine = next.fetch_add(1, std::memory_order_relaxed) % stripes;
        return mine;
    }

    const std::size_t m_size;
    const std::size_t m_linesPerStripe;
    std::vector<Line> m_lines;
};

} // namespace iam
