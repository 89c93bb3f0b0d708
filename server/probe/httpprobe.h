// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "probe/proberesult.h"
#include <QObject>
#include <memory>
#include <string>

class QThread;

namespace iam::probe {

class ProbeLoop;

/// What is asked, and how often.
struct ProbeTarget {
    std::string address; ///< IPv4 or IPv6, numeric: names are not looked up
    std::uint16_t port = 80;
    std::string host; ///< for the Host field and for TLS; empty: the address
    std::string path = "/healthz";
    bool tls = false;
    std::string authorities;                 ///< TLS: PEM certificates to trust; empty: those of the system
    std::chrono::milliseconds period{100};   ///< 10 ms … 1 min
    std::chrono::milliseconds timeout{1000}; ///< 10 ms … 1 min, at most 100 periods
    /// Answers may be told this much later, many at once; anything else, and the first answer after it, is told at
    /// once, with all that was held back before it. Without TLS, more than 0 also means that a connection that stands
    /// is looked at only when the next request is due: a wake-up less for each. How long an answer took is then what
    /// the kernel says of its arrival; what went wrong behind the connecting is known up to one period later.
    std::chrono::milliseconds gathering{0};
};

/// Asks GET path once a period, on an absolute schedule, each time on a new connection, whatever became of the requests
/// before (open loop); a request is given up after `timeout`, which bounds how many are under way. A due time that
/// passed while the probe could not run is reported as missed and not caught up with. Runs in a thread of its own, so
/// that neither a busy window nor a slow file disturbs the measure; its results come as a signal in the thread of this
/// object, in the order in which they were decided.
class HttpProbe : public QObject {
    Q_OBJECT
public:
    /// Refuses (Validation, a sentence) a target that is out of the bounds above.
    static Result<std::unique_ptr<HttpProbe>> make(ProbeTarget target);
    /// Gives up what is under way, and waits for its thread.
    ~HttpProbe() override;

    /// Once.
    void start();

Q_SIGNALS:
    void decided(const iam::probe::ProbeResult& result);

private:
    explicit HttpProbe(const ProbeTarget& target);

    std::unique_ptr<QThread> m_thread;
    ProbeLoop* m_loop; ///< lives in the thread and ends with it
};

} // namespace iam::probe
