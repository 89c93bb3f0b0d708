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

namespace {

/// What is called with a decision, or several: answers with it as `encode` writes it.
template <class Encode>
auto answerTo(const http::ExchangePtr& exchange, Encode encode)
{
    return [exchange, encode](const auto& decided) {
        if (decided) return exchange->reply(okResponse(encode(*decided)));
        // Perhaps on the thread that stores the records.
        const LogRequestScope scope(exchange->request().id);
        exchange->reply(errorResponse(decided.error()));
    };
}

/// Whose decisions are asked for; answers and gives null when nobody was let in.
const service::Signer* signerOf(const http::ExchangePtr& exchange)
{
    const auto* principal = dynamic_cast<const SignerPrincipal*>(exchange->request().principal.get());
    if (principal != nullptr) return &principal->signer;
    exchange->reply(errorResponse(Code::SignatureInvalid));
    return nullptr;
}

} // namespace

std::vector<http::Route> authzRoutes(const service::DecisionService& decisions,
                                     const service::ExplainService& explanations, Workers workers,
                                     const http::Auth& secret)
{
    using enum http::Method;
    constexpr auto decision = http::LimitClass::Decision;
    return {{Post, "/v1/authz", secret, decision,
             [&decisions](const http::ExchangePtr& exchange) {
                 const service::Signer* signer = signerOf(exchange);
                 if (signer == nullptr) return;
                 const http::Request& request = exchange->request();
                 decisions.decide(*signer, request.body, request.client.toString(), request.id,
                                  answerTo(exchange, contract::encodeDecision));
             }},
            {Post, "/v1/authz/batch", secret, decision,
             [&decisions, &pool = workers.decisions](const http::ExchangePtr& exchange) {
                 const service::Signer* signer = signerOf(exchange);
                 if (signer == nullptr) return;
                 runOn(pool, exchange, [&decisions, signer, exchange] {
                     const http::Request& request = exchange->request();
                     decisions.decideBatch(*signer, request.body, request.client.toString(), request.id,
                                           answerTo(exchange, contract::encodeDecisionBatch));
                 });
             }},
            {Post, "/v1/authz/explain", secret, decision,
             [&explanations, &pool = workers.decisions](const http::ExchangePtr& exchange) {
                 const service::Signer* signer = signerOf(exchange);
                 if (signer == nullptr) return;
                 runOn(pool, exchange, [&explanations, signer, exchange] {
                     answerTo(exchange, contract::encodeExplanation)(
                         explanations.explain(signer->owner, exchange->request().body));
                 });
             }}};
}

} // namespace iam::routes
