// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/confirmdialog.h"
#include "widgets/datatable.h"
#include "widgets/formfield.h"
#include "widgets/messagebar.h"
#include "widgets/pagescaffold.h"
#include "widgets/secretfield.h"
#include "widgets/sidepanel.h"
#include "widgets/theme.h"
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <cmath>

using namespace iam::widgets;

namespace {

template <class T>
T* child(QWidget* parent, const char* name)
{
    return parent->findChild<T*>(QString::fromLatin1(name));
}

double luminance(const QColor& color)
{
    const auto part = [](float value) {
        return value <= 0.03928F ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class ScaffoldTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QSettings().clear(); }

    void coloursCanBeRead()
    {
        for (const auto scheme : {ColorScheme::Light, ColorScheme::Dark, ColorScheme::HighContrast}) {
            const QPalette palette = paletteFor(scheme);
            QCOMPARE(schemeOf(palette), scheme);
            for (const auto tone : {Tone::Neutral, Tone::Info, Tone::Success, Tone::Warning, Tone::Error}) {
                QVERIFY(contrast(toneColor(tone, palette), palette.color(QPalette::Window)) >= 4.5);
                QVERIFY(contrast(toneColor(tone, palette), palette.color(QPalette::Base)) >= 4.5);
                QVERIFY(contrast(palette.color(QPalette::Text), toneBackground(tone, palette)) >= 4.5);
            }
            QVERIFY(contrast(mutedColor(palette), palette.color(QPalette::Window)) >= 4.5);
            QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4.5);
        }
    }

    void loadingShowsOnlyAfterAMoment()
    {
        PageScaffold page(QStringLiteral("p"));
        auto* content = new QLabel(QStringLiteral("content"));
        page.setContent(content);
        page.resize(900, 600);
        page.show();
        page.showLoading(QStringLiteral("Loading…"));
        QVERIFY(content->isVisible());
        page.showContent();
        QTest::qWait(300);
        QVERIFY(content->isVisible());
        page.showLoading(QStringLiteral("Loading…"));
        QTRY_VERIFY(!content->isVisible());
        QCOMPARE(child<QLabel>(&page, "state.title")->text(), QStringLiteral("Loading…"));
    }

    void emptyTeachesAndFailureOffersRetry()
    {
        PageScaffold page(QStringLiteral("p"));
        page.resize(900, 600);
        page.show();
        QSignalSpy next(&page, &PageScaffold::emptyActionTriggered);
        QSignalSpy retry(&page, &PageScaffold::retryRequested);
        auto* action = child<QPushButton>(&page, "state.action");
        page.showEmpty(QStringLiteral("None"), QStringLiteral("Make one"), QStringLiteral("New"));
        QTest::mouseClick(action, Qt::LeftButton);
        page.showEmpty(QStringLiteral("None"), QStringLiteral("No button"));
        QVERIFY(!action->isVisible());
        page.showFailed(QStringLiteral("Failed"), QStringLiteral("Try again"));
        QTest::mouseClick(action, Qt::LeftButton);
        QCOMPARE(next.size(), 1);
        QCOMPARE(retry.size(), 1);
    }

    void searchWaitsForTheLastKey()
    {
        PageScaffold page(QStringLiteral("p"));
        page.setSearch(QStringLiteral("Search"));
        page.show();
        QSignalSpy searches(&page, &PageScaffold::searchChanged);
        auto* search = child<QLineEdit>(&page, "p.search");
        QTest::keyClicks(search, QStringLiteral("abc"));
        QCOMPARE(searches.size(), 0);
        QTRY_COMPARE(searches.size(), 1);
        QCOMPARE(searches.last().first().toString(), QStringLiteral("abc"));
        search->clear();
        QCOMPARE(searches.size(), 2);
    }

    void panelAsksBeforeItCloses()
    {
        PageScaffold page(QStringLiteral("p"));
        page.resize(1000, 600);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        auto* line = new QLineEdit;
        QSignalSpy asked(page.panel(), &SidePanel::closeRequested);
        page.panel()->open(QStringLiteral("Edit"), line);
        QVERIFY(line->isVisible());
        QTest::keyClick(line, Qt::Key_Escape);
        QCOMPARE(asked.size(), 1);
        QVERIFY(page.panel()->isOpen());
        page.panel()->close();
        QVERIFY(!page.panel()->isVisible());
    }

    void messageHasOneAction()
    {
        MessageBar bar;
        QVERIFY(bar.isHidden());
        bar.showMessage(Tone::Error, QStringLiteral("Broken"), QStringLiteral("Mend it"), QStringLiteral("Retry"));
        QVERIFY(bar.isVisible());
        QVERIFY(bar.accessibleName().contains(QStringLiteral("Broken")));
        QSignalSpy acted(&bar, &MessageBar::actionTriggered);
        QTest::mouseClick(child<QPushButton>(&bar, "messageBar.action"), Qt::LeftButton);
        QCOMPARE(acted.size(), 1);
        QVERIFY(bar.isHidden());
    }

    void fieldSaysWhatIsWrong()
    {
        auto* line = new QLineEdit;
        FormField field(QStringLiteral("&Name"), line);
        field.setHint(QStringLiteral("hint"));
        const int height = field.sizeHint().height();
        field.setFault(QStringLiteral("must not be empty"));
        QCOMPARE(line->accessibleDescription(), QStringLiteral("must not be empty"));
        QCOMPARE(field.sizeHint().height(), height);
        field.setFault({});
        QCOMPARE(line->accessibleDescription(), QStringLiteral("hint"));
    }

    void secretIsMaskedAndCopied()
    {
        SecretField field(SecretField::Purpose::Display);
        field.setNames(QStringLiteral("key"), QStringLiteral("Key"));
        field.setText(QStringLiteral("s3cret"));
        field.show();
        QVERIFY(child<QLineEdit>(&field, "key.line")->displayText() != QStringLiteral("s3cret"));
        QTest::mouseClick(child<QToolButton>(&field, "key.reveal"), Qt::LeftButton);
        QCOMPARE(child<QLineEdit>(&field, "key.line")->displayText(), QStringLiteral("s3cret"));
        auto* copy = child<QToolButton>(&field, "key.copy");
        QTest::mouseClick(copy, Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("s3cret"));
        QCOMPARE(copy->text(), QStringLiteral("Copied"));
        field.wipe(true);
        QVERIFY(field.text().isEmpty());
        QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
    }

    void confirmNamesWhatIsLost()
    {
        QWidget window;
        window.show();
        int agreed = 0;
        ConfirmDialog::Question question{
            QStringLiteral("Delete?"), QStringLiteral("Gone."), {}, QStringLiteral("Delete")};
        for (int i = 0; i < 15; ++i) question.lost << QStringLiteral("u%1").arg(i);
        QPointer<ConfirmDialog> dialog = ConfirmDialog::ask(&window, question, [&] { ++agreed; });
        const QString lost = child<QLabel>(dialog, "confirm.lost")->text();
        QVERIFY(lost.contains(QStringLiteral("u0")) && lost.contains(QStringLiteral("u11")));
        QVERIFY(!lost.contains(QStringLiteral("u12")) && lost.contains(u'3'));
        QTest::keyClick(dialog, Qt::Key_Return); // the safe button
        QTRY_VERIFY(!dialog);
        QCOMPARE(agreed, 0);
        dialog = ConfirmDialog::ask(&window, question, [&] { ++agreed; });
        QTest::mouseClick(child<QPushButton>(dialog, "confirm.accept"), Qt::LeftButton);
        QTRY_VERIFY(!dialog);
        QCOMPARE(agreed, 1);
    }

    void tableCopiesAndExports()
    {
        QStandardItemModel model(2, 3);
        model.setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Note"), QStringLiteral("Hidden")});
        model.setItem(0, 0, new QStandardItem(QStringLiteral("a,b")));
        model.setItem(0, 1, new QStandardItem(QStringLiteral("=1+1")));
        model.setItem(1, 0, new QStandardItem(QStringLiteral("say \"x\"")));
        model.setItem(1, 1, new QStandardItem(QStringLiteral("t\tt")));
        model.setItem(1, 2, new QStandardItem(QStringLiteral("no")));
        DataTable table(QStringLiteral("t"));
        table.setFirstColumns({}, {2});
        table.setModel(&model);
        table.show();
        table.selectAll();
        QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("a,b\t=1+1\nsay \"x\"\tt t"));
        QCOMPARE(table.toCsv(), QByteArray("\xEF\xBB\xBFName,Note\r\n\"a,b\",'=1+1\r\n\"say \"\"x\"\"\",t\tt\r\n"));
        QTemporaryDir folder;
        QSignalSpy written(&table, &DataTable::exported);
        QSignalSpy failed(&table, &DataTable::exportFailed);
        table.exportTo(folder.filePath(QStringLiteral("t.csv")));
        QCOMPARE(written.size(), 1);
        table.exportTo(folder.filePath(QStringLiteral("none/t.csv")));
        QCOMPARE(failed.size(), 1);
        table.setLoadAll([](const std::function<void(bool)>& done) { done(false); });
        table.exportTo(folder.filePath(QStringLiteral("u.csv")));
        QCOMPARE(failed.size(), 2);
    }

    void tableRemembersColumns()
    {
        QStandardItemModel model(1, 3);
        {
            DataTable table(QStringLiteral("t"));
            table.setModel(&model);
            table.setColumnWidth(1, 234);
            table.horizontalHeader()->moveSection(0, 1);
        }
        DataTable again(QStringLiteral("t"));
        again.setModel(&model);
        QCOMPARE(again.columnWidth(1), 234);
        QCOMPARE(again.horizontalHeader()->visualIndex(0), 1);
        QStandardItemModel other(1, 2); // another version of the list: its own columns
        DataTable changed(QStringLiteral("t"));
        changed.setModel(&other);
        QCOMPARE(changed.horizontalHeader()->visualIndex(0), 0);
    }

    void tableKeys()
    {
        QStandardItemModel model(3, 1);
        DataTable table(QStringLiteral("t"));
        table.setModel(&model);
        table.show();
        QSignalSpy opened(&table, &DataTable::rowActivated);
        QSignalSpy removal(&table, &DataTable::deleteRequested);
        QTest::keyClick(&table, Qt::Key_Delete);
        QCOMPARE(removal.size(), 0);
        table.selectRow(1);
        QTest::keyClick(&table, Qt::Key_Return);
        QTest::keyClick(&table, Qt::Key_Delete);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first().first().toInt(), 1);
        QCOMPARE(removal.size(), 1);
    }
};

QTEST_MAIN(ScaffoldTest)
#include "scaffoldtest.moc"
