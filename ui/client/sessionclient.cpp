// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sessionclient.h"
#include "base/logging.h"
#include "base/timetext.h"
#include "client/requests.h"
#include "contract/codec.h"
#include <QByteArray>
#include <algorithm>

namespace iam::client {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds maxRefreshPause = std::chrono::hours(6);
constexpr milliseconds minRefreshPause{1'000};

SecretString basicAuthorization(const std::string& username, const SecretString& password)
{
    const QByteArray pair = QByteArray::fromStdString(username + ":" + password.reveal());
    return SecretString("Basic " + pair.toBase64().toStdString());
}

SecretString bearerAuthorization(const SecretString& token)
{
    return SecretString("Bearer " + token.reveal());
}

/// Fills in token and expiry from the answer of /login and /refresh.
Result<Session> readToken(const std::string& body, Session session)
{
    const auto json = contract::parseJson(body, 16);
    if (!json) return fail(Code::AnswerInvalid, "token answer is not JSON");
    const contract::Json* token = json->find("token");
    const contract::Json* expire = json->find("expire");
    if (token == nullptr || token->string() == nullptr || token->string()->empty() || expire == nullptr ||
        expire->string() == nullptr)
        return fail(Code::AnswerInvalid, "token answer without token or expire");
    const auto expires = fromRfc3339(*expire->string());
    if (!expires) return fail(Code::AnswerInvalid, "token answer with a bad time");
    session.token = SecretString(*token->string());
    session.expires = *expires;
    return session;
}

template <class T>
std::pair<std::shared_ptr<QPromise<Result<T>>>, Reply<T>> startPromise()
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    auto future = promise->future();
    return {std::move(promise), std::move(future)};
}

template <class T>
void deliver(QPromise<Result<T>>& promise, Result<T> result)
{
    promise.addResult(std::move(result));
    promise.finish();
}

} // namespace

SessionClient::SessionClient(ApiClient& api, QObject* parent)
    : QObject(parent)
    , m_api(api)
{
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setTimerType(Qt::CoarseTimer);
    connect(&m_refreshTimer, &QTimer::timeout, this, [this] { refresh(); });
    connect(&m_api, &ApiClient::sessionChanged, this, &SessionClient::scheduleRefresh);
    connect(&m_api, &ApiClient::sessionEnded, &m_refreshTimer, &QTimer::stop);
}

Reply<Session> SessionClient::logIn(const std::string& username, const SecretString& password)
{
    auto [promise, future] = startPromise<Session>();
    ApiRequest request{.method = "POST", .path = "/login", .authorization = basicAuthorization(username, password)};
    m_api.send(std::move(request), [this, promise = promise, username](Result<ApiAnswer> answer) {
        if (!answer) {
            Error error = answer.error();
            // Servers answer a plain 401 whatever was wrong with name and password.
            if (error.code == Code::TokenInvalid || error.code == Code::SignatureInvalid)
                error.code = Code::PasswordIncorrect;
            return deliver<Session>(*promise, tl::unexpected(std::move(error)));
        }
        Session asked;
        asked.username = username;
        auto session = readToken(answer->body, std::move(asked));
        if (!session) return deliver<Session>(*promise, std::move(session));
        identify(std::move(*session), [promise](Result<Session> result) { deliver(*promise, std::move(result)); });
    });
    return future;
}

Reply<Session> SessionClient::resume(Session session)
{
    auto [promise, future] = startPromise<Session>();
    identify(session, [this, promise = promise, session](Result<Session> known) {
        if (known || known.error().code == Code::Unreachable || known.error().code == Code::TimedOut)
            return deliver(*promise, std::move(known));
        // Tokens can be renewed for a while after they have expired.
        ApiRequest request{
            .method = "POST", .path = "/refresh", .authorization = bearerAuthorization(session.token)};
        m_api.send(std::move(request), [this, promise, session](Result<ApiAnswer> answer) {
            if (!answer) return deliver<Session>(*promise, fail(answer));
            auto renewed = readToken(answer->body, session);
            if (!renewed) return deliver(*promise, std::move(renewed));
            identify(std::move(*renewed), [promise](Result<Session> result) { deliver(*promise, std::move(result)); });
        });
    });
    return future;
}

/// Asks the server who the session's user is, and takes the session when it knows.
void SessionClient::identify(Session session, const std::function<void(Result<Session>)>& done)
{
    ApiRequest request{.path = "/v1/users/" + encodeSegment(session.username),
                       .authorization = bearerAuthorization(session.token)};
    m_api.send(std::move(request), [this, session = std::move(session), done](Result<ApiAnswer> answer) mutable {
        if (!answer) return done(fail(answer));
        const auto user = decoded(contract::decodeUser(answer->body));
        if (!user) return done(fail(user));
        session.username = user->metadata.name;
        session.administrator = user->administrator();
        m_api.setSession(session);
        done(std::move(session));
    });
}

Reply<Session> SessionClient::refresh()
{
    auto [promise, future] = startPromise<Session>();
    if (!m_api.session()) {
        deliver<Session>(*promise, fail(Code::TokenInvalid, "nobody is logged in"));
        return future;
    }
    Session old = *m_api.session();
    ApiRequest request{.method = "POST", .path = "/refresh", .authorization = bearerAuthorization(old.token)};
    m_api.send(std::move(request), [this, promise = promise, old = std::move(old)](Result<ApiAnswer> answer) mutable {
        if (!answer) {
            // The token in hand stays good until it expires; then the user is asked.
            qCInfo(lcClient, "the token was not renewed: code %d", static_cast<int>(answer.error().code));
            return deliver<Session>(*promise, fail(answer));
        }
        const SecretString oldToken = old.token;
        auto session = readToken(answer->body, std::move(old));
        // Logged out, or logged in as somebody else, meanwhile: the answer is for nobody.
        if (session && m_api.session() && m_api.session()->token == oldToken) m_api.setSession(*session);
        deliver(*promise, std::move(session));
    });
    return future;
}

Reply<void> SessionClient::logOut()
{
    auto [promise, future] = startPromise<void>();
    if (!m_api.session()) {
        deliver<void>(*promise, {});
        return future;
    }
    ApiRequest request{
        .method = "POST", .path = "/logout", .authorization = bearerAuthorization(m_api.session()->token)};
    m_api.endSession();
    m_api.send(std::move(request), [promise = promise](Result<ApiAnswer> answer) {
        if (!answer) return deliver<void>(*promise, fail(answer));
        deliver<void>(*promise, {});
    });
    return future;
}

void SessionClient::scheduleRefresh()
{
    if (!m_api.session()) return;
    const auto left = m_api.session()->expires - SystemClock().now();
    // With a fifth of its life left, so that one failed attempt is no harm; long timers would overflow.
    m_refreshTimer.start(std::clamp<milliseconds>(left * 4 / 5, minRefreshPause, maxRefreshPause));
}

} // namespace iam::client
