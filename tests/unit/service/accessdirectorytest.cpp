// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "brokenpolicies.h"
#include "service/policyservice.h"
#include "servicefixture.h"
#include <semaphore>
#include <thread>

using namespace iam;
using namespace iam::service;
using namespace std::chrono_literals;

namespace {

const contract::DecisionRequest request{"subject", "action", "resource", {}};

} // namespace

class AccessDirectoryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ServiceFixture> m_f;
    BrokenPolicies* m_policies = nullptr;
    CutChanges* m_changes = nullptr;

    void create(const std::string& name, const std::string& effect = "allow")
    {
        VERIFY_OK(m_policies->create(m_f->policy("Ann", name, effect), m_f->actor, m_f->clock.now()));
    }
    contract::Decision decide(const std::string& owner = "Ann") const
    {
        return m_f->directory.read()->policies.decide(owner, request);
    }
    std::vector<std::string> order() const
    {
        std::vector<std::string> ids;
        if (const auto set = m_f->directory.read()->policies.find("Ann"))
            for (const auto& policy : set->policies()) ids.emplace_back(policy->id());
        return ids;
    }
    using Names = std::vector<std::string>;

private Q_SLOTS:
    void init()
    {
        auto storage = std::make_unique<BrokenStorage>();
        m_policies = &storage->policies();
        m_changes = &storage->changes();
        m_f = std::make_unique<ServiceFixture>(std::move(storage));
        m_f->addUser("Ann", "Secret@2026");
        m_f->addUser("bob", "Secret@2026");
        VERIFY_OK(m_f->directory.refreshAll());
    }

    void aChangeReadsWhatChangedOnly()
    {
        for (const char* name : {"p1", "p2", "p3"}) create(name);
        m_f->directory.changed(Changed::Others);
        QCOMPARE(order(), (Names{"p3", "p2", "p1"})); // newest first
        m_policies->rowsShown = 0;

        contract::Policy changed = m_f->policy("Ann", "p2", "deny");
        VERIFY_OK(m_policies->update(changed, std::nullopt, m_f->actor, m_f->clock.now()));
        const auto before = m_f->directory.read()->policies.find("Ann");
        m_f->directory.changed(Changed::Others);
        QCOMPARE(m_policies->rowsShown.load(), 1);
        QCOMPARE(order(), (Names{"p3", "p2", "p1"}));
        QVERIFY(!decide().allowed);
        const auto after = m_f->directory.read()->policies.find("Ann");
        QVERIFY(after->policies()[0] == before->policies()[0]); // not compiled again
        QVERIFY(after->policies()[1] != before->policies()[1]);

        VERIFY_OK(m_policies->remove("Ann", {"p2"}, m_f->actor, m_f->clock.now()));
        m_f->directory.changed(Changed::Others);
        QCOMPARE(m_policies->rowsShown.load(), 1);
        QCOMPARE(order(), (Names{"p3", "p1"}));
        QVERIFY(decide().allowed);

        create("p2"); // a new one of that name is the newest
        m_f->directory.changed(Changed::Others);
        QCOMPARE(order(), (Names{"p2", "p3", "p1"}));
        VERIFY_OK(m_f->directory.refreshAll());
        QCOMPARE(order(), (Names{"p2", "p3", "p1"}));

        VERIFY_OK(m_policies->remove("Ann", {"p1", "p2", "p3"}, m_f->actor, m_f->clock.now()));
        m_f->directory.changed(Changed::Others);
        QCOMPARE(decide().reason, std::string(contract::reasonNoPolicies));
        QCOMPARE(m_f->directory.read()->policies.ownerCount(), std::size_t{0});
    }

    void aFailingStorageLeavesTheOldSnapshotAndIsMadeUpFor()
    {
        create("p1");
        m_f->directory.changed(Changed::Others);
        QVERIFY(decide().allowed);
        QVERIFY(m_f->directory.staleness() == 0ms);

        m_policies->failing = true;
        create("p2", "deny");
        m_f->directory.changed(Changed::Others);
        QVERIFY(decide().allowed);
        QVERIFY(m_f->directory.staleness() > 0ms);
        m_f->clock.advance(90s);
        VERIFY_CODE(m_f->directory.refreshAll(), Code::StorageUnavailable);
        QVERIFY(m_f->directory.staleness() == 90s);
        QVERIFY(decide().allowed);

        m_policies->failing = false;
        m_f->directory.changed(Changed::Others); // whatever it is for
        QVERIFY(m_f->directory.staleness() == 0ms);
        QVERIFY(!decide().allowed);
        QCOMPARE(order(), (Names{"p2", "p1"}));
    }

    // Accounts are read before policies: what was read is not in force without the rest.
    void nothingIsInForceHalfWay()
    {
        create("p1");
        m_f->directory.changed(Changed::Others);
        const auto before = m_f->directory.read();
        m_policies->failing = true;
        VERIFY_OK(m_f->storage->users().setEnabled("bob", false, m_f->actor, m_f->clock.now()));
        create("p2", "deny");
        VERIFY_CODE(m_f->directory.catchUp(), Code::StorageUnavailable);
        QVERIFY(m_f->directory.read() == before);
        VERIFY_CODE(m_f->directory.refreshAll(), Code::StorageUnavailable);
        QVERIFY(m_f->directory.read() == before);
        QVERIFY(m_f->directory.read()->account("bob")->enabled && decide().allowed);
        m_policies->failing = false;
        VERIFY_OK(m_f->directory.catchUp());
        QVERIFY(!m_f->directory.read()->account("bob")->enabled && !decide().allowed);
    }

    void moreThanOneMessageWouldHoldIsRead()
    {
        const std::string text(30'000, 'x');
        for (int i = 0; i < 300; ++i) {
            contract::Policy policy = m_f->policy("Ann", "p" + std::to_string(i), "allow");
            policy.policy.description = text;
            VERIFY_OK(m_policies->create(policy, m_f->actor, m_f->clock.now()));
        }
        VERIFY_OK(m_f->directory.refreshAll());
        QCOMPARE(order().size(), std::size_t{300});
        QVERIFY(decide().allowed);
    }

    void aBrokenPolicyDecidesNothingAndIsCounted()
    {
        create("p1");
        create("p2", "deny");
        m_policies->unreadable = "p2";
        VERIFY_OK(m_f->directory.refreshAll());
        QCOMPARE(m_f->directory.policyCounts().unreadable, std::size_t{1});
        QCOMPARE(order(), Names{"p1"});
        QVERIFY(decide().allowed);
        m_f->directory.changed(Changed::Others);
        QCOMPARE(m_f->directory.policyCounts().unreadable, std::size_t{1});

        m_policies->unreadable.clear(); // behind the server's back, so there is no record
        VERIFY_OK(m_f->directory.refreshAll());
        QCOMPARE(m_f->directory.policyCounts().unreadable, std::size_t{0});
        QVERIFY(!decide().allowed);
    }

    void removedUsersTakeTheirPoliciesWithThem()
    {
        create("p1");
        m_f->directory.changed(Changed::Others);
        VERIFY_OK(m_f->storage->users().remove({"ann"}, m_f->actor, m_f->clock.now()));
        m_f->directory.changed(Changed::Others);
        QVERIFY(m_f->directory.read()->account("ann") == nullptr);
        QVERIFY(m_f->directory.read()->account("BOB") != nullptr);
        QVERIFY(!m_f->directory.read()->policies.find("Ann"));
    }

    void thoseThatWaitShareOneRefresh()
    {
        std::binary_semaphore reading(0);
        std::binary_semaphore goOn(0);
        m_policies->readings = 0;
        std::atomic<bool> blocking = true;
        m_policies->whileReading = [&] {
            if (!blocking.exchange(false)) return;
            reading.release();
            goOn.acquire();
        };
        create("p0");
        std::thread first([&] { m_f->directory.changed(Changed::Others); });
        reading.acquire(); // it is in the middle of its work
        std::atomic<int> asked = 0;
        std::vector<std::thread> others;
        for (int i = 1; i <= 4; ++i) {
            create("p" + std::to_string(i));
            others.emplace_back([&, i] {
                ++asked;
                m_f->directory.changed(Changed::Others);
            });
        }
        QTRY_COMPARE(asked.load(), 4);
        QVERIFY(m_f->directory.staleness() == 0ms); // does not wait for the refresh
        goOn.release();
        first.join();
        for (std::thread& other : others) other.join();
        QVERIFY(m_policies->readings <= 5);
        QCOMPARE(order(), (Names{"p4", "p3", "p2", "p1", "p0"}));
    }

    void changesMadeElsewhereAreFollowed()
    {
        store::StoredSecret secret;
        secret.secret.username = "ann";
        secret.secret.metadata.name = "s";
        secret.secret.secretId = "id-1";
        secret.sealedKey = m_f->keyRing.seal(SecretString("a key"), "id-1").value();
        VERIFY_OK(m_f->storage->secrets().create(secret, 10, m_f->actor, m_f->clock.now()));
        secret.secret.username = "bob";
        secret.secret.secretId = "id-2";
        secret.sealedKey = m_f->keyRing.seal(SecretString("a key"), "id-2").value();
        VERIFY_OK(m_f->storage->secrets().create(secret, 10, m_f->actor, m_f->clock.now()));
        VERIFY_OK(m_f->storage->sessions().revoke({"t1", "Ann", m_f->clock.now() + 1h}, m_f->actor, m_f->clock.now()));
        create("p1");
        QVERIFY(!m_f->directory.read()->keys.contains("id-1"));
        VERIFY_OK(m_f->directory.catchUp());
        QVERIFY(m_f->directory.read()->keys.contains("id-1"));
        QVERIFY(m_f->directory.read()->keys.contains("id-2"));
        QVERIFY(m_f->directory.read()->revokedTokens->contains("t1"));
        QVERIFY(decide().allowed);
        QCOMPARE(m_f->directory.seen(), *m_changes->lastId());

        const auto before = m_f->directory.read();
        VERIFY_OK(m_f->directory.catchUp());
        QVERIFY(m_f->directory.read() == before); // nothing new: nothing is built

        VERIFY_OK(m_f->storage->secrets().remove("Ann", {"s"}, m_f->actor, m_f->clock.now()));
        VERIFY_OK(m_f->storage->users().setEnabled("bob", false, m_f->actor, m_f->clock.now()));
        m_policies->readings = 0;
        VERIFY_OK(m_f->directory.catchUp());
        QVERIFY(!m_f->directory.read()->keys.contains("id-1"));
        QVERIFY(m_f->directory.read()->keys.contains("id-2"));
        QVERIFY(!m_f->directory.read()->account("bob")->enabled);
        QVERIFY(m_f->directory.read()->account("ann")->enabled);
        QCOMPARE(m_policies->readings.load(), 0);
    }

    void manyChangesAtOnceAreFollowedToo()
    {
        for (int i = 0; i < 2300; ++i) create("p" + std::to_string(i));
        VERIFY_OK(m_f->directory.catchUp());
        QCOMPARE(order().size(), std::size_t{2300});
        QCOMPARE(m_f->directory.seen(), *m_changes->lastId());
    }

    void everyChangeIsShownOnceAndAnnouncedBeforeItIsInForce()
    {
        std::vector<std::string> shown;
        m_f->directory.observe([&](const AccessDirectory::Marks& marks) {
            for (const store::ChangeMark& mark : marks)
                shown.push_back(mark.action + " " + mark.name + (decide().allowed ? " allowed" : ""));
        });
        std::vector<std::string> announced;
        m_f->directory.announceTo([&](Changed what) {
            announced.push_back(std::string(what == Changed::Policies ? "policies" : "others") +
                                (decide().allowed ? " allowed" : ""));
        });
        create("p1");
        m_f->directory.changed(Changed::Policies);
        VERIFY_OK(m_f->directory.catchUp());
        VERIFY_OK(m_policies->remove("Ann", {"p1"}, m_f->actor, m_f->clock.now()));
        VERIFY_OK(m_f->directory.refreshAll());
        VERIFY_OK(m_f->directory.catchUp());
        QCOMPARE(shown, (Names{"create p1 allowed", "delete p1"}));
        QCOMPARE(announced, Names{"policies"});
    }

    void aDatabasePutBackIsReadAnew()
    {
        create("p1");
        VERIFY_OK(m_f->directory.catchUp());
        const std::uint64_t copied = *m_changes->lastId();
        create("p2");
        VERIFY_OK(m_f->directory.catchUp());
        m_changes->end = copied;
        m_policies->rowsShown = 0;
        const auto before = m_f->directory.read();
        VERIFY_OK(m_f->directory.catchUp());
        const auto after = m_f->directory.read();
        // Compiled anew: the same version may say something else now.
        QVERIFY(before->policies.find("Ann")->policies()[1] != after->policies.find("Ann")->policies()[1]);
        QCOMPARE(m_policies->rowsShown.load(), 2); // all that is there
        QCOMPARE(m_f->directory.seen(), copied);
        m_changes->end = std::numeric_limits<std::uint64_t>::max();
        create("p3");
        VERIFY_OK(m_f->directory.catchUp());
        QCOMPARE(order(), (Names{"p3", "p2", "p1"}));
    }

    void aSecretIsFoundWhenItsSealingKeyComes()
    {
        crypto::SealingKeys mine{crypto::KeyRing::generate()};
        crypto::KeyRing next = *mine.ring();
        next.addKey(); // of which only another node knows so far
        AccessDirectory directory(*m_f->storage, mine, m_f->clock);
        VERIFY_OK(directory.refreshAll());
        store::StoredSecret secret;
        secret.secret.username = "Ann";
        secret.secret.metadata.name = "s";
        secret.secret.secretId = "id-s";
        secret.sealedKey = next.seal(SecretString("value"), "id-s").value();
        VERIFY_OK(m_f->storage->secrets().create(secret, 1000, m_f->actor, m_f->clock.now()));
        VERIFY_OK(directory.catchUp());
        QVERIFY(directory.read()->keys.find("id-s") == nullptr);
        mine.publish(std::move(next));
        VERIFY_OK(directory.catchUp()); // no change of anything stored
        QVERIFY(directory.read()->keys.find("id-s") == nullptr);
        VERIFY_OK(directory.refreshAll());
        QVERIFY(directory.read()->keys.find("id-s") != nullptr);
    }
    void readingEverythingHoldsNobodyUp()
    {
        create("p1");
        std::binary_semaphore reading(0);
        std::binary_semaphore goOn(0);
        std::atomic<bool> blocking = true;
        m_policies->whileReading = [&] {
            if (!blocking.exchange(false)) return;
            reading.release();
            goOn.acquire();
        };
        std::thread all([&] { VERIFY_OK(m_f->directory.refreshAll()); });
        reading.acquire(); // it has read the accounts already
        VERIFY_OK(m_f->storage->users().setEnabled("bob", false, m_f->actor, m_f->clock.now()));
        create("p2", "deny");
        m_f->directory.changed(Changed::Others);
        QVERIFY(!m_f->directory.read()->account("bob")->enabled);
        QVERIFY(!decide().allowed);
        goOn.release();
        all.join();
        QVERIFY(!m_f->directory.read()->account("bob")->enabled); // what was read before does not come back
        QVERIFY(!decide().allowed);
    }

    // What somebody changed is in force when the call returns, whoever else changes something.
    void changesFromManyThreadsAreAllInForce()
    {
        PolicyService service(*m_f->storage, m_f->directory, m_f->clock);
        std::atomic<int> missing = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                const Caller caller = m_f->caller(t % 2 == 0 ? "Ann" : "bob");
                for (int i = 0; i < 25; ++i) {
                    const std::string name = "p" + std::to_string(t) + "-" + std::to_string(i);
                    const std::string body = R"({"metadata":{"name":")" + name +
                                             R"("},"policy":{"effect":"allow",)"
                                             R"("subjects":["<.*>"],"actions":["<.*>"],"resources":["<.*>"]}})";
                    const auto made = service.create(caller, caller.name, body);
                    const auto inForce = [&] {
                        const auto set = m_f->directory.read()->policies.find(caller.name);
                        return set && std::any_of(set->policies().begin(), set->policies().end(),
                                                  [&](const auto& policy) { return policy->id() == name; });
                    };
                    if (!made || !inForce()) ++missing;
                    if (i % 2 == 0) continue;
                    if (!service.remove(caller, caller.name, {name}) || inForce()) ++missing;
                }
            });
        }
        for (std::thread& thread : threads) thread.join();
        QCOMPARE(missing.load(), 0);
        QCOMPARE(order().size(), std::size_t{26});
    }
};

QTEST_GUILESS_MAIN(AccessDirectoryTest)
#include "accessdirectorytest.moc"
