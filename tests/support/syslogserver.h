// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArrayList>
#include <QProcess>
#include <QTemporaryDir>
#include <cstdint>

namespace iam::test {

/// A real rsyslogd on a free port of 127.0.0.1, with a configuration and a folder of its own. It writes each message to
/// a file as it reads it, without a queue, so that only what it has not read is lost when it is killed.
class SyslogServer {
public:
    enum class Transport { Udp, Tcp, Tls };

    /// Whether the Debian packages rsyslog and rsyslog-openssl are there.
    static bool isInstalled();

    /// Not started yet. With TLS it shows a certificate that names 127.0.0.1, localhost and syslog.example.
    explicit SyslogServer(Transport transport);
    /// Kills it when it still runs.
    ~SyslogServer();
    SyslogServer(const SyslogServer&) = delete;
    SyslogServer& operator=(const SyslogServer&) = delete;

    /// Starts it, always on the same port. True when it says within ten seconds that it is ready.
    bool start();
    /// SIGKILL, and waits for the end.
    void kill();
    /// SIGSTOP: connections are still taken by the kernel, but nothing is read. SIGCONT ends it.
    void hang();
    void resume();

    [[nodiscard]] std::uint16_t port() const noexcept { return m_port; }
    /// PEM file with the certificate of whoever signed the server's.
    [[nodiscard]] QString authority() const { return m_folder.filePath(QStringLiteral("ca.pem")); }
    /// PEM file of an authority that signed nothing.
    [[nodiscard]] QString otherAuthority() const { return m_folder.filePath(QStringLiteral("other.pem")); }
    /// What was understood of each message, apart by tabs: priority, version, time, host, application, process, message
    /// id, structured data, text.
    [[nodiscard]] QList<QByteArrayList> messages() const;
    /// What rsyslogd says of itself.
    [[nodiscard]] QByteArray log() const;

private:
    bool makeCertificates() const;
    bool writeConfiguration() const;

    const Transport m_transport;
    QTemporaryDir m_folder;
    std::uint16_t m_port = 0;
    QProcess m_process;
};

} // namespace iam::test
