// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include <QFuture>
#include <QObject>
#include <QUrl>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class QNetworkReply;

namespace iam::client {

/// What every call returns. Ready within the time-out (waiting for a new log-in aside). Consume it with whenReady().
template <class T>
using Reply = QFuture<Result<T>>;

/// Who is logged in where. `token` is what the server gave for name and password.
struct Session {
    std::string username; ///< in the server's spelling
    bool administrator = false;
    SecretString token;
    TimePoint expires{};
};

/// Another way to the same service: one of its machines, asked at its own address.
struct Road {
    QUrl base;        ///< http or https
    std::string host; ///< the name to ask for, also the one that its certificate must be made out to
    bool operator==(const Road&) const = default;
};

struct ApiRequest {
    std::string method = "GET";
    std::string path = {};                                       ///< "/v1/users/foo", segments already encoded
    std::vector<std::pair<std::string, std::string>> query = {}; ///< encoded when sent
    SecretString body = {};                                      ///< JSON, or empty
    std::optional<std::string> ifMatch = {};                     ///< an entity tag
    /// Sent instead of the session; such a call never counts as a sign that the session has expired.
    std::optional<SecretString> authorization = {};
    bool authenticated = true; ///< false: no Authorization header at all
    /// Sent there instead of the base URL. Refused with Code::Insecure where the base URL is https and this is not and
    /// a token would be sent. Such a call says nothing about the session nor about whether the base URL is reachable.
    std::optional<Road> road = {};
    std::optional<std::chrono::milliseconds> timeout = {}; ///< instead of the client's
    bool freshConnection = false;                          ///< on a connection of its own, closed afterwards
    std::string accept = "application/json";
    std::optional<std::string> lastEventId = {}; ///< of an event stream that is taken up again
};

struct ApiAnswer {
    std::string body;
    std::string etag; ///< empty: none
};

struct ApiConfig {
    QUrl baseUrl = {}; ///< http or https; a path is kept as a prefix
    std::chrono::milliseconds timeout{15'000};
    std::size_t maxAnswerBytes = 32U << 20;
    QString caFile = {}; ///< PEM certificates trusted besides those of the system; empty: none
};

/// HTTP to one IAM server. Lives in the GUI thread. Redirects are refused, cookies neither kept nor sent, answers
/// bounded. When it dies, every open call ends with Code::Cancelled.
///
/// A call that the server refuses because the session is no longer valid is not lost: it waits, sessionExpired() is
/// emitted once, and setSession() sends everything that waits again. endSession() makes it fail instead.
class ApiClient : public QObject {
    Q_OBJECT
public:
    explicit ApiClient(ApiConfig config, QObject* parent = nullptr);
    ~ApiClient() override;

    [[nodiscard]] const ApiConfig& config() const noexcept;
    /// Changes the server. Open calls end with Code::Cancelled, the session is forgotten.
    void setBaseUrl(const QUrl& url);

    /// Nothing: not logged in.
    [[nodiscard]] const std::optional<Session>& session() const noexcept;
    /// From now on calls are sent with this session; those that wait for one are sent again.
    void setSession(Session session);
    /// Forgets the session; calls that wait for one end with Code::Cancelled.
    void endSession();
    /// Whether calls wait for setSession().
    [[nodiscard]] bool waitingForSession() const noexcept;

    using Done = std::function<void(Result<ApiAnswer>)>;
    /// Sends, and calls `done` exactly once, never before send() has returned.
    void send(ApiRequest request, Done done);

    /// For an answer that is read while it comes: sent at once, without a time-out and outside of what is told above
    /// about sessions. The caller owns it and checks the status; see EventStream. Null where send() would refuse.
    [[nodiscard]] QNetworkReply* open(const ApiRequest& request);

    /// Sends, and reads a good answer with `decode(ApiAnswer) -> Result<T>`.
    template <class T, class Decode>
    Reply<T> call(ApiRequest request, Decode decode)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        auto future = promise->future();
        send(std::move(request), [promise, decode = std::move(decode)](Result<ApiAnswer> answer) {
            promise->addResult(answer ? decode(std::move(*answer)) : Result<T>(fail(answer)));
            promise->finish();
        });
        return future;
    }

Q_SIGNALS:
    /// The server no longer takes the session. Emitted once until setSession() or endSession().
    void sessionExpired();
    /// setSession() took a session: a log-in, or a renewal of the token.
    void sessionChanged();
    /// endSession() or setBaseUrl() forgot it.
    void sessionEnded();
    /// The outcome of a call differs from that of the one before: an answer of any kind, or none.
    void reachabilityChanged(bool reachable);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// A value as it was read, and the tag that update() needs to notice a change made meanwhile by somebody else.
template <class T>
struct Versioned {
    T value;
    std::string etag;
};

/// What became of removing several objects.
template <class Key>
struct Removal {
    std::vector<Key> removed;
    std::vector<std::pair<Key, Error>> failed;
};

/// `segment` percent-encoded for a path.
[[nodiscard]] std::string encodeSegment(const std::string& segment);

} // namespace iam::client
