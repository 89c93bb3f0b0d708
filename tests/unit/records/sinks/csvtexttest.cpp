// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in a line of the csv sink.
#include "records/sinks/csvtext.h"
#include "contract/decision.h"
#include "records/sinks/csvsink.h"
#include "sinksamples.h"
#include "support/csvrows.h"
#include <QTest>
#include <ctime>

using namespace iam;
using namespace iam::records;
using namespace std::chrono_literals;

namespace {

std::string field(std::string_view value)
{
    std::string out;
    appendCsvField(out, value);
    return out;
}

test::CsvRow rowOf(const contract::DecisionRecord& record, bool identity = false)
{
    std::string line;
    CsvLines(identity).append(line, record);
    const auto rows = test::readCsv(line);
    return rows && rows->size() == 1 ? rows->front() : test::CsvRow();
}

} // namespace

class CsvTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fieldsAreQuotedWhereNeeded()
    {
        QCOMPARE(field(""), std::string());
        QCOMPARE(field("colin"), std::string("colin"));
        QCOMPARE(field("policies p allow access"), std::string("policies p allow access"));
        QCOMPARE(field("a,b"), std::string("\"a,b\""));
        QCOMPARE(field("say \"no\""), std::string("\"say \"\"no\"\"\""));
        QCOMPARE(field("\""), std::string("\"\"\"\""));
    }
    void aLineBreakNeverStandsInALine() { QCOMPARE(field("a\nb\r\n"), std::string(R"("a\nb\r\n")")); }
    void noFieldIsAFormula()
    {
        for (const char* formula : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"})
            QCOMPARE(field(formula), "\"'" + std::string(formula) + '"');
        QCOMPARE(field("a=1"), std::string("a=1"));
        QCOMPARE(field("=\"a\""), std::string("\"'=\"\"a\"\"\""));
    }
    void theColumnsAreTheOldOnes()
    {
        contract::DecisionRecord record = test::sampleRecord(TimePoint(1'620'000'000'123ms), 0);
        const test::CsvRow row = rowOf(record);
        QCOMPARE(row.size(), std::size_t{8});
        QCOMPARE(row[0], std::string("1620000000"));
        QCOMPARE(row[1], std::string("colin"));
        QCOMPARE(row[2], std::string("allow"));
        QCOMPARE(row[3], std::string("policies policy-a, policy-b allow access"));
        QCOMPARE(row[4], std::string(R"({"resource":"resources:articles:0","action":"read","subject":"users:peter",)"
                                     R"("context":{"remoteIP":"192.168.0.5","username":"colin"}})"));
        QCOMPARE(row[5], std::string());
        QCOMPARE(row[6], std::string(R"([{"id":"policy-a"},{"id":"policy-b"}])"));
        QCOMPARE(row[7], std::string("2121-04-09 00:00:00 +0000 UTC"));
    }
    void aRecordCanBeToldByThreeMoreColumns()
    {
        contract::DecisionRecord record = test::sampleRecord(TimePoint(1ms), 7);
        record.sequence = 18'446'744'073'709'551'615U;
        const test::CsvRow row = rowOf(record, true);
        QCOMPARE(row.size(), std::size_t{11});
        QCOMPARE(row[8], record.node);
        QCOMPARE(row[9], std::string("18446744073709551615"));
        QCOMPARE(row[10], record.requestId);
        QVERIFY(csvHeader(true).ends_with("ExpireAt,Node,Sequence,RequestID\n"));
        QVERIFY(csvHeader(true).starts_with(csvHeader(false).substr(0, csvHeader(false).size() - 1)));
    }
    // Every record has a line, also one that the old system would not have made.
    void everyDecisionHasAConclusion_data()
    {
        QTest::addColumn<bool>("allowed");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QStringList>("deciders");
        QTest::addColumn<QString>("conclusion");
        const auto row = [](const char* name, bool allowed, const char* reason, const QStringList& deciders,
                            const char* conclusion) {
            QTest::newRow(name) << allowed << QString::fromUtf8(reason) << deciders << QString::fromUtf8(conclusion);
        };
        row("by default", false, contract::reasonDefault, {}, "no policy allowed access");
        row("forced", false, contract::reasonForced, {QStringLiteral("p")}, "policy p forcefully denied the access");
        row("no policies", false, contract::reasonNoPolicies, {}, contract::reasonNoPolicies);
        row("failed", false, "too slow in policy p", {}, "too slow in policy p");
        row("allowed, details left out", true, "", {}, "");
        row("forced, details left out", false, "", {}, "");
    }
    void everyDecisionHasAConclusion()
    {
        QFETCH(bool, allowed);
        QFETCH(QString, reason);
        QFETCH(QStringList, deciders);
        QFETCH(QString, conclusion);
        contract::DecisionRecord record = test::sampleRecord(TimePoint(1ms));
        record.allowed = allowed;
        record.reason = reason.toStdString();
        record.deciders.clear();
        for (const QString& decider : deciders) record.deciders.push_back(decider.toStdString());
        const test::CsvRow row = rowOf(record);
        QCOMPARE(row.size(), std::size_t{8});
        QCOMPARE(row[2], std::string(allowed ? "allow" : "deny"));
        QCOMPARE(QString::fromStdString(row[3]), conclusion);
    }
    void everyByteComesThrough()
    {
        for (int c = 1; c < 256; ++c) {
            contract::DecisionRecord record = test::sampleRecord(TimePoint(1ms));
            record.owner = std::string("x") + static_cast<char>(c) + '"';
            record.resource = record.owner;
            const test::CsvRow row = rowOf(record);
            QCOMPARE(row.size(), std::size_t{8});
            if (c != '\n' && c != '\r') QCOMPARE(row[1], record.owner);
        }
    }
    void filesAreNamedByTheLocalHour()
    {
        qputenv("TZ", "Asia/Shanghai");
        ::tzset();
        const std::string name = csvName(TimePoint(1'619'970'000'000ms)); // 2021-05-02T15:40:00Z
        std::string line;
        CsvLines(false).append(line, test::sampleRecord(TimePoint(1'620'000'000'000ms)));
        qputenv("TZ", "UTC");
        ::tzset();
        QCOMPARE(name, std::string("2021-May-2-23"));
        QVERIFY(line.ends_with(",2121-04-09 08:00:00 +0800 CST\n"));
        QCOMPARE(csvName(TimePoint(1'609'459'200'000ms)), std::string("2021-January-1-0"));
    }
};

QTEST_GUILESS_MAIN(CsvTextTest)
#include "csvtexttest.moc"
