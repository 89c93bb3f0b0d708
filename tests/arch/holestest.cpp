// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The list of holes (tests/data/holes.md): each is there, and so is each test that it names.
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#ifndef Q_MOC_RUN // moc stumbles over raw strings
namespace {

constexpr int securityHoles = 22;
constexpr int correctnessHoles = 32;
constexpr int recordHoles = 5;

QString textOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// What the list is checked against.
struct Tests {
    QMap<QString, QString> programs; ///< the text of their sources
    QSet<QString> scenarios;

    /// What is wrong with a test that the list names; empty: nothing.
    [[nodiscard]] QString faultOf(const QString& test) const
    {
        if (test.startsWith(u"case: "))
            return scenarios.contains(test.mid(6)) ? QString() : QStringLiteral("there is no such scenario");
        const int colons = test.indexOf(QStringLiteral("::"));
        if (colons < 0) return QStringLiteral("is neither program::function nor a case");
        const auto program = programs.constFind(test.left(colons));
        if (program == programs.constEnd()) return QStringLiteral("there is no such program");
        const QRegularExpression function(QStringLiteral("\\bvoid %1\\(").arg(test.mid(colons + 2)));
        return program->contains(function) ? QString() : QStringLiteral("the program has no such function");
    }
};

/// The programs that iam_test() makes, by the words of the CMakeLists.txt.
Tests testsOf(const QDir& tree)
{
    Tests tests;
    static const QRegularExpression program(
        QStringLiteral(R"(iam_test\((\w+)\s+SOURCES\s+([^)]*?)\s+(?:LINKS|PACKAGES|LABELS))"));
    QDirIterator folders(tree.filePath(QStringLiteral("tests")), {QStringLiteral("CMakeLists.txt")}, QDir::Files,
                         QDirIterator::Subdirectories);
    while (folders.hasNext()) {
        const QString list = folders.next();
        auto found = program.globalMatch(textOf(list));
        while (found.hasNext()) {
            const auto match = found.next();
            for (const QString& source : match.captured(2).split(QRegularExpression(QStringLiteral("\\s+"))))
                if (source.endsWith(u".cpp"))
                    tests.programs[match.captured(1)] += textOf(QFileInfo(list).dir().filePath(source));
        }
    }
    static const QRegularExpression scenario(QStringLiteral("^- scenario: (.+)$"), QRegularExpression::MultilineOption);
    const QDir cases(tree.filePath(QStringLiteral("tests/data/contract")));
    for (const QString& name : cases.entryList({QStringLiteral("*.yaml")})) {
        auto found = scenario.globalMatch(textOf(cases.filePath(name)));
        while (found.hasNext()) tests.scenarios << found.next().captured(1);
    }
    return tests;
}

/// Everything that is wrong with a list.
QStringList faultsOf(const QString& list, const Tests& tests)
{
    QStringList expected;
    for (int i = 1; i <= securityHoles; ++i) expected << QStringLiteral("S%1").arg(i);
    for (int i = 1; i <= correctnessHoles; ++i) expected << QStringLiteral("C%1").arg(i);
    for (int i = 1; i <= recordHoles; ++i) expected << QStringLiteral("B%1").arg(i);
    static const QRegularExpression row(QStringLiteral(R"(^\| ([SCB]\d+) \| ([^|]+) \| ([^|]+) \|$)"));
    static const QRegularExpression mayBeHole(QStringLiteral(R"(^\| [SCB]\d)"));
    static const QRegularExpression quoted(QStringLiteral("`([^`]+)`"));
    QStringList holes;
    QStringList faults;
    for (const QString& line : list.split(u'\n')) {
        if (!mayBeHole.match(line).hasMatch()) continue;
        const auto match = row.match(line);
        if (!match.hasMatch()) {
            faults << QStringLiteral("not a hole, what it was, and tests: ") + line;
            continue;
        }
        holes << match.captured(1);
        auto named = quoted.globalMatch(match.captured(3));
        if (!named.hasNext()) faults << match.captured(1) + QStringLiteral(" has no test");
        while (named.hasNext()) {
            const QString test = named.next().captured(1);
            if (const QString fault = tests.faultOf(test); !fault.isEmpty())
                faults << QStringLiteral("%1: %2: %3").arg(match.captured(1), test, fault);
        }
    }
    if (holes != expected)
        faults << QStringLiteral("the holes are not S1 to S22, C1 to C32 and B1 to B5, each once, in order");
    return faults;
}

} // namespace
#endif

class HoleListTest : public QObject {
    Q_OBJECT

    const QDir m_tree{QStringLiteral(IAM_SOURCE_DIR)};

private Q_SLOTS:
    void everyHoleHasItsTests();
    void whatIsMissingIsFound();
};

#ifndef Q_MOC_RUN

void HoleListTest::everyHoleHasItsTests()
{
    const Tests tests = testsOf(m_tree);
    QVERIFY(tests.programs.size() > 60 && tests.scenarios.size() > 60);
    const QStringList faults = faultsOf(textOf(m_tree.filePath(QStringLiteral("tests/data/holes.md"))), tests);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

void HoleListTest::whatIsMissingIsFound()
{
    const Tests tests{{{QStringLiteral("unit_x"), QStringLiteral("    void works();\n    void worksToo() {")}},
                      {QStringLiteral("a case")}};
    for (const char* good : {"unit_x::works", "unit_x::worksToo", "case: a case"})
        QCOMPARE(tests.faultOf(QLatin1String(good)), QString());
    for (const char* bad : {"unit_x::work", "unit_y::works", "case: another", "works", "unit_x::", ""})
        QVERIFY2(!tests.faultOf(QLatin1String(bad)).isEmpty(), bad);
    const QString row = QStringLiteral("| S1 | it was open | `unit_x::works` |\n");
    const QStringList incomplete = faultsOf(row, tests);
    QVERIFY(incomplete.size() == 1 && incomplete.first().startsWith(u"the holes are not"));
    QCOMPARE(faultsOf(row + QStringLiteral("| S2 | it was open | by nothing |\n"), tests).first(),
             QStringLiteral("S2 has no test"));
    QCOMPARE(faultsOf(row + QStringLiteral("| S2 it was open | `unit_x::works` |\n"), tests).size(), 2);
}

#endif

QTEST_GUILESS_MAIN(HoleListTest)
#include "holestest.moc"
