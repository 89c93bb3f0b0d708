// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/answerhead.h"
#include <charconv>

namespace iam::probe {

namespace {

constexpr std::size_t longestHead = 16 * 1024;

/// The status of "HTTP/1.1 200 OK" (RFC 9112 §4); 0 when it is none.
int statusOf(std::string_view head)
{
    if (!head.starts_with("HTTP/1.") || head.size() < 12 || head[8] != ' ') return 0;
    int status = 0;
    const auto [end, fault] = std::from_chars(head.data() + 9, head.data() + 12, status);
    return fault == std::errc() && end == head.data() + 12 && status >= 100 ? status : 0;
}

} // namespace

std::optional<int> AnswerHead::take(std::string_view bytes)
{
    m_head += bytes;
    for (;;) {
        const std::size_t end = m_head.find("\r\n\r\n");
        if (end == std::string::npos) return m_head.size() > longestHead ? std::optional(0) : std::nullopt;
        const int status = statusOf(std::string_view(m_head).substr(0, end));
        if (status < 100 || status >= 200) return status;
        m_head.erase(0, end + 4); // an interim answer; the final one follows
    }
}

} // namespace iam::probe
