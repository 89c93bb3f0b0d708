// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/policyset.h"
#include "authz/snapshot.h"
#include "support/decisionsamples.h"
#include "support/plaindecision.h"
#include <QTest>
#include <atomic>
#include <random>
#include <thread>

using namespace iam;
using authz::PolicySet;
using authz::PolicyVerdict;
using authz::Snapshot;
using support::same;

using List = std::vector<std::string>;

class EngineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void evaluatesInOrder_data();
    void evaluatesInOrder();
    void literalsCompareByteByByte();
    void templatesOfFewAndOfManyAreTheSame();
    void policiesLieOnLinesOfTheirOwn();
    void policiesOutliveTheirPool();
    void explainsEveryPart();
    void agreesWithThePlainEvaluator();
    void sharesPoliciesBetweenSets();
    void snapshotReplacesOneOwner();
    void decidesOnManyThreads();
};

namespace {

contract::PolicyDocument policy(std::string id, std::string effect, contract::PatternList actions,
                                contract::PatternList subjects = List{"peter"},
                                contract::PatternList resources = List{"r"})
{
    return support::document(std::move(id), std::move(effect), std::move(actions), std::move(subjects),
                             std::move(resources));
}

contract::DecisionRequest request(contract::Json context = {})
{
    return {"peter", "get", "r", std::move(context)};
}

struct Case {
    std::vector<contract::PolicyDocument> policies;
    contract::DecisionRequest asked;
    std::string reason;
    List deciders;
};

} // namespace
Q_DECLARE_METATYPE(Case)

void EngineTest::evaluatesInOrder_data()
{
    QTest::addColumn<Case>("rule");
    const std::string broken = "error parsing regexp: unterminated [] set in `^[$`";
    const auto allow = policy("allow", "allow", List{"get"});
    const auto deny = policy("deny", "deny", List{"get"});
    const auto faulty = policy("faulty", "allow", List{"<[>"});

    QTest::newRow("no policies") << Case{{}, request(), contract::reasonNoPolicies, {}};
    QTest::newRow("one allows") << Case{{allow}, request(), "", {"allow"}};
    QTest::newRow("two allow") << Case{{allow, allow}, request(), "", {"allow", "allow"}};
    QTest::newRow("allow, then deny") << Case{{allow, deny}, request(), contract::reasonForced, {"allow", "deny"}};
    QTest::newRow("deny, then allow") << Case{{deny, allow}, request(), contract::reasonForced, {"deny"}};
    for (const char* effect : {"", "Allow", "allow ", "x"})
        QTest::addRow("effect '%s' denies", effect)
            << Case{{policy("p", effect, List{"get"})}, request(), contract::reasonForced, {"p"}};
    QTest::newRow("subject differs") << Case{
        {policy("p", "allow", List{"get"}, List{"ken"})}, request(), contract::reasonDefault, {}};
    QTest::newRow("subjects empty") << Case{
        {policy("p", "allow", List{"get"}, List{})}, request(), contract::reasonDefault, {}};
    QTest::newRow("subjects absent") << Case{
        {policy("p", "allow", List{"get"}, std::nullopt)}, request(), contract::reasonDefault, {}};
    QTest::newRow("resource differs") << Case{
        {policy("p", "deny", List{"get"}, List{"peter"}, List{"s"})}, request(), contract::reasonDefault, {}};
    QTest::newRow("fault, then allow") << Case{{faulty, allow}, request(), broken, {}};
    QTest::newRow("allow, then fault") << Case{{allow, faulty}, request(), broken, {}};
    QTest::newRow("deny, then fault") << Case{{deny, faulty}, request(), contract::reasonForced, {"deny"}};
    QTest::newRow("fault in a list that is not reached")
        << Case{{policy("p", "deny", List{"put"}, List{"<[>"}), allow}, request(), "", {"allow"}};
    QTest::newRow("fault behind a match") << Case{{policy("p", "allow", List{"get", "<[>"})}, request(), "", {"p"}};
    QTest::newRow("fault before a match") << Case{{policy("p", "allow", List{"<[>", "get"})}, request(), broken, {}};

    auto conditional = allow;
    conditional.conditions.emplace("flag", contract::BooleanCondition{true});
    const auto context = [](contract::Json value) { return contract::Json(contract::Json::Object{{"flag", value}}); };
    QTest::newRow("condition holds") << Case{{conditional}, request(context(true)), "", {"allow"}};
    QTest::newRow("condition given text") << Case{{conditional}, request(context("true")), contract::reasonDefault, {}};
    QTest::newRow("condition without a value") << Case{{conditional}, request(), contract::reasonDefault, {}};
}

void EngineTest::evaluatesInOrder()
{
    QFETCH(Case, rule);
    const auto set = PolicySet::compile(rule.policies);
    const contract::Decision decision = set->decide(rule.asked);
    QCOMPARE(decision.reason, rule.reason);
    QCOMPARE(decision.deciders, rule.deciders);
    QCOMPARE(decision.allowed, rule.reason.empty());
    QCOMPARE(decision.failed, decision.reason.starts_with("error"));
    QVERIFY(same(set->explain(rule.asked).decision, decision));
}

void EngineTest::literalsCompareByteByByte()
{
    const auto set = PolicySet::compile({policy("p", "allow", List{"a>b", "Get"})});
    auto asked = request();
    for (const auto& [action, allowed] : {std::pair("a>b", true), {"Get", true}, {"get", false}, {"Get\n", false}}) {
        asked.action = action;
        QCOMPARE(set->decide(asked).allowed, allowed);
    }
}

// A policy has copies of plain templates which nobody else holds.
void EngineTest::templatesOfFewAndOfManyAreTheSame()
{
    using authz::CompiledPolicy;
    const List templates{"g<e|u>t", "<[a-z]+>:<.*>", "<.{2,3}>\n", "r<[0-9]+>", "用<户>", "<(?i)GET>", "<[>"};
    const std::vector<std::string> needles{"get", "ab:c", "r12", "用户", "用户\n", "ab\n", "r", "", "GeT"};
    std::size_t matched = 0;
    for (std::size_t count = 1; count <= templates.size(); ++count) {
        const List list(templates.begin(), templates.begin() + static_cast<std::ptrdiff_t>(count));
        authz::PatternPool pool;
        const auto document = policy("p", "allow", list, List{"peter", "<.*>"}, list);
        const auto few = CompiledPolicy::compile(document, pool);
        std::vector<authz::PatternPtr> holders;
        for (int i = 0; i < 10; ++i)
            for (const std::string& entry : list) holders.push_back(pool.pattern(entry));
        const auto many = CompiledPolicy::compile(document, pool);
        for (const std::string& needle : needles) {
            const contract::DecisionRequest asked{"peter", needle, needle, {}};
            std::int64_t steps = authz::Effort::decision;
            for (bool whole = true; steps >= 0; whole = false) {
                authz::Question first(asked, authz::Effort(steps));
                authz::Question second(asked, authz::Effort(steps));
                authz::PolicyExplanation firstTrace;
                authz::PolicyExplanation secondTrace;
                const auto outcome = few->evaluate(first, &firstTrace);
                const auto same = many->evaluate(second, &secondTrace);
                QCOMPARE(outcome.verdict, same.verdict);
                QCOMPARE(outcome.fault, same.fault);
                QCOMPARE(first.effort.left(), second.effort.left());
                QCOMPARE(firstTrace.actions.entryText, secondTrace.actions.entryText);
                QCOMPARE(firstTrace.resources.entry, secondTrace.resources.entry);
                QCOMPARE(firstTrace.resources.fault, secondTrace.resources.fault);
                if (outcome.verdict == PolicyVerdict::Allowed) ++matched;
                steps = (whole ? steps - first.effort.left() : steps) - 1; // then every number that is not enough
            }
        }
    }
    QVERIFY(matched > 20);
}

void EngineTest::policiesLieOnLinesOfTheirOwn()
{
    authz::PolicyMemory memory;
    std::vector<std::pair<unsigned char*, std::size_t>> taken;
    for (std::size_t bytes = 1; bytes < 3'000; bytes += 7) {
        auto* const first = static_cast<unsigned char*>(memory.take(bytes));
        QCOMPARE(reinterpret_cast<std::uintptr_t>(first) % 64, std::uintptr_t{0});
        std::fill_n(first, bytes, static_cast<unsigned char>(bytes));
        taken.emplace_back(first, bytes);
    }
    for (const auto& [first, bytes] : taken) {
        const auto value = static_cast<unsigned char>(bytes);
        QVERIFY(std::all_of(first, first + bytes, [value](unsigned char c) { return c == value; }));
        memory.giveBack(first, bytes);
    }
}

void EngineTest::policiesOutliveTheirPool()
{
    std::vector<std::shared_ptr<const authz::CompiledPolicy>> policies;
    {
        authz::PatternPool pool;
        for (int i = 0; i < 1'000; ++i) {
            const List resources{"r<" + std::to_string(i) + ">:<.*>",
                                 std::string(static_cast<std::size_t>(i * 3), 'x')};
            policies.push_back(authz::CompiledPolicy::compile(
                policy(std::to_string(i), "allow", List{"get"}, List{"peter"}, resources), pool));
        }
    }
    for (std::size_t i = 0; i < policies.size(); i += 2) policies[i].reset(); // on the way
    const contract::DecisionRequest asked{"peter", "get", "r501:a", {}};
    for (std::size_t i = 1; i < policies.size(); i += 2) {
        authz::Question question(asked);
        QCOMPARE(policies[i]->evaluate(question).verdict, i == 501 ? PolicyVerdict::Allowed : PolicyVerdict::Missed);
    }
}

void EngineTest::explainsEveryPart()
{
    auto conditional = policy("c", "allow", List{"put", "g<e>t"});
    conditional.conditions.emplace("flag", contract::BooleanCondition{true});
    conditional.conditions.emplace("name", contract::StringEqualCondition{"x"});
    const auto set =
        PolicySet::compile({policy("a", "allow", List{"put"}), conditional,
                            policy("f", "deny", List{"get"}, List{"<[>"}), policy("z", "allow", List{"get"})});
    const auto asked = request(contract::Json(contract::Json::Object{{"flag", true}})); // the trace points into it
    const auto explained = set->explain(asked);
    QCOMPARE(explained.policies.size(), std::size_t{4});

    const auto& first = explained.policies[0];
    QCOMPARE(first.verdict, PolicyVerdict::Missed);
    QVERIFY(first.actions.reached && !first.actions.matched && !first.actions.entry);
    QVERIFY(!first.subjects.reached);

    const auto& second = explained.policies[1];
    QCOMPARE(second.verdict, PolicyVerdict::Missed);
    QVERIFY(second.actions.matched && second.subjects.matched && second.resources.matched);
    QCOMPARE(second.actions.entry.value(), std::size_t{1});
    QCOMPARE(second.actions.entryText, std::string("g<e>t"));
    QCOMPARE(second.conditions.size(), std::size_t{2});
    QCOMPARE(second.conditions[0].key, std::string("flag"));
    QCOMPARE(second.conditions[0].type, std::string("BooleanCondition"));
    QVERIFY(second.conditions[0].held && *second.conditions[0].seen == contract::Json(true));
    QVERIFY(!second.conditions[1].held && !second.conditions[1].seen);

    const auto& third = explained.policies[2];
    QCOMPARE(third.verdict, PolicyVerdict::Failed);
    QVERIFY(third.subjects.reached && !third.subjects.matched && !third.subjects.fault.empty());
    QCOMPARE(explained.decision.reason, third.subjects.fault);
    QCOMPARE(explained.policies[3].verdict, PolicyVerdict::NotReached);
    QCOMPARE(explained.policies[3].id, std::string("z"));
}

void EngineTest::agreesWithThePlainEvaluator()
{
    std::mt19937 random(20260601);
    const auto pick = [&random](const List& from) { return from[random() % from.size()]; };
    const List words{"a", "b", "ab", "a:b", "", "用户"};
    const List entries{"a", "b", "ab", "a:b", "", "<.*>", "a<.*>", "用<.*>", "b<.*>", "a:<.*>"};
    const List effects{"allow", "allow", "allow", "deny", ""};
    const auto list = [&]() -> contract::PatternList {
        const auto size = random() % 4;
        if (size == 0 && random() % 2 == 0) return std::nullopt;
        List made;
        for (std::size_t i = 0; i < size; ++i) made.push_back(random() % 40 == 0 ? "a<" : pick(entries));
        return made;
    };
    const auto value = [&]() -> contract::Json {
        switch (random() % 3) {
        case 0:
            return pick(words);
        case 1:
            return random() % 2 == 0;
        default:
            return 1;
        }
    };
    int allowed = 0;
    int failed = 0;
    support::PlainDecisions plain;
    for (int round = 0; round < 2000; ++round) {
        std::vector<contract::PolicyDocument> documents;
        for (std::size_t i = random() % 8; i > 0; --i) {
            auto document = policy("p" + std::to_string(i), pick(effects), list(), list(), list());
            if (random() % 4 == 0) document.conditions.emplace("k", contract::BooleanCondition{random() % 2 == 0});
            if (random() % 4 == 0) document.conditions.emplace("l", contract::StringEqualCondition{pick(words)});
            if (random() % 6 == 0) document.conditions.emplace("m", contract::EqualsSubjectCondition{});
            documents.push_back(std::move(document));
        }
        const auto set = PolicySet::compile(documents);
        for (int i = 0; i < 20; ++i) {
            contract::DecisionRequest asked{pick(words), pick(words), pick(words), {}};
            for (const char* key : {"k", "l", "m", "l"})
                if (random() % 3 != 0) asked.context.set(key, value());
            const contract::Decision decision = set->decide(asked);
            QVERIFY(same(decision, plain.decide(documents, asked)));
            QVERIFY(same(decision, set->explain(asked).decision));
            allowed += decision.allowed ? 1 : 0;
            failed += decision.failed ? 1 : 0;
        }
    }
    QVERIFY(allowed > 1000 && failed > 100); // the cases say something
}

void EngineTest::sharesPoliciesBetweenSets()
{
    const auto set = PolicySet::compile({policy("a", "allow", List{"<get>"}), policy("b", "allow", List{"get"})});
    authz::PatternPool pool;
    const auto changed = set->with({{1, authz::CompiledPolicy::compile(policy("c", "deny", List{"get"}), pool)}});
    QCOMPARE(changed->policies()[0].get(), set->policies()[0].get());
    QVERIFY(set->decide(request()).allowed);
    QCOMPARE(changed->decide(request()).deciders, (List{"a", "c"}));
    QCOMPARE(changed->with({{2, nullptr}})->decide(request()).deciders, List{"c"});
    QCOMPARE(changed->with({{2, nullptr}, {1, nullptr}})->decide(request()).reason,
             std::string(contract::reasonNoPolicies));
}

void EngineTest::snapshotReplacesOneOwner()
{
    const auto allow = PolicySet::compile({policy("a", "allow", List{"get"})});
    std::vector<std::pair<std::string, Snapshot::Set>> owners;
    for (int i = 0; i < 10000; ++i) owners.emplace_back("owner" + std::to_string(i), allow);
    const Snapshot before(7, owners);
    QCOMPARE(before.ownerCount(), std::size_t{10000});
    QVERIFY(before.decide("owner4711", request()).allowed);
    QCOMPARE(before.decide("nobody", request()).reason, std::string(contract::reasonNoPolicies));

    const Snapshot after = before.with(8, "owner4711", PolicySet::compile({policy("d", "deny", List{"get"})}));
    const Snapshot without = after.with(9, "owner1", nullptr);
    QCOMPARE(before.version(), std::uint64_t{7});
    QCOMPARE(without.version(), std::uint64_t{9});
    QVERIFY(before.decide("owner4711", request()).allowed);
    QCOMPARE(after.decide("owner4711", request()).reason, std::string(contract::reasonForced));
    QVERIFY(after.decide("owner1", request()).allowed);
    QVERIFY(!without.find("owner1"));
    QCOMPARE(without.ownerCount(), std::size_t{9999});
    QCOMPARE(without.with(10, "new", allow).ownerCount(), std::size_t{10000});
    QCOMPARE(without.explain("owner1", request()).decision.reason, std::string(contract::reasonNoPolicies));
    QCOMPARE(Snapshot().ownerCount(), std::size_t{0});
}

// The first use of every template and expression happens on several threads at once.
void EngineTest::decidesOnManyThreads()
{
    std::vector<contract::PolicyDocument> documents;
    for (int i = 0; i < 50; ++i) {
        const std::string number = std::to_string(i);
        auto document = policy("p" + number, "allow", List{"g<e" + std::string(i % 3 == 0 ? "(?!x)" : "") + ">t"},
                               List{"<(?i)PETER>"}, List{"<r|" + number + ">"});
        document.conditions.emplace("k", contract::StringMatchCondition{"^v" + number + "?"});
        documents.push_back(std::move(document));
    }
    const auto set = PolicySet::compile(documents);
    const auto asked = request(contract::Json(contract::Json::Object{{"k", "v"}}));
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i) {
                const bool right = i % 2 == 0 ? set->decide(asked).allowed : set->explain(asked).decision.allowed;
                if (!right) ++wrong;
            }
        });
    for (std::thread& thread : threads) thread.join();
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(EngineTest)
#include "enginetest.moc"
