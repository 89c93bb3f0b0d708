// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "support/httpcall.h"
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace iam::test {

inline constexpr const char* adminPassword = "Admin@2021";

/// A real iam-server on free ports of 127.0.0.1.
class ServerProcess {
public:
    /// Without a folder the data lies in a temporary one that goes with this.
    /// `program`: another one than was built with this.
    explicit ServerProcess(const QString& dataDir = {}, const QString& program = {});
    /// Kills it when it still runs.
    ~ServerProcess();

    /// `settings` are KEY=VALUE, keys and passwords among them handed over in the environment; `configFile` may say
    /// more. True when the ready line came within ten seconds.
    bool start(const QStringList& settings = {}, const QString& configFile = {});
    /// The same without waiting for it.
    void launch(const QStringList& settings = {}, const QString& configFile = {});
    /// SIGTERM; true when it ended with code 0 within ten seconds.
    bool stop();
    /// SIGKILL, and waits for the end.
    void kill();

    [[nodiscard]] QString dataDir() const { return m_dataDir; }
    [[nodiscard]] std::uint16_t apiPort() const noexcept { return m_apiPort; }
    [[nodiscard]] std::uint16_t authzPort() const noexcept { return m_authzPort; }
    [[nodiscard]] std::uint16_t pumpPort() const noexcept { return m_pumpPort; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    /// All of stdout, and of stderr of every start, so far.
    [[nodiscard]] QByteArray output();
    [[nodiscard]] QByteArray log() const;
    [[nodiscard]] int exitCode() const { return m_process.exitCode(); }

    /// A call to the apiserver; `token` is a log-in token or empty.
    HttpAnswer api(const std::string& method, const std::string& target, const std::string& token,
                   const std::string& body = {}) const;
    /// A log-in token, or empty.
    std::string logIn(const std::string& name, const std::string& password) const;
    std::string logInAsAdmin() const { return logIn("admin", adminPassword); }
    /// POST /v1/authz with a fresh token signed with the secret.
    HttpAnswer decide(const std::string& secretId, const std::string& secretKey, const std::string& body) const;
    /// The same to another of the authz-server's paths.
    HttpAnswer askAuthz(const std::string& path, const std::string& secretId, const std::string& secretKey,
                        const std::string& body) const;

private:
    QTemporaryDir m_temporary;
    QString m_dataDir;
    QString m_program;
    QProcess m_process;
    QByteArray m_output;
    std::uint16_t m_apiPort = 0;
    std::uint16_t m_authzPort = 0;
    std::uint16_t m_pumpPort = 0;
};

/// The member of a JSON object as text: strings bare, everything else as JSON; empty when absent. "a.b" goes deeper.
[[nodiscard]] std::string memberOf(const std::string& json, const std::string& path);
/// A secret made for the log-in's user, or empty texts.
struct MadeSecret {
    std::string id;
    std::string key;
};
[[nodiscard]] MadeSecret makeSecret(const ServerProcess& server, const std::string& token, const std::string& name);

} // namespace iam::test
