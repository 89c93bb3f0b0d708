// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The syslog sink with a real rsyslogd.
#include "records/sinks/syslogsink.h"
#include "contract/json.h"
#include "sinksamples.h"
#include "support/freeport.h"
#include "support/syslogserver.h"
#include "support/verifyresult.h"
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <set>

using namespace iam;
using namespace iam::records;
using namespace std::chrono_literals;
using test::SyslogServer;

namespace {

/// The sequences of what arrived, in its order.
QList<int> numbersIn(const SyslogServer& server)
{
    QList<int> numbers;
    for (const QByteArrayList& message : server.messages()) {
        const auto json = contract::parseWholeJson(message.value(8).trimmed().toStdString());
        const auto* const number = json ? json->find("sequence") : nullptr;
        numbers << (number != nullptr && number->integer() != nullptr ? static_cast<int>(*number->integer()) : -1);
    }
    return numbers;
}

QList<int> fromTo(int first, int last)
{
    QList<int> numbers;
    for (int number = first; number <= last; ++number) numbers << number;
    return numbers;
}

} // namespace

class SyslogSinkTest : public QObject {
    Q_OBJECT

    std::unique_ptr<SyslogServer> m_server;

    [[nodiscard]] SyslogOptions options() const
    {
        QFETCH_GLOBAL(int, transport);
        SyslogOptions options;
        options.transport = static_cast<SyslogOptions::Transport>(transport);
        options.place = {"127.0.0.1", m_server->port()};
        if (transport == 2) options.tls.caFile = m_server->authority().toStdString();
        return options;
    }
    static bool isUdp()
    {
        QFETCH_GLOBAL(int, transport);
        return transport == 0;
    }
    static bool isTls()
    {
        QFETCH_GLOBAL(int, transport);
        return transport == 2;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!SyslogServer::isInstalled()) QSKIP("rsyslog and rsyslog-openssl are not installed");
    }
    void initTestCase_data()
    {
        QTest::addColumn<int>("transport");
        QTest::newRow("udp") << 0;
        QTest::newRow("tcp") << 1;
        QTest::newRow("tls") << 2;
    }
    void init()
    {
        QFETCH_GLOBAL(int, transport);
        m_server = std::make_unique<SyslogServer>(static_cast<SyslogServer::Transport>(transport));
        QVERIFY2(m_server->start(), m_server->log().constData());
    }
    void cleanup()
    {
        if (QTest::currentTestFailed()) qInfo("%s", m_server->log().constData());
        m_server.reset();
    }

    void theReceiverUnderstandsEveryPart()
    {
        SyslogOptions chosen = options();
        chosen.head.priority = 4 * 8 + 5;
        chosen.head.appName = "iam";
        auto records = test::sampleRecords(7, 1);
        records[0].resource = "b\xc3\xbc"
                              "cher:\xf0\x9f\x93\x96\n<13>1 - forged";
        SyslogSink sink(chosen, 5s);
        VERIFY_OK(sink.write(records));
        QTRY_COMPARE(m_server->messages().size(), 1);
        const QByteArrayList message = m_server->messages().front();
        QCOMPARE(message.size(), 9);
        QCOMPARE(message[0], QByteArray("37"));
        QCOMPARE(message[1], QByteArray("1"));
        QCOMPARE(message[2], QByteArray("2023-11-14T22:13:20.007Z"));
        QCOMPARE(message[3], QByteArray("node-a"));
        QCOMPARE(message[4], QByteArray("iam"));
        QCOMPARE(message[5], QByteArray("-"));
        QCOMPARE(message[6], QByteArray("decision"));
        QCOMPARE(message[7], QByteArray("[meta sequenceId=\"7\"]"));
        const auto json = contract::parseWholeJson(message[8].trimmed().toStdString());
        QVERIFY(json.has_value());
        QCOMPARE(*json->find("resource")->string(), records[0].resource);
    }
    void orderIsKept()
    {
        SyslogSink sink(options(), 10s);
        const int each = isUdp() ? 20 : 500; // datagrams have no room but the socket's
        for (int i = 0; i < 4; ++i) {
            VERIFY_OK(sink.write(test::sampleRecords(1 + i * each, each)));
            if (isUdp()) QTRY_COMPARE(m_server->messages().size(), (i + 1) * each);
        }
        QTRY_COMPARE(m_server->messages().size(), 4 * each);
        QCOMPARE(numbersIn(*m_server), fromTo(1, 4 * each));
    }
    void aReceiverThatIsNotThereIsWaitedFor()
    {
        m_server->kill();
        SyslogSink sink(options(), 2s);
        const auto refused = sink.write(test::sampleRecords(1, 3));
        VERIFY_CODE(refused, Code::StorageUnavailable);
        QVERIFY2(refused.error().detail.find("127.0.0.1:") != std::string::npos, refused.error().detail.c_str());
        QVERIFY(m_server->start());
        VERIFY_OK(sink.write(test::sampleRecords(1, 3)));
        QTRY_COMPARE(numbersIn(*m_server), fromTo(1, 3));
    }
    // Where that name has an address of IPv6 as well, nobody listens on it.
    void everyAddressOfANameIsTried()
    {
        SyslogOptions chosen = options();
        chosen.place.host = "localhost";
        SyslogSink sink(chosen, 5s);
        if (!sink.write(test::sampleRecords(1, 2))) {
            QVERIFY(isUdp());
            VERIFY_OK(sink.write(test::sampleRecords(1, 2)));
        }
        QTRY_COMPARE(numbersIn(*m_server), fromTo(1, 2));
    }
    // kill -9 again and again while records come: what was acknowledged arrives, in its order, some of it twice.
    void aReceiverThatIsKilledMissesNothing()
    {
        if (isUdp()) QSKIP("datagrams get lost");
        SyslogSink sink(options(), 2s);
        int next = 1;
        const auto write = [&] {
            const bool taken = sink.write(test::sampleRecords(next, 25)).has_value();
            if (taken) next += 25;
            return taken;
        };
        for (int round = 0; round < 12; ++round) {
            const int batches = QRandomGenerator::global()->bounded(1, 15);
            for (int i = 0; i < batches; ++i) QVERIFY(write());
            m_server->kill();
            // What its system took is lost with it, and whether a batch still was is a matter of chance.
            if (round % 2 == 0) (void)write();
            QVERIFY(m_server->start());
            QElapsedTimer patience;
            patience.start();
            while (!write()) QVERIFY(patience.elapsed() < 10'000);
        }
        std::set<int> arrived;
        QTRY_VERIFY_WITH_TIMEOUT(numbersIn(*m_server).contains(next - 1), 10'000);
        for (const int number : numbersIn(*m_server)) arrived.insert(number);
        arrived.erase(-1); // a line that the kill tore
        for (int number = 1; number < next; ++number)
            QVERIFY2(arrived.contains(number), qPrintable(QString::number(number)));
    }
    void whoDoesNotReadIsGivenUpInTime()
    {
        if (isUdp()) QSKIP("a datagram is sent when it is sent");
        SyslogOptions chosen = options();
        chosen.maxMessageSize = 1024 * 1024;
        SyslogSink sink(chosen, 700ms);
        VERIFY_OK(sink.write(test::sampleRecords(1, 1)));
        m_server->hang();
        auto large = test::sampleRecords(2, 60);
        for (auto& record : large) record.context = '"' + std::string(500'000, 'x') + '"'; // more than sockets hold
        QElapsedTimer timer;
        timer.start();
        VERIFY_CODE(sink.write(large), Code::StorageUnavailable);
        QVERIFY2(timer.elapsed() >= 600 && timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
        m_server->resume();
        QElapsedTimer patience;
        patience.start();
        while (!sink.write(test::sampleRecords(100, 1))) QVERIFY(patience.elapsed() < 10'000);
        QTRY_VERIFY(numbersIn(*m_server).contains(100));
    }
    void whatIsTooLongIsRefused()
    {
        SyslogOptions chosen = options();
        chosen.maxMessageSize = 1000;
        SyslogSink sink(chosen, 5s);
        auto records = test::sampleRecords(1, 2);
        records[1].resource = std::string(1000, 'r');
        VERIFY_CODE(sink.write(records), Code::Validation);
        VERIFY_OK(sink.write(std::span(records).first(1)));
        records[1] = test::sampleRecords(2, 1).front();
        records[1].context = '"' + std::string(1000, 'c') + '"';
        VERIFY_OK(sink.write(std::span(records).last(1))); // without its details it fits
        QTRY_COMPARE(numbersIn(*m_server), fromTo(1, 2));
    }
    void aWrongCertificateIsRefused()
    {
        if (!isTls()) QSKIP("there is no certificate");
        SyslogOptions other = options();
        other.tls.caFile = m_server->otherAuthority().toStdString();
        const auto signedByOther = SyslogSink(other, 5s).write(test::sampleRecords(1, 1));
        VERIFY_CODE(signedByOther, Code::StorageUnavailable);
        QVERIFY2(signedByOther.error().detail.find("certificate") != std::string::npos,
                 signedByOther.error().detail.c_str());
        SyslogOptions system = options();
        system.tls.caFile.clear();
        VERIFY_CODE(SyslogSink(system, 5s).write(test::sampleRecords(1, 1)), Code::StorageUnavailable);
        SyslogOptions named = options();
        named.tls.name = "somebody.example";
        const auto misnamed = SyslogSink(named, 5s).write(test::sampleRecords(1, 1));
        VERIFY_CODE(misnamed, Code::StorageUnavailable);
        QVERIFY2(misnamed.error().detail.find("ostname mismatch") != std::string::npos,
                 misnamed.error().detail.c_str());
        QVERIFY(m_server->messages().isEmpty());
        named.tls.name = "syslog.example";
        VERIFY_OK(SyslogSink(named, 5s).write(test::sampleRecords(1, 1)));
        QTRY_COMPARE(numbersIn(*m_server), fromTo(1, 1));
    }
    void aFileThatCannotBeReadIsNamed()
    {
        if (!isTls()) QSKIP("there are no files");
        SyslogOptions missing = options();
        missing.tls.caFile = "/nowhere/ca.pem";
        const auto refused = SyslogSink(missing, 5s).write(test::sampleRecords(1, 1));
        VERIFY_CODE(refused, Code::StorageUnavailable);
        QVERIFY(refused.error().detail.find("/nowhere/ca.pem") != std::string::npos);
        missing = options();
        missing.tls.certFile = missing.tls.keyFile = "/nowhere/own.pem";
        VERIFY_CODE(SyslogSink(missing, 5s).write(test::sampleRecords(1, 1)), Code::StorageUnavailable);
    }
    void whoSpeaksNoTlsIsRefused()
    {
        if (!isTls()) QSKIP("there is no TLS");
        SyslogServer plain(SyslogServer::Transport::Tcp);
        QVERIFY(plain.start());
        SyslogOptions chosen = options();
        chosen.place.port = plain.port();
        VERIFY_CODE(SyslogSink(chosen, 1s).write(test::sampleRecords(1, 1)), Code::StorageUnavailable);
    }
    void aHandshakeThatNeverComesIsGivenUp()
    {
        if (!isTls()) QSKIP("there is no handshake");
        QTcpServer silent; // connections are taken by the kernel
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        SyslogOptions chosen = options();
        chosen.place.port = silent.serverPort();
        QElapsedTimer timer;
        timer.start();
        VERIFY_CODE(SyslogSink(chosen, 300ms).write(test::sampleRecords(1, 1)), Code::StorageUnavailable);
        QVERIFY(timer.elapsed() >= 250 && timer.elapsed() < 5000);
    }
};

QTEST_GUILESS_MAIN(SyslogSinkTest)
#include "syslogsinktest.moc"
