// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/answer.h"
#include "base/logging.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>

namespace iam::http {

namespace {

/// What every answer of one second says alike, made once a second on each thread.
struct SecondsTexts {
    std::time_t second = -1;
    std::string date;    ///< as httpDateNow()
    std::string bare;    ///< the Date field
    std::string secured; ///< the same, and the security fields
    std::string unkept;  ///< the same, and those against keeping the answer
};

std::string_view reason(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 304:
        return "Not Modified";
    case 307:
        return "Temporary Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 412:
        return "Precondition Failed";
    case 413:
        return "Content Too Large";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return "Status";
    }
}

bool isPrintable(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7F;
    });
}

void appendField(std::string& out, std::string_view name, std::string_view value)
{
    out.append(name).append(": ").append(value).append("\r\n");
}

std::string dateText(std::time_t second)
{
    static constexpr std::array<const char*, 7> DAYS{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> MONTHS{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    ::gmtime_r(&second, &utc);
    std::array<char, 64> text{};
    const int size = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                   DAYS[static_cast<std::size_t>(utc.tm_wday) % 7], utc.tm_mday,
                                   MONTHS[static_cast<std::size_t>(utc.tm_mon) % 12], utc.tm_year + 1900, utc.tm_hour,
                                   utc.tm_min, utc.tm_sec);
    return {text.data(), static_cast<std::size_t>(size)};
}

const SecondsTexts& textsOfNow()
{
    thread_local SecondsTexts texts;
    const std::time_t now = std::time(nullptr);
    if (now == texts.second) return texts;
    texts.date = dateText(now);
    texts.bare = "Date: " + texts.date + "\r\n";
    texts.secured = texts.bare + "X-Frame-Options: DENY\r\n"
                                 "X-Content-Type-Options: nosniff\r\n"
                                 "X-XSS-Protection: 1; mode=block\r\n";
    texts.unkept = texts.secured +
                   "Cache-Control: no-cache, no-store, max-age=0, must-revalidate, value\r\n"
                   "Expires: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
                   "Last-Modified: " +
                   texts.date + "\r\n";
    texts.second = now;
    return texts;
}

void appendNumber(std::string& out, std::size_t number)
{
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), end.ptr);
}

} // namespace

std::string_view httpDateNow()
{
    return textsOfNow().date;
}

void appendAnswer(std::string& out, const Answer& answer, bool head, bool keepAlive)
{
    const Response& response = answer.response;
    const bool bodyAllowed = response.status != 204 && response.status != 304;
    out.reserve(out.size() + 640 + (head ? 0 : response.body.size()));
    const SecondsTexts& texts = textsOfNow();
    if (response.status == 200) {
        out.append("HTTP/1.1 200 OK\r\n");
    } else {
        out.append("HTTP/1.1 ");
        appendNumber(out, static_cast<std::size_t>(std::clamp(response.status, 100, 999)));
        out.append(" ").append(reason(response.status)).append("\r\n");
    }
    if (answer.bare)
        out.append(texts.bare);
    else // what says nothing about it is not to be kept
        out.append(response.headers.has("Cache-Control") ? texts.secured : texts.unkept);
    if (bodyAllowed && !response.contentType.empty() && isPrintable(response.contentType))
        appendField(out, "Content-Type", response.contentType);
    if (!answer.bare) {
        appendField(out, "X-Request-ID", answer.requestId);
        if (answer.secure) out.append("Strict-Transport-Security: max-age=31536000\r\n");
    }
    for (const auto& [name, value] : response.headers) {
        if (name.empty() || !isPrintable(name) || name.find(':') != std::string::npos || !isPrintable(value)) {
            qCWarning(lcHttp, "an answer's header field with control characters is left out");
            continue;
        }
        appendField(out, name, value);
    }
    if (bodyAllowed && !answer.stream) { // a stream's body ends with the connection (RFC 9112 §6.3)
        out.append("Content-Length: ");
        appendNumber(out, response.body.size());
        out.append("\r\n");
    }
    out.append(keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
    if (!head && bodyAllowed) out.append(response.body);
}

} // namespace iam::http
