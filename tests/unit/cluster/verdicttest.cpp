// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/verdict/verdict.h"
#include "contract/clustercodec.h"
#include <QTest>

using namespace iam;
using namespace iam::cluster;
using namespace std::chrono_literals;

namespace {

using Time = EvidencePool::Time;

Time at(int ms)
{
    return Time(std::chrono::milliseconds(ms));
}

/// "n1 address held 1000 0": witness, fact, word, when, and since when (milliseconds) if it says so.
Observation observationOf(const QString& text)
{
    const QStringList parts = text.split(u' ', Qt::SkipEmptyParts);
    Observation seen;
    seen.witness = parts[0].toStdString();
    seen.fact = *factOf(parts[1].toStdString());
    seen.says = parts[2].toStdString();
    seen.at = at(parts[3].toInt());
    if (parts.size() > 4) seen.since = at(parts[4].toInt());
    return seen;
}

/// `words` are separated by ";" and heard at once.
EvidencePool poolOf(const QString& words, std::vector<std::string> nodes = {"n1", "n2"})
{
    EvidencePool pool("10.0.4.99", std::move(nodes));
    for (const QString& word : words.split(u';', Qt::SkipEmptyParts)) {
        const Observation seen = observationOf(word);
        if (const auto added = pool.add(seen, seen.at); !added) qFatal("%s", added.error().detail.c_str());
    }
    return pool;
}

const auto quiet = QStringLiteral("n1 address held 10000 0;n1 vrrp MASTER 10000 0;n2 address absent 10000 0;"
                                  "n2 vrrp BACKUP 10000 0;n2 vip-answer n1 10000;n1 vip-answer n1 10000;"
                                  "n1 nginx answers 10000 0;");

} // namespace

class VerdictTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theRulesHold_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("now");
        QTest::addColumn<QString>("expected"); // verdict and owner
        const auto row = [](const char* name, const QString& words, int now, const char* expected) {
            QTest::newRow(name) << words << now << QString::fromUtf8(expected);
        };
        const auto more = [](const char* words) { return quiet + QString::fromUtf8(words); };
        const auto only = [](const char* words) { return QString::fromUtf8(words); };

        row("confirmed", quiet, 10000, "confirmed n1");
        row("exactly two seconds old", quiet, 12000, "confirmed n1");
        row("older than two seconds", quiet, 12001, "unknown ");
        row("nothing known", {}, 10000, "unknown ");
        row("answer too old", more("n1 address held 12000 0;n2 address absent 12000 0"), 12001, "unknown n1");
        row("other's word too old", more("n1 address held 12000 0;n2 vip-answer n1 12000"), 12001, "unknown n1");
        row("owner's word too old", more("n2 address absent 12000 0;n2 vip-answer n1 12000"), 12001, "unknown ");
        row("without since",
            only("n1 address held 9000;n1 address held 10000;n2 address absent 10000;"
                 "n2 vip-answer n1 9500"),
            10000, "confirmed n1");

        row("double", more("n2 address held 10500 10400;n1 address held 10450 0"), 10500, "double ");
        row("double, whatever is answered",
            more("n2 address held 10500 10400;n1 address held 10450 0;"
                 "n2 vip-answer n1 10500;console vip-answer n1 10500"),
            10500, "double ");
        row("double in the same moment", more("n2 address held 10500 10500;n1 address held 10500 0"), 10500, "double ");
        row("double, seen by polls only", only("n1 address held 1000;n2 address held 1200;n1 address held 1500"), 1500,
            "double ");
        row("two holds, no common moment known", only("n1 address held 1000;n2 address held 1200"), 1300, "disputed ");
        row("word before the take-over is no double", more("n2 address held 10500 10400"), 10500, "unknown n2");
        row("nor when only the change was seen", more("n2 address held 10500"), 10500, "unknown n2");
        row("taken over", more("n1 address absent 10300 10300;n2 address held 10500 10400;n1 vip-answer n2 10500"),
            10500, "confirmed n2");
        row("a third node not heard since",
            only("n1 address held 10500 10400;n2 address absent 10300 0;console vip-answer n1 10500"), 10500,
            "unknown n1");
        row("old owner not heard since",
            more("n2 address held 10500 10400;n1 vip-answer n2 10500;console vip-answer n2 10500"), 10500,
            "unknown n2");

        row("nobody answers", more("n2 vip-answer none 10500"), 10500, "disputed n1");
        row("one of two other hosts fails", more("console vip-answer none 10500;n2 vip-answer n1 10600"), 10600,
            "disputed n1");
        row("it failed, then it answered", more("n2 vip-answer none 10500;n2 vip-answer n1 10600"), 10600,
            "confirmed n1");
        row("another node answers", more("n2 vip-answer n2 10500"), 10500, "disputed n1");
        row("a stranger answers", more("n2 vip-answer n7 10500"), 10500, "disputed n1");
        row("forged", more("console vip-answer forged 10500;n2 vip-answer n1 10600"), 10600, "disputed n1");
        row("the owner does not reach itself", more("n1 vip-answer none 10500"), 10500, "disputed n1");
        row("the owner's own answer proves nothing",
            only("n1 address held 10000 0;n2 address absent 10000 0;n1 vip-answer n1 10000"), 10000, "unknown n1");
        row("nobody asked", only("n1 address held 10000 0;n2 address absent 10000 0"), 10000, "unknown n1");
        row("answer from before it had the address",
            only("n1 address held 10000 9800;n2 address absent 10000 0;n2 vip-answer n1 9700"), 10000, "unknown n1");
        row("answer from before the other one let go",
            only("n1 address held 10000 9500;n2 address absent 10000 9800;n2 vip-answer n1 9700"), 10000, "unknown n1");
        row("failure from before it had the address",
            only("n1 address held 10000 9800;n2 address absent 10000 0;console vip-answer none 9700;"
                 "n2 vip-answer n1 9900"),
            10000, "confirmed n1");
        row("failure while the change settles",
            only("n1 address held 10000 9800;n2 address absent 10000 0;n2 vip-answer none 9900"), 10000, "unknown n1");
        row("the console's answer",
            only("n1 address held 10000 0;n2 address absent 10000 0;console vip-answer n1 10000"), 10000,
            "confirmed n1");
        row("the console's interface does not count", more("console address held 10000 0"), 10000, "confirmed n1");

        row("another MASTER", more("n2 vrrp MASTER 10500 10000"), 10500, "disputed n1");
        row("another MASTER, just now", more("n2 vrrp MASTER 10500 10400"), 10500, "unknown n1");
        row("owner BACKUP", more("n1 vrrp BACKUP 10500 10000"), 10500, "disputed n1");
        row("owner FAULT", more("n1 vrrp FAULT 10500 10000"), 10500, "disputed n1");
        row("owner STOP", more("n1 vrrp STOP 10500 10000"), 10500, "disputed n1");
        row("owner not heard of by keepalived", more("n1 vrrp UNKNOWN 10500 10000"), 10500, "confirmed n1");
        row("MASTER of before the change",
            more("n1 vrrp MASTER 10200 0;n1 address absent 10300 10300;n2 address held 10500 10400;"
                 "n2 vrrp MASTER 10500 10420;n1 vip-answer n2 10500"),
            10500, "confirmed n2");
        row("by hand on the wrong node",
            more("n1 address absent 10100 10100;n2 address held 10900 10200;n2 vrrp BACKUP 10900 0;"
                 "n1 vip-answer n2 10900"),
            10900, "disputed n2");

        row("its nginx is silent", more("n1 nginx silent 10500 10500"), 10500, "disputed n1");
        row("its nginx was silent, but answered after", more("n1 nginx silent 10500 10500;n2 vip-answer n1 10600"),
            10600, "confirmed n1");

        row("none", only("n1 address absent 10000 0;n2 address absent 10000 0;n2 vip-answer none 10000"), 10000,
            "none ");
        row("none, nobody asked", only("n1 address absent 10000 0;n2 address absent 10000 0"), 10000, "none ");
        row("none known, one silent", only("n2 address absent 10000 0"), 10000, "unknown ");
        row("given up since it answered", more("n1 address absent 10200 10100"), 10200, "none ");
        row("answers but says absent",
            only("n1 address absent 10000 0;n2 address absent 10000 0;n2 vip-answer n1 10000"), 10000, "disputed ");
        row("answers, just gave it up",
            only("n1 address absent 10000 9950;n2 address absent 10000 0;n2 vip-answer n1 9980"), 10000, "unknown ");
        row("a stranger answers for nobody",
            only("n1 address absent 10000 0;n2 address absent 10000 0;n2 vip-answer n7 10000"), 10000, "disputed ");
        row("forged for nobody", only("n1 address absent 10000 0;n2 address absent 10000 0;n2 vip-answer forged 10000"),
            10000, "disputed ");
        row("two answer, no interface known", only("console vip-answer n1 10000;n1 vip-answer n2 10000"), 10000,
            "disputed ");
        row("one answers, no interface known", only("console vip-answer n1 10000"), 10000, "unknown ");
    }
    void theRulesHold()
    {
        QFETCH(QString, words);
        QFETCH(int, now);
        const contract::ClusterVip vip = verdict(poolOf(words), at(now));
        const QString found =
            QString::fromStdString(std::string(contract::vipVerdictText(vip.verdict)) + ' ' + vip.owner);
        QTEST(found, "expected");
        QCOMPARE(vip.address, std::string("10.0.4.99"));
        QVERIFY(vip.reason.ends_with('.'));
        for (const contract::ClusterWitness& witness : vip.witnesses) QVERIFY(witness.age <= freshFor);
    }
    void oneSilentNodeOfManyIsEnoughForDoubt()
    {
        std::vector<std::string> nodes;
        QString words = QStringLiteral("console vip-answer a 1000;a address held 1000 0;");
        for (char name = 'a'; name <= 'h'; ++name) {
            nodes.emplace_back(1, name);
            if (name != 'a') words += QStringLiteral("%1 address absent 1000 0;").arg(QLatin1Char(name));
        }
        EvidencePool pool = poolOf(words, nodes);
        QVERIFY(verdict(pool, at(1000)).verdict == contract::VipVerdict::Confirmed);
        nodes.push_back("i");
        pool = poolOf(words, nodes);
        const auto vip = verdict(pool, at(1000));
        QVERIFY(vip.verdict == contract::VipVerdict::Unknown);
        QVERIFY(vip.reason.find("nothing is known of i") != std::string::npos);
    }
    void theWitnessesHaveTheirAges()
    {
        const auto vip = verdict(poolOf(quiet), at(10250));
        QCOMPARE(vip.witnesses.size(), std::size_t(7));
        const contract::ClusterWitness held{"address", "n1", "held", "", 250ms, 10250ms};
        QVERIFY(vip.witnesses.front() == held);
    }
    void aVerdictThatIsShownOnGrowsOld()
    {
        const auto vip = verdict(poolOf(quiet), at(10500));
        QVERIFY(agedBy(vip, 1500ms).verdict == contract::VipVerdict::Confirmed);
        QCOMPARE(agedBy(vip, 1500ms).witnesses.front().age, contract::Age(2000));
        const auto old = agedBy(vip, 1501ms);
        QVERIFY(old.verdict == contract::VipVerdict::Unknown && old.reason != vip.reason);
    }
    void aLateWordChangesNothing()
    {
        EvidencePool pool = poolOf(quiet + QStringLiteral("n1 address absent 10300 10300"));
        QVERIFY(pool.add(observationOf(QStringLiteral("n1 address held 10200 0")), at(10400)));
        QVERIFY(verdict(pool, at(10400)).verdict == contract::VipVerdict::None);
    }
    void badWordsAreRefused_data()
    {
        QTest::addColumn<QString>("word");
        QTest::newRow("future") << "n1 address held 1101";
        QTest::newRow("since after") << "n1 address held 1000 1001";
        QTest::newRow("no such word") << "n1 address mine 1000";
        QTest::newRow("no such state") << "n1 vrrp master 1000";
        QTest::newRow("peer without name") << "n1 peer reachable 1000";
        QTest::newRow("too long") << QStringLiteral("n1 vip-answer %1 1000").arg(QString(65, u'x'));
        QTest::newRow("name too long") << QStringLiteral("%1 vip-answer n1 1000").arg(QString(65, u'x'));
    }
    void badWordsAreRefused()
    {
        QFETCH(QString, word);
        EvidencePool pool("v", {"n1"});
        const auto added = pool.add(observationOf(word), at(1000));
        QVERIFY(!added && added.error().code == Code::Validation && !added.error().detail.empty());
        QVERIFY(pool.words().empty());
    }
    void aWordOfTheNearFutureIsOneOfNow()
    {
        EvidencePool pool("v", {"n1"});
        QVERIFY(pool.add(observationOf(QStringLiteral("n1 address held 1100 1050")), at(1000)));
        QVERIFY(pool.latest("n1", Fact::Address)->seen.at == at(1000));
        QVERIFY(pool.latest("n1", Fact::Address)->from == at(1000));
    }
    void thePoolIsBounded()
    {
        EvidencePool pool("v", {"n1"});
        for (int i = 0; i < 100; ++i)
            static_cast<void>(pool.add(observationOf(QStringLiteral("x%1 vip-answer n1 1000").arg(i)), at(1000)));
        QCOMPARE(pool.words().size(), EvidencePool::otherWitnesses);
        QVERIFY(pool.add(observationOf(QStringLiteral("n1 address held 1000")), at(1000)));
        QVERIFY(
            pool.add(observationOf(QStringLiteral("x99 vip-answer n1 61001")), at(61001))); // the others are forgotten
        QCOMPARE(pool.words().size(), std::size_t(1));
    }
    void theNextMomentOfChangeIsKnown()
    {
        const EvidencePool pool = poolOf(QStringLiteral("n1 address held 1000;n2 address absent 1500"));
        QVERIFY(pool.freshUntil(at(1600)) == at(3000));
        QVERIFY(pool.freshUntil(at(3001)) == at(3500));
        QVERIFY(!pool.freshUntil(at(3501)));
    }
};

QTEST_GUILESS_MAIN(VerdictTest)
#include "verdicttest.moc"
