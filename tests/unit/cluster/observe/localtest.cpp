// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/accesslogreceiver.h"
#include "cluster/observe/keepalivedprocess.h"
#include "cluster/observe/nginxcheck.h"
#include "cluster/observe/notifyfifo.h"
#include "cluster/observe/servicepoll.h"
#include "cluster/observe/trackfile.h"
#include "support/httpstandin.h"
#include "support/manualclock.h"
#include "support/verifyresult.h"
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace iam;
using namespace iam::cluster;
using support::HttpStandIn;
using support::StandInRequest;
using namespace std::chrono_literals;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

bool writeTo(const std::string& path, std::string_view bytes)
{
    const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
    return file && ::write(file.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
}

/// A socket that sends lines as nginx does. False: not sent.
struct LogSender {
    explicit LogSender(const std::string& path)
        : socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        connected = ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    bool send(const std::string& upstream)
    {
        return sendRaw("<190>Nov 22 10:04:05 iam: 1.1 " + upstream + " 200 200 0.1 0.1 api");
    }
    bool sendRaw(const std::string& text) { return ::send(socket.get(), text.data(), text.size(), MSG_NOSIGNAL) > 0; }

    FileDescriptor socket;
    bool connected = false;
};

QByteArray readiness(int status, const QByteArray& checks)
{
    return HttpStandIn::json(status, "{\"status\":\"x\",\"checks\":{" + checks + "}}");
}

} // namespace

class ObserveLocalTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    SystemClock m_clock;

    [[nodiscard]] std::string path(const char* name) const
    {
        return m_folder.filePath(QLatin1String(name)).toStdString();
    }

private Q_SLOTS:
    // --- the FIFO
    void linesComeInOrder()
    {
        NotifyFifo fifo(path("fifo1"), m_clock);
        QSignalSpy read(&fifo, &NotifyFifo::lineRead);
        VERIFY_OK(fifo.start());
        struct ::stat made {};
        QVERIFY(::stat(path("fifo1").c_str(), &made) == 0 && S_ISFIFO(made.st_mode));
        // Writers come and go; a line may come in pieces.
        QVERIFY(writeTo(path("fifo1"), "INSTANCE \"VI_1\" BACKUP 100\nINSTANCE \"VI"));
        QVERIFY(writeTo(path("fifo1"), "_1\" MASTER 100\nrubbish\n"));
        QTRY_COMPARE(read.size(), 2);
        QCOMPARE(read[0][0].value<NotifyNote>().line.says, std::string("BACKUP"));
        QCOMPARE(read[1][0].value<NotifyNote>().line.says, std::string("MASTER"));
        QVERIFY(!read[1][0].value<NotifyNote>().waited);
        QCOMPARE(fifo.unknownLines(), std::size_t{1});
    }
    void whatWaitedIsToldAsOld()
    {
        QCOMPARE(::mkfifo(path("fifo2").c_str(), 0600), 0);
        const FileDescriptor keepalived(::open(path("fifo2").c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
        QVERIFY(writeTo(path("fifo2"), "INSTANCE \"VI_1\" MASTER 100\n"));
        NotifyFifo fifo(path("fifo2"), m_clock);
        QSignalSpy read(&fifo, &NotifyFifo::lineRead);
        VERIFY_OK(fifo.start());
        QCOMPARE(read.size(), 1);
        QVERIFY(read[0][0].value<NotifyNote>().waited);
    }
    void aReplacedFifoIsFoundAndTheOldOneStillRead()
    {
        NotifyFifo fifo(path("fifo3"), m_clock);
        QSignalSpy read(&fifo, &NotifyFifo::lineRead);
        VERIFY_OK(fifo.start());
        const FileDescriptor old(::open(path("fifo3").c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
        QCOMPARE(::unlink(path("fifo3").c_str()), 0);
        QTRY_VERIFY(QFile::exists(m_folder.filePath(QStringLiteral("fifo3"))));
        QVERIFY(writeTo(path("fifo3"), "INSTANCE \"VI_1\" FAULT 100\n"));
        QTRY_COMPARE(read.size(), 1);
        const std::string_view text = "INSTANCE \"VI_1\" STOP 100\n";
        QCOMPARE(::write(old.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
        QTRY_COMPARE(read.size(), 2);
    }
    void somethingElseInItsPlaceIsLeftAlone()
    {
        QFile file(m_folder.filePath(QStringLiteral("fifo4")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("precious") == 8);
        file.close();
        NotifyFifo fifo(path("fifo4"), m_clock);
        QVERIFY(!fifo.start());
        QCOMPARE(contentOf(file.fileName()), QByteArray("precious"));
    }
    void aFloodIsBoundedAndItsEndIsTold()
    {
        NotifyFifo fifo(path("fifo5"), m_clock);
        QSignalSpy read(&fifo, &NotifyFifo::lineRead);
        VERIFY_OK(fifo.start());
        std::string flood;
        for (int i = 0; i < 1000; ++i) flood += "INSTANCE \"VI_1\" BACKUP 100\n";
        flood += "INSTANCE \"VI_1\" MASTER 100\n";
        QVERIFY(writeTo(path("fifo5"), flood));
        QTRY_COMPARE(read.size(), 201);
        QCOMPARE(read.last()[0].value<NotifyNote>().line.says, std::string("MASTER"));
        QCOMPARE(fifo.skippedLines(), std::size_t{800});
    }
    void whoIsToldMayDestroyIt()
    {
        auto fifo = std::make_unique<NotifyFifo>(path("fifo6"), m_clock);
        connect(fifo.get(), &NotifyFifo::lineRead, this, [&] { fifo.reset(); });
        VERIFY_OK(fifo->start());
        QVERIFY(writeTo(path("fifo6"), "INSTANCE \"VI_1\" BACKUP 100\nINSTANCE \"VI_1\" MASTER 100\n"));
        QTRY_VERIFY(!fifo);
    }

    // --- the track file
    void theTrackFileIsWrittenWholeAndLeftAtZero()
    {
        const QString file = m_folder.filePath(QStringLiteral("track"));
        {
            TrackFile track(file.toStdString());
            QCOMPARE(track.written(), std::nullopt);
            QVERIFY(!QFile::exists(file));
            VERIFY_OK(track.write(true));
            QCOMPARE(contentOf(file), QByteArray("1\n"));
            VERIFY_OK(track.write(false));
            QCOMPARE(contentOf(file), QByteArray("0\n"));
            VERIFY_OK(track.write(true));
        }
        QCOMPARE(contentOf(file), QByteArray("0\n"));
        QVERIFY(!QFile::exists(file + QStringLiteral(".new")));
        TrackFile nowhere(path("no/such/folder"));
        QVERIFY(!nowhere.write(true));
    }

    // --- the access log
    void linesAreCountedByUpstream()
    {
        AccessLogReceiver receiver(path("log1"), m_clock);
        VERIFY_OK(receiver.start());
        LogSender sender(path("log1"));
        QVERIFY(sender.connected);
        for (int i = 0; i < 5; ++i) QVERIFY(sender.send(i % 2 == 0 ? "a:1" : "b:1"));
        QVERIFY(sender.sendRaw("<190>rubbish"));
        QVERIFY(sender.sendRaw("<190>Nov 22 10:04:05 iam: 1.1 " + std::string(2000, 'x') + " 200 200 0.1 0.1 api"));
        QTRY_COMPARE(receiver.lines(), 7U);
        QCOMPARE(receiver.unreadable(), 2U);
        const auto counts = receiver.tally().counts(m_clock.steadyNow());
        QCOMPARE(counts.size(), std::size_t{2});
        QCOMPARE(counts[0].recent, 3U);
        QCOMPARE(counts[1].recent, 2U);
    }
    void whatTheKernelHoldsIsAllRead()
    {
        AccessLogReceiver receiver(path("log2"), m_clock);
        VERIFY_OK(receiver.start());
        LogSender sender(path("log2"));
        std::uint64_t sent = 0;
        for (int round = 0; round < 20; ++round) {
            for (int i = 0; i < 100 && sender.send("a:1"); ++i) ++sent; // until the kernel takes no more
            QTRY_COMPARE(receiver.lines(), sent);
        }
        QVERIFY(sent > 100);
    }
    void aSocketLeftBehindIsReplacedALivingOneIsNot()
    {
        {
            const FileDescriptor left(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            path("log3").copy(address.sun_path, sizeof address.sun_path - 1);
            QCOMPARE(::bind(left.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        }
        AccessLogReceiver receiver(path("log3"), m_clock);
        VERIFY_OK(receiver.start());
        struct ::stat made {};
        QCOMPARE(::stat(path("log3").c_str(), &made), 0);
        QCOMPARE(made.st_mode & 0777U, 0666U);
        AccessLogReceiver another(path("log3"), m_clock);
        QVERIFY(!another.start());
        QVERIFY(LogSender(path("log3")).send("a:1"));
        QTRY_COMPARE(receiver.lines(), 1U);
    }
    void aFileInItsPlaceIsLeftAlone()
    {
        QFile file(m_folder.filePath(QStringLiteral("log4")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("precious") == 8);
        file.close();
        AccessLogReceiver receiver(path("log4"), m_clock);
        QVERIFY(!receiver.start());
        QCOMPARE(contentOf(file.fileName()), QByteArray("precious"));
    }
    void aSocketTakenAwayIsMadeAnew()
    {
        AccessLogReceiver receiver(path("log5"), m_clock);
        VERIFY_OK(receiver.start());
        QCOMPARE(::unlink(path("log5").c_str()), 0);
        QTRY_VERIFY(LogSender(path("log5")).connected);
        QVERIFY(LogSender(path("log5")).send("a:1"));
        QTRY_COMPARE(receiver.lines(), 1U);
    }

    // --- HTTP
    void anAnswerIsHeard()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest&) { return HttpStandIn::json(200, "ok"); };
        HttpAsk::Config config;
        config.port = server.serverPort();
        config.keepAlive = true;
        HttpAsk ask(config, m_clock);
        QSignalSpy answered(&ask, &HttpAsk::answered);
        int connections = 0;
        connect(&server, &QTcpServer::newConnection, this, [&] { ++connections; });
        for (int i = 1; i <= 3; ++i) {
            const SteadyTime before = m_clock.steadyNow();
            ask.get("/x");
            QTRY_COMPARE(answered.size(), i);
            const auto word = answered.last()[0].value<HttpWord>();
            QCOMPARE(word.outcome, HttpWord::Outcome::Answered);
            QCOMPARE(word.status, 200);
            QCOMPARE(word.body, std::string("ok"));
            QVERIFY(word.askedAt >= before && word.askedAt <= m_clock.steadyNow());
        }
        QCOMPARE(connections, 1);
    }
    void anIdleConnectionThatWasClosedIsNoFailure()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest&) { return HttpStandIn::json(200, "ok"); };
        HttpAsk::Config config;
        config.port = server.serverPort();
        config.keepAlive = true;
        HttpAsk ask(config, m_clock);
        QSignalSpy answered(&ask, &HttpAsk::answered);
        ask.get("/x");
        QTRY_COMPARE(answered.size(), 1);
        // Closed by the next question: the first to arrive on the old connection.
        bool closed = false;
        server.handler = [&](const StandInRequest&) -> std::optional<QByteArray> {
            if (std::exchange(closed, true)) return HttpStandIn::json(200, "again");
            for (QTcpSocket* socket : server.findChildren<QTcpSocket*>()) socket->abort();
            return std::nullopt;
        };
        ask.get("/x");
        QTRY_COMPARE(answered.size(), 2);
        QCOMPARE(answered.last()[0].value<HttpWord>().body, std::string("again"));
    }
    void whatIsNoAnswer_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("silence") << QByteArray();
        QTest::newRow("rubbish") << QByteArray("220 mail.example.com ESMTP\r\n\r\n");
        QTest::newRow("too long") << HttpStandIn::json(200, QByteArray(100'000, 'x'));
        QTest::newRow("long head") << "HTTP/1.1 200 OK\r\nX: " + QByteArray(100'000, 'x') + "\r\n\r\n";
        QTest::newRow("unfinished") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc");
    }
    void whatIsNoAnswer()
    {
        QFETCH(QByteArray, sent);
        HttpStandIn server;
        server.handler = [&](const StandInRequest&) { return sent.isEmpty() ? std::nullopt : std::optional(sent); };
        HttpAsk::Config config;
        config.port = server.serverPort();
        config.timeout = 100ms;
        HttpAsk ask(config, m_clock);
        QSignalSpy answered(&ask, &HttpAsk::answered);
        ask.get("/x");
        QCOMPARE(answered.size(), 0);
        QTRY_COMPARE(answered.size(), 1);
        QCOMPARE(answered[0][0].value<HttpWord>().outcome, HttpWord::Outcome::Silent);
    }
    void aRefusalIsToldLater()
    {
        std::uint16_t port = 0;
        {
            const HttpStandIn gone;
            port = gone.serverPort();
        }
        HttpAsk::Config config;
        config.port = port;
        HttpAsk ask(config, m_clock);
        QSignalSpy answered(&ask, &HttpAsk::answered);
        ask.get("/x");
        QCOMPARE(answered.size(), 0);
        QTRY_COMPARE(answered.size(), 1);
        const auto word = answered[0][0].value<HttpWord>();
        QCOMPARE(word.outcome, HttpWord::Outcome::Silent);
        QVERIFY(word.refused);
    }
    void whoWasHeldUpHimselfSaysNothingOfOthers()
    {
        HttpStandIn server;
        test::ManualClock clock;
        HttpAsk::Config config;
        config.port = server.serverPort();
        config.timeout = 100ms;
        HttpAsk ask(config, clock);
        QSignalSpy answered(&ask, &HttpAsk::answered);
        ask.get("/x");
        clock.advance(5s); // as if the process had been stopped
        QTRY_COMPARE(answered.size(), 1);
        QCOMPARE(answered[0][0].value<HttpWord>().outcome, HttpWord::Outcome::Unasked);
    }
    void whoIsAnsweredMayDestroyTheAsker()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest&) { return HttpStandIn::json(200, "ok"); };
        HttpAsk::Config config;
        config.port = server.serverPort();
        auto ask = std::make_unique<HttpAsk>(config, m_clock);
        connect(ask.get(), &HttpAsk::answered, this, [&] { ask.reset(); });
        ask->get("/x");
        QTRY_VERIFY(!ask);
        ask = std::make_unique<HttpAsk>(config, m_clock);
        ask->get("/x");
        ask.reset();
    }

    // --- nginx
    void aSilentNginxFallsAndRisesAgain()
    {
        HttpStandIn server;
        bool hangs = false;
        server.handler = [&](const StandInRequest& request) -> std::optional<QByteArray> {
            if (hangs) return std::nullopt;
            if (request.target == "/nginx_health") return HttpStandIn::json(200, "ok");
            return HttpStandIn::json(200, "Active connections: 3 \nserver accepts handled requests\n 4 4 5 \n"
                                          "Reading: 0 Writing: 1 Waiting: 2 \n");
        };
        NginxCheck::Config config;
        config.port = server.serverPort();
        config.interval = 50ms;
        config.timeout = 50ms;
        NginxCheck check(config, m_clock);
        QSignalSpy changed(&check, &NginxCheck::answerChanged);
        QVERIFY(!check.word());
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(check.word()->answers);
        QTRY_VERIFY(check.counters());
        QCOMPARE(check.counters()->active, 3U);
        hangs = true;
        QTRY_COMPARE(changed.size(), 2);
        QVERIFY(!check.word()->answers);
        QCOMPARE(check.word()->reason, std::string("no answer within 50 ms"));
        hangs = false;
        QTRY_COMPARE(changed.size(), 3);
        QVERIFY(check.word()->answers);
    }

    // --- our servers
    void aServerTellsItsHealthAndLoad()
    {
        HttpStandIn server;
        int requests = 0;
        server.handler = [&](const StandInRequest& request) -> std::optional<QByteArray> {
            if (request.target == "/readyz")
                return readiness(503, "\"database\":\"storage is unavailable\",\"redis\":\"ok\"");
            requests += 100;
            const QByteArray count = QByteArray::number(requests);
            return HttpStandIn::json(
                200, "iam_http_requests_total{listener=\"apiserver\",route=\"/a\",code=\"500\"} " + count + "\n" +
                         "iam_http_request_duration_seconds_bucket{listener=\"apiserver\",route=\"/a\",le=\"0.01\"} " +
                         count + "\n" +
                         "iam_http_request_duration_seconds_bucket{listener=\"apiserver\",route=\"/a\",le=\"+Inf\"} " +
                         count + "\n");
        };
        ServicePoll poll("apiserver", "127.0.0.1", server.serverPort(), m_clock);
        QVERIFY(!poll.word().healthy);
        QTRY_VERIFY(poll.word().healthy.value_or(false));
        QCOMPARE(poll.word().ready, std::optional(false));
        QCOMPARE(poll.word().database, std::optional(false));
        QCOMPARE(poll.word().redis, std::optional(true));
        QCOMPARE(poll.word().complaints, std::vector<std::string>{"database: storage is unavailable"});
        QTRY_VERIFY(poll.word().requestsPerSecond);
        QVERIFY(*poll.word().requestsPerSecond > 10 && *poll.word().requestsPerSecond < 200);
        QCOMPARE(poll.word().p50Milliseconds, std::optional(5.0));
        QVERIFY(poll.word().errors.value_or(0) >= 200);
    }
    void aServerThatHangsIsNotHealthy()
    {
        HttpStandIn server;
        bool hangs = false;
        server.handler = [&](const StandInRequest&) -> std::optional<QByteArray> {
            return hangs ? std::nullopt : std::optional(readiness(200, "\"database\":\"ok\""));
        };
        ServicePoll poll("apiserver", "127.0.0.1", server.serverPort(), m_clock);
        QSignalSpy changed(&poll, &ServicePoll::healthChanged);
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(poll.word().ready, std::optional(true));
        hangs = true;
        QTRY_COMPARE(changed.size(), 2);
        QCOMPARE(poll.word().healthy, std::optional(false));
        QCOMPARE(poll.word().database, std::nullopt);
        QCOMPARE(poll.word().requestsPerSecond, std::nullopt);
        hangs = false;
        QTRY_COMPARE(changed.size(), 3);
        QCOMPARE(poll.word().healthy, std::optional(true));
    }

    // --- processes
    void processesAreToldApart()
    {
        const QString program = m_folder.filePath(QStringLiteral("keepalived"));
        QVERIFY(QFile::copy(QStringLiteral("/bin/sleep"), program));
        const std::string file = path("pid");
        using Kind = KeepalivedLook::Kind;
        QCOMPARE(lookAtKeepalived("/proc", file, {}).kind, Kind::NoFile);
        const auto point = [&](qint64 pid) {
            QFile pidFile(QString::fromStdString(file));
            QVERIFY(pidFile.open(QIODevice::WriteOnly));
            pidFile.write(QByteArray::number(pid) + "\n");
        };
        point(::getpid()); // runs, but is another program
        QCOMPARE(lookAtKeepalived("/proc", file, {}).kind, Kind::Gone);

        QProcess sleeper;
        sleeper.start(program, {QStringLiteral("60")});
        QVERIFY(sleeper.waitForStarted());
        point(sleeper.processId());
        QTRY_COMPARE(lookAtKeepalived("/proc", file, {}).kind, Kind::Running);
        const KeepalivedLook look = lookAtKeepalived("/proc", file, {});
        QCOMPARE(look.process.pid, static_cast<pid_t>(sleeper.processId()));
        QVERIFY(look.process.started > 0);
        QVERIFY(!bearsSignal("/proc", look.process, SIGRTMIN + 2)); // it would die of it
        QCOMPARE(::kill(look.process.pid, SIGSTOP), 0);
        QTRY_COMPARE(lookAtKeepalived("/proc", file, {}).kind, Kind::Stopped);
        QCOMPARE(::kill(look.process.pid, SIGCONT), 0);
        QTRY_COMPARE(lookAtKeepalived("/proc", file, {}).kind, Kind::Running);
        // Without a pid file the one that was seen counts.
        QVERIFY(QFile::remove(QString::fromStdString(file)));
        QCOMPARE(lookAtKeepalived("/proc", file, look.process).kind, Kind::Running);
        sleeper.kill();
        QTRY_COMPARE(lookAtKeepalived("/proc", file, look.process).kind, Kind::Gone);
        QTRY_COMPARE(sleeper.state(), QProcess::NotRunning);
        QCOMPARE(lookAtKeepalived("/proc", file, look.process).kind, Kind::Gone);
    }
};

QTEST_GUILESS_MAIN(ObserveLocalTest)
#include "localtest.moc"
