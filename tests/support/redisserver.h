// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QProcess>
#include <QTemporaryDir>
#include <cstdint>

namespace iam::test {

/// A real redis-server on a free port of 127.0.0.1, with its data in a temporary folder.
class RedisServer {
public:
    /// Not started yet. An empty password: none is wanted.
    explicit RedisServer(QString password = {});
    /// Kills it when it still runs.
    ~RedisServer();
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;

    /// Starts it, always on the same port, with these further options ("--appendfsync", "always"). True when it answers
    /// within ten seconds.
    bool start(bool appendOnly = true, const QStringList& options = {});
    /// SIGTERM; true when it ended within ten seconds.
    bool stop();
    /// SIGKILL, and waits for the end.
    void kill();
    /// SIGSTOP: connections are still taken by the kernel, but nothing answers. SIGCONT ends it.
    void hang();
    void resume();
    /// redis-cli with these words, and what it writes.
    QByteArray ask(const QStringList& words) const;

    [[nodiscard]] std::uint16_t port() const noexcept { return m_port; }

private:
    QTemporaryDir m_folder;
    QString m_password;
    std::uint16_t m_port = 0;
    QProcess m_process;
};

} // namespace iam::test
