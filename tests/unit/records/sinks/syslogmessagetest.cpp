// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The messages of the syslog sink, against the grammar of RFC 5424.
#include "records/sinks/syslogmessage.h"
#include "contract/json.h"
#include "records/sinks/networkplace.h"
#include "sinksamples.h"
#include <QRegularExpression>
#include <QTest>

using namespace iam;
using namespace iam::records;
using namespace std::chrono_literals;

class SyslogMessageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRecordIsAMessage()
    {
        contract::DecisionRecord record = test::sampleRecord(TimePoint(1'620'000'000'007ms), 0);
        record.sequence = 12;
        const auto message = syslogMessage({}, record, 8192);
        QVERIFY(message.has_value());
        const std::string head =
            "<86>1 2021-05-03T00:00:00.007Z node-a syslog-pump - decision [meta sequenceId=\"12\"] ";
        QVERIFY2(message->starts_with(head), message->c_str());
        const auto json = contract::parseWholeJson(message->substr(head.size()));
        QVERIFY(json.has_value());
        QCOMPARE(*json->find("resource")->string(), record.resource);
        QCOMPARE(*json->find("sequence")->integer(), 12);
        QVERIFY(json->find("reduced") == nullptr);
    }
    // RFC 5424, 6: whatever stands in a record, the head keeps its form and nothing breaks the line.
    void theHeadKeepsItsForm()
    {
        const QRegularExpression form(
            QStringLiteral("^<(\\d|[1-9]\\d{1,2})>1 \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z [!-~]{1,255} "
                           "[!-~]{1,48} - decision \\[meta sequenceId=\"[1-9]\\d{0,9}\"\\] \\{[^\\x00-\\x1f]*\\}$"));
        QVERIFY(form.isValid());
        for (const std::string& node :
             {std::string(), std::string("a b\nc"), std::string(300, 'n'), std::string("\xc3\xa9")})
            for (const std::uint64_t sequence : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}}) {
                contract::DecisionRecord record = test::sampleRecord(TimePoint(1ms));
                record.node = node;
                record.sequence = sequence;
                record.resource = "line\r\nbreak\t\x01<13>1 forged";
                const auto message = syslogMessage({0, std::string(60, 'a'), {}}, record, 8192);
                QVERIFY(message.has_value());
                QVERIFY2(form.match(QString::fromStdString(*message)).hasMatch(), message->c_str());
            }
    }
    void sequenceIdsBeginAgain_data()
    {
        QTest::addColumn<quint64>("sequence");
        QTest::addColumn<QString>("id");
        QTest::newRow("first") << quint64{1} << QStringLiteral("\"1\"");
        QTest::newRow("last") << quint64{2147483647} << QStringLiteral("\"2147483647\"");
        QTest::newRow("behind it") << quint64{2147483648} << QStringLiteral("\"1\"");
    }
    void sequenceIdsBeginAgain()
    {
        QFETCH(quint64, sequence);
        QFETCH(QString, id);
        contract::DecisionRecord record = test::sampleRecord(TimePoint(1ms));
        record.sequence = sequence;
        QVERIFY(QString::fromStdString(*syslogMessage({}, record, 8192)).contains(QStringLiteral("sequenceId=") + id));
    }
    void whoseRecordItIsIsSaidForIt()
    {
        contract::DecisionRecord record = test::sampleRecord(TimePoint(1ms));
        record.node.clear();
        QVERIFY(syslogMessage({86, "iam", "node-z"}, record, 8192)->find("Z node-z iam - ") != std::string::npos);
        QVERIFY(syslogMessage({86, "iam", ""}, record, 8192)->find("Z - iam - ") != std::string::npos);
    }
    void whatIsTooLongLosesItsDetailsOnly()
    {
        contract::DecisionRecord record = test::sampleRecord(TimePoint(1ms), 0);
        const std::size_t whole = syslogMessage({}, record, 8192)->size();
        QCOMPARE(syslogMessage({}, record, whole)->size(), whole);
        const auto reduced = syslogMessage({}, record, whole - 1);
        QVERIFY(reduced.has_value() && reduced->size() < whole);
        const auto json = contract::parseWholeJson(reduced->substr(reduced->find('{')));
        QVERIFY(json.has_value());
        QCOMPARE(*json->find("reduced")->boolean(), true);
        QCOMPARE(*json->find("resource")->string(), record.resource);
        QVERIFY(json->find("context")->object()->empty());
        QVERIFY(json->find("deciders")->array()->empty());
        QVERIFY(syslogMessage({}, record, reduced->size()).has_value());
        QVERIFY(!syslogMessage({}, record, reduced->size() - 1).has_value());
    }
    void placesAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("again"); // empty: refused
        for (const char* good : {"localhost:5140", "10.0.0.1:1", "[::1]:65535", "a-b.example:514"})
            QTest::newRow(good) << QString::fromLatin1(good) << QString::fromLatin1(good);
        for (const char* bad : {"", ":", "h", "h:", ":1", "h:0", "h:65536", "h:+1", "h:1x", "::1:5", "[::1]", "[::1]5",
                                "[h]:1", "[]:1", "a b:1", "u@h:1", "h/x:1", "[[::1]]:1"})
            QTest::newRow(qPrintable(QStringLiteral("not ") + QLatin1String(bad)))
                << QString::fromLatin1(bad) << QString();
    }
    void placesAreRead()
    {
        QFETCH(QString, text);
        QFETCH(QString, again);
        const auto place = NetworkPlace::parse(text.toStdString());
        QCOMPARE(place ? QString::fromStdString(place->text()) : QString(), again);
    }
};

QTEST_GUILESS_MAIN(SyslogMessageTest)
#include "syslogmessagetest.moc"
