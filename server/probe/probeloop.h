// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/filedescriptor.h"
#include "probe/httpprobe.h"
#include "probe/securerequest.h"
#include <QSocketNotifier>
#include <QSslConfiguration>
#include <QTimer>
#include <deque>
#include <optional>

namespace iam::probe {

/// The address as connect(2) takes it; empty: it is not a numeric one.
[[nodiscard]] std::optional<ProbePlace> placeOf(const ProbeTarget& target);

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
    void hear();
    void look();
    void expire(Time now);
    void sendDue(Time now);
    void schedule(Time now);
    void forget(ProbeRequest* request);
    void tell(const ProbeResult& result);
    void tellAll();
    [[nodiscard]] std::unique_ptr<ProbeRequest> make(Time now) const;
    [[nodiscard]] Time due() const { return m_begin + m_sequence * m_period; }

    const std::chrono::milliseconds m_period;
    const std::chrono::milliseconds m_timeout;
    const std::chrono::milliseconds m_gathering;
    const ProbePlace m_place;
    QSslConfiguration m_tls;
    std::optional<SecurePlace> m_secure; ///< empty: plain
    const FileDescriptor m_epoll;        ///< of the plain requests' sockets
    const FileDescriptor m_stamping;     ///< keeps the kernel noting arrivals, which is dear to begin and to end
    ProbeRequest::Listener m_listener;
    QSocketNotifier m_notifier;
    QTimer m_timer;
    Time m_begin{};
    Time m_expected{};                                    ///< when the timer should wake us
    std::uint64_t m_sequence = 0;                         ///< of the next due time
    std::deque<std::unique_ptr<ProbeRequest>> m_underWay; ///< in the order of sending
    std::vector<ProbeResult> m_untold;                    ///< answers, the oldest first
    Time m_toldAt{};
    bool m_answers = false; ///< the newest result was an answer
};

} // namespace iam::probe
