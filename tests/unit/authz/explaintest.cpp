// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/explain.h"
#include "support/decisionsamples.h"
#include "support/plaindecision.h"
#include "support/randompolicies.h"
#include <QTest>
#include <algorithm>
#include <random>

using namespace iam;
using authz::PolicySet;
using contract::ExplainedList;
using contract::ExplainedPolicy;
using contract::Explanation;
using contract::PolicyDocument;
using contract::PolicyVerdict;

class ExplainTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPartIsTold();
    void nearestMissesComeFirst();
    void whatEndsTheDecisionEndsTheExplanation();
    void nobodysPoliciesDeny();
    void sizesAreBounded();
    void ofManyCandidatesTheDecidingOnesStay();
    void agreesWithTheDecision();
};

namespace {

using List = std::vector<std::string>;

PolicyDocument policy(const std::string& id, const std::string& effect, List actions, List subjects = {"s"},
                      List resources = {"r"})
{
    return support::document(id, effect, std::move(actions), std::move(subjects), std::move(resources));
}

Explanation explain(const std::vector<PolicyDocument>& policies, contract::DecisionRequest request)
{
    return authz::explain(PolicySet::compile(policies).get(), request);
}

contract::DecisionRequest request(contract::Json context = {})
{
    return {"s", "a", "r", std::move(context)};
}

List names(const std::vector<ExplainedPolicy>& policies)
{
    List out;
    for (const ExplainedPolicy& one : policies) out.push_back(one.policy);
    return out;
}

int progress(const ExplainedPolicy& policy)
{
    using enum ExplainedList::Result;
    return int{policy.actions.result == Matched} + int{policy.subjects.result == Matched} +
           int{policy.resources.result == Matched};
}

} // namespace

void ExplainTest::everyPartIsTold()
{
    PolicyDocument conditional = policy("c", "allow", {"b", "<a|x>"});
    conditional.conditions.emplace("flag", contract::BooleanCondition{true});
    conditional.conditions.emplace("name", contract::StringEqualCondition{"x"});
    conditional.conditions.emplace("zone", contract::StringEqualCondition{"x"});
    const Explanation told = explain({conditional, policy("m", "allow", {"a"}, {"other", "another"})},
                                     request(contract::Json::Object{{"flag", true}, {"zone", 7}}));
    QCOMPARE(told.policyCount, std::size_t{2});
    QCOMPARE(told.decision.reason, std::string(contract::reasonDefault));

    const auto first = std::find_if(told.nearestMisses.begin(), told.nearestMisses.end(),
                                    [](const ExplainedPolicy& one) { return one.policy == "c"; });
    QVERIFY(first != told.nearestMisses.end());
    QCOMPARE(first->effect, std::string("allow"));
    QCOMPARE(first->verdict, PolicyVerdict::Missed);
    QVERIFY((first->actions == ExplainedList{ExplainedList::Result::Matched, 2, 1, "<a|x>", ""}));
    QCOMPARE(first->conditionCount, std::size_t{3});
    QCOMPARE(first->conditions.size(), std::size_t{3});
    using Condition = contract::ExplainedCondition;
    QVERIFY((first->conditions[0] == Condition{"name", "StringEqualCondition", false, std::nullopt, false}));
    QVERIFY((first->conditions[1] == Condition{"zone", "StringEqualCondition", false, contract::Json(7), false}));
    QVERIFY((first->conditions[2] == Condition{"flag", "BooleanCondition", true, contract::Json(true), false}));

    const auto second = std::find_if(told.nearestMisses.begin(), told.nearestMisses.end(),
                                     [](const ExplainedPolicy& one) { return one.policy == "m"; });
    QVERIFY(second != told.nearestMisses.end());
    QVERIFY((second->subjects == ExplainedList{ExplainedList::Result::Missed, 2, std::nullopt, "", ""}));
    QVERIFY(second->resources == ExplainedList());
    QVERIFY(second->conditions.empty());

    const auto read = contract::decodeExplanation(contract::encodeExplanation(told));
    QVERIFY(read);
    QVERIFY(read->candidates == told.candidates && read->nearestMisses == told.nearestMisses);
    QVERIFY(read->decision.reason == told.decision.reason && !read->decision.allowed);
}

void ExplainTest::nearestMissesComeFirst()
{
    std::vector<PolicyDocument> policies;
    for (int i = 0; i < 30; ++i) {
        const std::string number = std::to_string(i);
        switch (i % 3) {
        case 0:
            policies.push_back(policy("action" + number, "allow", {"x"}));
            break;
        case 1:
            policies.push_back(policy("subject" + number, "allow", {"a"}, {"x"}));
            break;
        default:
            policies.push_back(policy("resource" + number, "allow", {"a"}, {"s"}, {"x"}));
        }
    }
    policies[20].resources = {"r"};
    policies[20].conditions.emplace("flag", contract::BooleanCondition{true});
    QCOMPARE(names(explain(policies, request()).nearestMisses),
             (List{"resource20", "resource2", "resource5", "resource8", "resource11", "resource14", "resource17",
                   "resource23", "resource26", "resource29"}));
    policies.resize(4);
    QCOMPARE(names(explain(policies, request()).nearestMisses), (List{"resource2", "subject1", "action0", "action3"}));
}

void ExplainTest::whatEndsTheDecisionEndsTheExplanation()
{
    const PolicyDocument broken = policy("broken", "allow", {"a"}, {"<["});
    const Explanation failed = explain(
        {policy("near", "allow", {"a"}, {"x"}), policy("yes", "allow", {"a"}), broken, policy("no", "deny", {"a"})},
        request());
    QVERIFY(failed.decision.failed && !failed.decision.allowed);
    QCOMPARE(names(failed.nearestMisses), List{"near"});
    const ExplainedPolicy& last = failed.candidates.back();
    QCOMPARE(last.policy, std::string("broken"));
    QCOMPARE(last.verdict, PolicyVerdict::Failed);
    QCOMPARE(last.subjects.result, ExplainedList::Result::Failed);
    QCOMPARE(last.subjects.text, std::string("<["));
    QCOMPARE(last.subjects.fault, failed.decision.reason);
    QCOMPARE(failed.policyCount, std::size_t{4});
    const auto read = contract::decodeExplanation(contract::encodeExplanation(failed));
    QVERIFY(read && read->decision.failed);
    QCOMPARE(read->decision.faultyPolicy, std::string("broken"));

    const Explanation denied = explain({policy("no", "deny", {"a"}), policy("near", "allow", {"a"}, {"x"})}, request());
    QCOMPARE(denied.decision.deciders, List{"no"});
    QVERIFY(denied.nearestMisses.empty());
}

void ExplainTest::nobodysPoliciesDeny()
{
    for (const Explanation& told : {authz::explain(nullptr, request()), explain({}, request())}) {
        QCOMPARE(told.decision.reason, std::string(contract::reasonNoPolicies));
        QVERIFY(told.candidates.empty() && told.nearestMisses.empty() && told.policyCount == 0);
    }
}

void ExplainTest::sizesAreBounded()
{
    const std::string longText(60'000, 'x');
    PolicyDocument big = policy(longText, "allow", {"a"}, {"s"}, {"<" + longText + "|r>"});
    contract::Json::Object context;
    for (int i = 0; i < 100; ++i) { // few and short enough that a decision can afford them
        const std::string key = "k" + std::to_string(i);
        big.conditions.emplace(key, contract::StringEqualCondition{i == 50 ? "another" : "same"});
        context.emplace_back(key, i == 50 ? longText + "é" : "same");
    }
    const std::vector<PolicyDocument> policies(150, big);
    const Explanation told = explain(policies, request(std::move(context)));
    QCOMPARE(told.candidates.size(), Explanation::maxCandidates);
    QCOMPARE(told.candidateCount, std::size_t{150});
    QCOMPARE(told.nearestMisses.size(), Explanation::maxNearestMisses);
    const ExplainedPolicy& first = told.candidates.front();
    QVERIFY(first.policy.size() < 520 && first.policy.ends_with("x…"));
    QVERIFY(first.resources.text.ends_with("x…"));
    QCOMPARE(first.conditionCount, std::size_t{100});
    QCOMPARE(first.conditions.size(), Explanation::maxConditions);
    QCOMPARE(first.conditions[0].key, std::string("k50")); // what did not hold is not cut off
    QVERIFY(!first.conditions[0].held && first.conditions[1].held);
    QVERIFY(first.conditions[0].seenCut);
    QVERIFY(first.conditions[0].seen->string()->starts_with("\"xxx"));
    QVERIFY(contract::encodeExplanation(told).size() < 3'000'000);
}

void ExplainTest::ofManyCandidatesTheDecidingOnesStay()
{
    std::vector<PolicyDocument> policies(300, policy("near", "allow", {"<a>"}, {"<s>"}, {"<x|y>"}));
    policies[290] = policy("decides", "allow", {"a"});
    const Explanation told = explain(policies, request());
    QVERIFY(told.decision.allowed);
    QVERIFY(told.candidates.size() <= Explanation::maxCandidates);
    QCOMPARE(told.candidates.back().policy, std::string("decides")); // in evaluation order

    policies.assign(300, policy("all", "allow", {"a"}));
    const Explanation many = explain(policies, request());
    QCOMPARE(many.deciderCount, std::size_t{300});
    QCOMPARE(many.decision.deciders.size(), Explanation::maxDeciders);
    QCOMPARE(many.candidates.size(), Explanation::maxCandidates);
}

// Random policies and requests: the explanation has the decision's outcome, and its rows tell the same story.
void ExplainTest::agreesWithTheDecision()
{
    std::mt19937 random(7);
    support::Dice dice{[&] { return static_cast<std::uint32_t>(random()); }};
    int missed = 0;
    for (int i = 0; i < 40; ++i) {
        support::PlainDecisions plain;
        support::RandomPolicies policies(dice, plain, 60);
        const auto set = PolicySet::compile(policies.all());
        for (int k = 0; k < 10; ++k) {
            const contract::DecisionRequest asked = policies.request();
            const contract::Decision decision = set->decide(asked);
            const Explanation told = authz::explain(set.get(), asked);
            QCOMPARE(told.decision.allowed, decision.allowed);
            QCOMPARE(told.decision.reason, decision.reason);
            QCOMPARE(told.decision.deciders, decision.deciders);
            QCOMPARE(told.decision.faultyPolicy, decision.faultyPolicy);
            QCOMPARE(told.policyCount, policies.all().size());
            List deciding;
            List failing;
            for (const ExplainedPolicy& one : told.candidates) {
                const bool matched = one.verdict == PolicyVerdict::Allowed || one.verdict == PolicyVerdict::Denied;
                if (matched) deciding.push_back(one.policy);
                if (matched) QCOMPARE(progress(one), 3);
                if (one.verdict == PolicyVerdict::Failed) failing.push_back(one.policy);
            }
            QCOMPARE(failing, decision.failed ? List{decision.faultyPolicy} : List{});
            if (!decision.failed) QCOMPARE(deciding, decision.deciders);
            for (std::size_t n = 0; n < told.nearestMisses.size(); ++n) {
                QCOMPARE(told.nearestMisses[n].verdict, PolicyVerdict::Missed);
                if (n > 0) QVERIFY(progress(told.nearestMisses[n - 1]) >= progress(told.nearestMisses[n]));
                ++missed;
            }
            const auto read = contract::decodeExplanation(contract::encodeExplanation(told));
            QVERIFY(read);
            QCOMPARE(contract::encodeExplanation(*read), contract::encodeExplanation(told));
        }
    }
    QVERIFY(missed > 100);
}

QTEST_GUILESS_MAIN(ExplainTest)
#include "explaintest.moc"
