// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/policyset.h"
#include "support/hostiletemplates.h"
#include <QTest>

using namespace iam;
using authz::PolicySet;
using support::HostileTemplate;

/// Templates and texts made to take for ever, from tests/data/hostile-templates.jsonl. Whatever a decision makes of
/// them, it is the right answer or a denial that says why, and it is the same each time. The CPU times of single
/// decisions are printed, not judged: what bounds them is counted.
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

std::vector<HostileTemplate> rows()
{
    return support::readHostileTemplates(IAM_TEST_DATA "/hostile-templates.jsonl");
}

bool saysWhyNot(const contract::Decision& decision)
{
    return decision.failed && !decision.allowed && !decision.reason.empty() && decision.deciders.empty();
}

} // namespace

contract::Decision HostileTest::decideTimed(const PolicySet& set, const contract::DecisionRequest& request,
                                            const std::string& about)
{
    const double start = support::threadMilliseconds();
    contract::Decision decision = set.decide(request);
    const double took = support::threadMilliseconds() - start;
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
    for (std::size_t i = 0; i < all.size(); ++i) QTest::addRow("%s", all[i].about.c_str()) << i;
}

void HostileTest::answersOrSaysWhyNot()
{
    QFETCH(std::size_t, row);
    const HostileTemplate item = rows()[row];
    QVERIFY(item.resource.size() <= 65'536);
    const contract::DecisionRequest request = item.request();
    for (const char* effect : {"allow", "deny"}) {
        const auto set = PolicySet::compile(item.alone(effect));
        const contract::Decision first = decideTimed(*set, request, "first asked: " + item.about);
        const contract::Decision second = decideTimed(*set, request, item.about);
        QCOMPARE(second.allowed, first.allowed);
        QCOMPARE(second.reason, first.reason);
        QCOMPARE(set->explain(request).decision.reason, first.reason);
        if (saysWhyNot(first)) continue;
        QVERIFY(!first.failed);
        QCOMPARE(first.deciders.empty(), !item.matches);
        QCOMPARE(first.allowed, item.matches && *effect == 'a');
        const char* denied = item.matches ? contract::reasonForced : contract::reasonDefault;
        QCOMPARE(first.reason, first.allowed ? std::string() : std::string(denied));
    }
    // Who asks beside a hostile template that is not reached is answered.
    const contract::Decision other = PolicySet::compile(item.alone("allow"))->decide({"ken", "get", item.resource, {}});
    QCOMPARE(other.reason, std::string(contract::reasonDefault));
}

void HostileTest::manyAtOnceAreOneDecision()
{
    for (const char* effect : {"allow", "deny"}) {
        for (const HostileTemplate& item : rows()) {
            const auto set = PolicySet::compile(item.hundred(effect));
            const contract::DecisionRequest request = item.request();
            const contract::Decision decision =
                decideTimed(*set, request, "a hundred first asked: " + item.about);
            (void)decideTimed(*set, request, "a hundred asked: " + item.about);
            QVERIFY2(saysWhyNot(decision) || decision.deciders.empty() == !item.matches, item.about.c_str());
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
