// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>

namespace iam::support {

/// Where a generator takes its choices from: a random number engine, or a fuzzer's bytes.
class Dice {
public:
    explicit Dice(std::function<std::uint32_t()> source)
        : m_source(std::move(source))
    {
    }

    /// 0 … sides - 1.
    std::size_t below(std::size_t sides) { return sides < 2 ? 0 : m_source() % sides; }
    /// True in so many of a hundred cases; never when the source gives nothing but zeros.
    bool chance(std::size_t percent) { return below(100) >= 100 - percent; }
    template <class List>
    const auto& pick(const List& from)
    {
        return from[below(from.size())];
    }

private:
    std::function<std::uint32_t()> m_source;
};

} // namespace iam::support
