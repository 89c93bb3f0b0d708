// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/stats.h"
#include <QHostAddress>
#include <QSocketNotifier>
#include <QTcpServer>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace iam::http {

/// One listening address. Listens by QTcpServer and accepts by itself: QTcpServer, out of descriptors, would try again
/// at once and for ever. Lives in one thread with an event loop.
class Listener {
public:
    /// `accepted` takes over the descriptor, which does not block. `stats` outlives this.
    Listener(std::function<void(int)> accepted, Stats& stats);

    /// The reason when it fails.
    [[nodiscard]] std::optional<std::string> listen(const QHostAddress& address, std::uint16_t port);
    [[nodiscard]] std::uint16_t port() const { return m_server.serverPort(); }

private:
    void acceptSome();
    void pause();

    const std::function<void(int)> m_accepted;
    Stats& m_stats;
    QTcpServer m_server;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace iam::http
