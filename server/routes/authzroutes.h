// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/router.h"
#include "service/decisionservice.h"

namespace iam::routes {

/// Lets in who signed a token with one of a user's secrets. Leaves a Principal with the owner's name.
class SecretAuthenticator final : public http::Authenticator {
public:
    explicit SecretAuthenticator(const service::DecisionService& decisions);
    void authenticate(const http::ExchangePtr& exchange, std::function<void()> next) override;

private:
    const service::DecisionService& m_decisions;
};

/// POST /v1/authz, answered on the thread that owns the connection. `decisions` outlives the routes.
[[nodiscard]] std::vector<http::Route> authzRoutes(const service::DecisionService& decisions, const http::Auth& secret);

} // namespace iam::routes
