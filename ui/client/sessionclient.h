// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include <QTimer>

namespace iam::client {

/// Log in, stay logged in, log out. Renews the token by itself shortly before it expires, as long as it lives.
class SessionClient : public QObject {
    Q_OBJECT
public:
    explicit SessionClient(ApiClient& api, QObject* parent = nullptr);

    /// Asks for a token, then who that is; on success the session is set in the ApiClient. Wrong name or password:
    /// Code::PasswordIncorrect.
    Reply<Session> logIn(const std::string& username, const SecretString& password);
    /// Takes up a kept session after asking the server whether it is still good, or can be renewed. Code::TokenInvalid
    /// when neither.
    Reply<Session> resume(Session session);
    /// Asks for a new token for the session. Fails without asking when nobody is logged in.
    Reply<Session> refresh();
    /// Makes the token worthless at the server and forgets the session at once, also when the server does not answer.
    Reply<void> logOut();

private:
    void scheduleRefresh();
    void identify(Session session, const std::function<void(Result<Session>)>& done);

    ApiClient& m_api;
    QTimer m_refreshTimer;
};

} // namespace iam::client
