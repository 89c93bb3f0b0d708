// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Kills the drain of the old system's list, and Redis, at random moments, and counts what is left.
#include "draining.h"
#include "support/childprocess.h"
#include "support/verifyresult.h"
#include <QCoreApplication>
#include <QRandomGenerator>

using namespace iam;
using namespace iam::records;
using namespace std::chrono_literals;

namespace {

void prepare(test::Draining& draining)
{
    draining.setup.limits.entries = 50; // many steps to die between
    draining.setup.pause = 1ms;
}

int drainUntilKilled(std::uint16_t port, const std::string& folder)
{
    const test::Draining draining(port, prepare, folder);
    for (;;) std::this_thread::sleep_for(1h);
}

/// Pushes records as the old authz-servers do, and knows what Redis acknowledged.
class Source {
public:
    explicit Source(std::uint16_t port)
        : m_thread([this, port](const std::stop_token& stop) { run(port, stop); })
    {
    }
    int stop()
    {
        m_thread.request_stop();
        m_thread.join();
        return m_next;
    }
    std::set<int> acknowledged; ///< after stop()

private:
    void run(std::uint16_t port, const std::stop_token& stop)
    {
        test::LegacyPeer peer(port);
        while (!stop.stop_requested()) {
            const int first = m_next;
            std::vector<std::string> entries;
            for (int i = 0; i < 20; ++i) entries.push_back(test::legacyEntry(m_next++));
            if (peer.push(entries))
                for (int i = first; i < m_next; ++i) acknowledged.insert(i);
            std::this_thread::sleep_for(2ms); // a pace, and what a Redis needs to come back
        }
    }

    int m_next = 0;
    std::jthread m_thread;
};

} // namespace

class LegacyCrashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatRedisAcknowledgedReachesTheLogOnce_data();
    void whatRedisAcknowledgedReachesTheLogOnce();
};

void LegacyCrashTest::whatRedisAcknowledgedReachesTheLogOnce_data()
{
    QTest::addColumn<bool>("killDrain");
    QTest::addColumn<bool>("killRedis");
    QTest::newRow("the drain dies") << true << false;
    QTest::newRow("Redis dies") << false << true;
    QTest::newRow("both die") << true << true;
}

void LegacyCrashTest::whatRedisAcknowledgedReachesTheLogOnce()
{
    QFETCH(bool, killDrain);
    QFETCH(bool, killRedis);
    const QTemporaryDir folder;
    const QStringList careful{QStringLiteral("--appendfsync"), QStringLiteral("always")};
    test::RedisServer redis;
    QVERIFY(redis.start(true, careful));
    Source source(redis.port());
    const auto drain = [&] {
        return std::make_unique<test::ChildProcess>(
            std::vector<std::string>{"--drain", std::to_string(redis.port()), folder.path().toStdString()});
    };
    auto child = drain();
    auto& random = *QRandomGenerator::global();
    for (int round = 0; round < 12; ++round) {
        std::this_thread::sleep_for(std::chrono::milliseconds(random.bounded(20, 400))); // the random moment
        const bool both = killDrain && killRedis;
        if (killDrain && (!both || round % 2 == 0)) {
            child.reset();
            child = drain();
        }
        if (killRedis && (!both || round % 2 == 1)) {
            redis.kill();
            QVERIFY(redis.start(true, careful));
        }
    }
    const int pushed = source.stop();
    child.reset();
    test::LegacyPeer peer(redis.port());
    test::Draining last(redis.port(), prepare, folder.path().toStdString());
    QTRY_VERIFY_WITH_TIMEOUT(peer.length() == 0 && peer.length(test::chunkKey) == 0, 30'000);

    std::map<std::string, int> times;
    for (const auto& record : last.records()) ++times[record.resource];
    int lost = 0;
    for (const int number : source.acknowledged) lost += times.contains("n:" + std::to_string(number)) ? 0 : 1;
    int twice = 0;
    for (const auto& [resource, count] : times) twice += count - 1;
    qInfo("pushed %d, acknowledged %zu, in the log %zu, lost %d, twice %d", pushed, source.acknowledged.size(),
          times.size(), lost, twice);
    QCOMPARE(lost, 0);
    QCOMPARE(twice, 0);
    QVERIFY(times.size() <= static_cast<std::size_t>(pushed));
    QVERIFY(!source.acknowledged.empty());
    QCOMPARE(last.drain->stats().perhapsTwice, std::uint64_t{0});
    // Numbers that a dead drain had given out and not stored are accounted for.
    std::uint64_t missing = 0;
    const auto gaps = last.blocks->gaps(1000);
    VERIFY_OK(gaps);
    for (const auto& gap : *gaps) missing += gap.count;
    QCOMPARE(last.blocks->statistics()->lastSequence, times.size() + missing);
}

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    if (argc == 4 && std::string_view(argv[1]) == "--drain")
        return drainUntilKilled(static_cast<std::uint16_t>(std::atoi(argv[2])), argv[3]);
    LegacyCrashTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "legacycrashtest.moc"
