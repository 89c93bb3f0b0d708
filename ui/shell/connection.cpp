// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/connection.h"
#include "client/errortext.h"
#include "client/whenready.h"
#include <QSettings>

namespace iam::shell {

using client::Session;
using client::whenReady;

namespace {

const QString serverSetting = QStringLiteral("connection/server");
const QString usersSetting = QStringLiteral("connection/users");
const QString administratorName = QStringLiteral("admin");

} // namespace

Connection::Connection(client::ApiClient& api, client::SessionClient& sessions, SessionStore& store,
                       BundledServer* bundled, QObject* parent)
    : QObject(parent)
    , m_api(api)
    , m_sessions(sessions)
    , m_store(store)
    , m_bundled(bundled)
{
    if (m_bundled != nullptr) {
        connect(m_bundled, &BundledServer::started, this, &Connection::bundledStarted);
        connect(m_bundled, &BundledServer::failed, this, &Connection::bundledFailed);
    }
    connect(&m_api, &client::ApiClient::sessionExpired, this, [this] {
        if (m_stage != Stage::Ready) return;
        m_expired = true;
        Q_EMIT sessionExpired();
    });
    connect(&m_api, &client::ApiClient::sessionChanged, this, [this] {
        if (m_stage == Stage::Ready) keepSession();
    });
}

void Connection::setStage(Stage stage)
{
    m_stage = stage;
    Q_EMIT stageChanged(stage);
}

void Connection::begin()
{
    m_remote = QUrl(QSettings().value(serverSetting).toString());
    if (!m_remote.isEmpty()) {
        m_api.setBaseUrl(m_remote);
        return takeUpSession();
    }
    startBundled();
}

void Connection::startBundled()
{
    if (m_bundled == nullptr) return setStage(Stage::LogIn);
    if (m_bundled->url()) return bundledStarted(*m_bundled->url());
    if (!m_bundled->hasData()) return setStage(Stage::FirstRun);
    setStage(Stage::Waiting);
    m_bundled->start({});
}

void Connection::choosePassword(const SecretString& password)
{
    if (m_bundled == nullptr) return;
    m_firstPassword = password;
    Q_EMIT busyChanged(true);
    m_bundled->start(password);
}

void Connection::bundledStarted(const QUrl& url)
{
    if (!m_remote.isEmpty()) return; // the user chose another one meanwhile
    m_api.setBaseUrl(url);
    if (!m_firstPassword) return takeUpSession();
    const SecretString password = *std::exchange(m_firstPassword, {});
    logIn(administratorName, password);
}

void Connection::bundledFailed(const QString& sentence)
{
    m_firstPassword.reset();
    Q_EMIT busyChanged(false);
    if (!m_remote.isEmpty()) return;
    if (m_stage != Stage::FirstRun) setStage(Stage::Failed);
    Q_EMIT problemOccurred(client::serverText(sentence.toStdString()), {});
}

void Connection::takeUpSession()
{
    setStage(Stage::Waiting);
    m_store.load(serverKey(), this, [this, key = serverKey()](std::optional<Session> kept) {
        if (key != serverKey() || m_stage != Stage::Waiting) return;
        if (!kept) return setStage(Stage::LogIn);
        whenReady(m_sessions.resume(*kept), this, [this, key, kept = *kept](const Result<Session>& session) {
            if (key != serverKey() || m_stage != Stage::Waiting) return;
            if (session) return loggedIn(*session);
            const Code code = session.error().code;
            const bool silent = code == Code::Unreachable || code == Code::TimedOut;
            if (silent && clusterIsKnown() && kept.expires > SystemClock().now()) {
                m_api.setSession(kept);
                loggedIn(kept);
                Q_EMIT addressSilent();
                return;
            }
            setStage(Stage::LogIn);
            if (client::worthRetrying(session.error()))
                report(session.error());
            else
                Q_EMIT sessionLapsed();
        });
    });
}

bool Connection::clusterIsKnown() const
{
    return m_clusters != nullptr &&
           m_clusters->load(
               m_api.config().baseUrl.toString(QUrl::RemoveUserInfo | QUrl::StripTrailingSlash).toStdString());
}

void Connection::logIn(const QString& name, const SecretString& password)
{
    Q_EMIT busyChanged(true);
    whenReady(m_sessions.logIn(name.toStdString(), password), this, [this](const Result<Session>& session) {
        Q_EMIT busyChanged(false);
        if (session) return loggedIn(*session);
        // The password of the first run is set; from here on it is an ordinary log-in.
        if (m_stage == Stage::FirstRun) setStage(Stage::LogIn);
        report(session.error());
    });
}

void Connection::loggedIn(const Session& session)
{
    QSettings settings;
    settings.beginGroup(usersSetting);
    settings.setValue(QString::fromUtf8(serverKey().toUtf8().toBase64(QByteArray::Base64UrlEncoding)),
                      QString::fromStdString(session.username));
    settings.endGroup();
    settings.setValue(serverSetting, m_remote.toString());
    if (m_expired) {
        m_expired = false;
        Q_EMIT sessionResumed();
        return;
    }
    keepSession();
    setStage(Stage::Ready);
}

void Connection::keepSession()
{
    if (!m_api.session()) return;
    m_store.save(serverKey(), *m_api.session(), this, [this](bool kept) {
        if (m_temporary == !kept) return;
        m_temporary = !kept;
        Q_EMIT temporaryChanged(m_temporary);
    });
}

void Connection::logOut()
{
    m_expired = false;
    m_store.forget(serverKey());
    whenReady(m_sessions.logOut(), this, [](const Result<void>&) {}); // forgotten here, whatever the server says
    setStage(Stage::LogIn);
}

void Connection::askForServer()
{
    m_firstPassword.reset();
    setStage(Stage::LogIn);
}

void Connection::useServer(const QUrl& url)
{
    const QUrl before = std::exchange(m_remote, url);
    if (url.isEmpty()) return startBundled();
    m_api.setBaseUrl(url);
    if (m_stage != Stage::LogIn || before == url) setStage(Stage::LogIn);
}

QString Connection::lastUser() const
{
    QSettings settings;
    settings.beginGroup(usersSetting);
    const QString key = QString::fromUtf8(serverKey().toUtf8().toBase64(QByteArray::Base64UrlEncoding));
    return settings.value(key, usesBundled() ? administratorName : QString()).toString();
}

void Connection::report(const Error& error)
{
    const client::ErrorText text = client::errorText(error);
    Q_EMIT problemOccurred(text.what, text.advice);
}

QString Connection::serverKey() const
{
    if (!m_remote.isEmpty()) return m_remote.toString(QUrl::RemoveUserInfo | QUrl::StripTrailingSlash);
    return QStringLiteral("bundled:") + (m_bundled != nullptr ? m_bundled->dataPath() : QString());
}

} // namespace iam::shell
