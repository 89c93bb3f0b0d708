// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/vanishingserver.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace iam::test {

using namespace std::chrono_literals;

VanishingServer::VanishingServer()
{
    listen();
    m_thread = std::thread([this] { run(); });
}

VanishingServer::~VanishingServer()
{
    m_stop = true;
    m_thread.join();
    if (m_listener >= 0) ::close(m_listener);
    for (const Reply& reply : m_replies) ::close(reply.socket);
    for (const int socket : m_swallowed) ::close(socket);
}

void VanishingServer::listen()
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(m_port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::listen(m_listener, 128);
    socklen_t length = sizeof address;
    ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &length);
    m_port = ntohs(address.sin_port);
}

void VanishingServer::vanish(Way way, Time begin, std::chrono::milliseconds length)
{
    m_way = way;
    m_gone = begin;
    m_back = begin + length;
    m_state = Planned;
}

void VanishingServer::turn(Time now)
{
    // The times as they really were, since this thread may be late.
    if (m_state == Planned && now >= m_gone) {
        if (m_way == Way::Refuse) {
            ::close(m_listener);
            m_listener = -1;
        }
        m_gone = Time::clock::now();
        m_state = Away;
    }
    if (m_state == Away && now >= m_back) {
        if (m_way == Way::Refuse) listen();
        m_back = Time::clock::now();
        m_state = Back;
    }
}

void VanishingServer::take(Time now)
{
    int socket = -1;
    while ((socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC)) >= 0) {
        // The request follows the connection at once; what it says does not matter.
        char request[2048];
        pollfd ready{socket, POLLIN, 0};
        ::poll(&ready, 1, 100);
        if (::recv(socket, request, sizeof request, 0) <= 0 || (m_state == Away && m_way == Way::Swallow))
            m_swallowed.push_back(socket);
        else if (m_state == Away && m_way == Way::Slow)
            m_replies.push_back({now + 1500ms, socket, 200});
        else
            m_replies.push_front({now, socket, m_state == Away ? 500 : 200});
        reply(now);
    }
}

void VanishingServer::reply(Time now)
{
    while (!m_replies.empty() && m_replies.front().due <= now) {
        const Reply reply = m_replies.front();
        m_replies.pop_front();
        const std::string answer = "HTTP/1.1 " + std::to_string(reply.status) + " X\r\nContent-Length: 2\r\n\r\nok";
        ::send(reply.socket, answer.data(), answer.size(), MSG_NOSIGNAL);
        ::close(reply.socket);
    }
}

void VanishingServer::run()
{
    while (!m_stop) {
        pollfd ready{m_listener, POLLIN, 0};
        ::poll(&ready, m_listener >= 0 ? 1 : 0, 1);
        const Time now = Time::clock::now();
        turn(now);
        if (m_listener >= 0) take(now);
        reply(now);
    }
}

} // namespace iam::test
