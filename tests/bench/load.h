// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace iam::bench {

/// What is asked of a server over HTTP.
struct Target {
    std::string engine; ///< the row's name
    std::string data;   ///< which policies, or nothing
    qint64 process = 0; ///< whose cost counts, with its children
    std::uint16_t port = 0;
    std::string path = "/";
    QString requests = {}; ///< a file for requests.lua; empty: GET of `path`
    std::size_t count = 0; ///< requests in that file
};

/// One turn of wrk with one thread.
struct Turn {
    bool good = false;
    double perSecond = 0;
    double p50 = 0; ///< milliseconds, as p99 and most
    double p99 = 0;
    double most = 0;
    double cpuPerThousand = 0; ///< seconds of the server's CPU for 1 000 requests
    double rssMib = 0;         ///< behind the turn
    double refused = 0;        ///< answers of status 400 and above
    double lost = 0;           ///< connections that failed, were cut or timed out
    double load = 0;           ///< the machine's one-minute load average before the turn
};
[[nodiscard]] Turn runTurn(const Target& target, int connections, int seconds);

/// `idle` connections that have asked once and then say nothing.
class IdleConnections {
public:
    IdleConnections(std::uint16_t port, int count);
    ~IdleConnections();
    IdleConnections(const IdleConnections&) = delete;
    IdleConnections& operator=(const IdleConnections&) = delete;

    /// Those that were opened and answered.
    [[nodiscard]] int opened() const { return static_cast<int>(m_sockets.size()); }
    /// Those that still answer.
    [[nodiscard]] int alive();

private:
    std::vector<int> m_sockets;
};

} // namespace iam::bench
