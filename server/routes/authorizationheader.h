// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "base/secret.h"
#include "http/message.h"
#include <optional>
#include <string>
#include <string_view>

namespace iam::routes {

struct BasicCredentials {
    std::string name;
    SecretString password;
};

/// "scheme rest" of the Authorization field, cut at the first blank; nothing when it is absent or has no blank.
[[nodiscard]] std::optional<std::pair<std::string_view, std::string_view>> splitAuthorization(const http::Request& request);
/// The base64 of "name:password" (RFC 7617); of damaged base64 the part before the damage counts. Nothing without a
/// colon.
[[nodiscard]] std::optional<BasicCredentials> parseBasic(std::string_view base64);
/// A token from "Bearer x", else from the query's "token", else from the cookie "jwt". Empty when there is none.
[[nodiscard]] std::string anyToken(const http::Request& request);
/// "Bearer" and at least one blank, then everything up to the next blank; empty for anything else.
[[nodiscard]] std::string_view bearerWord(std::string_view field);

} // namespace iam::routes
