// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/linediff.h"
#include "widgets/diffview.h"
#include <QTest>

using namespace iam::widgets;

class LineDiffTest : public QObject {
    Q_OBJECT

    /// The lines as "=a", "+b", "-c", joined by blanks.
    static QString shown(const QString& before, const QString& after)
    {
        QStringList words;
        for (const DiffLine& line : diffLines(before, after))
            words << QString(QStringLiteral("=+-")[int(line.kind)]) + line.text;
        return words.join(u' ');
    }
    static QString lines(const QString& words) { return QString(words).replace(u' ', u'\n'); }

private Q_SLOTS:
    void differences_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* before, const char* after, const char* expected) {
            QTest::addRow("%s | %s", before, after)
                << lines(QString::fromLatin1(before)) << lines(QString::fromLatin1(after))
                << QString::fromLatin1(expected);
        };
        row("a b c", "a b c", "=a =b =c");
        row("a b c", "a c", "=a -b =c");
        row("a c", "a b c", "=a +b =c");
        row("a b c", "a x c", "=a -b +x =c");
        row("a b c d e", "b c x e", "-a =b =c -d +x =e");
        row("a a a", "a a", "=a =a -a");
        row("a", "b", "-a +b");
        row("x a b", "a b x", "-x =a =b +x");
    }
    void differences()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, expected);
        QCOMPARE(shown(before, after), expected);
    }

    void hugeDifferencesStayAffordable()
    {
        QStringList before;
        QStringList after;
        for (int i = 0; i < 30'000; ++i) {
            before << QStringLiteral("b%1").arg(i);
            after << QStringLiteral("a%1").arg(i);
        }
        before << QStringLiteral("end");
        after << QStringLiteral("end");
        const auto found = diffLines(before.join(u'\n'), after.join(u'\n'));
        QCOMPARE(found.size(), 60'001);
        QCOMPARE(found.last(), (DiffLine{DiffLine::Kind::Same, QStringLiteral("end")}));
        QCOMPARE(found.first().kind, DiffLine::Kind::Removed);
    }

    void longEqualStretchesAreLeftOut()
    {
        QStringList before;
        for (int i = 1; i <= 30; ++i) before << QStringLiteral("line%1").arg(i);
        QStringList after = before;
        after[14] = QStringLiteral("other");
        DiffView view;
        view.setLines(diffLines(before.join(u'\n'), after.join(u'\n')));
        QCOMPARE(view.toPlainText().split(u'\n'),
                 (QStringList{QStringLiteral("  … 11 lines the same …"), QStringLiteral("  line12"),
                              QStringLiteral("  line13"), QStringLiteral("  line14"), QStringLiteral("\u2212 line15"),
                              QStringLiteral("+ other"), QStringLiteral("  line16"), QStringLiteral("  line17"),
                              QStringLiteral("  line18"), QStringLiteral("  … 12 lines the same …")}));
        view.setLines(diffLines(before.join(u'\n'), before.join(u'\n'))); // nothing changed: all of it is shown
        QCOMPARE(view.toPlainText().split(u'\n').size(), 30);
        view.setLines({});
        QVERIFY(view.toPlainText().isEmpty());
    }
};

QTEST_MAIN(LineDiffTest)
#include "linedifftest.moc"
