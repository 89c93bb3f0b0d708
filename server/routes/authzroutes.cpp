// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/authzroutes.h"
#include "routes/authorizationheader.h"
#include "routes/respond.h"

namespace iam::routes {

SecretAuthenticator::SecretAuthenticator(const service::DecisionService& decisions)
    : m_decisions(decisions)
{
}

void SecretAuthenticator::authenticate(const http::ExchangePtr& exchange, std::function<void()> next)
{
    const std::string_view field = exchange->request().headers.value("Authorization");
    if (field.empty()) return exchange->reply(errorResponse(Code::MissingHeader));
    auto owner = m_decisions.authenticate(bearerWord(field));
    if (!owner) return exchange->reply(errorResponse(owner.error()));
    exchange->setPrincipal(std::make_shared<http::Principal>(std::move(*owner)));
    next();
}

std::vector<http::Route> authzRoutes(const service::DecisionService& decisions, const http::Auth& secret)
{
    return {{http::Method::Post, "/v1/authz", secret, http::LimitClass::Decision,
             [&decisions](const http::ExchangePtr& exchange) {
                 const http::Request& request = exchange->request();
                 decisions.decide(request.principal->name, request.body, request.id,
                                  [exchange](const Result<contract::Decision>& decision) {
                                      exchange->reply(decision ? okResponse(contract::encodeDecision(*decision))
                                                               : errorResponse(decision.error()));
                                  });
             }}};
}

} // namespace iam::routes
