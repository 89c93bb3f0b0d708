// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/listener.h"
#include "base/logging.h"
#include <QTimer>
#include <cerrno>
#include <sys/socket.h>

namespace iam::http {

namespace {

constexpr int BACKLOG = 1024;
constexpr int ACCEPTS_AT_ONCE = 64;
constexpr std::chrono::milliseconds ACCEPT_PAUSE{100};

} // namespace

Listener::Listener(std::function<void(int)> accepted, Stats& stats)
    : m_accepted(std::move(accepted))
    , m_stats(stats)
{
    m_server.setListenBacklogSize(BACKLOG);
}

std::optional<std::string> Listener::listen(const QHostAddress& address, std::uint16_t port)
{
    if (!m_server.listen(address, port)) return m_server.errorString().toStdString();
    m_server.pauseAccepting();
    m_notifier = std::make_unique<QSocketNotifier>(m_server.socketDescriptor(), QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, &m_server, [this] { acceptSome(); });
    return std::nullopt;
}

void Listener::acceptSome()
{
    for (int i = 0; i < ACCEPTS_AT_ONCE; ++i) {
        const int descriptor =
            ::accept4(static_cast<int>(m_server.socketDescriptor()), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor >= 0)
            m_accepted(descriptor);
        else if (errno == EAGAIN || errno == EWOULDBLOCK)
            return;
        else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            return pause();
    }
}

/// The newcomers wait in the backlog until others have gone.
void Listener::pause()
{
    const int reason = errno;
    if (m_stats.acceptPauses++ % 100 == 0)
        qCWarning(lcHttp, "cannot accept connections at present: %s", qUtf8Printable(qt_error_string(reason)));
    m_notifier->setEnabled(false);
    QTimer::singleShot(ACCEPT_PAUSE, m_notifier.get(), [this] { m_notifier->setEnabled(true); });
}

} // namespace iam::http
