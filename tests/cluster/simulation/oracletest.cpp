// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/truthoracle.h"
#include <QTest>

using iam::test::TruthOracle;
using Shown = TruthOracle::Shown;

namespace {

constexpr TruthOracle::Time second = 1'000'000;
constexpr TruthOracle::Truth good{1, 1, true, true}, hung{1, 0, false, true}, two{3, 3, false, true},
    nobody{0, 0, false, true};

} // namespace

/// The judge is judged: each rule bites, and at the right moment.
class OracleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWrongDisplayIsFound_data()
    {
        QTest::addColumn<int>("truth"); // after 10 s in which all was well
        QTest::addColumn<int>("shown"); // from then on
        QTest::addColumn<double>("delay");
        QTest::addColumn<bool>("right");
        QTest::newRow("hung, noticed in time") << 0 << int(Shown::Disputed) << 1.9 << true;
        QTest::newRow("hung, noticed late") << 0 << int(Shown::Disputed) << 2.1 << false;
        QTest::newRow("two, noticed in time") << 1 << int(Shown::Double) << 1.9 << true;
        QTest::newRow("two, noticed late") << 1 << int(Shown::Double) << 2.1 << false;
        QTest::newRow("two, only unknown") << 1 << int(Shown::Other) << 1.0 << false;
        QTest::newRow("nobody, noticed late") << 2 << int(Shown::Other) << 2.1 << false;
        QTest::newRow("double that is none") << 2 << int(Shown::Double) << 1.0 << false;
        QTest::newRow("well, and lost") << 3 << int(Shown::Other) << 1.0 << false;
        QTest::newRow("well, wrong owner") << 4 << int(Shown::Confirmed) << 1.0 << false;
    }
    void aWrongDisplayIsFound()
    {
        QFETCH(int, truth);
        QFETCH(int, shown);
        QFETCH(double, delay);
        QFETCH(bool, right);
        const TruthOracle::Truth truths[] = {hung, two, nobody, good, good};
        TruthOracle oracle(2);
        oracle.tell(0, good);
        oracle.show("n1", second, Shown::Confirmed, 0);
        oracle.tell(10 * second, truths[truth]);
        oracle.show("n1", 10 * second + TruthOracle::Time(delay * second), static_cast<Shown>(shown),
                    truth == 4 ? 1 : -1);
        QCOMPARE(oracle.faults(20 * second).empty(), right);
    }
    void recoveryHasItsTime()
    {
        for (const auto& [confirmed, right] : {std::pair{12.9, true}, std::pair{13.1, false}}) {
            TruthOracle oracle(2);
            oracle.tell(0, nobody);
            oracle.show("n1", 0, Shown::Other, -1);
            oracle.tell(10 * second, good);
            oracle.show("n1", TruthOracle::Time(confirmed * second), Shown::Confirmed, 0);
            QCOMPARE(oracle.faults(20 * second).empty(), right);
        }
    }
};

QTEST_GUILESS_MAIN(OracleTest)
#include "oracletest.moc"
