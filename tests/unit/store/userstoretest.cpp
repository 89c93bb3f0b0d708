// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/codec.h"
#include "storagefixture.h"
#include <atomic>
#include <latch>
#include <thread>

using namespace iam;
using namespace iam::store;

class UserStoreTest : public QObject {
    Q_OBJECT

    StorageFixture m_storage;

private Q_SLOTS:
    void initTestCase_data() { StorageFixture::engines(); }
    void init() { m_storage.open(); }

    void whatWasCreatedIsFound()
    {
        contract::User given = user("Ann.Lee", true);
        given.password = SecretString("Plain@2020");
        given.totalPolicy = 7;
        given.metadata.id = 99;
        given.metadata.createdAt = at(-5000);
        auto made = m_storage->users().create(given, "$hash", actor, at(0));
        VERIFY_OK(made);
        QCOMPARE(made->metadata.id, std::uint64_t{1});
        QCOMPARE(made->metadata.instanceId, contract::makeInstanceId("user-", 1));
        QCOMPARE(made->metadata.version, std::uint64_t{1});
        QCOMPARE(made->metadata.createdAt, at(0));
        QCOMPARE(made->metadata.updatedAt, at(0));
        QVERIFY(made->password.empty());
        auto found = m_storage->users().find("Ann.Lee");
        VERIFY_OK(found);
        QVERIFY(found->metadata == made->metadata);
        QCOMPARE(found->nickname, given.nickname);
        QCOMPARE(found->email, given.email);
        QCOMPARE(found->phone, given.phone);
        QCOMPARE(found->status, 1);
        QCOMPARE(found->isAdmin, 1);
        QCOMPARE(found->totalPolicy, 0);
        QCOMPARE(found->loginedAt, m_storage.isShared() ? std::optional(at(0)) : std::nullopt);
        QVERIFY(found->metadata.extend == given.metadata.extend);
    }

    void namesIgnoreCaseAndKeepTheirSpelling()
    {
        VERIFY_OK(m_storage->users().create(user("Ann"), "h", actor, at(0)));
        VERIFY_CODE(m_storage->users().create(user("aNN"), "h", actor, at(0)), Code::UserAlreadyExist);
        auto found = m_storage->users().find("ANN");
        VERIFY_OK(found);
        QCOMPARE(found->metadata.name, std::string("Ann"));
        QCOMPARE(m_storage->users().credentials("ann")->account.name, std::string("Ann"));
        VERIFY_CODE(m_storage->users().find("Anna"), Code::UserNotFound);
        for (const char* other :
             {"Ann ", " Ann", "\u00c4nn", "\u0101nn", "\uff21nn", "Ann\u200b", "A\u0300nn", "Ann\t"})
            VERIFY_CODE(m_storage->users().find(other), Code::UserNotFound);
        VERIFY_CODE(m_storage->users().credentials("%"), Code::UserNotFound);
        QCOMPARE(changesOf(*m_storage.operator->()), Names{"user create Ann/Ann"});
    }

    void idsAreNotUsedAgain()
    {
        VERIFY_OK(m_storage->users().create(user("a"), "h", actor, at(0)));
        VERIFY_OK(m_storage->users().remove({"a"}, actor, at(1)));
        auto again = m_storage->users().create(user("a"), "h", actor, at(2));
        VERIFY_OK(again);
        QCOMPARE(again->metadata.id, std::uint64_t{2});
        QCOMPARE(m_storage->users().credentials("a")->account.tokensValidFrom, at(2));
    }

    void listsAreNewestFirstAndPaged()
    {
        for (const char* name : {"a1", "B2", "a3", "x_4", "a5"}) {
            VERIFY_OK(m_storage->users().create(user(name), "h", actor, at(0)));
        }
        VERIFY_OK(m_storage->users().setEnabled("a3", false, actor, at(1)));
        for (const char* name : {"p1", "p2"}) VERIFY_OK(m_storage->policies().create(policy("B2", name), actor, at(2)));
        UserStore& users = m_storage->users();
        using enum contract::WhichUsers;
        auto all = users.list({}, Enabled);
        VERIFY_OK(all);
        QCOMPARE(namesOf(*all), (Names{"a5", "x_4", "B2", "a1"}));
        QCOMPARE(all->totalCount, std::uint64_t{4});
        QCOMPARE(all->items[2].totalPolicy, 2);
        QCOMPARE(all->items[3].totalPolicy, 0);
        auto page = users.list({.offset = 1, .limit = 2, .nameContains = {}}, Enabled);
        QCOMPARE(namesOf(*page), (Names{"x_4", "B2"}));
        QCOMPARE(page->totalCount, std::uint64_t{4});
        QCOMPARE(namesOf(*users.list({.offset = 3, .limit = std::nullopt, .nameContains = {}}, Enabled)), Names{"a1"});
        QCOMPARE(namesOf(*users.list({.offset = 0, .limit = 0, .nameContains = {}}, Enabled)), Names{});
        const std::uint64_t huge = std::numeric_limits<std::uint64_t>::max();
        QCOMPARE(namesOf(*users.list({.offset = huge, .limit = huge, .nameContains = {}}, Enabled)), Names{});
        QCOMPARE(users.list({.offset = 0, .limit = huge, .nameContains = {}}, Enabled)->items.size(), std::size_t{4});
        const auto named = [&](const char* part) { return namesOf(*users.list({0, 1000, part}, Enabled)); };
        QCOMPARE(named("b"), Names{"B2"});
        QCOMPARE(named("A"), (Names{"a5", "a1"}));
        QCOMPARE(named("_"), Names{"x_4"});
        QCOMPARE(named("%"), Names{});
        QCOMPARE(named("\\"), Names{});
        QCOMPARE(named("").size(), std::size_t{4});
        QCOMPARE(namesOf(*users.list({}, Disabled)), Names{"a3"});
        QCOMPARE(users.list({}, Disabled)->totalCount, std::uint64_t{1});
        QCOMPARE(users.list({}, Disabled)->items.at(0).status, 0);
        QCOMPARE(namesOf(*users.list({0, 1000, "a"}, All)), (Names{"a5", "a3", "a1"}));
        QCOMPARE(users.list({}, All)->totalCount, std::uint64_t{5});
    }

    void updateReplacesAndCountsVersions()
    {
        VERIFY_OK(m_storage->users().create(user("Ann", true), "h", actor, at(0)));
        contract::User wanted;
        wanted.metadata.name = "ann";
        wanted.nickname = "new";
        wanted.status = 0;
        auto updated = m_storage->users().update(wanted, std::nullopt, actor, at(9));
        VERIFY_OK(updated);
        QCOMPARE(updated->metadata.name, std::string("Ann"));
        QCOMPARE(updated->metadata.version, std::uint64_t{2});
        QCOMPARE(updated->metadata.createdAt, at(0));
        QCOMPARE(updated->metadata.updatedAt, m_storage.kept(at(9)));
        QCOMPARE(updated->nickname, std::string("new"));
        QCOMPARE(updated->email, std::string());
        QCOMPARE(updated->phone, std::string());
        QVERIFY(updated->metadata.extend.isNull());
        QCOMPARE(updated->status, 1);
        QCOMPARE(updated->isAdmin, 1);
        VERIFY_CODE(m_storage->users().update(wanted, 1, actor, at(10)), Code::ObjectChanged);
        QCOMPARE(m_storage->users().find("Ann")->metadata.updatedAt, m_storage.kept(at(9)));
        VERIFY_OK(m_storage->users().update(wanted, 2, actor, at(11)));
        wanted.metadata.name = "nobody";
        VERIFY_CODE(m_storage->users().update(wanted, std::nullopt, actor, at(12)), Code::UserNotFound);
    }

    void ofParallelUpdatesOfOneVersionOneWins()
    {
        VERIFY_OK(m_storage->users().create(user("ann"), "h", actor, at(0)));
        for (std::uint64_t version = 1; version <= 5; ++version) {
            std::atomic<int> won = 0;
            std::atomic<int> changed = 0;
            std::latch start(8);
            {
                std::vector<std::jthread> threads;
                for (int t = 0; t < 8; ++t) {
                    threads.emplace_back([&] {
                        start.arrive_and_wait();
                        auto updated = m_storage->users().update(user("ann"), version, actor, at(1));
                        if (updated && updated->metadata.version == version + 1) ++won;
                        if (!updated && updated.error().code == Code::ObjectChanged) ++changed;
                    });
                }
            }
            QCOMPARE(won.load(), 1);
            QCOMPARE(changed.load(), 7);
        }
        QCOMPARE(changesOf(*m_storage.operator->()).size(), std::size_t{6});
    }

    void passwordsAreSetAndHashedAnew()
    {
        UserStore& users = m_storage->users();
        VERIFY_OK(users.create(user("ann"), "first", actor, at(0)));
        VERIFY_OK(users.replacePasswordHash("ann", "other", "lost"));
        QCOMPARE(users.credentials("ann")->passwordHash, std::string("first"));
        VERIFY_OK(users.replacePasswordHash("ANN", "first", "rehashed"));
        auto credentials = users.credentials("ann");
        VERIFY_OK(credentials);
        QCOMPARE(credentials->passwordHash, std::string("rehashed"));
        QCOMPARE(credentials->account.tokensValidFrom, at(0));
        QCOMPARE(users.find("ann")->metadata.version, std::uint64_t{1});
        QCOMPARE(changesOf(*m_storage.operator->()).size(), std::size_t{1});

        VERIFY_OK(users.setPasswordHash("Ann", "second", at(50), actor, at(50)));
        credentials = users.credentials("ann");
        QCOMPARE(credentials->passwordHash, std::string("second"));
        QCOMPARE(credentials->account.tokensValidFrom, at(50));
        QCOMPARE(users.find("ann")->metadata.version, std::uint64_t{2});
        QCOMPARE(users.find("ann")->metadata.updatedAt, m_storage.kept(at(50)));
        VERIFY_OK(users.setPasswordHash("ann", "third", at(20), actor, at(60)));
        QCOMPARE(users.credentials("ann")->account.tokensValidFrom, at(50) + std::chrono::milliseconds(1));
        VERIFY_CODE(users.setPasswordHash("nobody", "x", at(0), actor, at(0)), Code::UserNotFound);
        VERIFY_OK(users.replacePasswordHash("nobody", "x", "y"));
    }

    void disablingStampsTheTokens()
    {
        UserStore& users = m_storage->users();
        VERIFY_OK(users.create(user("ann", true), "h", actor, at(0)));
        VERIFY_OK(users.create(user("bob", true), "h", actor, at(0)));
        VERIFY_OK(users.create(user("cleo"), "h", actor, at(0)));
        QCOMPARE(*users.enabledAdministrators(), std::uint64_t{2});
        auto disabled = users.setEnabled("ANN", false, actor, at(5));
        VERIFY_OK(disabled);
        QCOMPARE(disabled->metadata.name, std::string("ann"));
        QCOMPARE(disabled->status, 0);
        QCOMPARE(disabled->metadata.version, std::uint64_t{2});
        QCOMPARE(*users.enabledAdministrators(), std::uint64_t{1});
        auto accounts = users.accounts();
        VERIFY_OK(accounts);
        QCOMPARE(accounts->size(), std::size_t{3});
        const Account& ann = accounts->front();
        QCOMPARE(ann.name, std::string("ann"));
        QVERIFY(!ann.enabled);
        QVERIFY(ann.administrator);
        QCOMPARE(ann.tokensValidFrom, at(5));
        QVERIFY(!accounts->at(2).administrator);
        QCOMPARE(users.find("ann")->status, 0);
        VERIFY_OK(users.setEnabled("ann", false, actor, at(6)));
        QCOMPARE(users.find("ann")->metadata.version, std::uint64_t{2});
        VERIFY_OK(users.setEnabled("ann", true, actor, at(7)));
        QCOMPARE(users.credentials("ann")->account.tokensValidFrom, at(7));
        QVERIFY(users.credentials("ann")->account.enabled);
        VERIFY_CODE(users.setEnabled("nobody", true, actor, at(8)), Code::UserNotFound);
        const Names changes = changesOf(*m_storage.operator->());
        QCOMPARE(Names(changes.begin() + 3, changes.end()), (Names{"user disable ann/ann", "user enable ann/ann"}));
    }

    void theLastEnabledAdministratorStays()
    {
        UserStore& users = m_storage->users();
        for (const char* name : {"ann", "bob"}) VERIFY_OK(users.create(user(name, true), "h", actor, at(0)));
        VERIFY_OK(users.create(user("cleo"), "h", actor, at(0)));
        VERIFY_OK(users.setEnabled("cleo", false, actor, at(1)));
        VERIFY_OK(users.setEnabled("ann", false, actor, at(1)));
        auto refused = users.setEnabled("bob", false, actor, at(2));
        VERIFY_CODE(refused, Code::Validation);
        QCOMPARE(refused.error().faults.at(0).field, std::string("status"));
        QVERIFY(users.credentials("bob")->account.enabled);
        QCOMPARE(users.credentials("bob")->account.tokensValidFrom, at(0));
        VERIFY_OK(users.setEnabled("ann", false, actor, at(3))); // is so already
        VERIFY_OK(users.setEnabled("ann", true, actor, at(3)));
        VERIFY_OK(users.setEnabled("bob", false, actor, at(4)));
    }

    void theLastEnabledAdministratorIsNotRemoved()
    {
        UserStore& users = m_storage->users();
        for (const char* name : {"ann", "bob", "dan"}) VERIFY_OK(users.create(user(name, true), "h", actor, at(0)));
        VERIFY_OK(users.create(user("cleo"), "h", actor, at(0)));
        VERIFY_OK(m_storage->policies().create(policy("cleo", "p"), actor, at(0)));
        VERIFY_OK(users.setEnabled("dan", false, actor, at(1)));
        const Names before = changesOf(*m_storage.operator->());
        for (const Names& all : {Names{"cleo", "ANN", "ann", "bob"}, Names{"bob", "dan", "ann"}}) {
            auto refused = users.remove(all, actor, at(2));
            VERIFY_CODE(refused, Code::Validation);
            QCOMPARE(refused.error().faults.at(0).field, std::string("name"));
        }
        QCOMPARE(changesOf(*m_storage.operator->()), before); // all of them or none
        QCOMPARE(users.accounts()->size(), std::size_t{4});
        QCOMPARE(m_storage->policies().list(std::nullopt, {})->totalCount, std::uint64_t{1});
        QCOMPARE(*users.remove({"ann", "ANN", "dan"}, actor, at(3)), (Names{"ann", "dan"}));
        VERIFY_CODE(users.remove({"bob"}, actor, at(4)), Code::Validation);
        QCOMPARE(*users.remove({"cleo"}, actor, at(5)), Names{"cleo"});
        QCOMPARE(*users.enabledAdministrators(), std::uint64_t{1});
    }

    void ofTwoThatDisableEachOtherOneStays()
    {
        UserStore& users = m_storage->users();
        for (int round = 0; round < 20; ++round) {
            const std::string a = "a" + std::to_string(round);
            const std::string b = "b" + std::to_string(round);
            for (const std::string& name : {a, b}) VERIFY_OK(users.create(user(name, true), "h", actor, at(0)));
            if (round > 0)
                static_cast<void>(
                    users.remove({"a" + std::to_string(round - 1), "b" + std::to_string(round - 1)}, actor, at(0)));
            std::thread other([&] { static_cast<void>(users.setEnabled(a, false, actor, at(1))); });
            static_cast<void>(users.setEnabled(b, false, actor, at(1)));
            other.join();
            QCOMPARE(*users.enabledAdministrators(), std::uint64_t{1});
        }
    }

    void endingTheTokensMovesTheirBeginning()
    {
        UserStore& users = m_storage->users();
        VERIFY_OK(users.create(user("Ann"), "h", actor, at(10)));
        VERIFY_OK(users.endTokens("ann", actor, at(5))); // a clock that was set back
        QCOMPARE(users.credentials("ann")->account.tokensValidFrom, at(11));
        VERIFY_OK(users.endTokens("ANN", actor, at(20)));
        QCOMPARE(users.credentials("ann")->account.tokensValidFrom, at(20));
        QCOMPARE(users.find("ann")->metadata.version, std::uint64_t{1});
        VERIFY_CODE(users.endTokens("nobody", actor, at(30)), Code::UserNotFound);
        QCOMPARE(changesOf(*m_storage.operator->()),
                 (Names{"user create Ann/Ann", "user end-sessions Ann/Ann", "user end-sessions Ann/Ann"}));
    }

    void unlockingIsRecorded()
    {
        UserStore& users = m_storage->users();
        VERIFY_OK(users.create(user("Ann"), "h", actor, at(0)));
        auto name = users.recordUnlock("ANN", actor, at(5));
        VERIFY_OK(name);
        QCOMPARE(*name, std::string("Ann"));
        QCOMPARE(users.credentials("ann")->account.tokensValidFrom, at(0));
        VERIFY_CODE(users.recordUnlock("nobody", actor, at(6)), Code::UserNotFound);
        QCOMPARE(changesOf(*m_storage.operator->()), (Names{"user create Ann/Ann", "user unlock Ann/Ann"}));
    }

    void aLogInWritesItsTimeOnly()
    {
        UserStore& users = m_storage->users();
        VERIFY_OK(users.create(user("ann"), "h", actor, at(0)));
        VERIFY_OK(users.touchLogin("ANN", at(77)));
        auto found = users.find("ann");
        QVERIFY(found->loginedAt == m_storage.kept(at(77)));
        QCOMPARE(found->metadata.version, std::uint64_t{1});
        QCOMPARE(found->metadata.updatedAt, at(0));
        QVERIFY(users.credentials("ann")->account.loginedAt == m_storage.kept(at(77)));
        VERIFY_OK(users.touchLogin("nobody", at(78)));
        QCOMPARE(changesOf(*m_storage.operator->()).size(), std::size_t{1});
    }

    void aRemovalThatFailsRemovesNothing()
    {
        if (!m_storage.isSql()) return;
        QFETCH_GLOBAL(QString, engine);
        const std::string table = m_storage.isShared() ? "user" : "users";
        VERIFY_OK(m_storage->users().create(user("Ann"), "h", actor, at(0)));
        VERIFY_OK(m_storage->secrets().create(secret("Ann", "s"), 10, actor, at(0)));
        VERIFY_OK(m_storage->policies().create(policy("Ann", "p"), actor, at(0)));
        const Names before = changesOf(*m_storage.operator->());
        VERIFY_OK(m_storage.raw("CREATE TRIGGER stays BEFORE DELETE ON " + table +
                                (engine == u"sqlite" ? " BEGIN SELECT RAISE(ABORT, 'it stays'); END"
                                                     : " FOR EACH ROW SIGNAL SQLSTATE '45000'"
                                                       " SET MESSAGE_TEXT = 'it stays'")));
        VERIFY_CODE(m_storage->users().remove({"Ann"}, actor, at(1)), Code::Database);
        VERIFY_OK(m_storage->users().find("Ann"));
        VERIFY_OK(m_storage->secrets().find("Ann", "s"));
        VERIFY_OK(m_storage->policies().find("Ann", "p"));
        QCOMPARE(changesOf(*m_storage.operator->()), before);
        VERIFY_OK(m_storage.raw("DROP TRIGGER stays"));
        VERIFY_OK(m_storage->users().remove({"Ann"}, actor, at(1)));
        QCOMPARE(m_storage->policies().list(std::nullopt, {})->totalCount, std::uint64_t{0});
    }
    void aListAsksAsOftenForManyUsersAsForFew()
    {
        QFETCH_GLOBAL(QString, engine);
        if (engine != u"mariadb") return; // which counts
        const auto asked = [&] {
            const auto count = m_storage.rows("SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS"
                                              " WHERE VARIABLE_NAME = 'COM_SELECT'");
            return count && count->size() == 1 ? std::stoull(count->front()) : 0;
        };
        const auto costOfAList = [&](std::uint64_t users) {
            const auto before = asked();
            const auto page = m_storage->users().list({}, contract::WhichUsers::All);
            const auto after = asked();
            if (!page || page->totalCount != users) return decltype(before){0};
            for (const contract::User& listed : page->items)
                if (listed.totalPolicy != 2) return decltype(before){0};
            return after - before;
        };
        const auto add = [&](int from, int to) {
            for (int i = from; i < to; ++i) {
                const std::string name = "u" + std::to_string(i);
                VERIFY_OK(m_storage->users().create(user(name), "h", actor, at(0)));
                for (const char* rule : {"p", "q"})
                    VERIFY_OK(m_storage->policies().create(policy(name, rule), actor, at(0)));
            }
        };
        add(0, 2);
        const auto few = costOfAList(2);
        add(2, 60);
        QVERIFY(few > 0);
        QCOMPARE(costOfAList(60), few);
    }
    void removingTakesWhatTheUserOwned()
    {
        for (const char* name : {"Ann", "bob"}) {
            VERIFY_OK(m_storage->users().create(user(name), "h", actor, at(0)));
            VERIFY_OK(m_storage->secrets().create(secret(name, "s"), 10, actor, at(0)));
            VERIFY_OK(m_storage->policies().create(policy(name, "p"), actor, at(0)));
        }
        auto removed = m_storage->users().remove({"nobody", "ann", "ANN"}, actor, at(1));
        VERIFY_OK(removed);
        QCOMPARE(*removed, Names{"Ann"});
        VERIFY_CODE(m_storage->users().find("Ann"), Code::UserNotFound);
        QCOMPARE(m_storage->secrets().list(std::nullopt, {})->totalCount, std::uint64_t{1});
        QCOMPARE(m_storage->policies().list(std::nullopt, {})->totalCount, std::uint64_t{1});
        const Names changes = changesOf(*m_storage.operator->());
        QCOMPARE(Names(changes.begin() + 6, changes.end()),
                 (Names{"policy delete Ann/p", "secret delete Ann/s", "user delete Ann/Ann"}));
        VERIFY_OK(m_storage->users().remove({}, actor, at(2)));
    }

    void aBrokenExtendIsTold()
    {
        if (!m_storage.isSql()) QSKIP("memory holds no broken text");
        VERIFY_OK(m_storage->users().create(user("ann"), "h", actor, at(0)));
        VERIFY_OK(m_storage.raw(m_storage.isShared() ? "UPDATE `user` SET extendShadow = '{broken'"
                                                     : "UPDATE users SET extend = '{broken'"));
        VERIFY_CODE(m_storage->users().find("ann"), Code::Database);
        VERIFY_CODE(m_storage->users().list({}, contract::WhichUsers::All), Code::Database);
        VERIFY_OK(m_storage->users().credentials("ann"));
        VERIFY_OK(m_storage->users().update(user("ann"), std::nullopt, actor, at(1)));
        VERIFY_OK(m_storage->users().find("ann"));
        VERIFY_OK(m_storage->health());
    }
};

QTEST_GUILESS_MAIN(UserStoreTest)
#include "userstoretest.moc"
