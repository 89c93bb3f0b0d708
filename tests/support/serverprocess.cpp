// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/serverprocess.h"
#include "contract/json.h"
#include "crypto/secrettoken.h"
#include <QFile>
#include <QUrl>
#include <csignal>

namespace iam::test {

ServerProcess::ServerProcess(const QString& dataDir, const QString& program)
    : m_dataDir(dataDir.isEmpty() ? m_temporary.filePath(QStringLiteral("data")) : dataDir)
    , m_program(program.isEmpty() ? QStringLiteral(IAM_SERVER_PROGRAM) : program)
{
}

ServerProcess::~ServerProcess()
{
    if (m_process.state() != QProcess::NotRunning) kill();
}

void ServerProcess::launch(const QStringList& settings, const QString& configFile)
{
    m_output.clear();
    QStringList arguments{QStringLiteral("--data-dir"), m_dataDir};
    if (!configFile.isEmpty()) arguments << QStringLiteral("--config") << configFile;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& setting : QStringList{QStringLiteral("apiserver.insecure.bind-port=0"),
                                              QStringLiteral("authz-server.insecure.bind-port=0")} +
                                      settings) {
        QString key = setting.section(u'=', 0, 0);
        if (key.endsWith(QStringLiteral(".key")) || key.endsWith(QStringLiteral(".password"))) // no place for secrets
            environment.insert(QStringLiteral("IAM_") + key.replace(u'.', u'_').replace(u'-', u'_').toUpper(),
                               setting.section(u'=', 1));
        else
            arguments << QStringLiteral("--set") << setting;
    }
    environment.insert(QStringLiteral("IAM_ADMIN_PASSWORD"), QString::fromLatin1(adminPassword));
    m_process.setProcessEnvironment(environment);
    // Not a pipe: nobody reads it while a test waits, and a full pipe would stop the server.
    m_process.setStandardErrorFile(m_temporary.filePath(QStringLiteral("log")), QIODevice::Append);
    m_process.start(m_program, arguments);
}

bool ServerProcess::start(const QStringList& settings, const QString& configFile)
{
    launch(settings, configFile);
    while (!m_output.contains('\n')) {
        if (!m_process.waitForReadyRead(10'000)) return false;
        m_output += m_process.readAllStandardOutput();
    }
    const std::string line = m_output.toStdString();
    const auto port = [&](const char* role) {
        return static_cast<std::uint16_t>(QUrl(QString::fromStdString(memberOf(line, role))).port(0));
    };
    m_apiPort = port("apiserver");
    m_authzPort = port("authz-server");
    m_pumpPort = port("pump");
    return memberOf(line, "ready") == "true";
}

bool ServerProcess::stop()
{
    m_process.terminate();
    return m_process.waitForFinished(10'000) && m_process.exitStatus() == QProcess::NormalExit &&
           m_process.exitCode() == 0;
}

void ServerProcess::kill()
{
    m_process.kill();
    m_process.waitForFinished(10'000);
}

QByteArray ServerProcess::output()
{
    m_output += m_process.readAllStandardOutput();
    return m_output;
}

QByteArray ServerProcess::log() const
{
    QFile file(m_temporary.filePath(QStringLiteral("log")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

HttpAnswer ServerProcess::api(const std::string& method, const std::string& target, const std::string& token,
                              const std::string& body) const
{
    HttpCall call{method, target, {}, body};
    if (!token.empty()) call.headers.emplace_back("Authorization", "Bearer " + token);
    return httpCall(m_apiPort, call);
}

std::string ServerProcess::logIn(const std::string& name, const std::string& password) const
{
    std::string body;
    contract::JsonObjectWriter(body).text("username", name).text("password", password);
    return memberOf(api("POST", "/login", {}, body).body, "token");
}

HttpAnswer ServerProcess::decide(const std::string& secretId, const std::string& secretKey,
                                 const std::string& body) const
{
    return askAuthz("/v1/authz", secretId, secretKey, body);
}

HttpAnswer ServerProcess::askAuthz(const std::string& path, const std::string& secretId, const std::string& secretKey,
                                   const std::string& body) const
{
    const auto token = crypto::issueSecretToken(secretId, SecretString(secretKey), "iam.authz.marmotedu.com",
                                                SystemClock().now(), std::chrono::seconds(60));
    return httpCall(m_authzPort, {"POST",
                                  path,
                                  {{"Authorization", "Bearer " + token.value_or(std::string())},
                                   {"Content-Type", "application/json"}},
                                  body});
}

std::string memberOf(const std::string& json, const std::string& path)
{
    const auto root = contract::parseJson(json);
    const contract::Json* value = root ? &*root : nullptr;
    for (std::size_t pos = 0; value != nullptr && pos <= path.size();) {
        const std::size_t end = std::min(path.find('.', pos), path.size());
        value = value->find(path.substr(pos, end - pos));
        pos = end + 1;
    }
    if (value == nullptr) return {};
    return value->string() != nullptr ? *value->string() : contract::writeJson(*value);
}

MadeSecret makeSecret(const ServerProcess& server, const std::string& token, const std::string& name)
{
    const HttpAnswer made = server.api("POST", "/v1/secrets", token,
                                       R"({"metadata":{"name":")" + name + R"("},"expires":0,"description":""})");
    return {memberOf(made.body, "secretID"), memberOf(made.body, "secretKey")};
}

} // namespace iam::test
