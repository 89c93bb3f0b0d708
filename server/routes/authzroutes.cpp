// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/authzroutes.h"
#include "base/logging.h"
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
    auto signer = m_decisions.authenticate(bearerWord(field));
    if (!signer) return exchange->reply(errorResponse(signer.error()));
    exchange->setPrincipal(std::make_shared<SignerPrincipal>(std::move(*signer)));
    next();
}

std::vector<http::Route> authzRoutes(const service::DecisionService& decisions, const http::Auth& secret)
{
    return {{http::Method::Post, "/v1/authz", secret, http::LimitClass::Decision,
             [&decisions](const http::ExchangePtr& exchange) {
                 const http::Request& request = exchange->request();
                 const auto* principal = dynamic_cast<const SignerPrincipal*>(request.principal.get());
                 if (principal == nullptr) return exchange->reply(errorResponse(Code::SignatureInvalid));
                 decisions.decide(principal->signer, request.body, request.client.toString(), request.id,
                                  [exchange](const Result<contract::Decision>& decision) {
                                      if (decision) return exchange->reply(okResponse(contract::encodeDecision(*decision)));
                                      // Perhaps on the thread that stores the records.
                                      const LogRequestScope scope(exchange->request().id);
                                      exchange->reply(errorResponse(decision.error()));
                                  });
             }}};
}

} // namespace iam::routes
