// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/redisserver.h"
#include "support/freeport.h"
#include <QElapsedTimer>
#include <QProcessEnvironment>
#include <csignal>
#include <utility>

namespace iam::test {

RedisServer::RedisServer(QString password)
    : m_password(std::move(password))
    , m_port(freePort())
{
}

RedisServer::~RedisServer()
{
    if (m_process.state() != QProcess::NotRunning) kill();
}

bool RedisServer::start(bool appendOnly, const QStringList& options)
{
    QStringList arguments{QStringLiteral("--port"),       QString::number(m_port),
                          QStringLiteral("--bind"),       QStringLiteral("127.0.0.1"),
                          QStringLiteral("--dir"),        m_folder.path(),
                          QStringLiteral("--save"),       QString(),
                          QStringLiteral("--appendonly"), appendOnly ? QStringLiteral("yes") : QStringLiteral("no")};
    if (!m_password.isEmpty()) arguments << QStringLiteral("--requirepass") << m_password;
    arguments << options;
    m_process.setStandardOutputFile(m_folder.filePath(QStringLiteral("log")), QIODevice::Append);
    m_process.start(QStringLiteral("redis-server"), arguments);
    if (!m_process.waitForStarted()) return false;
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 10'000)
        if (ask({QStringLiteral("ping")}).trimmed() == "PONG") return true;
    return false;
}

bool RedisServer::stop()
{
    m_process.terminate();
    return m_process.waitForFinished(10'000);
}

void RedisServer::kill()
{
    m_process.kill();
    m_process.waitForFinished(10'000);
}

void RedisServer::hang()
{
    ::kill(static_cast<pid_t>(m_process.processId()), SIGSTOP);
}

void RedisServer::resume()
{
    ::kill(static_cast<pid_t>(m_process.processId()), SIGCONT);
}

QByteArray RedisServer::ask(const QStringList& words) const
{
    QProcess client;
    if (!m_password.isEmpty()) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("REDISCLI_AUTH"), m_password);
        client.setProcessEnvironment(environment);
    }
    client.start(QStringLiteral("redis-cli"), QStringList{QStringLiteral("-p"), QString::number(m_port)} + words);
    return client.waitForFinished(10'000) ? client.readAllStandardOutput() : QByteArray();
}

} // namespace iam::test
