// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <cstdint>

namespace iam::test {

/// A real MariaDB server on a free port of 127.0.0.1, with its data in a temporary folder. It may be ended and started
/// again on the same data and port.
class MariaDbServer {
public:
    static constexpr const char* username = "iam";
    static constexpr const char* password = "Secret;of=iam";

    /// Whether the Debian package mariadb-server is there.
    static bool isInstalled();

    MariaDbServer();
    /// Kills it when it still runs.
    ~MariaDbServer();

    /// Makes the data at the first call. True when it takes connections. The account above may do everything.
    bool start(const QStringList& options = {});
    /// SIGTERM, and waits for the end.
    void stop();
    /// SIGKILL, and waits for the end.
    void kill();
    /// SIGSTOP: it is there but does not answer.
    void hold();
    /// SIGCONT.
    void resume();

    [[nodiscard]] std::uint16_t port() const noexcept { return m_port; }
    [[nodiscard]] QString socket() const { return m_folder.filePath(QStringLiteral("socket")); }
    /// Runs statements as root and gives what they print, one row a line, columns apart by tabs. An error is "ERROR …".
    QString run(const QString& statements, const QString& database = {});
    /// The name of a new, empty database.
    QString makeDatabase();
    [[nodiscard]] QByteArray log() const;

private:
    bool giveOwnTemporaries(QProcess& process) const;
    bool install();
    bool takesConnections() const;

    QTemporaryDir m_folder;
    QProcess m_process;
    std::uint16_t m_port = 0;
    int m_databases = 0;
};

} // namespace iam::test
