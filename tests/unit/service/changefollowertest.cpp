// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/changefollower.h"
#include "brokenpolicies.h"
#include "servicefixture.h"

using namespace iam;
using namespace iam::service;
using namespace std::chrono_literals;

class ChangeFollowerTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ServiceFixture> m_f;
    BrokenPolicies* m_policies = nullptr;

    /// As another server does it.
    void store(const std::string& name)
    {
        VERIFY_OK(m_policies->create(m_f->policy("Ann", name), m_f->actor, m_f->clock.now()));
    }
    bool inForce(const std::string& name) const
    {
        const auto set = m_f->directory.read()->policies.find("Ann");
        return set && std::any_of(set->policies().begin(), set->policies().end(),
                                  [&](const auto& policy) { return policy->id() == name; });
    }

private Q_SLOTS:
    void init()
    {
        auto storage = std::make_unique<BrokenStorage>();
        m_policies = &storage->policies();
        m_f = std::make_unique<ServiceFixture>(std::move(storage));
        m_f->addUser("Ann", "Secret@2026");
        VERIFY_OK(m_f->directory.refreshAll());
    }

    void looksWhenTold()
    {
        ChangeFollower follower(m_f->directory, 0ms);
        store("p1");
        follower.catchUp(m_f->directory.seen()); // an old one: nothing to do
        QVERIFY(!inForce("p1"));
        follower.catchUp(m_f->directory.seen() + 1);
        QTRY_VERIFY(inForce("p1"));
        store("p2");
        follower.catchUp(0); // not known which
        QTRY_VERIFY(inForce("p2"));
    }

    void looksNowAndThenUntold()
    {
        ChangeFollower follower(m_f->directory, 20ms);
        store("p1");
        QTRY_VERIFY(inForce("p1"));
        m_policies->failing = true; // a storage that is away for a while
        store("p2");
        QTRY_VERIFY(m_f->directory.staleness() > 0ms);
        m_policies->failing = false;
        QTRY_VERIFY(inForce("p2"));
        QTRY_VERIFY(m_f->directory.staleness() == 0ms);
    }

    void readsEverythingOnceASecondAtMost()
    {
        ChangeFollower follower(m_f->directory, 0ms);
        m_policies->readings = 0;
        const auto start = std::chrono::steady_clock::now();
        const auto keepAsking = [&](int readings) {
            follower.refreshAll();
            return m_policies->readings >= readings;
        };
        QTRY_VERIFY(keepAsking(1)); // the first at once
        QTRY_VERIFY(keepAsking(3));
        QVERIFY(std::chrono::steady_clock::now() - start >= 2 * ChangeFollower::refreshGap);
    }

    void aLongReadingDelaysNoChange()
    {
        std::atomic<bool> goOn = false;
        std::atomic<bool> reading = false;
        m_policies->whileReading = [&] {
            if (reading.exchange(true)) return;
            while (!goOn) std::this_thread::yield();
        };
        ChangeFollower follower(m_f->directory, 0ms);
        follower.refreshAll();
        QTRY_VERIFY(reading.load());
        store("p1");
        follower.catchUp(0);
        QTRY_VERIFY(inForce("p1"));
        goOn = true;
    }
};

QTEST_GUILESS_MAIN(ChangeFollowerTest)
#include "changefollowertest.moc"
