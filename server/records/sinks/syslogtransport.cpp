// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/syslogtransport.h"
#include "base/logging.h"
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>

namespace iam::records {

Result<> SyslogDatagrams::send(std::span<const std::string> messages, Deadline until)
{
    Result<> sent = sendAll(messages, until);
    if (!sent) {
        m_socket = FileDescriptor();
        ++m_failures;
    }
    return sent;
}

Result<> SyslogDatagrams::sendAll(std::span<const std::string> messages, Deadline until)
{
    if (!m_socket) {
        auto socket = connectTo(m_place, SOCK_DGRAM, until, m_failures);
        if (!socket) return fail(socket);
        m_socket = std::move(*socket);
    }
    for (const std::string& message : messages)
        if (auto sent = sendOne(message, until); !sent) return sent;
    return check();
}

Result<> SyslogDatagrams::sendOne(const std::string& message, Deadline until)
{
    for (;;) {
        if (::send(m_socket.get(), message.data(), message.size(), MSG_NOSIGNAL) >= 0) return {};
        const int error = errno;
        if (error == EINTR) continue;
        if (error == EMSGSIZE) return fail(Code::Validation, "a record is longer than a datagram may be");
        if (error != EAGAIN && error != ENOBUFS)
            return fail(Code::StorageUnavailable, m_place.text() + ": " + std::strerror(error));
        if (auto ready = waitFor(m_socket.get(), POLLOUT, until); !ready) return ready;
    }
}

Result<> SyslogDatagrams::check() const
{
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(m_socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
    if (error == 0) return {};
    return fail(Code::StorageUnavailable, m_place.text() + ": " + std::strerror(error));
}

Result<> SyslogStream::send(std::span<const std::string> messages, Deadline until)
{
    Result<> sent = sendAll(messages, until);
    if (!sent) m_stream.reset();
    return sent;
}

Result<> SyslogStream::sendAll(std::span<const std::string> messages, Deadline until)
{
    // One that was closed while there was nothing to send is no failure.
    if (m_stream && !m_stream->check()) m_stream.reset();
    if (!m_stream) {
        if (auto opened = open(until); !opened) return opened;
    }
    std::string frames;
    for (const std::string& message : messages) frames += std::to_string(message.size()) + ' ' + message;
    if (auto written = m_stream->write(frames, until); !written) return written;
    if (auto settled = m_stream->settle(until); !settled) return settled;
    for (const std::string& message : messages) keep(std::to_string(message.size()) + ' ' + message);
    return {};
}

Result<> SyslogStream::open(Deadline until)
{
    auto stream = m_connect(until);
    if (!stream) return fail(stream);
    std::string frames;
    frames.reserve(m_keptBytes);
    for (const std::string& frame : m_kept) frames += frame;
    if (!frames.empty()) {
        if (auto written = (*stream)->write(frames, until); !written) return written;
        qCInfo(lcRecords, "syslog: connected again; the last %zu messages are sent once more", m_kept.size());
    }
    m_stream = std::move(*stream);
    return {};
}

void SyslogStream::keep(std::string frame)
{
    m_keptBytes += frame.size();
    m_kept.push_back(std::move(frame));
    while (m_keptBytes > m_mostKept) {
        m_keptBytes -= m_kept.front().size();
        m_kept.pop_front();
    }
}

} // namespace iam::records
