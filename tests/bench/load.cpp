// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "load.h"
#include "contract/json.h"
#include "measuredprocess.h"
#include <QProcess>
#include <arpa/inet.h>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <random>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace iam::bench {

namespace {

/// Whether a whole answer without an error came.
bool asksOnce(int socket)
{
    static const std::string request = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
        return false;
    static const std::string lengthName = "Content-Length: ";
    std::string answer;
    char buffer[2048];
    for (;;) {
        const std::size_t head = answer.find("\r\n\r\n");
        const std::size_t length = answer.find(lengthName);
        if (head != std::string::npos && length < head &&
            answer.size() >= head + 4 + std::strtoul(answer.c_str() + length + lengthName.size(), nullptr, 10))
            return answer.starts_with("HTTP/1.1 200");
        const ssize_t got = ::recv(socket, buffer, sizeof buffer, 0);
        if (got <= 0) return false;
        answer.append(buffer, static_cast<std::size_t>(got));
    }
}

} // namespace

Turn runTurn(const Target& target, int connections, int seconds)
{
    Turn turn;
    static std::mt19937 random(1);
    QStringList arguments{
        QStringLiteral("--threads=1"),
        QStringLiteral("--connections=%1").arg(connections),
        QStringLiteral("--duration=%1s").arg(seconds),
        QStringLiteral("--latency"),
        QStringLiteral("--script=" IAM_BENCH_FOLDER "/requests.lua"),
        QStringLiteral("http://127.0.0.1:%1%2").arg(target.port).arg(QString::fromStdString(target.path))};
    if (!target.requests.isEmpty())
        arguments << QStringLiteral("--") << target.requests << QString::number(random() % target.count);
    if (::getloadavg(&turn.load, 1) != 1) turn.load = -1;

    QProcess wrk;
    wrk.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    const ProcessCost before = costOf(target.process);
    wrk.start(QStringLiteral("wrk"), arguments);
    if (!wrk.waitForFinished((seconds + 60) * 1000)) wrk.kill();
    const ProcessCost behind = costOf(target.process);
    const QByteArray output = wrk.readAllStandardOutput();
    const qsizetype line = output.lastIndexOf("{\"requests\"");
    const auto told = contract::parseJson(line < 0 ? std::string() : output.mid(line).toStdString());
    if (!told || interrupted()) return turn;
    const auto number = [&](const char* name) { return told->find(name)->toDouble(); };
    const double requests = number("requests");
    if (requests == 0) return turn;
    turn.perSecond = requests / number("seconds");
    turn.p50 = number("p50_ms");
    turn.p99 = number("p99_ms");
    turn.most = number("most_ms");
    turn.refused = number("refused");
    turn.lost = number("lost");
    turn.cpuPerThousand = (behind.cpuSeconds - before.cpuSeconds) / requests * 1000;
    turn.rssMib = behind.rssMib;
    turn.good = true;
    return turn;
}

IdleConnections::IdleConnections(std::uint16_t port, int count)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < count && !interrupted(); ++i) {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const timeval patience{10, 0};
        ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && asksOnce(socket))
            m_sockets.push_back(socket);
        else
            ::close(socket);
    }
}

IdleConnections::~IdleConnections()
{
    for (const int socket : m_sockets) ::close(socket);
}

int IdleConnections::alive()
{
    int good = 0;
    for (const int socket : m_sockets) good += asksOnce(socket) ? 1 : 0;
    return good;
}

} // namespace iam::bench
