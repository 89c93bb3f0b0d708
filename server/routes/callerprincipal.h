// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/exchange.h"
#include "service/caller.h"

namespace iam::routes {

/// What the log-in authenticator leaves with a request.
struct CallerPrincipal final : http::Principal {
    CallerPrincipal(std::string callerName, bool isAdministrator, std::string sessionId)
        : http::Principal(std::move(callerName))
        , administrator(isAdministrator)
        , session(std::move(sessionId))
    {
    }
    bool administrator;
    std::string session; ///< Caller::session
};

/// Who does it, from where, under which request id; the name is empty without a log-in.
[[nodiscard]] contract::Actor actorOf(const http::Request& request);
[[nodiscard]] service::Caller callerOf(const http::Request& request);
/// The request's "username", with which administrators act for others.
[[nodiscard]] std::optional<std::string> askedOwner(const http::Request& request);
/// The repeated query parameter "name".
[[nodiscard]] std::vector<std::string> askedNames(const http::Request& request);

} // namespace iam::routes
