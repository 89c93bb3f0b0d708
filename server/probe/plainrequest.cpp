// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/plainrequest.h"
#include <array>
#include <cerrno>
#include <sys/epoll.h>

namespace iam::probe {

namespace {

/// No socket, or no port left to ask from: says nothing about the server.
bool isOurs(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM || error == EADDRNOTAVAIL ||
           error == EAGAIN;
}

} // namespace

PlainRequest::PlainRequest(const ProbePlace& place, int epoll, const Listener& listener, std::uint64_t sequence,
                           Time sent)
    : ProbeRequest(listener, sequence, sent)
    , m_place(place)
    , m_epoll(epoll)
{
}

void PlainRequest::start()
{
    m_socket = FileDescriptor(::socket(m_place.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!m_socket) return finish(Outcome::Missed);
    const auto* to = reinterpret_cast<const sockaddr*>(&m_place.address);
    if (::connect(m_socket.get(), to, m_place.addressSize) != 0 && errno != EINPROGRESS)
        return finish(isOurs(errno) ? Outcome::Missed : Outcome::Refused);
    // Told once of every change: connected, bytes, the end.
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = this;
    if (::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_socket.get(), &event) != 0) finish(Outcome::Missed);
}

void PlainRequest::proceed()
{
    if (m_written == m_place.request.size() || send()) receive();
}

/// Whether all is sent. Where the connection failed, send(2) says why.
bool PlainRequest::send()
{
    const std::string_view rest = std::string_view(m_place.request).substr(m_written);
    const ssize_t sent = ::send(m_socket.get(), rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) {
        finish();
        return false;
    }
    m_written += sent > 0 ? static_cast<std::size_t>(sent) : 0;
    return m_written == m_place.request.size();
}

void PlainRequest::receive()
{
    std::array<char, 4096> buffer;
    for (;;) {
        const ssize_t got = ::recv(m_socket.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EAGAIN) return;
        if (got <= 0) return finish();
        take(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
    }
}

} // namespace iam::probe
