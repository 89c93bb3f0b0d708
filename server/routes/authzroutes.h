// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/router.h"
#include "routes/workers.h"
#include "service/decisionservice.h"
#include "service/explainservice.h"

namespace iam::routes {

/// What the secret authenticator leaves with a request.
struct SignerPrincipal final : http::Principal {
    explicit SignerPrincipal(service::Signer who)
        : http::Principal(who.owner)
        , signer(std::move(who))
    {
    }
    service::Signer signer;
};

/// Lets in who signed a token with one of a user's secrets. Leaves a SignerPrincipal.
class SecretAuthenticator final : public http::Authenticator {
public:
    explicit SecretAuthenticator(const service::DecisionService& decisions);
    void authenticate(const http::ExchangePtr& exchange, std::function<void()> next) override;

private:
    const service::DecisionService& m_decisions;
};

/// POST /v1/authz, answered on the thread that owns the connection; /v1/authz/batch and /v1/authz/explain, answered by
/// a worker. Everything outlives the routes.
[[nodiscard]] std::vector<http::Route> authzRoutes(const service::DecisionService& decisions,
                                                   const service::ExplainService& explanations, Workers workers,
                                                   const http::Auth& secret);

} // namespace iam::routes
