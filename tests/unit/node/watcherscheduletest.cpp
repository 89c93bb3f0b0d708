// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/watcherschedule.h"
#include "store/sql/sqlstorage.h"
#include "support/manualclock.h"
#include "support/verifyresult.h"
#include <QTemporaryDir>

using namespace iam;
using namespace iam::node;
using namespace std::chrono_literals;

namespace {

using std::chrono::days;

/// Nodes with a watcher on one database, under one clock.
struct Database {
    Database()
    {
        auto opened = store::sql::openSqlStorage(
            store::sql::SqlConfig{.path = folder.filePath(QStringLiteral("iam.db")).toStdString()});
        if (!opened) qFatal("%s", opened.error().detail.c_str());
        storage = std::move(*opened);
        makeUser("boss", 1);
    }
    void makeUser(const std::string& name, int administrator = 0)
    {
        contract::User user;
        user.metadata.name = name;
        user.isAdmin = administrator;
        if (!storage->users().create(user, "hash", {}, clock.now())) qFatal("no user");
    }
    bool enabled(const std::string& name) { return storage->users().find(name)->enabled(); }
    std::unique_ptr<WatcherSchedule> node(const std::string& name, days maxIdle = days(30))
    {
        WatcherSchedule::Setup setup{{days(180), days(0), maxIdle}, 2h, name};
        return std::make_unique<WatcherSchedule>(setup, *storage->upkeep(), clock, [this] { ++changed; });
    }
    /// Time goes by, and everybody looks as often as they do.
    void pass(std::chrono::milliseconds time, const std::vector<WatcherSchedule*>& nodes)
    {
        for (auto gone = 0ms; gone < time; gone += 30min) {
            clock.advance(30min);
            for (WatcherSchedule* node : nodes) node->look([] { return false; });
        }
    }

    test::ManualClock clock; // 2023-11-14 22:13:20
    QTemporaryDir folder;
    std::unique_ptr<store::Storage> storage;
    int changed = 0;
};

} // namespace

class WatcherScheduleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWorkIsDoneOnceADay();
    void theFirstTimeIsTheNextOne();
    void aMissedTimeIsMadeUpFor();
    void nothingIsDoneByAClockThatWasSet();
    void nothingIsDoneByAClockThatTheDatabaseDoubts();
    void whoDiesAtWorkIsReplaced();
    void theLastAdministratorStays();
    void plansSayWhatWouldBeDone();
};

void WatcherScheduleTest::theWorkIsDoneOnceADay()
{
    Database database;
    database.makeUser("idle");
    const auto one = database.node("one");
    const auto two = database.node("two");
    database.pass(days(29), {one.get(), two.get()});
    QVERIFY(database.enabled("idle"));
    QCOMPARE(one->stats().runs + two->stats().runs, std::uint64_t{2 * 29}); // two jobs, the first day only noted
    database.pass(days(3), {one.get(), two.get()});
    QVERIFY(!database.enabled("idle"));
    QCOMPARE(one->stats().runs + two->stats().runs, std::uint64_t{2 * 32});
    QCOMPARE(one->stats().disabledUsers + two->stats().disabledUsers, std::uint64_t{1});
    QCOMPARE(database.changed, 1);
    QCOMPARE(one->complaint(), std::string());
    const auto job = database.storage->upkeep()->job("task");
    VERIFY_OK(job);
    QVERIFY((*job)->finished);
    QVERIFY(!(*job)->outcome.empty());
}

void WatcherScheduleTest::theFirstTimeIsTheNextOne()
{
    Database database;
    database.makeUser("idle");
    database.clock.advance(days(40));
    VERIFY_OK(database.storage->users().recordUnlock("boss", {}, database.clock.now())); // somebody is there
    const auto node = database.node("one");
    database.pass(2h, {node.get()}); // 02:00 of today is over
    QVERIFY(database.enabled("idle"));
    QCOMPARE(node->stats().runs, std::uint64_t{0});
    database.pass(24h, {node.get()});
    QVERIFY(!database.enabled("idle"));
}

void WatcherScheduleTest::aMissedTimeIsMadeUpFor()
{
    Database database;
    auto node = database.node("one");
    database.pass(days(2), {node.get()});
    node.reset();
    database.clock.advance(days(5));
    node = database.node("one");
    node->look([] { return false; });
    QCOMPARE(node->stats().runs, std::uint64_t{2});
    node->look([] { return false; });
    QCOMPARE(node->stats().runs, std::uint64_t{2});
}

void WatcherScheduleTest::nothingIsDoneByAClockThatWasSet()
{
    Database database;
    database.makeUser("new");
    const auto node = database.node("one");
    database.pass(days(1), {node.get()});
    const auto runs = node->stats().runs;
    database.clock.set(days(400));
    database.pass(12h, {node.get()});
    QVERIFY(database.enabled("new"));
    QCOMPARE(node->stats().runs, runs);
    QVERIFY(node->complaint().find("the clock was set forward") == 0);
    database.clock.set(-days(400)); // mended: a day later all is well
    database.pass(12h, {node.get()});
    QCOMPARE(node->stats().runs, runs);
    database.pass(36h, {node.get()});
    QVERIFY(node->stats().runs > runs);
    QVERIFY(database.enabled("new"));
    QCOMPARE(node->complaint(), std::string());
}

void WatcherScheduleTest::nothingIsDoneByAClockThatTheDatabaseDoubts()
{
    Database database;
    database.makeUser("new");
    auto node = database.node("one");
    database.pass(days(2), {node.get()});
    // It was set while nobody looked.
    node.reset();
    database.clock.set(days(400));
    node = database.node("one");
    database.pass(20h, {node.get()});
    QVERIFY(database.enabled("new"));
    QCOMPARE(node->stats().runs, std::uint64_t{0});
    QVERIFY(node->complaint().find("the database was last changed at 2023-11-1") == 0);
    QVERIFY(node->complaint().find("long ago") != std::string::npos);
    // The other way round.
    node.reset();
    database.clock.set(-days(800));
    node = database.node("one");
    database.pass(20h, {node.get()});
    QCOMPARE(node->stats().runs, std::uint64_t{0});
    // One that goes evenly for a day, and says still the same, is believed.
    node.reset();
    database.clock.set(days(800));
    node = database.node("one");
    database.pass(50h, {node.get()});
    QVERIFY(node->stats().runs > 0);
    QVERIFY(!database.enabled("new"));
}

void WatcherScheduleTest::whoDiesAtWorkIsReplaced()
{
    Database database;
    for (int i = 0; i < 5; ++i) database.makeUser("idle" + std::to_string(i));
    auto one = database.node("one");
    const auto two = database.node("two");
    database.pass(days(30), {one.get(), two.get()});
    // The next round disables them; it is ended after the second.
    int steps = 0;
    for (int i = 0; i < 48 && steps < 4; ++i) {
        database.clock.advance(30min);
        one->look([&] { return ++steps > 3; });
    }
    QVERIFY(one->stats().disabledUsers > 0 && one->stats().disabledUsers < 5);
    one.reset();
    two->look([] { return false; });
    QCOMPARE(two->stats().disabledUsers, std::uint64_t{0}); // it is another's, who may still be at it
    database.clock.advance(WatcherSchedule::term + 1s);
    two->look([] { return false; });
    for (int i = 0; i < 5; ++i) QVERIFY(!database.enabled("idle" + std::to_string(i)));
}

void WatcherScheduleTest::theLastAdministratorStays()
{
    Database database;
    database.makeUser("chief", 1);
    database.clock.advance(1h);
    VERIFY_OK(database.storage->users().touchLogin("boss", database.clock.now()));
    const auto node = database.node("one");
    database.pass(days(40), {node.get()});
    QVERIFY(!database.enabled("chief"));
    QVERIFY(database.enabled("boss")); // was active last
    // Disabled by the watcher, enabled by a person: a new period begins.
    VERIFY_OK(database.storage->users().setEnabled("chief", true, {"boss", {}, {}}, database.clock.now()));
    database.pass(days(3), {node.get()});
    QVERIFY(database.enabled("chief"));
    QVERIFY(!database.enabled("boss"));
}

void WatcherScheduleTest::plansSayWhatWouldBeDone()
{
    Database database;
    database.makeUser("idle");
    database.makeUser("chief", 1);
    database.clock.advance(days(31));
    service::Watcher watcher(*database.storage->upkeep(), {days(180), days(7), days(30)});
    const std::uint64_t before = *database.storage->changes().lastId();
    for (int i = 0; i < 2; ++i) {
        const auto plan = watcher.plan(database.clock.now());
        VERIFY_OK(plan);
        QCOMPARE(plan->removedPolicies, std::uint64_t{0});
        QCOMPARE(plan->changes, std::uint64_t{2});
        QCOMPARE(plan->disabled.size(), std::size_t{2});
        QCOMPARE(plan->disabled[0].name, std::string("boss"));
        QCOMPARE(plan->disabled[1].name, std::string("idle"));
        QVERIFY(plan->spared && plan->spared->name == "chief");
    }
    QCOMPARE(*database.storage->changes().lastId(), before);
    // What is done then is what was said.
    const auto outcome = watcher.disableIdle(database.clock.now(), [] { return Result<bool>(true); });
    VERIFY_OK(outcome);
    QCOMPARE(outcome->disabled, (std::vector<std::string>{"boss", "idle"}));
    QCOMPARE(outcome->spared, std::uint64_t{1});
}

QTEST_GUILESS_MAIN(WatcherScheduleTest)
#include "watcherscheduletest.moc"
