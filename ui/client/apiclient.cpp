// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/apiclient.h"
#include "base/logging.h"
#include "contract/errortable.h"
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QPointer>
#include <QSslConfiguration>
#include <QTimer>
#include <algorithm>

namespace iam::client {

namespace {

struct Call {
    ApiRequest request;
    ApiClient::Done done;
    quint64 generation = 0; // of the session it was sent with
    QPointer<QNetworkReply> reply;
    std::string body;
    std::optional<Error> failure; // known before the reply finishes
};
using CallPointer = std::shared_ptr<Call>;

QString tlsSentence(QSslError::SslError error)
{
    switch (error) {
    case QSslError::CertificateExpired:
        return QStringLiteral("The server's certificate has expired.");
    case QSslError::CertificateNotYetValid:
        return QStringLiteral("The server's certificate is not valid yet; check the clock of this computer.");
    case QSslError::HostNameMismatch:
        return QStringLiteral("The server's certificate was issued for another host name.");
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return QStringLiteral("The server's certificate was not issued by an authority that this computer trusts.");
    case QSslError::CertificateRevoked:
        return QStringLiteral("The server's certificate was revoked.");
    default:
        return QStringLiteral("No secure connection to the server could be made.");
    }
}

Error transportError(const QNetworkReply& reply)
{
    switch (reply.error()) {
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        return {Code::TimedOut, reply.errorString().toStdString(), {}};
    case QNetworkReply::SslHandshakeFailedError:
        return {Code::Insecure, tlsSentence(QSslError::UnspecifiedError).toStdString(), {}};
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
        return {Code::AnswerInvalid, reply.errorString().toStdString(), {}};
    default:
        return {Code::Unreachable, reply.errorString().toStdString(), {}};
    }
}

/// Whether the error means that no whole HTTP answer came, whatever its status.
bool isTransportError(QNetworkReply::NetworkError error)
{
    const int number = error;
    return (number >= 1 && number < 200) || error == QNetworkReply::ProtocolFailure ||
           error == QNetworkReply::ProtocolUnknownError;
}

bool isSessionRefusal(int status, const Error& error)
{
    return status == 401 && error.code != Code::PasswordIncorrect;
}

} // namespace

class ApiClient::Private {
public:
    Private(ApiClient* client, ApiConfig settings)
        : q(client)
        , config(std::move(settings))
    {
        setUpTls();
    }

    void setUpTls()
    {
        tls = QSslConfiguration::defaultConfiguration();
        if (!config.caFile.isEmpty()) tls.addCaCertificates(config.caFile);
    }
    QNetworkRequest networkRequest(const ApiRequest& request) const;
    /// A token that came over TLS leaves over TLS only.
    bool wouldLeak(const ApiRequest& request) const;
    void start(const CallPointer& call);
    void receive(const CallPointer& call);
    void finish(const CallPointer& call);
    void park(const CallPointer& call);
    void failWaiting();
    void abortAll();
    void report(bool nowReachable);

    ApiClient* q;
    ApiConfig config;
    QNetworkAccessManager network;
    QSslConfiguration tls;
    std::optional<Session> session;
    quint64 generation = 0;
    std::vector<CallPointer> open;
    std::vector<CallPointer> waiting;
    std::optional<bool> reachable;
    bool closing = false;
};

QNetworkRequest ApiClient::Private::networkRequest(const ApiRequest& request) const
{
    const QUrl& base = request.road ? request.road->base : config.baseUrl;
    QByteArray url =
        base.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash | QUrl::RemoveUserInfo);
    url += QByteArray::fromStdString(request.path);
    char separator = '?';
    for (const auto& [name, value] : request.query) {
        url += separator + QUrl::toPercentEncoding(QString::fromStdString(name)) + '=' +
               QUrl::toPercentEncoding(QString::fromStdString(value));
        separator = '&';
    }
    QNetworkRequest out(QUrl::fromEncoded(url, QUrl::StrictMode));
    out.setRawHeader("Accept", QByteArray::fromStdString(request.accept));
    if (request.lastEventId) out.setRawHeader("Last-Event-ID", QByteArray::fromStdString(*request.lastEventId));
    // Unpacked by nobody: a small answer cannot become a large one.
    out.setRawHeader("Accept-Encoding", "identity");
    out.setRawHeader("User-Agent", "iam-console");
    if (!request.body.empty()) out.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/json"));
    if (request.road && !request.road->host.empty()) {
        out.setRawHeader("Host", QByteArray::fromStdString(request.road->host));
        out.setPeerVerifyName(QString::fromStdString(request.road->host));
    }
    if (request.freshConnection) out.setRawHeader("Connection", "close");
    if (request.ifMatch) out.setRawHeader("If-Match", QByteArray::fromStdString(*request.ifMatch));
    if (request.authorization)
        out.setRawHeader("Authorization", QByteArray::fromStdString(request.authorization->reveal()));
    else if (request.authenticated && session)
        out.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(session->token.reveal()));
    out.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    out.setSslConfiguration(tls);
    return out;
}

void ApiClient::Private::start(const CallPointer& call)
{
    call->generation = generation;
    call->body.clear();
    call->failure.reset();
    const QNetworkRequest request = networkRequest(call->request);
    const QByteArray body = QByteArray::fromStdString(call->request.body.reveal());
    const std::string& method = call->request.method;
    if (method == "GET")
        call->reply = network.get(request);
    else if (method == "POST")
        call->reply = network.post(request, body);
    else if (method == "PUT")
        call->reply = network.put(request, body);
    else
        call->reply = network.sendCustomRequest(request, QByteArray::fromStdString(method), body);
    open.push_back(call);

    QNetworkReply* reply = call->reply;
    // Not QNetworkRequest::setTransferTimeout(): that starts anew with every byte.
    auto* deadline = new QTimer(reply);
    deadline->setSingleShot(true);
    QObject::connect(deadline, &QTimer::timeout, reply, [call] {
        call->failure = Error{Code::TimedOut, "no whole answer in time", {}};
        call->reply->abort();
    });
    deadline->start(call->request.timeout.value_or(config.timeout));
    QObject::connect(reply, &QNetworkReply::readyRead, q, [this, call] { receive(call); });
    QObject::connect(reply, &QNetworkReply::sslErrors, reply, [call](const QList<QSslError>& errors) {
        if (!errors.isEmpty())
            call->failure = Error{Code::Insecure, tlsSentence(errors.first().error()).toStdString(), {}};
    });
    QObject::connect(reply, &QNetworkReply::finished, q, [this, call] { finish(call); });
}

void ApiClient::Private::receive(const CallPointer& call)
{
    if (!call->reply || call->failure) return;
    const QByteArray bytes = call->reply->readAll();
    const auto announced = call->reply->header(QNetworkRequest::ContentLengthHeader).toULongLong();
    if (announced > config.maxAnswerBytes ||
        call->body.size() + static_cast<std::size_t>(bytes.size()) > config.maxAnswerBytes) {
        call->failure = Error{Code::AnswerTooLarge, "answer larger than allowed", {}};
        call->body.clear();
        call->reply->abort();
        return;
    }
    call->body.append(bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

void ApiClient::Private::finish(const CallPointer& call)
{
    if (std::erase(open, call) == 0) return;
    if (!call->failure) receive(call);
    QNetworkReply* reply = call->reply;
    reply->deleteLater();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    std::optional<Error> failure = std::move(call->failure);
    if (!failure && (status == 0 || isTransportError(reply->error()))) failure = transportError(*reply);
    if (failure) {
        qCDebug(lcClient, "%s %s: %s", call->request.method.c_str(), call->request.path.c_str(),
                failure->detail.c_str());
        if (failure->code != Code::Cancelled && !call->request.road) report(false);
        return call->done(tl::unexpected(std::move(*failure)));
    }
    if (!call->request.road) report(true);
    if (status == 200) return call->done(ApiAnswer{std::move(call->body), reply->rawHeader("ETag").toStdString()});
    if (status >= 300 && status < 400) {
        const QUrl target = reply->url().resolved(reply->header(QNetworkRequest::LocationHeader).toUrl());
        return call->done(fail(Code::Redirected, target.toString(QUrl::RemoveUserInfo).toStdString()));
    }
    Error refused = contract::decodeError(status, call->body);
    qCDebug(lcClient, "%s %s: status %d, code %d", call->request.method.c_str(), call->request.path.c_str(), status,
            static_cast<int>(refused.code));
    const bool ofSession = call->request.authenticated && !call->request.authorization && !call->request.road;
    if (isSessionRefusal(status, refused) && ofSession && session) return park(call);
    call->done(tl::unexpected(std::move(refused)));
}

/// The session is no longer good: the call waits for the next one.
void ApiClient::Private::park(const CallPointer& call)
{
    if (call->generation != generation) return start(call); // a newer one is there already
    const bool first = waiting.empty();
    waiting.push_back(call);
    if (first) Q_EMIT q->sessionExpired();
}

void ApiClient::Private::failWaiting()
{
    for (const auto& call : std::exchange(waiting, {})) call->done(fail(Code::Cancelled, "no log-in"));
}

void ApiClient::Private::abortAll()
{
    for (const auto& call : std::vector(open)) {
        call->failure = Error{Code::Cancelled, "client closed", {}};
        if (call->reply) call->reply->abort(); // finishes at once
    }
    failWaiting();
}

void ApiClient::Private::report(bool nowReachable)
{
    if (reachable == nowReachable || closing) return;
    reachable = nowReachable;
    Q_EMIT q->reachabilityChanged(nowReachable);
}

ApiClient::ApiClient(ApiConfig config, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(config)))
{
    setBaseUrl(d->config.baseUrl);
}

ApiClient::~ApiClient()
{
    d->closing = true;
    d->abortAll();
}

const ApiConfig& ApiClient::config() const noexcept
{
    return d->config;
}

void ApiClient::setBaseUrl(const QUrl& url)
{
    d->abortAll();
    d->config.baseUrl = url;
    d->reachable.reset();
    const QString host = url.host();
    const bool local =
        host == QLatin1String("127.0.0.1") || host == QLatin1String("localhost") || host == QLatin1String("::1");
    d->network.setProxy(local ? QNetworkProxy(QNetworkProxy::NoProxy) : QNetworkProxy(QNetworkProxy::DefaultProxy));
    endSession();
}

const std::optional<Session>& ApiClient::session() const noexcept
{
    return d->session;
}

void ApiClient::setSession(Session session)
{
    d->session = std::move(session);
    ++d->generation;
    for (const auto& call : std::exchange(d->waiting, {})) d->start(call);
    Q_EMIT sessionChanged();
}

void ApiClient::endSession()
{
    const bool had = d->session.has_value();
    d->session.reset();
    ++d->generation;
    d->failWaiting();
    if (had) Q_EMIT sessionEnded();
}

bool ApiClient::waitingForSession() const noexcept
{
    return !d->waiting.empty();
}

void ApiClient::send(ApiRequest request, Done done)
{
    if (d->closing) {
        QTimer::singleShot(0, [done = std::move(done)] { done(fail(Code::Cancelled, "client closed")); });
        return;
    }
    auto call = std::make_shared<Call>();
    call->request = std::move(request);
    call->done = std::move(done);
    // Sent while others wait for a log-in: it would only be refused as they were.
    if (d->wouldLeak(call->request)) {
        QTimer::singleShot(0, [call] { call->done(fail(Code::Insecure, "no token over an open connection")); });
        return;
    }
    const bool needsSession = call->request.authenticated && !call->request.authorization && !call->request.road;
    if (needsSession && !d->waiting.empty()) {
        d->waiting.push_back(std::move(call));
        return;
    }
    d->start(call);
}

bool ApiClient::Private::wouldLeak(const ApiRequest& request) const
{
    return request.road && request.authenticated && config.baseUrl.scheme() == u"https" &&
           request.road->base.scheme() != u"https";
}

QNetworkReply* ApiClient::open(const ApiRequest& request)
{
    if (d->closing || d->wouldLeak(request)) return nullptr;
    return d->network.get(d->networkRequest(request));
}

std::string encodeSegment(const std::string& segment)
{
    return QUrl::toPercentEncoding(QString::fromStdString(segment)).toStdString();
}

} // namespace iam::client
