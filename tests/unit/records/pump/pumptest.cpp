// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/pump/pump.h"
#include "pumpsamples.h"
#include "support/manualclock.h"
#include "support/memorypumpstore.h"
#include "support/memoryrecordblockstore.h"
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <numeric>

using namespace iam;
using namespace iam::records;
using namespace std::chrono_literals;
using iam::test::packedBlock;
using iam::test::SinkScript;

namespace {

using Counts = std::map<std::string, std::uint64_t>;

class ManualMachineClock final : public MachineClock {
public:
    store::MachineTime now() const override { return {"boot", std::chrono::milliseconds(m_since.load())}; }
    void advance(std::chrono::milliseconds by) { m_since += by.count(); }

private:
    std::atomic<std::int64_t> m_since = 1'000'000;
};

std::vector<std::uint64_t> range(std::uint64_t first, std::uint64_t last)
{
    std::vector<std::uint64_t> numbers(last - first + 1);
    std::iota(numbers.begin(), numbers.end(), first);
    return numbers;
}

std::uint64_t settled(const contract::SinkPosition& position)
{
    std::uint64_t sum = position.taken + position.deadLettered + position.filtered;
    for (const auto& [cause, count] : position.holes) sum += count;
    return sum;
}

} // namespace

class PumpTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void allComeInOrder();
    void aSinkThatIsDownLosesNothing();
    void aSlowSinkHoldsNobody();
    void oneBadRecordIsADeadLetter();
    void thePositionStaysWhileNoDeadLetterCanBeWritten();
    void filtersAndHolesAreCounted();
    void whatOneSinkLeavesOutTheOthersHave();
    void whatRetentionTookIsAHole();
    void aNewSinkBeginsAtTheOldest();
    void aLogBegunAnewIsPumpedAnew();
    void aLogThatLostItsEndIsFollowed();
    void goesOnWhereItWas();
    void positionsThatCannotBeSavedAreSavedLater();
    void aClockPutBackDoesNoHarm();
    void aLogThatCannotBeReadIsReadLater();
    void theOtherPumpWaits();
    void whoLostTheLeaseWritesNoMore();
    void stopsWithoutWaitingForABackOff();
    void warnsBeforeRetention();
    void tellsHowItGoes();
    void theAgeOfWhatIsSettledIsNoLag();

private:
    struct Peer {
        std::shared_ptr<SinkScript> script = std::make_shared<SinkScript>();
        SinkConfig config;
    };
    std::unique_ptr<Pump> makePump(const std::vector<Peer>& peers, RetentionLimits retention = {})
    {
        std::vector<SinkSetup> sinks;
        for (const Peer& peer : peers)
            sinks.push_back({peer.config, *RecordShape::make(peer.config, nullptr),
                             std::make_unique<test::ScriptedSink>(peer.script)});
        PumpConfig config;
        config.source = "records";
        config.node = "n1";
        config.beat = 10ms;
        config.pace = {1ms, 5ms, 2ms, 16};
        config.retention = retention;
        return std::make_unique<Pump>(
            std::move(config), Pump::Parts{*m_log, *m_store, *m_deadLetters, m_machine, *m_clock}, std::move(sinks));
    }
    static Peer peer(const std::string& name)
    {
        Peer made;
        made.config.name = name;
        made.config.type = "scripted";
        made.config.timeout = 1s;
        return made;
    }
    void append(std::uint64_t first, std::uint64_t last, std::vector<store::RecordGap> gaps = {},
                const std::set<std::uint64_t>& without = {})
    {
        QVERIFY(m_log->append({packedBlock(first, last, without)}, gaps).has_value());
    }
    contract::SinkPosition at(const std::string& sink) { return m_store->at("records", sink); }
    bool await(const std::string& sink, std::uint64_t sequence) { return m_store->await("records", sink, sequence); }

    std::unique_ptr<test::MemoryRecordBlockStore> m_log;
    std::unique_ptr<test::MemoryPumpStore> m_store;
    std::unique_ptr<DeadLetterFile> m_deadLetters;
    std::unique_ptr<QTemporaryDir> m_folder;
    ManualMachineClock m_machine;
    std::unique_ptr<test::ManualClock> m_clock;
};

void PumpTest::init()
{
    m_log = std::make_unique<test::MemoryRecordBlockStore>();
    m_store = std::make_unique<test::MemoryPumpStore>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_clock = std::make_unique<test::ManualClock>();
    m_deadLetters = *DeadLetterFile::open({m_folder->filePath(u"dead"_qs).toStdString()}, *m_clock);
}

void PumpTest::cleanup()
{
    m_deadLetters.reset();
}

void PumpTest::allComeInOrder()
{
    append(1, 40);
    const Peer csv = peer("csv");
    const auto pump = makePump({csv});
    pump->start();
    QVERIFY(await("csv", 40));
    append(41, 41);
    append(42, 50);
    QVERIFY(await("csv", 50));
    pump->stop();
    QVERIFY(csv.script->sequences() == range(1, 50));
    QCOMPARE(at("csv").taken, std::uint64_t{50});
}

void PumpTest::aSinkThatIsDownLosesNothing()
{
    append(1, 40);
    const Peer csv = peer("csv");
    csv.script->setDown(true);
    const auto pump = makePump({csv});
    pump->start();
    QVERIFY(csv.script->awaitWrites(20));
    append(41, 45);
    QCOMPARE(at("csv").sequence, std::uint64_t{0});
    QTRY_COMPARE(pump->status().front().lagRecords, std::uint64_t{45});
    QCOMPARE(pump->status().front().state, std::string("retrying"));
    QCOMPARE(pump->status().front().lastError, std::string("connection refused"));
    QVERIFY(pump->status().front().retries >= 19);
    QVERIFY(!pump->status().front().takenAt);
    QVERIFY(pump->status().front().nextTryAt >= m_clock->now());
    csv.script->setDown(false);
    QVERIFY(await("csv", 45));
    QTRY_COMPARE(pump->status().front().state, std::string("running"));
    QCOMPARE(pump->status().front().lastError, std::string("connection refused"));
    QVERIFY(pump->status().front().takenAt == m_clock->now() && !pump->status().front().nextTryAt);
    QVERIFY(csv.script->sequences() == range(1, 45));
}

void PumpTest::aSlowSinkHoldsNobody()
{
    const Peer slow = peer("slow");
    const Peer quick = peer("quick");
    slow.script->setHeld(true);
    const auto pump = makePump({slow, quick});
    pump->start();
    std::uint64_t last = 0;
    for (int i = 0; i < 30; ++i, last += 20) append(last + 1, last + 20);
    QCOMPARE(pump->settledByAll(), std::uint64_t{0});
    QVERIFY(await("quick", last));
    QVERIFY(quick.script->sequences() == range(1, last));
    QCOMPARE(at("slow").sequence, std::uint64_t{0});
    slow.script->setHeld(false);
    QVERIFY(await("slow", last));
    QVERIFY(slow.script->sequences() == range(1, last));
    QTRY_COMPARE(pump->settledByAll(), last);
}

void PumpTest::oneBadRecordIsADeadLetter()
{
    append(1, 50);
    const Peer csv = peer("csv");
    csv.script->refuse({1, 23, 24, 50});
    const auto pump = makePump({csv});
    pump->start();
    QVERIFY(await("csv", 50));
    pump->stop();
    auto expected = range(2, 49);
    std::erase_if(expected, [](std::uint64_t sequence) { return sequence == 23 || sequence == 24; });
    QVERIFY(csv.script->sequences() == expected);
    QCOMPARE(at("csv").deadLettered, std::uint64_t{4});
    QCOMPARE(at("csv").taken, std::uint64_t{46});
    QFile letters(m_folder->filePath(u"dead"_qs));
    QVERIFY(letters.open(QIODevice::ReadOnly));
    const QByteArray text = letters.readAll();
    QCOMPARE(text.count('\n'), 4);
    for (const char* sequence : {"\"sequence\":1,", "\"sequence\":23,", "\"sequence\":24,", "\"sequence\":50,"})
        QVERIFY2(text.contains(sequence), sequence);
    QVERIFY(text.contains(R"("source":"records","sink":"csv","reason":"not this one")"));
}

void PumpTest::thePositionStaysWhileNoDeadLetterCanBeWritten()
{
    append(1, 10);
    const Peer csv = peer("csv");
    csv.script->refuse({4});
    const QString path = m_folder->filePath(u"dead"_qs);
    QVERIFY(QFile::remove(path));
    QVERIFY(QDir().mkdir(path)); // nothing can be written there
    const auto pump = makePump({csv});
    pump->start();
    QVERIFY(csv.script->awaitWrites(20));
    QCOMPARE(at("csv").sequence, std::uint64_t{3});
    QCOMPARE(pump->status().front().state, std::string("retrying"));
    QVERIFY(QDir().rmdir(path));
    QVERIFY(await("csv", 10));
    QCOMPARE(at("csv").deadLettered, std::uint64_t{1});
    QCOMPARE(at("csv").taken, std::uint64_t{9});
}

void PumpTest::filtersAndHolesAreCounted()
{
    append(1, 30, {{7, 2, {}, "dropped"}}, {7, 8});
    append(34, 40, {{31, 3, {}, "crash"}});
    append(41, 45);
    m_log->damage({test::logStart + 34ms, 34});
    Peer csv = peer("csv");
    Peer peters = peer("peters");
    peters.config.usernames = {"peter"}; // each third
    Peer others = peer("others");
    others.config.skipUsernames = {"peter", "colin"};
    const auto pump = makePump({csv, peters, others});
    pump->start();
    const Counts holes{{"crash", 3}, {"damaged", 7}, {"dropped", 2}};
    for (const char* sink : {"csv", "peters", "others"}) {
        QVERIFY(await(sink, 45));
        QVERIFY(at(sink).holes == holes);
        QCOMPARE(settled(at(sink)), std::uint64_t{45});
    }
    QCOMPARE(at("csv").taken, std::uint64_t{33});
    QCOMPARE(at("csv").filtered, std::uint64_t{0});
    QCOMPARE(at("peters").taken, std::uint64_t{12});
    QCOMPARE(at("peters").filtered, std::uint64_t{21});
    for (const auto& record : peters.script->taken()) QCOMPARE(record.owner, std::string("peter"));
    QCOMPARE(at("others").filtered, std::uint64_t{33});
    QCOMPARE(others.script->writes(), 0);
}

void PumpTest::whatOneSinkLeavesOutTheOthersHave()
{
    Peer whole = peer("whole");
    Peer brief = peer("brief");
    brief.config.omitDetailedRecording = true;
    Peer masked = peer("masked");
    masked.config.maskFields = {"owner", "subject"};
    masked.config.maskWith = SinkConfig::Mask::Stars;
    Peer petersOnly = peer("peters");
    petersOnly.config.usernames = {"peter"};
    const auto pump = makePump({brief, masked, petersOnly, whole});
    pump->start();
    std::uint64_t last = 0;
    for (int i = 0; i < 20; ++i, last += 10) append(last + 1, last + 10);
    for (const char* sink : {"whole", "brief", "masked", "peters"}) QVERIFY(await(sink, last));
    pump->stop();
    std::vector<contract::DecisionRecord> sent;
    const auto stored = m_log->after(0, 1000);
    for (const auto& block : stored->blocks) {
        auto records = unpackBlock(block.bytes);
        QVERIFY(records.has_value());
        std::move(records->begin(), records->end(), std::back_inserter(sent));
    }
    QCOMPARE(sent.size(), std::size_t{last});
    QVERIFY(whole.script->taken() == sent);
    QVERIFY(std::any_of(sent.begin(), sent.end(), [](const auto& record) { return !record.deciders.empty(); }));
    for (const auto& record : brief.script->taken()) QVERIFY(record.deciders.empty() && record.context.empty());
    for (const auto& record : masked.script->taken()) QCOMPARE(record.subject, std::string("***"));
    for (const auto& record : petersOnly.script->taken()) QCOMPARE(record.owner, std::string("peter"));
}

void PumpTest::whatRetentionTookIsAHole()
{
    append(1, 10);
    const Peer csv = peer("csv");
    auto pump = makePump({csv});
    pump->start();
    QVERIFY(await("csv", 10));
    pump.reset();
    append(11, 20);
    append(21, 30);
    QVERIFY(m_log->retain(test::logStart + 25ms, {}).has_value());
    pump = makePump({csv});
    pump->start();
    QVERIFY(await("csv", 30));
    QVERIFY((at("csv").holes == Counts{{"retention", 10}}));
    QCOMPARE(settled(at("csv")), std::uint64_t{30});
}

void PumpTest::aNewSinkBeginsAtTheOldest()
{
    append(1, 10);
    append(11, 20);
    QVERIFY(m_log->retain(test::logStart + 15ms, {}).has_value());
    const Peer csv = peer("csv");
    const auto pump = makePump({csv});
    pump->start();
    QVERIFY(await("csv", 20));
    QCOMPARE(at("csv").since, std::uint64_t{10});
    QVERIFY(at("csv").holes.empty());
    QVERIFY(csv.script->sequences() == range(11, 20));
}

void PumpTest::aLogBegunAnewIsPumpedAnew()
{
    append(1, 20);
    const Peer csv = peer("csv");
    const auto pump = makePump({csv});
    pump->start();
    QVERIFY(await("csv", 20));
    m_log->beginAnew("other");
    append(1, 5);
    QTRY_COMPARE(csv.script->sequences().size(), std::size_t{25});
    QTRY_COMPARE(at("csv").sequence, std::uint64_t{5});
    QCOMPARE(at("csv").log, std::string("other"));
    QCOMPARE(settled(at("csv")), std::uint64_t{5});
}

void PumpTest::aLogThatLostItsEndIsFollowed()
{
    append(1, 20);
    const Peer csv = peer("csv");
    auto pump = makePump({csv});
    pump->start();
    QVERIFY(await("csv", 20));
    pump.reset();
    m_log->beginAnew("log"); // the same, restored from a copy
    append(1, 12);
    pump = makePump({csv});
    pump->start();
    QTRY_COMPARE(at("csv").sequence, std::uint64_t{12});
    append(13, 15);
    QTRY_COMPARE(at("csv").sequence, std::uint64_t{15});
    auto expected = range(1, 20);
    const auto again = range(13, 15);
    expected.insert(expected.end(), again.begin(), again.end());
    QVERIFY(csv.script->sequences() == expected);
}

void PumpTest::goesOnWhereItWas()
{
    const Peer csv = peer("csv");
    std::uint64_t last = 0;
    for (int round = 0; round < 5; ++round) {
        append(last + 1, last + 23);
        last += 23;
        const auto pump = makePump({csv});
        pump->start();
        QVERIFY(await("csv", last));
    }
    QVERIFY(csv.script->sequences() == range(1, last));
    QCOMPARE(settled(at("csv")), last);
}

void PumpTest::positionsThatCannotBeSavedAreSavedLater()
{
    append(1, 10);
    const Peer csv = peer("csv");
    csv.script->setHeld(true);
    const auto pump = makePump({csv});
    pump->start();
    QVERIFY(csv.script->awaitWrites(1));
    m_store->setFailing(true);
    csv.script->setHeld(false);
    QTRY_VERIFY(pump->status().front().retries > 3);
    QCOMPARE(at("csv").sequence, std::uint64_t{0});
    m_store->setFailing(false);
    QVERIFY(await("csv", 10));
    QVERIFY(csv.script->sequences() == range(1, 10)); // written once, all the same
}

void PumpTest::aClockPutBackDoesNoHarm()
{
    append(1, 10);
    const Peer csv = peer("csv");
    csv.script->setDown(true);
    const auto pump = makePump({csv});
    pump->start();
    QVERIFY(csv.script->awaitWrites(2));
    m_clock->advance(1h);
    QVERIFY(pump->status().front().lag >= 59min);
    m_clock->set(-2h);
    QCOMPARE(pump->status().front().lag.count(), std::int64_t{0});
    auto early = packedBlock(11, 12);
    early.position.begin -= 3h; // sequences still rise
    QVERIFY(m_log->append({early}, {}).has_value());
    csv.script->setDown(false);
    QVERIFY(await("csv", 12));
    QVERIFY(csv.script->sequences() == range(1, 12));
}

void PumpTest::aLogThatCannotBeReadIsReadLater()
{
    append(1, 10);
    m_log->setUnreadable(true);
    const Peer csv = peer("csv");
    const auto pump = makePump({csv});
    pump->start();
    QTRY_COMPARE(pump->status().front().state, std::string("retrying"));
    m_log->setUnreadable(false);
    QVERIFY(await("csv", 10));
}

void PumpTest::theOtherPumpWaits()
{
    append(1, 10);
    const Peer first = peer("csv");
    const Peer second = peer("csv");
    auto a = makePump({first});
    a->start();
    QVERIFY(await("csv", 10));
    const auto b = makePump({second});
    b->start();
    append(11, 20);
    QVERIFY(await("csv", 20));
    QCOMPARE(b->status().front().state, std::string("standby"));
    QVERIFY(a->isActive() && !b->isActive());
    a->stop(); // gives the lease back: no term has to end
    append(21, 30);
    QVERIFY(await("csv", 30));
    QVERIFY(first.script->sequences() == range(1, 20));
    QVERIFY(second.script->sequences() == range(21, 30));
    QCOMPARE(settled(at("csv")), std::uint64_t{30});
}

void PumpTest::whoLostTheLeaseWritesNoMore()
{
    append(1, 10);
    const Peer first = peer("csv");
    const Peer second = peer("csv");
    first.script->setHeld(true); // as if the process were stopped in the middle of a write
    auto a = makePump({first});
    a->start();
    QVERIFY(first.script->awaitWrites(1));
    m_store->seizeLease("records", "other", m_machine.now(), 10s); // whose term was over, for all others
    const contract::SinkPosition others{"log", 0, 10, 10, 0, 0, {}};
    QVERIFY(m_store->save("records", "csv", "other", others).has_value());
    first.script->setHeld(false);
    QTRY_COMPARE(a->status().front().state, std::string("standby"));
    append(11, 12);
    const int calls = m_store->leaseCalls();
    QTRY_VERIFY(m_store->leaseCalls() > calls + 5);
    QVERIFY(at("csv") == others);
    QVERIFY(first.script->sequences() == range(1, 10));
    // It takes over again from where the other one was.
    m_machine.advance(40s);
    QVERIFY(await("csv", 12));
    QVERIFY(first.script->sequences() == range(1, 12));
    QCOMPARE(settled(at("csv")), std::uint64_t{12});
}

void PumpTest::stopsWithoutWaitingForABackOff()
{
    append(1, 10);
    const Peer csv = peer("csv");
    csv.script->setDown(true);
    std::vector<SinkSetup> sinks;
    sinks.push_back(
        {csv.config, *RecordShape::make(csv.config, nullptr), std::make_unique<test::ScriptedSink>(csv.script)});
    PumpConfig config;
    config.source = "records";
    config.pace.leastBackOff = config.pace.mostBackOff = 1h;
    Pump pump(config, {*m_log, *m_store, *m_deadLetters, m_machine, *m_clock}, std::move(sinks));
    pump.start();
    QVERIFY(csv.script->awaitWrites(1));
    QTRY_COMPARE(pump.status().front().state, std::string("retrying"));
    pump.stop();
    QCOMPARE(pump.status().front().state, std::string("stopped"));
    QVERIFY(!pump.isActive());
}

void PumpTest::warnsBeforeRetention()
{
    append(1, 10);
    const Peer csv = peer("csv");
    csv.script->setDown(true);
    const auto pump = makePump({csv}, {std::chrono::days(1), 0});
    pump->start();
    QVERIFY(csv.script->awaitWrites(1));
    QCOMPARE(pump->retentionWarning(), std::string());
    m_clock->advance(20h + 1min);
    QTRY_VERIFY(pump->retentionWarning().starts_with("sink csv is 20 hours behind"));
    csv.script->setDown(false);
    QVERIFY(await("csv", 10));
    QTRY_COMPARE(pump->retentionWarning(), std::string());
}

void PumpTest::tellsHowItGoes()
{
    append(1, 10);
    const Peer csv = peer("csv");
    const auto pump = makePump({csv});
    pump->start();
    QVERIFY(await("csv", 10));
    QTRY_VERIFY(!m_store->reports()->empty() && m_store->reports()->front().state == "running");
    const auto report = m_store->reports()->front();
    QCOMPARE(report.sink, std::string("csv"));
    QCOMPARE(report.type, std::string("scripted"));
    QCOMPARE(report.position.taken, std::uint64_t{10});
    QCOMPARE(report.node, std::string("n1"));
    QCOMPARE(report.deadLetterFile, m_deadLetters->path());
    QVERIFY(pump->sinkMetrics().starts_with("scripted_writes_total "));
    pump->stop();
    QCOMPARE(m_store->reports()->front().state, std::string("stopped"));
}

void PumpTest::theAgeOfWhatIsSettledIsNoLag()
{
    append(1, 10);
    const auto pump = makePump({peer("csv")});
    pump->start();
    QVERIFY(await("csv", 10));
    m_clock->advance(3600s);
    m_store->seizeLease("records", "other", m_machine.now(), 3600s);
    QTRY_COMPARE(pump->status().front().state, std::string("standby"));
    append(11, 20); // seen, but not read by this one
    QTRY_COMPARE(pump->status().front().lagRecords, std::uint64_t{10});
    QCOMPARE(pump->status().front().lag, 0ms);
}

QTEST_GUILESS_MAIN(PumpTest)
#include "pumptest.moc"
