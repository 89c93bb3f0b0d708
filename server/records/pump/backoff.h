// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <chrono>
#include <random>

namespace iam::records {

/// How long to wait between attempts: longer and longer, a quarter more or less than that, so that those that fail
/// together do not come again together. One thread.
class BackOff {
public:
    BackOff(std::chrono::milliseconds least, std::chrono::milliseconds most)
        : m_least(least)
        , m_most(most)
        , m_next(least)
        , m_dice(std::random_device{}())
    {
    }
    [[nodiscard]] std::chrono::milliseconds next()
    {
        const auto delay = m_next.count();
        m_next = std::min(m_next * 2, m_most);
        return std::chrono::milliseconds(std::uniform_int_distribution<std::chrono::milliseconds::rep>(
            delay - delay / 4, delay + delay / 4)(m_dice));
    }
    void reset() { m_next = m_least; }

private:
    const std::chrono::milliseconds m_least;
    const std::chrono::milliseconds m_most;
    std::chrono::milliseconds m_next;
    std::minstd_rand m_dice;
};

} // namespace iam::records
