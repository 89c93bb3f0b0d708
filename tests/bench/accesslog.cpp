// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What one line of nginx' access log costs an agent, at several rates; read in batches and counted as in the agent.
#include "cluster/observe/accesslogreceiver.h"
#include <QCoreApplication>
#include <QTemporaryDir>
#include <cstdio>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>

using namespace iam;
using namespace iam::cluster;
using namespace std::chrono_literals;

namespace {

std::chrono::microseconds cpuOfThisThread()
{
    rusage used{};
    ::getrusage(RUSAGE_THREAD, &used);
    const auto of = [](const timeval& time) {
        return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
    };
    return of(used.ru_utime) + of(used.ru_stime);
}

/// Sends evenly for some time; returns how many the kernel took.
std::uint64_t sendLines(const std::string& path, int perSecond, std::chrono::seconds time)
{
    const FileDescriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return 0;
    const std::string lines[] = {
        "<190>Nov 22 10:04:05 iam: 1795341845.123 10.0.4.20:8080 200 200 0.012 0.010 iam.api.example.com",
        "<190>Nov 22 10:04:05 iam: 1795341845.123 10.0.4.21:9090 200 200 0.002 0.001 iam.authz.example.com"};
    std::uint64_t taken = 0;
    const auto begin = std::chrono::steady_clock::now();
    const auto step = std::chrono::nanoseconds(1s) / perSecond;
    const std::int64_t all = perSecond * time.count();
    for (std::int64_t i = 0; i < all; ++i) {
        std::this_thread::sleep_until(begin + i * step);
        const std::string& line = lines[i % 2];
        taken += ::send(socket.get(), line.data(), line.size(), MSG_NOSIGNAL) > 0 ? 1 : 0;
    }
    return taken;
}

void measure(const std::string& path, int perSecond)
{
    const SystemClock clock;
    AccessLogReceiver receiver(path, clock);
    if (auto done = receiver.start(); !done) {
        std::fprintf(stderr, "%s\n", done.error().detail.c_str());
        return;
    }
    constexpr auto time = 5s;
    std::uint64_t taken = 0;
    const auto before = cpuOfThisThread();
    std::thread sender([&] {
        taken = sendLines(path, perSecond, time);
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    QCoreApplication::exec();
    sender.join();
    receiver.drain();
    const auto used = cpuOfThisThread() - before;
    std::printf("%8d %10llu %10llu %12.2f %10.2f\n", perSecond, static_cast<unsigned long long>(taken),
                static_cast<unsigned long long>(receiver.lines()),
                static_cast<double>(used.count()) / static_cast<double>(receiver.lines()),
                static_cast<double>(used.count()) / (static_cast<double>(time.count()) * 1e4));
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_NO_GLIB", "1"); // as iam-server does
    const QCoreApplication application(argc, argv);
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("log")).toStdString();
    std::printf("lines/s       sent       read  us CPU/line  %% of a core\n");
    for (int round = 0; round < 2; ++round)
        for (const int perSecond : {100, 300, 1000, 3000, 10'000}) measure(path, perSecond);
}
