// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The role pump as a process of its own, beside a server that decides.
#include "contract/pump.h"
#include "crypto/random.h"
#include "records/decisionlog.h"
#include "store/sql/sqlrecordblockstore.h"
#include "support/redisserver.h"
#include "support/serverprocess.h"
#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>
#include <map>

using namespace iam;
using namespace iam::test;
using namespace std::chrono_literals;

namespace {

void writeFile(const QString& path, const QString& text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0) qFatal("cannot write the test's file");
}

/// A pump over the data of a server, with a csv sink that has a folder of its own.
class PumpProcess {
public:
    PumpProcess(const QString& dataDir, const QString& name, const QString& more = {}, const QString& others = {})
        : m_process(dataDir)
    {
        writeFile(m_folder.filePath(QStringLiteral("pump.yaml")),
                  QStringLiteral("roles: [pump]\n"
                                 "pump:\n"
                                 "  bind-port: 0\n"
                                 "%3"
                                 "  sinks:\n"
                                 "    - name: %1\n"
                                 "      type: csv\n"
                                 "      meta: {csv_dir: %2, identity_columns: true}\n"
                                 "%4")
                      .arg(name, csvFolder(), more, others));
    }
    QString csvFolder() const { return m_folder.filePath(QStringLiteral("csv")); }
    bool start() { return m_process.start({}, m_folder.filePath(QStringLiteral("pump.yaml"))); }
    void kill() { m_process.kill(); }
    bool stop() { return m_process.stop(); }
    HttpAnswer get(const std::string& target) const { return httpCall(m_process.pumpPort(), {"GET", target, {}, {}}); }
    contract::SinkStatus sink(const std::string& source = "records") const
    {
        const auto sinks = contract::decodeSinkStatuses(get("/v1/pump").body);
        if (sinks)
            for (const contract::SinkStatus& sink : *sinks)
                if (sink.source == source) return sink;
        return {};
    }
    /// How often each sequence stands in the files, by the last column but one.
    std::map<std::uint64_t, int> written() const
    {
        std::map<std::uint64_t, int> found;
        const QDir folder(csvFolder());
        for (const QString& name : folder.entryList({QStringLiteral("*.csv")})) {
            QFile file(folder.filePath(name));
            if (!file.open(QIODevice::ReadOnly)) continue;
            for (const QByteArray& line : file.readAll().split('\n').mid(1))
                if (!line.isEmpty()) ++found[line.split(',').rbegin()[1].toULongLong()];
        }
        return found;
    }
    QByteArray log() const { return m_process.log(); }

private:
    QTemporaryDir m_folder;
    ServerProcess m_process;
};

} // namespace

class PumpProcessTest : public QObject {
    Q_OBJECT

    ServerProcess m_server;
    std::string m_admin;
    MadeSecret m_secret;
    std::uint64_t m_decided = 0;

    void decide(int count)
    {
        for (int i = 0; i < count; ++i) {
            const auto answer = m_server.decide(m_secret.id, m_secret.key,
                                                R"({"subject":"s","action":"a","resource":"r","context":{}})");
            QCOMPARE(answer.status, 200);
            ++m_decided;
        }
    }
    static std::uint64_t settled(const contract::SinkPosition& position)
    {
        std::uint64_t sum = position.taken + position.deadLettered + position.filtered;
        for (const auto& [cause, count] : position.holes) sum += count;
        return sum;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_server.start(), m_server.log().constData());
        m_admin = m_server.logInAsAdmin();
        m_secret = makeSecret(m_server, m_admin, "pumped");
        QVERIFY(!m_secret.id.empty());
    }

    void tellsHowItDoes()
    {
        QCOMPARE(m_server.api("GET", "/v1/pump", m_admin).body, std::string(R"({"items":[]})"));
        decide(20);
        PumpProcess pump(m_server.dataDir(), QStringLiteral("csv"));
        QVERIFY2(pump.start(), pump.log().constData());
        QCOMPARE(pump.get("/healthz").body, std::string(R"({"status": "ok"})"));
        QTRY_COMPARE(pump.sink().position.taken, m_decided);
        QTRY_COMPARE(pump.get("/readyz").status, 200);
        QTRY_COMPARE(memberOf(pump.get("/readyz").body, "checks.sink csv of records"),
                     std::string("ok; 0 records and 0 s behind"));
        const std::string metrics = pump.get("/metrics").body;
        QVERIFY2(metrics.find("iam_pump_taken_total{source=\"records\",sink=\"csv\"} 20") != std::string::npos,
                 metrics.c_str());
        QVERIFY(metrics.find("iam_pump_active{source=\"records\"} 1") != std::string::npos);

        // The apiserver, another process, knows it too; and tells administrators only.
        QTRY_VERIFY(m_server.api("GET", "/v1/pump", m_admin).body.find(R"("taken":20)") != std::string::npos);
        QTRY_VERIFY(m_server.api("GET", "/v1/pump", m_admin).body.find(R"("takenAt")") != std::string::npos);
        const auto seen = contract::decodeSinkStatuses(m_server.api("GET", "/v1/pump", m_admin).body);
        QVERIFY(seen && seen->size() == 1);
        QCOMPARE(seen->front().node, pump.sink().node);
        QVERIFY(!seen->front().node.empty() && seen->front().takenAt && !seen->front().nextTryAt);
        QVERIFY(seen->front().age >= 0ms && seen->front().age < 30s);
        QCOMPARE(QString::fromStdString(seen->front().deadLetterFile),
                 m_server.dataDir() + QStringLiteral("/pump/dead-letters.jsonl"));
        QCOMPARE(m_server
                     .api("POST", "/v1/users", m_admin,
                          R"({"metadata":{"name":"foo"},"nickname":"foo","password":"Foo@2020","email":"f@e.com"})")
                     .status,
                 200);
        QCOMPARE(m_server.api("GET", "/v1/pump", m_server.logIn("foo", "Foo@2020")).status, 403);
        QVERIFY(pump.stop());
        QTRY_VERIFY(m_server.api("GET", "/v1/pump", m_admin).body.find(R"("state":"stopped")") != std::string::npos);
    }

    void aSinkThatFailsIsSeen()
    {
        PumpProcess pump(m_server.dataDir(), QStringLiteral("csv"));
        writeFile(pump.csvFolder(), QStringLiteral("a file where the folder should be"));
        QVERIFY2(pump.start(), pump.log().constData());
        decide(5);
        QTRY_COMPARE(pump.get("/readyz").status, 503);
        QTRY_VERIFY(pump.sink().nextTryAt.has_value());
        QVERIFY(memberOf(pump.get("/readyz").body, "checks.sink csv of records").find("last error") !=
                std::string::npos);
        QVERIFY(QFile::remove(pump.csvFolder()));
        QTRY_COMPARE(pump.sink().position.taken, m_decided);
        QCOMPARE(pump.get("/readyz").status, 200);
    }

    void nothingIsLostHoweverOftenItIsKilled()
    {
        PumpProcess pump(m_server.dataDir(), QStringLiteral("killed"));
        for (int round = 0; round < 12; ++round) {
            QVERIFY2(pump.start(), pump.log().constData());
            decide(QRandomGenerator::global()->bounded(1, 60));
            pump.kill();
        }
        // The server, too: what its log lost is counted as such.
        QVERIFY2(pump.start(), pump.log().constData());
        decide(30);
        m_server.kill();
        QVERIFY2(m_server.start(), m_server.log().constData());
        decide(30);
        const auto last = [&] { return pump.sink().position; };
        QTRY_COMPARE(last().sequence, m_decided);
        QCOMPARE(settled(last()), m_decided);
        QCOMPARE(last().deadLettered + last().filtered, std::uint64_t{0});
        const auto holes = last().holes;
        QVERIFY(holes.empty() || (holes.size() == 1 && holes.contains("crash")));
        const auto written = pump.written();
        QCOMPARE(written.size(), last().taken);
        QVERIFY(written.begin()->first >= 1 && written.rbegin()->first == m_decided);
        int twice = 0;
        for (const auto& [sequence, times] : written) twice += times - 1;
        qInfo("12 kills: %zu records written, %d of them again", written.size(), twice);
    }

    void theOldSystemsListIsPumpedToo()
    {
        RedisServer redis;
        QVERIFY(redis.start());
        const QString place = QString::number(redis.port());
        ServerProcess server;
        QVERIFY2(server.start({QStringLiteral("analytics.enable-legacy-queue=true"),
                               QStringLiteral("redis.host=127.0.0.1"), QStringLiteral("redis.port=") + place}),
                 server.log().constData());
        const std::string token = server.logInAsAdmin();
        const MadeSecret secret = makeSecret(server, token, "old");
        // Without any policy the old system records nothing.
        QCOMPARE(server
                     .api("POST", "/v1/policies", token,
                          R"({"metadata":{"name":"p"},"policy":{"effect":"allow","subjects":["s"],)"
                          R"("actions":["a"],"resources":["r"]}})")
                     .status,
                 200);
        for (int i = 0; i < 10; ++i)
            QCOMPARE(server.decide(secret.id, secret.key, R"({"subject":"s","action":"a","resource":"r"})").status,
                     200);
        const QString list = QStringLiteral("analytics-iam-system-analytics");
        QTRY_COMPARE(redis.ask({QStringLiteral("LLEN"), list}).trimmed(), QByteArray("10"));
        redis.ask({QStringLiteral("RPUSH"), list, QStringLiteral("no record")});
        PumpProcess pump(server.dataDir(), QStringLiteral("csv"), QStringLiteral("  drain-legacy-queue: true\n"),
                         QStringLiteral("redis: {host: 127.0.0.1, port: %1}\n").arg(place));
        QVERIFY2(pump.start(), pump.log().constData());
        QTRY_COMPARE(pump.sink().position.taken, std::uint64_t{10});
        QTRY_COMPARE(pump.sink("legacy").position.taken, std::uint64_t{10});
        QTRY_COMPARE(redis.ask({QStringLiteral("LLEN"), list}).trimmed(), QByteArray("0"));
        QTRY_COMPARE(memberOf(pump.get("/readyz").body, "checks.legacy list"), std::string("ok"));
        QFile letters(server.dataDir() + QStringLiteral("/pump/dead-letters.jsonl"));
        QVERIFY(letters.open(QIODevice::ReadOnly));
        QVERIFY(letters.readAll().contains(R"("source":"legacy")"));
        QVERIFY(pump.get("/metrics").body.find("iam_pump_legacy_refused_total 1") != std::string::npos);
    }

    void whatRetentionTookIsCounted()
    {
        ServerProcess server;
        QVERIFY2(server.start(), server.log().constData());
        const std::string admin = server.logInAsAdmin();
        const MadeSecret secret = makeSecret(server, admin, "old");
        constexpr std::uint64_t early = 10;
        for (std::uint64_t i = 0; i < early; ++i)
            QCOMPARE(server.decide(secret.id, secret.key, R"({"subject":"s","action":"a","resource":"r"})").status,
                     200);
        PumpProcess pump(server.dataDir(), QStringLiteral("late"));
        QVERIFY2(pump.start(), pump.log().constData());
        QTRY_COMPARE(pump.sink().position.taken, early);
        QVERIFY(pump.stop());
        QVERIFY(server.stop());

        // While no pump runs more is decided than the log may hold.
        std::uint64_t last = 0, kept = 0;
        {
            const std::string folder = server.dataDir().toStdString();
            const SystemClock clock;
            const auto blocks = store::sql::openSqlRecordBlockStore({.path = folder + "/records.db"});
            QVERIFY(blocks.has_value());
            records::DecisionLogConfig config;
            config.sequencePath = folder + "/records.seq";
            config.maxSize = 1024 * 1024;
            const auto log = records::DecisionLog::open(config, **blocks, clock);
            QVERIFY(log.has_value());
            for (int i = 0; i < 4000; ++i) {
                contract::DecisionRecord record;
                record.time = clock.now();
                record.owner = "admin";
                record.resource = crypto::randomText(500); // nothing makes it smaller
                QVERIFY((*log)->append(std::move(record)).has_value());
            }
            QVERIFY((*log)->flush().has_value());
            QVERIFY((*log)->applyRetention(clock.now()).has_value());
            last = (*blocks)->statistics()->lastSequence;
            kept = (*blocks)->statistics()->records;
        }
        QVERIFY(kept > 0 && kept < 4000);
        const std::uint64_t removed = last - early - kept;

        QVERIFY2(server.start(), server.log().constData());
        QVERIFY2(pump.start(), pump.log().constData());
        QTRY_COMPARE(pump.sink().position.sequence, last);
        const contract::SinkPosition position = pump.sink().position;
        QVERIFY((position.holes == std::map<std::string, std::uint64_t>{{"retention", removed}}));
        QCOMPARE(position.taken, early + kept);
        QCOMPARE(pump.written().size(), early + kept);
        const std::string count = std::to_string(removed);
        const std::string metrics = pump.get("/metrics").body;
        QVERIFY2(metrics.find("iam_pump_holes_total{source=\"records\",sink=\"late\",cause=\"retention\"} " + count) !=
                     std::string::npos,
                 metrics.c_str());
        const std::string token = server.logInAsAdmin();
        QTRY_VERIFY(server.api("GET", "/v1/pump", token).body.find("\"retention\":" + count) != std::string::npos);
        QVERIFY(pump.log().contains(("Sink late: " + count + " records up to ").c_str()));
    }

    void twoPumpsDoNotWorkAtOnce()
    {
        PumpProcess first(m_server.dataDir(), QStringLiteral("both"));
        PumpProcess second(m_server.dataDir(), QStringLiteral("both"));
        QVERIFY2(first.start(), first.log().constData());
        QTRY_COMPARE(first.sink().position.sequence, m_decided);
        QVERIFY2(second.start(), second.log().constData());
        QCOMPARE(second.sink().state, std::string("standby"));
        decide(10);
        QTRY_COMPARE(first.sink().position.sequence, m_decided);
        QVERIFY(first.stop());
        decide(10);
        QTRY_COMPARE(second.sink().position.sequence, m_decided);
    }
};

QTEST_GUILESS_MAIN(PumpProcessTest)
#include "pumptest.moc"
