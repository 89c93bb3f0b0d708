// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/httpask.h"
#include "cluster/observe/answerreader.h"
#include <QPointer>
#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace iam::cluster {
namespace {

constexpr std::size_t readAtOnce = 16 * 1024;
constexpr std::chrono::milliseconds leastLateness{100};
constexpr int looksBeforeWatching = 2; ///< connected, answered

} // namespace

HttpAsk::HttpAsk(Config config, const Clock& clock)
    : m_config(std::move(config))
    , m_clock(clock)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &HttpAsk::timeOut);
    connect(&m_beat, &QTimer::timeout, this, &HttpAsk::beat);
}

HttpAsk::~HttpAsk() = default;

void HttpAsk::get(const std::string& target, const std::vector<HttpField>& fields)
{
    if (asking()) return;
    m_askedAt = m_clock.steadyNow();
    m_request = "GET " + target + (m_config.keepAlive ? " HTTP/1.1" : " HTTP/1.0") + "\r\nHost: " + m_config.host +
                "\r\nUser-Agent: iam-agent\r\n";
    for (const HttpField& field : fields) m_request += field.name + ": " + field.value + "\r\n";
    m_request += "\r\n";
    m_sent = 0;
    m_reader = std::make_unique<AnswerReader>(m_config.bodyLimit);
    m_reused = static_cast<bool>(m_socket);
    m_looks = m_config.timeout > 2 * looksBeforeWatching * patience ? looksBeforeWatching : 0;
    m_timer.start(m_looks > 0 ? patience : m_config.timeout);
    if (m_reused)
        send();
    else
        connectAnew();
}

void HttpAsk::keepGetting(std::string target, std::chrono::milliseconds period)
{
    m_target = std::move(target);
    m_beat.start(period);
    beat();
}

void HttpAsk::beat()
{
    m_due = asking();
    if (!m_due) get(m_target);
}

void HttpAsk::setAddress(const std::string& address)
{
    if (std::exchange(m_config.address, address) != address && !asking()) close();
}

void HttpAsk::connectAnew()
{
    close();
    m_reused = false;
    m_sent = 0;
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(m_config.port);
    m_socket = FileDescriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const bool able = m_socket && ::inet_pton(AF_INET, m_config.address.c_str(), &to.sin_addr) == 1;
    const bool begun = able && (::connect(m_socket.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0 ||
                                errno == EINPROGRESS);
    if (begun) {
        // On this machine it is connected by now, and one turn of the loop is saved; getpeername(2) keeps the error.
        sockaddr_in peer{};
        socklen_t size = sizeof peer;
        if (::getpeername(m_socket.get(), reinterpret_cast<sockaddr*>(&peer), &size) == 0)
            m_sent = static_cast<std::size_t>(std::max<ssize_t>(
                ::send(m_socket.get(), m_request.data(), m_request.size(), MSG_NOSIGNAL | MSG_DONTWAIT), 0));
        return watch(m_sent < m_request.size() ? QSocketNotifier::Write : QSocketNotifier::Read);
    }
    // No socket, or no port left to ask from: not the other side's doing.
    const bool ours = !able || errno == EADDRNOTAVAIL || errno == EACCES || errno == EPERM;
    m_failure = Failure{ours ? HttpWord::Outcome::Unasked : HttpWord::Outcome::Silent, errno};
    m_timer.start(0); // the caller has its own turn first
}

/// Not before the looks without it: to make a notifier, and to be woken by it, costs more than they do.
void HttpAsk::watch(QSocketNotifier::Type type)
{
    if (m_looks > 0 || (m_notifier && m_notifier->type() == type)) return;
    unwatch();
    m_notifier = std::make_unique<QSocketNotifier>(m_socket.get(), type);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &HttpAsk::proceed);
}

void HttpAsk::proceed()
{
    if (m_sent < m_request.size())
        send();
    else
        receive();
}

void HttpAsk::send()
{
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(m_socket.get(), SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) return lost(error);
    const ssize_t sent =
        ::send(m_socket.get(), m_request.data() + m_sent, m_request.size() - m_sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return lost(errno);
    if (sent > 0) m_sent += static_cast<std::size_t>(sent);
    watch(m_sent < m_request.size() ? QSocketNotifier::Write : QSocketNotifier::Read);
}

void HttpAsk::receive()
{
    std::array<char, readAtOnce> buffer;
    while (asking()) {
        const ssize_t got = ::recv(m_socket.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EAGAIN) return;
        if (got < 0) return lost(errno);
        if (got == 0 && !m_reader->takeEnd()) return lost(ECONNRESET);
        if (got > 0 && !m_reader->take(std::string_view(buffer.data(), static_cast<std::size_t>(got)))) {
            close();
            return finish(HttpWord::Outcome::Silent, "no valid answer");
        }
        if (m_reader->is_done()) {
            if (!m_config.keepAlive || got == 0 || !m_reader->keep_alive()) close();
            return finish(HttpWord::Outcome::Answered, {});
        }
    }
}

/// A server may close a connection that was idle just when it is used again (RFC 9112 §9.3.1): then, and only then, the
/// question is put once more.
void HttpAsk::lost(int error)
{
    if (m_reused && !m_reader->got_some()) return connectAnew();
    close();
    finish(HttpWord::Outcome::Silent, std::strerror(error), error == ECONNREFUSED);
}

void HttpAsk::timeOut()
{
    if (m_failure) {
        const Failure failure = *std::exchange(m_failure, std::nullopt);
        close();
        return finish(failure.outcome, std::strerror(failure.error), failure.error == ECONNREFUSED);
    }
    if (m_looks > 0) return lookForAnswer();
    // When this process itself was held up, the answer may be waiting.
    m_timer.start(m_config.timeout);
    const QPointer<HttpAsk> alive(this);
    proceed();
    if (!alive || !asking() || m_failure) return;
    const auto late = m_clock.steadyNow() - m_askedAt - m_config.timeout;
    const bool ours = late > std::max(m_config.timeout, leastLateness);
    const bool connected = m_sent > 0;
    close();
    if (ours) return finish(HttpWord::Outcome::Unasked, "this process was held up");
    finish(HttpWord::Outcome::Silent, (connected ? "no answer within " : "no connection within ") +
                                          std::to_string(m_config.timeout.count()) + " ms");
}

/// Between its looks nothing tells of the socket.
void HttpAsk::lookForAnswer()
{
    const bool sent = m_sent == m_request.size();
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_askedAt + m_config.timeout - m_clock.steadyNow());
    // One that is connected by now is looked at once more for its answer.
    m_looks = sent ? 0 : m_looks - 1;
    m_timer.start(m_looks > 0 ? patience : std::clamp(left, std::chrono::milliseconds(0), m_config.timeout));
    const QPointer<HttpAsk> alive(this);
    proceed();
    if (alive && asking() && !m_failure)
        watch(m_sent < m_request.size() ? QSocketNotifier::Write : QSocketNotifier::Read);
}

void HttpAsk::finish(HttpWord::Outcome outcome, std::string reason, bool refused)
{
    m_timer.stop();
    unwatch();
    HttpWord word;
    word.outcome = outcome;
    word.askedAt = m_askedAt;
    word.reason = std::move(reason);
    word.refused = refused;
    if (outcome == HttpWord::Outcome::Answered) {
        word.status = m_reader->status;
        word.body = std::move(m_reader->body);
        word.fields = std::move(m_reader->fields);
    }
    m_reader.reset();
    const QPointer<HttpAsk> alive(this);
    Q_EMIT answered(word);
    if (alive && m_due) beat();
}

/// Only put aside: this may be called by the notifier itself.
void HttpAsk::unwatch()
{
    if (!m_notifier) return;
    m_notifier->setEnabled(false);
    m_notifier.release()->deleteLater();
}

void HttpAsk::close()
{
    unwatch();
    m_socket = FileDescriptor();
}

} // namespace iam::cluster
