// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/httpprobe.h"
#include "probe/interruptionmeter.h"
#include "support/vanishingserver.h"
#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslServer>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <algorithm>

using namespace iam;
using namespace iam::probe;
using namespace std::chrono_literals;
using iam::test::VanishingServer;

namespace {

ProbeTarget targetAt(std::uint16_t port)
{
    ProbeTarget target;
    target.address = "127.0.0.1";
    target.port = port;
    return target;
}

/// A server, a probe that asks it, and what the probe found.
struct Measure {
    VanishingServer server;
    InterruptionMeter meter;
    std::vector<Interruption> found;
    std::vector<ProbeResult> results;
    std::unique_ptr<HttpProbe> probe;

    explicit Measure(std::chrono::milliseconds gathering = 0ms)
    {
        ProbeTarget target = targetAt(server.port());
        target.gathering = gathering;
        probe = std::move(*HttpProbe::make(target));
        QObject::connect(probe.get(), &HttpProbe::decided, probe.get(), [this](const ProbeResult& result) {
            results.push_back(result);
            meter.add(result);
            while (const auto interruption = meter.take()) found.push_back(*interruption);
        });
        probe->start();
    }
    /// The server answers again, and what was sent before that is decided.
    [[nodiscard]] bool isDone() const
    {
        return server.isBack() && !meter.openSince() && std::ranges::any_of(results, [this](const ProbeResult& one) {
                   return one.outcome == Outcome::Answered && one.sent > server.backAt() + 1s;
               });
    }
};

constexpr int measuresAtOnce = 6;

struct KeyPair {
    QByteArray key;
    QByteArray certificate;

    [[nodiscard]] QSslConfiguration configuration() const
    {
        QSslConfiguration made = QSslConfiguration::defaultConfiguration();
        made.setPrivateKey(QSslKey(key, QSsl::Ec));
        made.setLocalCertificate(QSslCertificate(certificate));
        return made;
    }
};

/// That it trusts itself, and is called that. Empty where there is no openssl.
std::optional<KeyPair> makeKeyPair(const QString& name)
{
    const QString openssl = QStandardPaths::findExecutable(QStringLiteral("openssl"));
    const QTemporaryDir folder;
    const QString key = folder.filePath(QStringLiteral("key"));
    const QString certificate = folder.filePath(QStringLiteral("certificate"));
    const QStringList arguments =
        QStringLiteral("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=%1 -addext "
                       "subjectAltName=DNS:%1 -keyout %2 -out %3")
            .arg(name, key, certificate)
            .split(u' ');
    QFile keyFile(key), certificateFile(certificate);
    if (openssl.isEmpty() || QProcess::execute(openssl, arguments) != 0 || !keyFile.open(QIODevice::ReadOnly) ||
        !certificateFile.open(QIODevice::ReadOnly))
        return std::nullopt;
    return KeyPair{keyFile.readAll(), certificateFile.readAll()};
}

/// Answers every request, once it is whole, with 200.
void answerAll(QTcpServer& server)
{
    QObject::connect(&server, &QTcpServer::pendingConnectionAvailable, &server, [&server] {
        while (QTcpSocket* socket = server.nextPendingConnection()) {
            const auto answer = [socket] {
                if (!socket->peek(4096).endsWith("\r\n\r\n")) return;
                socket->readAll();
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
                socket->disconnectFromHost();
            };
            QObject::connect(socket, &QTcpSocket::readyRead, socket, answer);
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            answer();
        }
    });
}

} // namespace

class HttpProbeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void interruptionsAreMeasuredWithinTheStatedError_data()
    {
        QTest::addColumn<QList<int>>("lengths"); // milliseconds
        QTest::newRow("short") << QList<int>{100, 130, 155, 170, 190, 210};
        QTest::newRow("to a second") << QList<int>{250, 305, 420, 500, 777, 999};
        QTest::newRow("more than the time-out") << QList<int>{1000, 1100, 1203, 1500, 1750, 2000};
        QTest::newRow("long") << QList<int>{2500, 3000, 3333, 3700, 4300, 5000};
    }
    void interruptionsAreMeasuredWithinTheStatedError()
    {
        QFETCH(QList<int>, lengths);
        QCOMPARE(lengths.size(), measuresAtOnce);
        std::vector<std::unique_ptr<Measure>> measures; // every other one gathers its answers
        for (int i = 0; i < measuresAtOnce; ++i) measures.push_back(std::make_unique<Measure>(i % 2 * 400ms));
        for (const auto& measure : measures) QTRY_VERIFY(measure->results.size() >= 2);
        const Time begin = Time::clock::now() + 150ms;
        for (int i = 0; i < measuresAtOnce; ++i)
            measures[i]->server.vanish(static_cast<VanishingServer::Way>((i + i / 4) % 4), begin + i * 17ms,
                                       std::chrono::milliseconds(lengths[i]));
        for (int i = 0; i < measuresAtOnce; ++i) {
            Measure& measure = *measures[i];
            QTRY_VERIFY_WITH_TIMEOUT(measure.isDone(), 15000);
            QVERIFY(measure.found.size() <= 1);
            // One that is no longer than a period may lie between two requests.
            const Interruption none{{}, {}, 100ms + InterruptionMeter::margin, 0};
            const Interruption found = measure.found.empty() ? none : measure.found.front();
            const auto wrong = std::chrono::round<std::chrono::milliseconds>(
                found.length - (measure.server.backAt() - measure.server.goneAt()));
            QVERIFY2(std::chrono::abs(wrong) <= found.error, qPrintable(QStringLiteral("%1 ms: wrong by %2, stated %3")
                                                                            .arg(lengths[i])
                                                                            .arg(wrong.count())
                                                                            .arg(found.error.count())));
        }
    }
    void theScheduleIsAbsolute()
    {
        Measure measure;
        QTRY_VERIFY(measure.results.size() >= 12);
        // How late each was sent; lateness does not add up.
        std::vector<Time::duration> late;
        for (std::size_t i = 0; i < measure.results.size(); ++i) {
            QCOMPARE(measure.results[i].sequence, i);
            QVERIFY(measure.results[i].outcome == Outcome::Answered);
            QCOMPARE(measure.results[i].status, 200);
            late.push_back(measure.results[i].sent - measure.results[0].sent - i * 100ms);
        }
        const auto middle = late.begin() + std::ptrdiff_t(late.size() / 2);
        const auto drift = *std::min_element(middle, late.end()) - *std::min_element(late.begin(), middle);
        QVERIFY(drift < 50ms);
    }
    void theRequestSaysWhatItShould()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHostIPv6));
        ProbeTarget target = targetAt(server.serverPort());
        target.address = "::1";
        target.host = "iam.api.example.com";
        target.path = "/.well-known/iam-probe";
        const auto probe = std::move(*HttpProbe::make(target));
        std::vector<ProbeResult> results;
        connect(probe.get(), &HttpProbe::decided, this, [&](const ProbeResult& result) { results.push_back(result); });
        probe->start();
        QTRY_VERIFY(server.hasPendingConnections());
        QTcpSocket* socket = server.nextPendingConnection();
        QByteArray request;
        QTRY_VERIFY((request += socket->readAll()).endsWith("\r\n\r\n"));
        QVERIFY(request.startsWith("GET /.well-known/iam-probe HTTP/1.1\r\n"));
        QVERIFY(request.contains("\r\nHost: iam.api.example.com:" + QByteArray::number(server.serverPort()) + "\r\n"));
        QVERIFY(request.contains("\r\nConnection: close\r\n"));
        socket->write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Service Unavailable\r\n");
        socket->write("Content-Length: 0\r\n\r\n");
        QTRY_VERIFY(!results.empty());
        QVERIFY(results.front().outcome == Outcome::Rejected);
        QCOMPARE(results.front().status, 503);
    }
    void whatIsNoHttpIsAFailure_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("other protocol") << QByteArray("SSH-2.0-x\r\n\r\n");
        QTest::newRow("no status") << QByteArray("HTTP/1.1 2x0 OK\r\n\r\n");
        QTest::newRow("cut off") << QByteArray("HTTP/1.1 200 OK\r\nContent");
        QTest::newRow("endless head") << QByteArray("HTTP/1.1 200 OK\r\nX: ") + QByteArray(20000, 'x');
    }
    void whatIsNoHttpIsAFailure()
    {
        QFETCH(QByteArray, answer);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&] {
            while (QTcpSocket* socket = server.nextPendingConnection()) {
                socket->write(answer);
                socket->disconnectFromHost();
            }
        });
        const auto probe = std::move(*HttpProbe::make(targetAt(server.serverPort())));
        std::vector<ProbeResult> results;
        connect(probe.get(), &HttpProbe::decided, this, [&](const ProbeResult& result) { results.push_back(result); });
        probe->start();
        QTRY_VERIFY(!results.empty());
        QVERIFY(results.front().outcome == Outcome::Refused);
    }
    void answersMayGatherAndFailuresAreToldAtOnce()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        bool good = true;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            while (QTcpSocket* socket = server.nextPendingConnection()) {
                socket->write(good ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 503 No\r\n\r\n");
                socket->disconnectFromHost();
            }
        });
        ProbeTarget target = targetAt(server.serverPort());
        target.period = 20ms;
        target.gathering = 400ms;
        const auto probe = std::move(*HttpProbe::make(target));
        struct Told {
            ProbeResult result;
            Time at;
        };
        std::vector<Told> told;
        connect(probe.get(), &HttpProbe::decided, this, [&](const ProbeResult& result) {
            told.push_back({result, Time::clock::now()});
        });
        probe->start();
        QTRY_VERIFY(told.size() >= 15); // at least one heap of some twenty
        good = false;
        const auto failed = [&] {
            return std::ranges::find(told, Outcome::Rejected, [](const Told& one) { return one.result.outcome; });
        };
        QTRY_VERIFY(failed() != told.end());
        const Told first = *failed();
        QVERIFY2(first.at - first.result.sent < 300ms, "a failure waited");
        good = true;
        const std::size_t before = told.size();
        QTRY_VERIFY(told.size() > before && told.back().result.outcome == Outcome::Answered);
        for (std::uint64_t sequence = 0; sequence <= first.result.sequence; ++sequence)
            QTRY_VERIFY(std::ranges::count(told, sequence, [](const Told& one) { return one.result.sequence; }) == 1);
    }
    void answersThatGatherTookNoLongerForIt()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&] {
            while (QTcpSocket* socket = server.nextPendingConnection())
                QTimer::singleShot(50ms, socket, [socket] {
                    socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    socket->disconnectFromHost();
                });
        });
        ProbeTarget target = targetAt(server.serverPort());
        target.period = 400ms; // it looks for them so much later
        target.gathering = 400ms;
        const auto probe = std::move(*HttpProbe::make(target));
        std::vector<ProbeResult> results;
        connect(probe.get(), &HttpProbe::decided, this, [&](const ProbeResult& result) { results.push_back(result); });
        probe->start();
        QTRY_VERIFY(std::ranges::any_of(results, [](const ProbeResult& one) { return one.took < 300ms; }));
        for (const ProbeResult& one : results) {
            QVERIFY(one.outcome == Outcome::Answered);
            QVERIFY(one.took >= 40ms);
        }
    }
    void theNumberUnderWayIsBounded()
    {
        // A listener whose backlog takes connections that nobody ever reads.
        QTcpServer server;
        server.setListenBacklogSize(200);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        server.pauseAccepting();
        ProbeTarget target = targetAt(server.serverPort());
        target.period = 10ms;
        target.timeout = 200ms;
        const auto probe = std::move(*HttpProbe::make(target));
        std::vector<ProbeResult> results;
        connect(probe.get(), &HttpProbe::decided, this, [&](const ProbeResult& result) { results.push_back(result); });
        probe->start();
        QTRY_VERIFY(results.size() >= 50);
        for (const ProbeResult& result : results) {
            if (result.outcome == Outcome::Missed) continue;
            QVERIFY(result.outcome == Outcome::TimedOut);
            QVERIFY(result.took >= 200ms);
        }
    }
    void certificatesAreChecked_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("trusted");
        QTest::addColumn<bool>("tlsThere");
        QTest::addColumn<bool>("answered");
        QTest::newRow("trusted") << "iam.api.example.com" << true << true << true;
        QTest::newRow("another's certificate") << "iam.api.example.com" << false << true << false;
        QTest::newRow("another name") << "iam.authz.example.com" << true << true << false;
        QTest::newRow("no TLS there") << "iam.api.example.com" << true << false << false;
    }
    void certificatesAreChecked()
    {
        QFETCH(QString, name);
        QFETCH(bool, trusted);
        QFETCH(bool, tlsThere);
        QFETCH(bool, answered);
        const auto pair = makeKeyPair(QStringLiteral("iam.api.example.com"));
        const auto other = makeKeyPair(QStringLiteral("iam.api.example.com"));
        if (!pair || !other) QSKIP("needs the openssl command");
        QSslServer secure;
        secure.setSslConfiguration(pair->configuration());
        QTcpServer plain;
        QTcpServer& server = tlsThere ? secure : plain;
        answerAll(server);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        ProbeTarget target = targetAt(server.serverPort());
        target.tls = true;
        target.host = name.toStdString();
        target.authorities = (trusted ? *pair : *other).certificate.toStdString();
        const auto probe = std::move(*HttpProbe::make(target));
        std::vector<ProbeResult> results;
        connect(probe.get(), &HttpProbe::decided, this, [&](const ProbeResult& result) { results.push_back(result); });
        probe->start();
        QTRY_VERIFY(results.size() >= 3);
        for (const ProbeResult& result : results) {
            if (result.outcome == Outcome::Missed) continue; // a busy machine
            QCOMPARE(result.outcome == Outcome::Answered, answered);
            if (!answered && tlsThere) QVERIFY(result.outcome == Outcome::Refused);
        }
        QVERIFY(std::ranges::any_of(results, [](const auto& result) { return result.outcome != Outcome::Missed; }));
    }
    void aBadTargetIsRefused_data()
    {
        QTest::addColumn<QString>("what");
        for (const char* what : {"name", "port", "host", "path", "blank", "period", "time-out", "ratio", "authorities"})
            QTest::newRow(what) << QString::fromUtf8(what);
    }
    void aBadTargetIsRefused()
    {
        QFETCH(QString, what);
        ProbeTarget target = targetAt(80);
        QVERIFY(HttpProbe::make(target));
        if (what == u"name") target.address = "localhost";
        if (what == u"port") target.port = 0;
        if (what == u"host") target.host = "a b";
        if (what == u"path") target.path = "healthz";
        if (what == u"blank") target.path = "/a\r\nX: y";
        if (what == u"period") target.period = 1ms;
        if (what == u"time-out") target.timeout = 0ms;
        if (what == u"ratio") target.period = 10ms, target.timeout = 1001ms;
        if (what == u"authorities") target.authorities = "nothing";
        const auto made = HttpProbe::make(target);
        QVERIFY(!made && made.error().code == Code::Validation && !made.error().detail.empty());
    }
};

QTEST_GUILESS_MAIN(HttpProbeTest)
#include "httpprobetest.moc"
