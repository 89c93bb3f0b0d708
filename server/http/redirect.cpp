// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/redirect.h"
#include <array>

namespace iam::http {

namespace {

bool isAlphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Characters that may stand in a path as they are (RFC 3986 §3.3), percent-encoding the rest.
std::string encoded(std::string_view path)
{
    static constexpr std::string_view HEX = "0123456789ABCDEF";
    std::string out;
    for (const char c : path) {
        if (isAlphanumeric(c) || std::string_view("-._~!$&'()*+,;=:@/").find(c) != std::string_view::npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += HEX[byte >> 4];
            out += HEX[byte & 15];
        }
    }
    return out;
}

/// "/a/b" of "a//./b/": one leading slash, none at the end; empty when nothing is left.
std::string cleanPrefix(std::string_view raw)
{
    std::vector<std::string> segments;
    std::string segment;
    const auto endSegment = [&segments, &segment] {
        if (segment == ".." && !segments.empty()) segments.pop_back();
        if (!segment.empty() && segment != "." && segment != "..") segments.push_back(segment);
        segment.clear();
    };
    for (const char c : raw.substr(0, 1024)) {
        if (c == '/')
            endSegment();
        else if (isAlphanumeric(c) || c == '-' || c == '_' || c == '.')
            segment += c;
    }
    endSegment();
    std::string out;
    for (const std::string& part : segments) out.append("/").append(part);
    return out;
}

} // namespace

Response slashRedirect(const Request& request, std::string_view otherPath, std::string_view prefix)
{
    const bool permanent = request.method == Method::Get || request.method == Method::Head;
    otherPath.remove_prefix(std::min(otherPath.find_first_not_of('/'), otherPath.size()));
    std::string location = cleanPrefix(prefix) + "/" + encoded(otherPath);
    if (const std::size_t question = request.target.find('?'); question != std::string::npos)
        location += request.target.substr(question);
    Response response;
    response.status = permanent ? 301 : 307;
    response.contentType = {};
    if (permanent) {
        response.contentType = "text/html; charset=utf-8";
        std::string escaped;
        for (const char c : location) {
            if (c == '&')
                escaped += "&amp;";
            else if (c == '<')
                escaped += "&lt;";
            else if (c == '>')
                escaped += "&gt;";
            else if (c == '"')
                escaped += "&#34;";
            else if (c == '\'')
                escaped += "&#39;";
            else
                escaped += c;
        }
        response.body = "<a href=\"" + escaped + "\">Moved Permanently</a>.\n\n";
    }
    response.headers.add("Location", std::move(location));
    return response;
}

} // namespace iam::http
