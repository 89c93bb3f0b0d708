// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpcall.h"
#include "base/text.h"
#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace iam::test {

std::string HttpAnswer::header(const std::string& name) const
{
    for (const auto& [field, value] : headers)
        if (text::equalIgnoringCase(field, name)) return value;
    return {};
}

HttpConnection::HttpConnection(const HttpPlace& place)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(place.host.c_str(), std::to_string(place.port).c_str(), &hints, &found) != 0) return;
    m_socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{10, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(m_socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (::connect(m_socket, found->ai_addr, found->ai_addrlen) != 0) {
        ::close(m_socket);
        m_socket = -1;
    }
    ::freeaddrinfo(found);
}

HttpConnection::~HttpConnection()
{
    if (m_socket >= 0) ::close(m_socket);
}

bool HttpConnection::sendRaw(const std::string& bytes)
{
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t n = ::send(m_socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) return false;
        sent += static_cast<std::size_t>(n);
    }
    return true;
}

bool HttpConnection::fill()
{
    char chunk[64 * 1024];
    const ssize_t n = ::recv(m_socket, chunk, sizeof chunk, 0);
    if (n <= 0) return false;
    m_buffer.append(chunk, static_cast<std::size_t>(n));
    return true;
}

HttpAnswer HttpConnection::receive(bool head)
{
    std::size_t end = 0;
    while ((end = m_buffer.find("\r\n\r\n")) == std::string::npos)
        if (!fill()) return {};
    HttpAnswer answer;
    if (m_buffer.size() > 12) answer.status = std::atoi(m_buffer.c_str() + 9);
    for (std::size_t line = m_buffer.find("\r\n") + 2; line < end + 2;) {
        const std::size_t stop = m_buffer.find("\r\n", line);
        const std::size_t colon = m_buffer.find(": ", line);
        if (colon < stop)
            answer.headers.emplace_back(m_buffer.substr(line, colon - line),
                                        m_buffer.substr(colon + 2, stop - colon - 2));
        line = stop + 2;
    }
    m_buffer.erase(0, end + 4);
    const std::size_t length =
        head || answer.status < 200 ? 0 : std::strtoul(answer.header("Content-Length").c_str(), nullptr, 10);
    while (m_buffer.size() < length)
        if (!fill()) return {};
    answer.body = m_buffer.substr(0, length);
    m_buffer.erase(0, length);
    return answer;
}

HttpAnswer HttpConnection::call(const HttpCall& call)
{
    std::string request = call.method + " " + call.target + " HTTP/1.1\r\nHost: localhost\r\n";
    for (const auto& [name, value] : call.headers) request += name + ": " + value + "\r\n";
    if (!call.body.empty() || call.method == "POST" || call.method == "PUT")
        request += "Content-Length: " + std::to_string(call.body.size()) + "\r\n";
    if (!sendRaw(request + "\r\n" + call.body)) return {};
    return receive(call.method == "HEAD");
}

HttpAnswer httpCall(const HttpPlace& place, const HttpCall& call)
{
    HttpConnection connection(place);
    return connection.connected() ? connection.call(call) : HttpAnswer{};
}

} // namespace iam::test
