// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/codec.h"
#include "storagefixture.h"
#include <atomic>
#include <thread>

using namespace iam;
using namespace iam::store;

class PolicyVersionTest : public QObject {
    Q_OBJECT

    StorageFixture m_storage;

    PolicyStore& policies() { return m_storage->policies(); }

    contract::Policy changed(const std::string& name, const std::string& effect, const std::string& team = "blue")
    {
        contract::Policy wanted = policy("Ann", name);
        wanted.policy.effect = effect;
        wanted.metadata.extend = contract::Json(contract::Json::Object{{"team", contract::Json(team)}});
        return wanted;
    }

    /// As "3 rollback root@2", the time in ms behind at(0); or the failure.
    Names versions(const std::string& name, const contract::ListQuery& query = {})
    {
        auto history = policies().versions("ann", name, query);
        if (!history) return {std::to_string(static_cast<int>(history.error().code))};
        Names words;
        for (const contract::PolicyVersion& version : history->versions.items)
            words.push_back(std::to_string(version.number) + " " + version.action + " " + version.actor.name + "@" +
                            std::to_string((version.time - at(0)).count()));
        return words;
    }

private Q_SLOTS:
    void initTestCase_data() { StorageFixture::engines(); }
    void init()
    {
        m_storage.open();
        VERIFY_OK(m_storage->users().create(user("Ann"), "h", actor, at(0)));
        VERIFY_OK(policies().create(changed("p", "allow"), actor, at(1)));
    }

    void everyChangeIsAVersion()
    {
        const contract::Actor bob{"bob", "::1", "request-2"};
        VERIFY_OK(policies().update(changed("P", "deny", "red"), 1, bob, at(2)));
        VERIFY_OK(policies().rollBack(changed("p", "allow"), 2, actor, at(3)));
        QCOMPARE(versions("P"), (Names{"3 rollback root@3", "2 update bob@2", "1 create root@1"}));
        auto history = policies().versions("Ann", "p", {});
        VERIFY_OK(history);
        QVERIFY(history->metadata == policies().find("Ann", "p")->metadata);
        QVERIFY(history->versions.items[1].actor == bob);
        QCOMPARE(history->versions.totalCount, std::uint64_t{3});

        auto second = policies().version("ANN", "P", 2);
        VERIFY_OK(second);
        QVERIFY(second->policy == changed("P", "deny").policy);
        QCOMPARE(contract::writeJson(second->metadata.extend), std::string(R"({"team":"red"})"));
        QCOMPARE(second->metadata.version, std::uint64_t{2});
        QCOMPARE(second->metadata.updatedAt, m_storage.kept(at(2)));
        QCOMPARE(second->metadata.createdAt, m_storage.kept(at(1)));
        QCOMPARE(second->metadata.name, std::string("p"));
        QCOMPARE(second->username, std::string("Ann"));
        for (const std::uint64_t missing : {std::uint64_t{0}, std::uint64_t{4}, ~std::uint64_t{0}})
            VERIFY_CODE(policies().version("Ann", "p", missing), Code::PolicyNotFound);
        QCOMPARE(changesOf(*m_storage.operator->()).back(), std::string("policy rollback Ann/p"));
    }

    void pagesOfVersions()
    {
        for (int i = 2; i <= 5; ++i) VERIFY_OK(policies().update(changed("p", "deny"), std::nullopt, actor, at(i)));
        QCOMPARE(versions("p", {.offset = 1, .limit = 2}), (Names{"4 update root@4", "3 update root@3"}));
        QCOMPARE(versions("p", {.offset = 4, .limit = std::nullopt}), Names{"1 create root@1"});
        QCOMPARE(versions("p", {.offset = 5}), Names{});
        QCOMPARE(policies().versions("Ann", "p", {.offset = 5})->versions.totalCount, std::uint64_t{5});
    }

    void aNewPolicyDoesNotShowItsPredecessorsVersions()
    {
        VERIFY_OK(policies().update(changed("p", "deny"), 1, actor, at(2)));
        VERIFY_OK(policies().create(changed("other", "allow"), actor, at(2)));
        VERIFY_OK(policies().remove("Ann", {"p"}, actor, at(3)));
        VERIFY_CODE(policies().versions("Ann", "p", {}), Code::PolicyNotFound);
        VERIFY_CODE(policies().version("Ann", "p", 1), Code::PolicyNotFound);
        VERIFY_OK(policies().create(changed("p", "deny"), actor, at(4)));
        QCOMPARE(versions("p"), Names{"1 create root@4"});
        VERIFY_CODE(policies().version("Ann", "p", 2), Code::PolicyNotFound);
        VERIFY_CODE(policies().versions("nobody", "p", {}), Code::PolicyNotFound);
    }

    void aChangeMeantForAnotherPolicyOfThatNameIsRefused()
    {
        contract::Policy meant = changed("p", "deny");
        meant.metadata.id = policies().find("Ann", "p")->metadata.id;
        VERIFY_OK(policies().remove("Ann", {"p"}, actor, at(2)));
        VERIFY_OK(policies().create(changed("p", "allow"), actor, at(3)));
        VERIFY_CODE(policies().update(meant, 1, actor, at(4)), Code::ObjectChanged);
        VERIFY_CODE(policies().rollBack(meant, std::nullopt, actor, at(4)), Code::ObjectChanged);
        VERIFY_CODE(policies().rollBack(changed("p", "deny"), 2, actor, at(4)), Code::ObjectChanged);
        VERIFY_CODE(policies().rollBack(changed("none", "deny"), 1, actor, at(4)), Code::PolicyNotFound);
        QCOMPARE(policies().find("Ann", "p")->policy.effect, std::string("allow"));
    }

    void ofParallelChangesOfOneVersionOneWins()
    {
        constexpr int writers = 8;
        std::atomic<int> won = 0;
        std::atomic<int> refused = 0;
        std::atomic<int> ready = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < writers; ++i) {
            threads.emplace_back([&, i] {
                ++ready;
                while (ready < writers) std::this_thread::yield();
                const contract::Policy wanted = changed("p", "deny", "team" + std::to_string(i));
                auto done = i % 2 == 0 ? policies().update(wanted, 1, actor, at(2))
                                       : policies().rollBack(wanted, 1, actor, at(2));
                if (done)
                    ++won;
                else if (done.error().code == Code::ObjectChanged)
                    ++refused;
            });
        }
        for (std::thread& thread : threads) thread.join();
        QCOMPARE(won.load(), 1);
        QCOMPARE(refused.load(), writers - 1);
        QCOMPARE(policies().find("Ann", "p")->metadata.version, std::uint64_t{2});
        QCOMPARE(policies().versions("Ann", "p", {})->versions.totalCount, std::uint64_t{2});
    }

    void recordsNameTheObjectAndItsVersion()
    {
        VERIFY_OK(m_storage->users().setEnabled("Ann", false, actor, at(2)));
        VERIFY_OK(m_storage->secrets().create(secret("Ann", "s"), 10, actor, at(3)));
        VERIFY_OK(m_storage->users().remove({"Ann"}, actor, at(4)));
        auto page = m_storage->changes().query({}, {}, 100);
        VERIFY_OK(page);
        Names words;
        for (const contract::ChangeRecord& change : page->items)
            words.push_back(change.kind + " " + change.action + " " + std::to_string(change.objectId) + "." +
                            std::to_string(change.objectVersion));
        QCOMPARE(words, (Names{"user delete 1.2", "secret delete 1.1", "policy delete 1.1", "secret create 1.1",
                               "user disable 1.2", "policy create 1.1", "user create 1.1"}));
    }

    void aPolicyOlderThanItsRecordsShowsWhatIsKnown()
    {
        if (!m_storage.isOwn()) QSKIP("memory is never older, and the old system's times are whole seconds");
        VERIFY_OK(policies().update(changed("p", "deny"), 1, actor, at(2)));
        VERIFY_OK(m_storage.raw("UPDATE changes SET object_id = 0, object_version = 0"));
        QCOMPARE(versions("p"), Names{"2  @2"}); // the present one, by nobody known
        QVERIFY(policies().version("Ann", "p", 2)->policy == changed("p", "deny").policy);
        VERIFY_CODE(policies().version("Ann", "p", 1), Code::PolicyNotFound);

        VERIFY_OK(policies().update(changed("p", "allow", "red"), 2, actor, at(3)));
        QCOMPARE(versions("p"), (Names{"3 update root@3", "2  @2"}));
        QCOMPARE(versions("p", {.limit = 1}), Names{"3 update root@3"});
        QCOMPARE(versions("p", {.offset = 1, .limit = 1}), Names{"2  @2"});
        QCOMPARE(versions("p", {.offset = 2, .limit = 1}), Names{});
        QCOMPARE(policies().versions("Ann", "p", {.limit = 1})->versions.totalCount, std::uint64_t{2});
        auto former = policies().version("Ann", "p", 2);
        VERIFY_OK(former);
        QVERIFY(former->policy == changed("p", "deny").policy);
        QCOMPARE(former->metadata.version, std::uint64_t{2});
        VERIFY_CODE(policies().version("Ann", "p", 1), Code::PolicyNotFound);
    }

    void aVersionThatCannotBeReadIsTold()
    {
        if (!m_storage.isOwn()) QSKIP("memory holds no broken text, and in shared tables that is a change");
        VERIFY_OK(m_storage.raw("UPDATE changes SET object_id = 0"));
        VERIFY_OK(m_storage.raw("UPDATE policies SET document = '{' WHERE name = 'p'"));
        QCOMPARE(versions("p"), Names{"1  @1"});
        VERIFY_CODE(policies().version("Ann", "p", 1), Code::Database);
        VERIFY_OK(policies().update(changed("p", "deny"), std::nullopt, actor, at(2)));
        QCOMPARE(versions("p").size(), std::size_t{2});
        VERIFY_OK(policies().version("Ann", "p", 2));
        VERIFY_CODE(policies().version("Ann", "p", 1), Code::Database);
    }

    void removedPoliciesAreKeptForOtherSoftware()
    {
        if (!m_storage.isOwn()) QSKIP("nobody else reads the memory, and the old system's triggers do it themselves");
        VERIFY_OK(policies().update(changed("p", "deny"), 1, actor, at(2000)));
        VERIFY_OK(policies().create(changed("q", "allow"), actor, at(3000)));
        VERIFY_OK(m_storage.raw("UPDATE policies SET document = 'broken', extend = NULL WHERE name = 'q'"));
        VERIFY_OK(policies().remove("ann", {"P", "none"}, actor, at(4000)));
        VERIFY_OK(m_storage->users().remove({"Ann"}, actor, at(5000)));
        auto kept =
            m_storage.rows("SELECT id || ' ' || instanceID || ' ' || name || ' ' || username || ' ' ||"
                           " policyShadow || ' ' || COALESCE(extendShadow, 'none') || ' ' || createdAt || ' ' ||"
                           " updatedAt || ' ' || deletedAt FROM policy_audit ORDER BY id");
        VERIFY_OK(kept);
        QCOMPARE(*kept, (Names{"1 " + contract::makeInstanceId("policy-", 1) + " p Ann " +
                                   contract::encodePolicyDocument(changed("p", "deny").policy) +
                                   " {\"team\":\"blue\"} 2023-11-14 22:13:20 2023-11-14 22:13:22 2023-11-14 22:13:24",
                               "2 " + contract::makeInstanceId("policy-", 2) +
                                   " q Ann broken none 2023-11-14 22:13:23 2023-11-14 22:13:23 2023-11-14 22:13:25"}));
    }
};

QTEST_GUILESS_MAIN(PolicyVersionTest)
#include "policyversiontest.moc"
