// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/mariadbserver.h"
#include "support/freeport.h"
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <csignal>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace iam::test {

namespace {

// Services lie where an ordinary user's PATH does not lead.
QString program(const char* name)
{
    const QString wanted = QString::fromLatin1(name);
    const QString found = QStandardPaths::findExecutable(wanted);
    return found.isEmpty() ? QStandardPaths::findExecutable(wanted, {QStringLiteral("/usr/sbin")}) : found;
}

} // namespace

bool MariaDbServer::isInstalled()
{
    return !program("mariadbd").isEmpty() && !program("mariadb-install-db").isEmpty() && !program("mariadb").isEmpty();
}

MariaDbServer::MariaDbServer() = default;

MariaDbServer::~MariaDbServer()
{
    if (m_process.state() != QProcess::NotRunning) kill();
}

/// A server that starts removes what others have in the folder for temporary tables: this one has its own.
bool MariaDbServer::giveOwnTemporaries(QProcess& process) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TMPDIR"), m_folder.filePath(u"temporaries"_qs));
    process.setProcessEnvironment(environment);
    return QDir().mkpath(m_folder.filePath(u"temporaries"_qs));
}

bool MariaDbServer::install()
{
    QFile accounts(m_folder.filePath(QStringLiteral("accounts.sql")));
    if (!accounts.open(QIODevice::WriteOnly)) return false;
    accounts.write(QByteArrayLiteral("CREATE USER IF NOT EXISTS '") + username + "'@'%' IDENTIFIED BY '" + password +
                   "';\nGRANT ALL ON *.* TO '" + username + "'@'%';\n");
    accounts.close();
    QProcess installer;
    installer.setProcessChannelMode(QProcess::MergedChannels);
    QStringList arguments = {QStringLiteral("--no-defaults"),
                             QStringLiteral("--datadir=") + m_folder.filePath(u"data"_qs),
                             QStringLiteral("--auth-root-authentication-method=normal"),
                             QStringLiteral("--skip-test-db"),
                             QStringLiteral("--skip-name-resolve"),
                             QStringLiteral("--force"), // also where the host's own name cannot be looked up
                             QStringLiteral("--innodb-log-file-size=4M")};
    if (::geteuid() == 0) arguments << QStringLiteral("--user=root");
    if (!giveOwnTemporaries(installer)) return false;
    installer.start(program("mariadb-install-db"), arguments);
    if (installer.waitForFinished(120'000) && installer.exitCode() == 0) return true;
    qWarning("mariadb-install-db: %s", installer.readAll().constData());
    return false;
}

bool MariaDbServer::start(const QStringList& options)
{
    if (m_port == 0) {
        if (!install()) return false;
        m_port = freePort();
    }
    QStringList arguments = {
        QStringLiteral("--no-defaults"), QStringLiteral("--datadir=") + m_folder.filePath(u"data"_qs),
        QStringLiteral("--socket=") + socket(), QStringLiteral("--port=%1").arg(m_port),
        QStringLiteral("--bind-address=127.0.0.1"), QStringLiteral("--skip-networking=0"),
        QStringLiteral("--skip-name-resolve"), QStringLiteral("--skip-log-bin"),
        QStringLiteral("--pid-file=") + m_folder.filePath(u"pid"_qs),
        QStringLiteral("--init-file=") + m_folder.filePath(u"accounts.sql"_qs),
        QStringLiteral("--innodb-buffer-pool-size=16M"), QStringLiteral("--innodb-log-file-size=4M"),
        // The process may be killed in a test, the machine is not: writing is enough.
        QStringLiteral("--innodb-flush-log-at-trx-commit=2")};
    if (::geteuid() == 0) arguments << QStringLiteral("--user=root");
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(m_folder.filePath(u"log"_qs), QIODevice::Append);
    if (!giveOwnTemporaries(m_process)) return false;
    m_process.start(program("mariadbd"), arguments + options);
    QDeadlineTimer patience(60'000);
    while (!takesConnections()) {
        // Nothing tells from outside when a server listens: it is tried again.
        if (patience.hasExpired() || m_process.waitForFinished(20)) return false;
    }
    return true;
}

bool MariaDbServer::takesConnections() const
{
    const QByteArray path = QFile::encodeName(socket());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= static_cast<qsizetype>(sizeof address.sun_path)) return false;
    std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
    const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    char greeting = 0;
    const bool greeted = ::connect(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                         ::read(probe, &greeting, 1) == 1;
    ::close(probe);
    return greeted;
}

void MariaDbServer::stop()
{
    m_process.terminate();
    m_process.waitForFinished(60'000);
}

void MariaDbServer::kill()
{
    m_process.kill();
    m_process.waitForFinished(60'000);
}

void MariaDbServer::hold()
{
    ::kill(static_cast<pid_t>(m_process.processId()), SIGSTOP);
}

void MariaDbServer::resume()
{
    ::kill(static_cast<pid_t>(m_process.processId()), SIGCONT);
}

QString MariaDbServer::run(const QString& statements, const QString& database)
{
    QProcess client;
    client.setProcessChannelMode(QProcess::MergedChannels);
    QStringList arguments = {QStringLiteral("--no-defaults"),       QStringLiteral("--batch"),
                             QStringLiteral("--skip-column-names"), QStringLiteral("--default-character-set=utf8mb4"),
                             QStringLiteral("--user=root"),         QStringLiteral("--socket=") + socket()};
    if (!database.isEmpty()) arguments << database;
    client.start(program("mariadb"), arguments);
    client.write(statements.toUtf8());
    client.closeWriteChannel();
    client.waitForFinished(60'000);
    return QString::fromUtf8(client.readAll());
}

QString MariaDbServer::makeDatabase()
{
    const QString name = QStringLiteral("iam%1").arg(++m_databases);
    run(QStringLiteral("CREATE DATABASE %1").arg(name));
    return name;
}

QByteArray MariaDbServer::log() const
{
    QFile file(m_folder.filePath(u"log"_qs));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace iam::test
