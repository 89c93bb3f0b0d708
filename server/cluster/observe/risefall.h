// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/observe/words.h"

namespace iam::cluster {

/// Makes one opinion of single checks: good after `rise` good ones in a row, bad after `fall` bad ones. The first check
/// that is good decides at once; until something is decided there is no opinion.
class RiseFall {
public:
    RiseFall(int rise, int fall)
        : m_rise(rise)
        , m_fall(fall)
    {
    }

    /// True when the opinion changed, or is the first.
    bool take(bool good, SteadyTime askedAt, const std::string& reason);
    /// What is held, as of the last check that said the same. While checks say otherwise but not often enough yet, it
    /// gets older. `since`: the first check of the run that decided; empty for the first opinion.
    [[nodiscard]] const std::optional<AnswerWord>& word() const noexcept { return m_word; }

private:
    const int m_rise;
    const int m_fall;
    int m_run = 0; ///< checks in a row that contradict the opinion
    SteadyTime m_runBegan{};
    std::optional<AnswerWord> m_word;
};

} // namespace iam::cluster
