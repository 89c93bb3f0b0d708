// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/plainrequest.h"
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <sys/epoll.h>
#include <sys/uio.h>

namespace iam::probe {

namespace {

constexpr std::chrono::milliseconds mostDrift{1};

std::chrono::nanoseconds wallOffset()
{
    return std::chrono::system_clock::now().time_since_epoch() - Time::clock::now().time_since_epoch();
}

/// No socket, or no port left to ask from: says nothing about the server.
bool isOurs(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM || error == EADDRNOTAVAIL ||
           error == EAGAIN;
}

} // namespace

PlainRequest::PlainRequest(const ProbePlace& place, int epoll, Told told, const Listener& listener,
                           std::uint64_t sequence, Time sent)
    : ProbeRequest(listener, sequence, sent)
    , m_place(place)
    , m_epoll(epoll)
    , m_told(told)
{
}

void PlainRequest::start()
{
    m_socket = FileDescriptor(::socket(m_place.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!m_socket) return finish(Outcome::Missed);
    const bool always = m_told == Told::Always;
    if (!always) {
        const int on = 1;
        ::setsockopt(m_socket.get(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
        m_wallOffset = wallOffset();
    }
    const auto* to = reinterpret_cast<const sockaddr*>(&m_place.address);
    if (::connect(m_socket.get(), to, m_place.addressSize) != 0 && errno != EINPROGRESS)
        return finish(isOurs(errno) ? Outcome::Missed : Outcome::Refused);
    // On this machine it is connected by now.
    if (!always && (!send() || m_written == m_place.request.size())) return;
    // Told once of every change: connected, bytes, the end; or of the first one only.
    epoll_event event{};
    event.events = always ? EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET : EPOLLOUT | EPOLLONESHOT;
    event.data.ptr = this;
    if (::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_socket.get(), &event) != 0) finish(Outcome::Missed);
}

void PlainRequest::proceed()
{
    if (m_written < m_place.request.size() && !send()) return;
    if (m_written == m_place.request.size()) receive();
}

/// Sends what it can; false: the connection failed, and this is gone. send(2) says why it failed.
bool PlainRequest::send()
{
    const std::string_view rest = std::string_view(m_place.request).substr(m_written);
    const ssize_t sent = ::send(m_socket.get(), rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) {
        finish();
        return false;
    }
    m_written += sent > 0 ? static_cast<std::size_t>(sent) : 0;
    return true;
}

void PlainRequest::receive()
{
    std::array<char, 4096> buffer;
    std::array<char, 256> notes;
    iovec piece{buffer.data(), buffer.size()};
    for (;;) {
        msghdr message{};
        message.msg_iov = &piece;
        message.msg_iovlen = 1;
        message.msg_control = notes.data();
        message.msg_controllen = notes.size();
        const ssize_t got = ::recvmsg(m_socket.get(), &message, MSG_DONTWAIT);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EAGAIN) return;
        if (got <= 0) return finish();
        take(std::string_view(buffer.data(), static_cast<std::size_t>(got)), arrivalOf(message));
    }
}

/// As the kernel noted it (socket(7), SO_TIMESTAMP), by the wall clock; now, when it did not, or when that clock was
/// set in the meantime.
Time PlainRequest::arrivalOf(const msghdr& message) const
{
    const Time now = Time::clock::now();
    if (m_told == Told::Always) return now;
    for (const cmsghdr* note = CMSG_FIRSTHDR(&message); note != nullptr;
         note = CMSG_NXTHDR(const_cast<msghdr*>(&message), const_cast<cmsghdr*>(note))) {
        if (note->cmsg_level != SOL_SOCKET || note->cmsg_type != SCM_TIMESTAMPNS) continue;
        timespec stamp{};
        std::memcpy(&stamp, CMSG_DATA(note), sizeof stamp);
        const auto wall = std::chrono::seconds(stamp.tv_sec) + std::chrono::nanoseconds(stamp.tv_nsec);
        const auto set = wallOffset() - m_wallOffset;
        const Time arrival{std::chrono::duration_cast<Time::duration>(wall - m_wallOffset)};
        if (set > -mostDrift && set < mostDrift && arrival <= now) return std::max(arrival, sent());
    }
    return now;
}

} // namespace iam::probe
