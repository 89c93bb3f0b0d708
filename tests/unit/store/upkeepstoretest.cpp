// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storagefixture.h"

using namespace iam;
using namespace iam::store;
using namespace std::chrono_literals;

/// What is done to the database because of its age, on each engine that keeps one.
class UpkeepStoreTest : public QObject {
    Q_OBJECT

    using Disabling = UpkeepStore::Disabling;
    using Turn = UpkeepStore::Turn;
    static constexpr TimePoint day(int number) { return TimePoint(std::chrono::days(20'000 + number)); }
    static contract::Actor watcher() { return {"watcher", {}, {}}; }

    StorageFixture m_storage;

    UpkeepStore& upkeep() { return *m_storage->upkeep(); }
    void makeUser(const std::string& name, int created, bool administrator = false)
    {
        contract::User made = user(name, administrator);
        VERIFY_OK(m_storage->users().create(made, "hash", {}, day(created)));
    }
    Names idle(int before)
    {
        Names names;
        const auto users = upkeep().idleUsers(day(before));
        if (users)
            for (const IdleUser& user : *users) names.push_back(user.name);
        return names;
    }
    std::uint64_t idOf(const std::string& name) { return m_storage->users().find(name)->metadata.id; }

private Q_SLOTS:
    void initTestCase_data() { StorageFixture::engines(); }
    void init() { m_storage.open(); }

    void memoryAndSharedTablesHaveNothingToKeepUp()
    {
        if (!m_storage.isOwn()) QVERIFY(m_storage->upkeep() == nullptr);
    }

    void removedPoliciesAreForgotten()
    {
        if (!m_storage.isOwn()) return;
        makeUser("colin", 0);
        for (int i = 0; i < 5; ++i) {
            const std::string name = "p" + std::to_string(i);
            VERIFY_OK(m_storage->policies().create(policy("colin", name), {}, day(1)));
            VERIFY_OK(m_storage->policies().remove("colin", {name}, {}, day(10 + i)));
        }
        QCOMPARE(*upkeep().removedPolicies(day(10)), std::uint64_t{0});
        QCOMPARE(*upkeep().removedPolicies(day(13)), std::uint64_t{3});
        QCOMPARE(*upkeep().forgetRemovedPolicies(day(13), 2, watcher(), day(100)), std::uint64_t{2});
        QCOMPARE(*upkeep().forgetRemovedPolicies(day(13), 2, watcher(), day(100)), std::uint64_t{1});
        const auto before = m_storage->changes().lastId();
        QCOMPARE(*upkeep().forgetRemovedPolicies(day(13), 2, watcher(), day(100)), std::uint64_t{0});
        QCOMPARE(*m_storage->changes().lastId(), *before); // nothing was done, so nothing is told
        QCOMPARE(*m_storage.rows("SELECT name FROM policy_audit ORDER BY id"), (Names{"p3", "p4"}));
        const auto records = m_storage->changes().query({}, {}, 1);
        VERIFY_OK(records);
        const contract::ChangeRecord& record = records->items.front();
        QCOMPARE(record.actor.name, std::string("watcher"));
        QCOMPARE(record.kind, std::string("audit"));
        QCOMPARE(record.action, std::string("clean"));
        QCOMPARE(record.name, std::string("policy_audit"));
        QCOMPARE(record.before, "{\"rows\":1,\"before\":\"2024-10-17T00:00:00.000Z\"}");
    }

    void oldChangesAreForgotten()
    {
        if (!m_storage.isOwn()) return;
        for (int i = 0; i < 6; ++i) makeUser("user" + std::to_string(i), i);
        QCOMPARE(*upkeep().oldChanges(day(3)), std::uint64_t{3});
        QCOMPARE(*upkeep().oldChanges(day(100)), std::uint64_t{5}); // the newest stays
        const std::uint64_t last = *m_storage->changes().lastId();
        QCOMPARE(*upkeep().forgetOldChanges(day(3), 2, watcher(), day(50)), std::uint64_t{2});
        QCOMPARE(*upkeep().forgetOldChanges(day(3), 2, watcher(), day(50)), std::uint64_t{1});
        QCOMPARE(*upkeep().forgetOldChanges(day(3), 2, watcher(), day(50)), std::uint64_t{0});
        QCOMPARE(*m_storage->changes().lastId(), last + 2);
        QCOMPARE(*m_storage.rows("SELECT name FROM changes WHERE kind = 'user' ORDER BY id"),
                 (Names{"user3", "user4", "user5"}));
        QCOMPARE(*upkeep().forgetOldChanges(day(100), 1000, watcher(), day(100)), std::uint64_t{4});
        QCOMPARE(m_storage->changes().query({}, {}, 10)->items.size(), std::size_t{2}); // the newest, and what was done
    }

    void whoIsIdleIsFound()
    {
        if (!m_storage.isOwn()) return;
        makeUser("old", 0);
        makeUser("seen", 0);
        makeUser("new", 50);
        makeUser("off", 0);
        VERIFY_OK(m_storage->users().touchLogin("seen", day(20)));
        VERIFY_OK(m_storage->users().setEnabled("off", false, {}, day(1)));
        QCOMPARE(idle(20), Names{"old"});
        QCOMPARE(idle(21), (Names{"old", "seen"}));
        QCOMPARE(idle(51), (Names{"old", "seen", "new"}));
        const auto users = upkeep().idleUsers(day(51));
        QVERIFY((users->at(0) == IdleUser{idOf("old"), "old", false, false, day(0)}));
        QVERIFY((users->at(1) == IdleUser{idOf("seen"), "seen", false, true, day(20)}));
        // Being enabled counts: else who was let in again would be disabled the next night.
        VERIFY_OK(m_storage->users().setEnabled("off", true, {}, day(40)));
        QCOMPARE(idle(40), (Names{"old", "seen"}));
        QCOMPARE(idle(41), (Names{"old", "seen", "off"}));
        // So does the use of a key, the present one or the one before it.
        VERIFY_OK(m_storage.raw("INSERT INTO secrets (instance_id, owner_id, name, secret_id, sealed_key, expires,"
                                " description, created_at, updated_at, version, last_used_at, previous_last_used_at)"
                                " SELECT 's', id, 'k', 'sid', 'x', 0, '', 0, 0, 1, 1000, " +
                                std::to_string(day(45).time_since_epoch().count()) + " FROM users WHERE name = 'old'"));
        QCOMPARE(idle(45), (Names{"seen", "off"}));
        QCOMPARE(idle(46), (Names{"seen", "off", "old"}));
    }

    void theIdleAreDisabled()
    {
        if (!m_storage.isOwn()) return;
        makeUser("boss", 0, true);
        makeUser("chief", 1, true);
        makeUser("old", 0);
        makeUser("back", 0);
        const std::uint64_t old = idOf("old");
        QCOMPARE(*upkeep().disableIdle(old, day(30), watcher(), day(60)), Disabling::Done);
        QVERIFY(!m_storage->users().find("old")->enabled());
        QCOMPARE(*upkeep().disableIdle(old, day(30), watcher(), day(60)), Disabling::NotIdle);
        const auto record = m_storage->changes().query({}, {}, 1)->items.front();
        QCOMPARE(record.action, std::string("disable"));
        QCOMPARE(record.actor.name, std::string("watcher"));
        QCOMPARE(record.name, std::string("old"));
        QVERIFY(!record.before.empty() && !record.after.empty());
        // Active between being found and being disabled.
        VERIFY_OK(m_storage->users().touchLogin("back", day(59)));
        QCOMPARE(*upkeep().disableIdle(idOf("back"), day(30), watcher(), day(60)), Disabling::NotIdle);
        QCOMPARE(*upkeep().disableIdle(4711, day(30), watcher(), day(60)), Disabling::NotIdle);
        QCOMPARE(*upkeep().enabledAdministrators(), std::uint64_t{2});
        QCOMPARE(*upkeep().disableIdle(idOf("boss"), day(30), watcher(), day(60)), Disabling::Done);
        QCOMPARE(*upkeep().disableIdle(idOf("chief"), day(30), watcher(), day(60)), Disabling::LastAdministrator);
        QVERIFY(m_storage->users().find("chief")->enabled());
        QCOMPARE(*upkeep().enabledAdministrators(), std::uint64_t{1});
    }

    void aJobIsDoneOnceForEachTime()
    {
        if (!m_storage.isOwn()) return;
        const TimePoint now = day(10) + 1h;
        QVERIFY(!*upkeep().job("task"));
        // One that nobody knows begins with the next time.
        QCOMPARE(*upkeep().beginJob("task", day(10), "one", now, 1min), Turn::Done);
        QVERIFY((*upkeep().job("task"))->finished);
        QCOMPARE(*upkeep().beginJob("task", day(11), "one", now + 24h, 1min), Turn::Ours);
        QCOMPARE(*upkeep().beginJob("task", day(11), "two", now + 24h, 1min), Turn::Others);
        QCOMPARE(*upkeep().beginJob("other", day(11), "two", now + 24h, 1min), Turn::Done); // each has its own
        QVERIFY(*upkeep().continueJob("task", day(11), "one", now + 24h + 50s, 1min));
        QVERIFY(!*upkeep().continueJob("task", day(11), "two", now + 24h + 50s, 1min));
        QCOMPARE(*upkeep().beginJob("task", day(11), "two", now + 24h + 100s, 1min), Turn::Others);
        // Who died is replaced, and does not finish any more.
        QCOMPARE(*upkeep().beginJob("task", day(11), "two", now + 24h + 111s, 1min), Turn::Ours);
        QVERIFY(!*upkeep().continueJob("task", day(11), "one", now + 24h + 112s, 1min));
        VERIFY_CODE(upkeep().finishJob("task", day(11), "one", now + 25h, "x"), Code::ObjectChanged);
        VERIFY_OK(upkeep().finishJob("task", day(11), "two", now + 25h, "disabled 3 users"));
        QCOMPARE(*upkeep().beginJob("task", day(11), "one", now + 26h, 1min), Turn::Done);
        QCOMPARE(*upkeep().beginJob("task", day(10), "one", now + 26h, 1min), Turn::Done);
        QCOMPARE((*upkeep().job("task"))->outcome, std::string("disabled 3 users"));
        QCOMPARE(*upkeep().latestMoment(), now + 25h);
        // A term that a clock gave which was ahead holds nobody up.
        QCOMPARE(*upkeep().beginJob("task", day(12), "one", day(400), 1min), Turn::Ours);
        QCOMPARE(*upkeep().beginJob("task", day(12), "two", day(12) + 1h, 1min), Turn::Ours);
    }

    void theLatestMomentIsKnown()
    {
        if (!m_storage.isOwn()) return;
        QCOMPARE(*upkeep().latestMoment(), TimePoint());
        makeUser("colin", 7);
        QCOMPARE(*upkeep().latestMoment(), day(7));
    }
};

QTEST_GUILESS_MAIN(UpkeepStoreTest)
#include "upkeepstoretest.moc"
