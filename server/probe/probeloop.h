// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "probe/httpprobe.h"
#include "probe/proberequest.h"
#include <QSslConfiguration>
#include <QTimer>
#include <deque>

namespace iam::probe {

/// What runs in a probe's thread: sends on schedule, gives up what takes too long.
class ProbeLoop : public QObject {
    Q_OBJECT
public:
    explicit ProbeLoop(const ProbeTarget& target);

    void start();

Q_SIGNALS:
    void decided(const iam::probe::ProbeResult& result);

private:
    void wake();
    void expire(Time now);
    void sendDue(Time now);
    void schedule(Time now);
    void forget(ProbeRequest* request);
    [[nodiscard]] Time due() const { return m_begin + m_sequence * m_period; }

    std::chrono::milliseconds m_period;
    std::chrono::milliseconds m_timeout;
    QSslConfiguration m_tls;
    ProbePlace m_place;
    QTimer m_timer;
    Time m_begin{};
    Time m_expected{};                    ///< when the timer should wake us
    std::uint64_t m_sequence = 0;         ///< of the next due time
    std::deque<ProbeRequest*> m_underWay; ///< in the order of sending
};

} // namespace iam::probe
