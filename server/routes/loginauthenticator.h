// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/router.h"
#include "routes/workers.h"
#include "service/sessionservice.h"

namespace iam::routes {

/// The answer to a bearer token that is not taken: {"message":"…"} with WWW-Authenticate, or one of our codes.
[[nodiscard]] http::Response bearerRefused(const service::BearerRefusal& refusal, const std::string& realm);

/// Lets in who has a log-in token (Bearer) or a name and password (Basic). Leaves a CallerPrincipal.
class LoginAuthenticator final : public http::Authenticator {
public:
    enum class Missing {
        Refuse, ///< no Authorization field: 401
        Allow,  ///< no Authorization field: goes on without a principal; a bad one is still refused
    };

    /// Everything outlives this.
    LoginAuthenticator(service::SessionService& sessions, service::PasswordCheck& passwords, Workers workers,
                       std::string realm, Missing missing);

    void authenticate(const http::ExchangePtr& exchange, std::function<void()> next) override;

private:
    void checkBasic(const http::ExchangePtr& exchange, std::string_view base64, std::function<void()> next);
    static void letIn(const http::ExchangePtr& exchange, const store::Account& account, const std::string& session,
                      const std::function<void()>& next);

    service::SessionService& m_sessions;
    service::PasswordCheck& m_passwords;
    const Workers m_workers;
    const std::string m_realm;
    const Missing m_missing;
};

} // namespace iam::routes
