// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/syslogserver.h"
#include "support/freeport.h"
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QProcessEnvironment>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace iam::test {

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool openssl(const QString& folder, const QStringList& arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral("openssl"), arguments);
    return process.waitForFinished(60'000) && process.exitCode() == 0;
}

bool makeAuthority(const QString& folder, const QString& name)
{
    return openssl(folder, {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                            QStringLiteral("ec"), QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256"),
                            QStringLiteral("-nodes"), QStringLiteral("-days"), QStringLiteral("2"),
                            QStringLiteral("-subj"), QStringLiteral("/CN=") + name, QStringLiteral("-keyout"),
                            name + QStringLiteral(".key"), QStringLiteral("-out"), name + QStringLiteral(".pem")});
}

/// Where a service says that it is ready, as systemd is told (sd_notify(3)).
class ReadyNotice {
public:
    explicit ReadyNotice(const QString& path)
        : m_socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0))
    {
        QFile::remove(path);
        const QByteArray name = QFile::encodeName(path);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (name.size() >= static_cast<qsizetype>(sizeof address.sun_path)) qFatal("the folder's name is too long");
        std::memcpy(address.sun_path, name.constData(), static_cast<std::size_t>(name.size()));
        if (::bind(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) qFatal("no socket");
    }
    ~ReadyNotice() { ::close(m_socket); }
    ReadyNotice(const ReadyNotice&) = delete;
    ReadyNotice& operator=(const ReadyNotice&) = delete;

    bool await(const QDeadlineTimer& until) const
    {
        for (;;) {
            pollfd waiting{m_socket, POLLIN, 0};
            if (::poll(&waiting, 1, static_cast<int>(until.remainingTime())) != 1) return false;
            char text[256];
            const ssize_t got = ::recv(m_socket, text, sizeof text, 0);
            if (got > 0 && QByteArray(text, static_cast<qsizetype>(got)).split('\n').contains("READY=1")) return true;
        }
    }

private:
    const int m_socket;
};

} // namespace

bool SyslogServer::isInstalled()
{
    // The folder of its modules has the name of the architecture in it.
    const QDir libraries(QStringLiteral("/usr/lib"));
    for (const QString& folder : libraries.entryList({QStringLiteral("*-linux-*")}, QDir::Dirs))
        if (QFile::exists(libraries.filePath(folder + QStringLiteral("/rsyslog/lmnsd_ossl.so")))) return true;
    return false;
}

SyslogServer::SyslogServer(Transport transport)
    : m_transport(transport)
    , m_port(freePort())
{
}

SyslogServer::~SyslogServer()
{
    if (m_process.state() != QProcess::NotRunning) kill();
}

bool SyslogServer::makeCertificates() const
{
    if (QFile::exists(authority())) return true;
    QFile names(m_folder.filePath(QStringLiteral("names")));
    if (!names.open(QIODevice::WriteOnly)) return false;
    names.write("subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:syslog.example\n");
    names.close();
    const QString folder = m_folder.path();
    return makeAuthority(folder, QStringLiteral("other")) && makeAuthority(folder, QStringLiteral("ca")) &&
           openssl(folder,
                   {QStringLiteral("req"), QStringLiteral("-new"), QStringLiteral("-newkey"), QStringLiteral("ec"),
                    QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"),
                    QStringLiteral("-subj"), QStringLiteral("/CN=receiver"), QStringLiteral("-keyout"),
                    QStringLiteral("server.key"), QStringLiteral("-out"), QStringLiteral("server.csr")}) &&
           openssl(folder, {QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"),
                            QStringLiteral("server.csr"), QStringLiteral("-CA"), QStringLiteral("ca.pem"),
                            QStringLiteral("-CAkey"), QStringLiteral("ca.key"), QStringLiteral("-CAcreateserial"),
                            QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-extfile"),
                            QStringLiteral("names"), QStringLiteral("-out"), QStringLiteral("server.pem")});
}

bool SyslogServer::writeConfiguration() const
{
    const QByteArray folder = m_folder.path().toUtf8();
    const QByteArray listen = " address=\"127.0.0.1\" port=\"" + QByteArray::number(m_port) + "\" ruleset=\"kept\")\n";
    QByteArray text = "global(workDirectory=\"" + folder + "\" maxMessageSize=\"64k\"";
    if (m_transport == Transport::Tls)
        text += " defaultNetstreamDriver=\"ossl\" defaultNetstreamDriverCAFile=\"" + folder +
                "/ca.pem\" defaultNetstreamDriverCertFile=\"" + folder +
                "/server.pem\" defaultNetstreamDriverKeyFile=\"" + folder + "/server.key\"";
    text += ")\n";
    text +=
        "template(name=\"parts\" type=\"string\" string=\"%pri%\\t%protocol-version%\\t%timestamp:::date-rfc3339%\\t"
        "%hostname%\\t%app-name%\\t%procid%\\t%msgid%\\t%structured-data%\\t%msg%\\n\")\n";
    text += "ruleset(name=\"kept\" queue.type=\"Direct\") { action(type=\"omfile\" file=\"" + folder +
            "/messages\" template=\"parts\" queue.type=\"Direct\" asyncWriting=\"off\") }\n";
    if (m_transport == Transport::Udp)
        text += "module(load=\"imudp\")\ninput(type=\"imudp\"" + listen;
    else if (m_transport == Transport::Tcp)
        text += "module(load=\"imtcp\")\ninput(type=\"imtcp\"" + listen;
    else
        text += "module(load=\"imtcp\" streamDriver.name=\"ossl\" streamDriver.mode=\"1\""
                " streamDriver.authMode=\"anon\")\ninput(type=\"imtcp\"" +
                listen;
    QFile file(m_folder.filePath(QStringLiteral("rsyslog.conf")));
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

bool SyslogServer::start()
{
    if ((m_transport == Transport::Tls && !makeCertificates()) || !writeConfiguration()) return false;
    QFile::remove(m_folder.filePath(QStringLiteral("pid"))); // a killed one leaves it
    const QString place = m_folder.filePath(QStringLiteral("ready"));
    const ReadyNotice notice(place);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("NOTIFY_SOCKET"), place);
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(m_folder.filePath(QStringLiteral("log")), QIODevice::Append);
    m_process.start(QStringLiteral("/usr/sbin/rsyslogd"),
                    {QStringLiteral("-n"), QStringLiteral("-f"), m_folder.filePath(QStringLiteral("rsyslog.conf")),
                     QStringLiteral("-i"), m_folder.filePath(QStringLiteral("pid"))});
    return m_process.waitForStarted() && notice.await(QDeadlineTimer(10'000));
}

void SyslogServer::kill()
{
    m_process.kill();
    m_process.waitForFinished(10'000);
}

void SyslogServer::hang()
{
    ::kill(static_cast<pid_t>(m_process.processId()), SIGSTOP);
}

void SyslogServer::resume()
{
    ::kill(static_cast<pid_t>(m_process.processId()), SIGCONT);
}

QList<QByteArrayList> SyslogServer::messages() const
{
    QList<QByteArrayList> all;
    for (const QByteArray& line : contentOf(m_folder.filePath(QStringLiteral("messages"))).split('\n'))
        if (!line.isEmpty()) all << line.split('\t');
    return all;
}

QByteArray SyslogServer::log() const
{
    return contentOf(m_folder.filePath(QStringLiteral("log")));
}

} // namespace iam::test
