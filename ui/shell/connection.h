// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/sessionclient.h"
#include "shell/bundledserver.h"
#include "shell/sessionstore.h"

namespace iam::shell {

/// Which server, and who is logged in: from the start of the console to the moment when pages can work, and back.
class Connection : public QObject {
    Q_OBJECT
public:
    enum class Stage {
        FirstRun, ///< the bundled server never ran: a password is wanted, see choosePassword()
        Waiting,  ///< the bundled server starts, or a kept session is tried
        LogIn,    ///< name and password are wanted, see logIn()
        Ready,    ///< somebody is logged in
        Failed,   ///< the bundled server did not start, see begin()
    };

    /// `bundled` may be nullptr: then only servers elsewhere.
    Connection(client::ApiClient& api, client::SessionClient& sessions, SessionStore& store, BundledServer* bundled,
               QObject* parent = nullptr);

    /// Servers whose clusters are remembered: a kept session for one of them is taken up also while its address does
    /// not answer, so that the cluster's nodes can be asked (addressSilent()).
    void setClusterMemory(const models::ClusterMemory& memory) { m_clusters = &memory; }
    /// To the server used last, the bundled one at first.
    void begin();
    void choosePassword(const SecretString& password);
    void logIn(const QString& name, const SecretString& password);
    void logOut();
    /// Leaves the bundled server alone and asks which other one is wanted.
    void askForServer();
    /// Empty: the bundled server.
    void useServer(const QUrl& url);

    [[nodiscard]] Stage stage() const noexcept { return m_stage; }
    [[nodiscard]] bool usesBundled() const noexcept { return m_remote.isEmpty(); }
    [[nodiscard]] const QUrl& remoteUrl() const noexcept { return m_remote; }
    /// Who logged in at this server last; may be empty.
    [[nodiscard]] QString lastUser() const;
    /// Whether the session ends with the console because no keyring takes it.
    [[nodiscard]] bool sessionIsTemporary() const noexcept { return m_temporary; }

Q_SIGNALS:
    void stageChanged(iam::shell::Connection::Stage stage);
    /// A step failed; the stage stays and can be repeated.
    void problemOccurred(const QString& what, const QString& advice);
    /// A step is under way in the stages FirstRun and LogIn, and while logging in again.
    void busyChanged(bool busy);
    /// The session ended while pages work: log in again.
    void sessionExpired();
    /// That was done; the pages go on.
    void sessionResumed();
    void temporaryChanged(bool temporary);
    /// Pages work with a kept session that nobody could be asked about: the server's address does not answer.
    void addressSilent();
    /// A kept session is no longer good.
    void sessionLapsed();

private:
    void setStage(Stage stage);
    void startBundled();
    void bundledStarted(const QUrl& url);
    void bundledFailed(const QString& sentence);
    void takeUpSession();
    void loggedIn(const client::Session& session);
    [[nodiscard]] bool clusterIsKnown() const;
    void keepSession();
    void report(const Error& error);
    [[nodiscard]] QString serverKey() const;

    client::ApiClient& m_api;
    client::SessionClient& m_sessions;
    SessionStore& m_store;
    BundledServer* m_bundled;
    const models::ClusterMemory* m_clusters = nullptr;
    QUrl m_remote;
    Stage m_stage = Stage::Waiting;
    bool m_expired = false;
    bool m_temporary = false;
    std::optional<SecretString> m_firstPassword;
};

} // namespace iam::shell
