// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/authorizationheader.h"
#include "crypto/base64.h"
#include <algorithm>

namespace iam::routes {
namespace {

std::string cookie(const http::Request& request, std::string_view name)
{
    for (const std::string_view field : request.headers.all("Cookie")) {
        for (std::size_t pos = 0; pos < field.size();) {
            const std::size_t end = std::min(field.find(';', pos), field.size());
            std::string_view pair = field.substr(pos, end - pos);
            while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
            if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
                return std::string(pair.substr(name.size() + 1));
            pos = end + 1;
        }
    }
    return {};
}

} // namespace

std::optional<std::pair<std::string_view, std::string_view>> splitAuthorization(const http::Request& request)
{
    const std::string_view field = request.headers.value("Authorization");
    const std::size_t blank = field.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    return std::pair(field.substr(0, blank), field.substr(blank + 1));
}

std::optional<BasicCredentials> parseBasic(std::string_view base64)
{
    std::string text;
    for (std::size_t pos = 0; pos + 4 <= base64.size(); pos += 4) {
        const auto part = crypto::fromBase64(base64.substr(pos, 4));
        if (!part) break;
        text += *part;
        if (base64[pos + 3] == '=') break;
    }
    const std::size_t colon = text.find(':');
    std::optional<BasicCredentials> credentials;
    if (colon != std::string::npos) credentials = {text.substr(0, colon), SecretString(text.substr(colon + 1))};
    wipe(text.data(), text.size());
    return credentials;
}

std::string anyToken(const http::Request& request)
{
    const auto authorization = splitAuthorization(request);
    if (authorization && authorization->first == "Bearer" && !authorization->second.empty())
        return std::string(authorization->second);
    if (const std::string* token = request.query.find("token"); token != nullptr && !token->empty()) return *token;
    return cookie(request, "jwt");
}

std::string_view bearerWord(std::string_view field)
{
    constexpr std::string_view scheme = "Bearer";
    const auto isBlank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    if (!field.starts_with(scheme)) return {};
    field.remove_prefix(scheme.size());
    const auto begin = std::find_if_not(field.begin(), field.end(), isBlank);
    if (begin == field.begin() || begin == field.end()) return {};
    // Nearly all tokens end with the field; that is seen without a branch for every character.
    unsigned char blanks = 0;
    for (const char c : std::string_view(begin, field.end())) {
        const auto beyondTab = static_cast<unsigned char>(c - '\t');
        blanks |= static_cast<unsigned char>(static_cast<unsigned>(c == ' ') | static_cast<unsigned>(beyondTab <= 4));
    }
    return {begin, blanks == 0 ? field.end() : std::find_if(begin, field.end(), isBlank)};
}

} // namespace iam::routes
