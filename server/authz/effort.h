// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

namespace iam::authz {

/// What one decision may still cost, in steps of about ten nanoseconds that are counted, not measured: the same
/// decision takes the same steps on every machine. When they are spent the decision ends, denied, with
/// contract::reasonTooMuchWork. One thread.
class Effort {
public:
    /// Less than 10 ms. Enough for some 40 000 policies that are all looked at, and for what an index leaves of more.
    static constexpr std::int64_t decision = 700'000;
    /// Of one policy that is looked at, without its templates and conditions.
    static constexpr std::int64_t policy = 6;
    /// Of a template when the text does not begin as it does: it may be the first look at that memory.
    static constexpr std::int64_t otherBeginning = 8;

    explicit Effort(std::int64_t steps = decision) noexcept
        : m_left(steps)
    {
    }

    /// False once more was spent than there was; it stays so.
    bool spend(std::int64_t steps) noexcept { return (m_left -= steps) >= 0; }
    [[nodiscard]] bool isSpent() const noexcept { return m_left < 0; }
    [[nodiscard]] std::int64_t left() const noexcept { return m_left > 0 ? m_left : 0; }

private:
    std::int64_t m_left;
};

} // namespace iam::authz
