// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/proberequest.h"

namespace iam::probe {

void ProbeRequest::take(std::string_view bytes, Time at)
{
    if (m_decided) return;
    const auto status = m_head.take(bytes);
    if (status)
        decide(*status == 200 ? Outcome::Answered : *status == 0 ? Outcome::Refused : Outcome::Rejected, *status, at);
}

void ProbeRequest::finish(Outcome outcome)
{
    decide(outcome);
    m_listener.finished(this);
}

void ProbeRequest::decide(Outcome outcome, int status, Time at)
{
    if (m_decided) return;
    m_decided = true;
    m_result.outcome = outcome;
    m_result.status = status;
    m_result.took = std::chrono::duration_cast<std::chrono::microseconds>(at - m_result.sent);
    m_listener.decided(m_result);
}

} // namespace iam::probe
