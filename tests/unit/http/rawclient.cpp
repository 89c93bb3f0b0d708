// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rawclient.h"
#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <utility>

RawClient::RawClient(std::uint16_t port, std::chrono::milliseconds patience, int receiveBuffer)
    : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    timeval wait{};
    wait.tv_sec = patience.count() / 1000;
    wait.tv_usec = patience.count() % 1000 * 1000;
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    if (receiveBuffer > 0) ::setsockopt(m_descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return;
    ::close(m_descriptor);
    m_descriptor = -1;
}

RawClient::RawClient(RawClient&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_in(std::move(other.m_in))
{
}

RawClient::~RawClient()
{
    if (m_descriptor >= 0) ::close(m_descriptor);
}

bool RawClient::send(std::string_view bytes) const
{
    while (!bytes.empty()) {
        const ssize_t wrote = ::send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (wrote <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return true;
}

bool RawClient::sendUrgent(char byte) const
{
    return ::send(m_descriptor, &byte, 1, MSG_NOSIGNAL | MSG_OOB) == 1;
}

void RawClient::endSending() const
{
    ::shutdown(m_descriptor, SHUT_WR);
}

bool RawClient::more(bool* clean)
{
    std::array<char, 16384> buffer{};
    const ssize_t got = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
    if (clean != nullptr) *clean = got == 0;
    if (got <= 0) return false;
    m_in.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
}

std::string RawClient::answer(bool head)
{
    std::size_t end = std::string::npos;
    while ((end = m_in.find("\r\n\r\n")) == std::string::npos)
        if (!more()) return std::exchange(m_in, {});
    std::size_t size = end + 4;
    const std::string length = fieldOf(m_in.substr(0, size), "Content-Length");
    if (!head && !length.empty()) size += std::stoul(length);
    while (m_in.size() < size)
        if (!more()) return std::exchange(m_in, {});
    std::string whole = m_in.substr(0, size);
    m_in.erase(0, size);
    return whole;
}

std::string RawClient::rest(bool* clean)
{
    while (more(clean)) {
    }
    return std::exchange(m_in, {});
}

bool RawClient::ends()
{
    std::array<char, 4096> buffer{};
    for (;;) {
        const ssize_t got = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
        if (got > 0) continue;
        return got == 0 || errno == ECONNRESET;
    }
}

std::string RawClient::get(std::string_view path, std::string_view fields)
{
    send("GET " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n" + std::string(fields) + "\r\n");
    return answer();
}

int statusOf(const std::string& answer)
{
    return answer.starts_with("HTTP/1.1 ") && answer.size() > 12 ? std::stoi(answer.substr(9, 3)) : 0;
}

std::string bodyOf(const std::string& answer)
{
    const std::size_t end = answer.find("\r\n\r\n");
    return end == std::string::npos ? std::string() : answer.substr(end + 4);
}

std::string fieldOf(const std::string& answer, const std::string& name)
{
    const std::string head = answer.substr(0, answer.find("\r\n\r\n") + 2);
    const std::size_t at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const std::size_t start = at + name.size() + 4;
    return head.substr(start, head.find("\r\n", start) - start);
}
