// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/policyservice.h"
#include "servicefixture.h"

using namespace iam;
using namespace iam::service;

class PolicyServiceTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ServiceFixture> m_f;
    std::unique_ptr<PolicyService> m_policies;

    /// A version that is written around the checks, as an older server may have left it.
    void store(const contract::Policy& policy)
    {
        store::PolicyStore& policies = m_f->storage->policies();
        const auto done = policies.update(policy, std::nullopt, ServiceFixture::actor, m_f->clock.now());
        if (!done) VERIFY_OK(policies.create(policy, ServiceFixture::actor, m_f->clock.now()));
    }
    auto rollBack(const std::string& name, int version, const Expectation& expected = {})
    {
        return m_policies->rollBack(m_f->caller("Ann"), "Ann", name, "{\"version\":" + std::to_string(version) + "}",
                                    expected);
    }
    bool denies() const
    {
        contract::DecisionRequest request;
        request.subject = request.action = request.resource = "x";
        return !m_f->directory.read()->policies.decide("Ann", request).allowed;
    }

private Q_SLOTS:
    void init()
    {
        m_f = std::make_unique<ServiceFixture>();
        m_policies = std::make_unique<PolicyService>(*m_f->storage, m_f->directory, m_f->clock);
        m_f->addUser("Ann", "Secret@2026");
    }

    void aVersionThatTodaysRulesRefuseStaysInThePast()
    {
        contract::Policy broken = m_f->policy("Ann", "p");
        broken.policy.subjects = {{"fine", "<["}};
        store(broken);
        store(m_f->policy("Ann", "p"));
        const auto refused = rollBack("p", 1);
        VERIFY_CODE(refused, Code::Validation);
        QCOMPARE(refused.error().faults.size(), std::size_t{1});
        QCOMPARE(refused.error().faults[0].field, std::string("policy.subjects[1]"));
        QVERIFY(!refused.error().faults[0].message.empty());
        QCOMPARE(m_policies->get("Ann", "p")->metadata.version, std::uint64_t{2});
        QCOMPARE(m_policies->version("Ann", "p", 1)->policy.subjects->at(1), std::string("<[")); // still to be read
        QVERIFY(m_policies->diff("Ann", "p", {}, {})->patch.find("/policy/subjects/") != std::string::npos);
    }

    void aRestoredVersionIsInForceWhenTheCallReturns()
    {
        store(m_f->policy("Ann", "p", "allow"));
        store(m_f->policy("Ann", "p", "deny"));
        VERIFY_OK(m_f->directory.refreshAll());
        QVERIFY(denies());
        VERIFY_OK(rollBack("p", 1));
        QVERIFY(!denies());
        VERIFY_OK(rollBack("p", 2));
        QVERIFY(denies());
    }

    void onlyTheStateThatIsMeantIsReplaced()
    {
        store(m_f->policy("Ann", "p", "allow"));
        const std::string first = entityTag(m_policies->get("Ann", "p")->metadata);
        store(m_f->policy("Ann", "p", "deny"));
        VERIFY_CODE(rollBack("p", 1, {true, {first}}), Code::ObjectChanged);
        const std::string second = entityTag(m_policies->get("Ann", "p")->metadata);
        VERIFY_OK(rollBack("p", 1, {true, {first, second}}));
        QCOMPARE(m_policies->get("Ann", "p")->policy.effect, std::string("allow"));
        VERIFY_CODE(rollBack("p", 9), Code::PolicyNotFound);
        VERIFY_CODE(rollBack("none", 1), Code::PolicyNotFound);
    }
};

QTEST_GUILESS_MAIN(PolicyServiceTest)
#include "policyservicetest.moc"
