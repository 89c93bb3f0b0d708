// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/loginauthenticator.h"
#include "contract/json.h"
#include "routes/authorizationheader.h"
#include "routes/callerprincipal.h"
#include "routes/respond.h"

namespace iam::routes {

http::Response bearerRefused(const service::BearerRefusal& refusal, const std::string& realm)
{
    if (!refusal.token) return errorResponse(refusal.code);
    std::string body;
    contract::JsonObjectWriter(body).text("message", refusal.token->message);
    http::Response response = http::Response::json(refusal.token->httpStatus, std::move(body));
    response.headers.add("WWW-Authenticate", "JWT realm=" + realm);
    return response;
}

LoginAuthenticator::LoginAuthenticator(service::SessionService& sessions, service::PasswordCheck& passwords,
                                       Workers workers, std::string realm, Missing missing)
    : m_sessions(sessions)
    , m_passwords(passwords)
    , m_workers(workers)
    , m_realm(std::move(realm))
    , m_missing(missing)
{
}

void LoginAuthenticator::letIn(const http::ExchangePtr& exchange, const store::Account& account, const std::string& session,
                               const std::function<void()>& next)
{
    exchange->setPrincipal(std::make_shared<CallerPrincipal>(account.name, account.administrator, session));
    next();
}

void LoginAuthenticator::authenticate(const http::ExchangePtr& exchange, std::function<void()> next)
{
    if (m_missing == Missing::Allow && exchange->request().headers.value("Authorization").empty()) return next();
    const auto authorization = splitAuthorization(exchange->request());
    if (!authorization) return exchange->reply(errorResponse(Code::InvalidAuthHeader));
    const auto [scheme, rest] = *authorization;
    if (scheme == "Basic") return checkBasic(exchange, rest, std::move(next));
    if (scheme != "Bearer") return exchange->reply(errorResponse(Code::SignatureInvalid));
    const auto account = m_sessions.verify(rest);
    if (!account) return exchange->reply(bearerRefused(account.error(), m_realm));
    letIn(exchange, *account, account->session, next);
}

void LoginAuthenticator::checkBasic(const http::ExchangePtr& exchange, std::string_view base64,
                                    std::function<void()> next)
{
    auto credentials = parseBasic(base64);
    if (!credentials) return exchange->reply(errorResponse(Code::SignatureInvalid));
    if (const auto account = m_passwords.recentlyVerified(credentials->name, credentials->password))
        return letIn(exchange, *account, {}, next);
    runOn(m_workers.passwords, exchange, [this, exchange, credentials = std::move(*credentials), next = std::move(next)] {
        auto account = m_passwords.check(credentials.name, credentials.password, exchange->request().client.toString());
        if (!account) {
            if (account.error().code == Code::PasswordIncorrect) account.error().code = Code::SignatureInvalid;
            return exchange->reply(errorResponse(account.error()));
        }
        m_sessions.noteLogin(*account);
        letIn(exchange, *account, {}, next);
    });
}

} // namespace iam::routes
