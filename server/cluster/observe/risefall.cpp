// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/risefall.h"

namespace iam::cluster {

bool RiseFall::take(bool good, SteadyTime askedAt, const std::string& reason)
{
    if (m_word && m_word->answers == good) {
        m_run = 0;
        m_word->askedAt = askedAt;
        m_word->reason = reason;
        return false;
    }
    if (m_run++ == 0) m_runBegan = askedAt;
    const bool first = !m_word;
    const int needed = !good ? m_fall : first ? 1 : m_rise;
    if (m_run < needed) return false;
    m_run = 0;
    m_word = AnswerWord{askedAt, good, reason, first ? std::nullopt : std::optional(m_runBegan)};
    return true;
}

} // namespace iam::cluster
