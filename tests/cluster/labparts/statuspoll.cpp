// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "statuspoll.h"
#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace iam::lab {

namespace {

constexpr std::chrono::milliseconds limit{250};

std::string answerOf(int connection, const std::string& request)
{
    std::string answer;
    if (::send(connection, request.data(), request.size(), MSG_NOSIGNAL) < 0) return answer;
    const auto end = std::chrono::steady_clock::now() + limit;
    char buffer[16384];
    for (ssize_t got = 0; (got = ::recv(connection, buffer, sizeof buffer, 0)) > 0;) {
        answer.append(buffer, static_cast<std::size_t>(got));
        if (std::chrono::steady_clock::now() > end) return {};
    }
    return answer;
}

} // namespace

StatusAnswer askStatus(in_addr address, std::uint16_t port, const std::string& token)
{
    const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{0, std::chrono::microseconds(limit).count()};
    ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in target{};
    target.sin_family = AF_INET;
    target.sin_addr = address;
    target.sin_port = htons(port);
    std::string text;
    if (::connect(connection, reinterpret_cast<const sockaddr*>(&target), sizeof target) == 0)
        text = answerOf(connection, "GET /v1/cluster HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n"
                                    "Authorization: Bearer " +
                                        token + "\r\n\r\n");
    ::close(connection);
    StatusAnswer answer;
    const auto body = text.find("\r\n\r\n");
    if (body == std::string::npos || text.rfind("HTTP/1.1 ", 0) != 0) return answer;
    answer.code = std::atoi(text.c_str() + 9);
    const auto json = nlohmann::json::parse(text.substr(body + 4), nullptr, false);
    if (!json.is_object() || !json.contains("vip")) return answer;
    answer.verdict = json["vip"].value("verdict", "");
    answer.owner = json["vip"].value("owner", "");
    answer.reason = json["vip"].value("reason", "");
    return answer;
}

} // namespace iam::lab
