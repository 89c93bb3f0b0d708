// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/policyset.h"
#include "contract/json.h"
#include <QTest>
#include <ctime>
#include <fstream>

using namespace iam;
using authz::PolicySet;
using contract::Json;

/// Templates and texts made to take for ever, from tests/data/hostile-templates.jsonl: the text is `head`, `unit` so
/// many `times`, `tail`. Whatever a decision makes of them, it is the right answer or a denial that says why, and it is
/// the same each time. The CPU times of single decisions are printed, not judged: what bounds them is counted.
class HostileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersOrSaysWhyNot_data();
    void answersOrSaysWhyNot();
    void manyAtOnceAreOneDecision();
    void cleanupTestCase();

private:
    contract::Decision decideTimed(const PolicySet& set, const contract::DecisionRequest& request,
                                   const std::string& about);

    double m_longest = 0;
    std::string m_longestOf;
};

namespace {

std::vector<Json> rows()
{
    std::vector<Json> made;
    std::ifstream file(IAM_TEST_DATA "/hostile-templates.jsonl");
    for (std::string line; std::getline(file, line);) {
        auto row = contract::parseWholeJson(line);
        if (row) made.push_back(std::move(*row));
    }
    return made;
}

std::string textOf(const Json& row, const char* name)
{
    const Json* value = row.find(name);
    return value && value->string() ? *value->string() : std::string();
}

std::string needleOf(const Json& row)
{
    std::string needle = textOf(row, "head");
    const std::string unit = textOf(row, "unit");
    for (std::int64_t i = *row.find("times")->integer(); i > 0; --i) needle += unit;
    return needle + textOf(row, "tail");
}

contract::PolicyDocument policy(const std::string& id, const std::string& effect, const std::string& part)
{
    contract::PolicyDocument made;
    made.id = id;
    made.effect = effect;
    made.actions = {"get"};
    made.subjects = {"peter"};
    made.resources = {'<' + part + '>'};
    return made;
}

double threadMilliseconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

bool saysWhyNot(const contract::Decision& decision)
{
    return decision.failed && !decision.allowed && !decision.reason.empty() && decision.deciders.empty();
}

} // namespace

contract::Decision HostileTest::decideTimed(const PolicySet& set, const contract::DecisionRequest& request,
                                            const std::string& about)
{
    const double start = threadMilliseconds();
    contract::Decision decision = set.decide(request);
    const double took = threadMilliseconds() - start;
    constexpr double worthTelling = 10;
    if (took > worthTelling) qInfo("%.1f ms: %s", took, about.c_str());
    if (took > m_longest) {
        m_longest = took;
        m_longestOf = about;
    }
    return decision;
}

void HostileTest::answersOrSaysWhyNot_data()
{
    QTest::addColumn<std::size_t>("row");
    const auto all = rows();
    QVERIFY(all.size() > 50);
    for (std::size_t i = 0; i < all.size(); ++i)
        QTest::addRow("%s on %lld × %s", textOf(all[i], "part").c_str(),
                      static_cast<long long>(*all[i].find("times")->integer()), textOf(all[i], "unit").c_str())
            << i;
}

void HostileTest::answersOrSaysWhyNot()
{
    QFETCH(std::size_t, row);
    const Json item = rows()[row];
    const bool matching = *item.find("matches")->boolean();
    const std::string part = textOf(item, "part");
    const std::string needle = needleOf(item);
    QVERIFY(needle.size() <= 65'536);
    const contract::DecisionRequest request{"peter", "get", needle, {}};
    for (const char* effect : {"allow", "deny"}) {
        const auto set = PolicySet::compile({policy("p", effect, part)});
        const contract::Decision first = decideTimed(*set, request, "compiled and asked: " + part);
        const contract::Decision second = decideTimed(*set, request, part);
        QCOMPARE(second.allowed, first.allowed);
        QCOMPARE(second.reason, first.reason);
        QCOMPARE(set->explain(request).decision.reason, first.reason);
        if (saysWhyNot(first)) continue;
        QVERIFY(!first.failed);
        QCOMPARE(first.deciders.empty(), !matching);
        QCOMPARE(first.allowed, matching && *effect == 'a');
        const char* denied = matching ? contract::reasonForced : contract::reasonDefault;
        QCOMPARE(first.reason, first.allowed ? std::string() : std::string(denied));
    }
    // What is short and no trick is answered, also beside a hostile template that is not reached.
    const auto set = PolicySet::compile({policy("p", "allow", part), policy("q", "allow", "fine")});
    const contract::Decision other = set->decide({"ken", "get", needle, {}});
    QCOMPARE(other.reason, std::string(contract::reasonDefault));
}

void HostileTest::manyAtOnceAreOneDecision()
{
    for (const char* effect : {"allow", "deny"}) {
        for (const Json& item : rows()) {
            std::vector<contract::PolicyDocument> documents;
            for (int i = 0; i < 100; ++i)
                documents.push_back(
                    policy('p' + std::to_string(i), effect, "(?:" + textOf(item, "part") + ")|z" + std::to_string(i)));
            const bool matching = *item.find("matches")->boolean();
            const auto set = PolicySet::compile(documents);
            const contract::DecisionRequest request{"peter", "get", needleOf(item), {}};
            const std::string part = textOf(item, "part");
            const contract::Decision decision = decideTimed(*set, request, "a hundred compiled and asked: " + part);
            (void)decideTimed(*set, request, "a hundred asked: " + part);
            QVERIFY2(saysWhyNot(decision) || decision.deciders.empty() == !matching, textOf(item, "part").c_str());
            if (*effect == 'd') QVERIFY(!decision.allowed);
            if (saysWhyNot(decision)) QVERIFY(!decision.faultyPolicy.empty());
        }
    }
}

void HostileTest::cleanupTestCase()
{
    qInfo("longest decision: %.3f ms of CPU time (%s)", m_longest, m_longestOf.c_str());
}

QTEST_GUILESS_MAIN(HostileTest)
#include "hostiletest.moc"
