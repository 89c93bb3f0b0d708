// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jsoneditor.h"
#include "widgets/jsonformat.h"
#include "widgets/jsonhighlighter.h"
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QVBoxLayout>

using namespace iam::widgets;
using Kind = JsonHighlighter::Kind;
using Spans = QList<JsonHighlighter::Span>;

class JsonEditorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void coloursNamesAndTexts()
    {
        const Spans spans = JsonHighlighter::spans(QStringLiteral("\"a\" : \"b\\\"c\", -1.5e3, true"));
        QCOMPARE(spans, (Spans{{0, 3, Kind::Name},
                               {4, 1, Kind::Punctuation},
                               {6, 6, Kind::Text},
                               {12, 1, Kind::Punctuation},
                               {14, 6, Kind::Number},
                               {20, 1, Kind::Punctuation},
                               {22, 4, Kind::Word}}));
    }

    void coloursBrokenText()
    {
        QCOMPARE(JsonHighlighter::spans(QStringLiteral("\"open \\")), (Spans{{0, 7, Kind::Text}}));
        QCOMPARE(JsonHighlighter::spans(QStringLiteral("truth")), Spans{});
    }

    void formats_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("formatted");
        const auto row = [](const char* text, const char* formatted) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(formatted);
        };
        row("{}", "{}");
        row("{\"a\":[ 1,2 ],\"b\" : {}}", "{\n    \"a\": [1, 2],\n    \"b\": {}\n}");
        row("[{\"a\":\"x y\"}]", "[\n    {\n        \"a\": \"x y\"\n    }\n]");
        row("{\"a\":\"<:,>{\"}", "{\n    \"a\": \"<:,>{\"\n}");
        row("", "");
    }
    void formats()
    {
        QFETCH(QString, text);
        QFETCH(QString, formatted);
        QCOMPARE(formattedJson(text), formatted);
        QCOMPARE(formattedJson(formatted), formatted);
    }

    void formatLosesNothingOfBrokenText()
    {
        const QString whole = QStringLiteral("{\"a\":[1,{\"b\":\"c\"}],\"d\":tru]");
        for (int size = 0; size <= whole.size(); ++size) {
            QString before = whole.left(size);
            QString after = formattedJson(before);
            QCOMPARE(after.remove(u' ').remove(u'\n'), before.remove(u' '));
        }
    }

    void faultIsMarkedListedAndReachable()
    {
        JsonEditor editor(QStringLiteral("rule"));
        editor.resize(500, 400);
        editor.show();
        editor.setText(QStringLiteral("{\n    \"effect\": \"no\"\n}"));
        editor.setFaults({{16, 4, QStringLiteral("effect: must be \"allow\" or \"deny\"")}});
        const auto marks = editor.area()->extraSelections();
        QCOMPARE(marks.size(), 1);
        QCOMPARE(marks.first().cursor.selectedText(), QStringLiteral("\"no\""));
        QCOMPARE(marks.first().format.underlineStyle(), QTextCharFormat::WaveUnderline);
        auto* list = editor.findChild<QListWidget*>(QStringLiteral("rule.faults"));
        QVERIFY(list->isVisible());
        QVERIFY(list->item(0)->text().startsWith(QStringLiteral("Line 2: effect")));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(0)).center());
        QCOMPARE(editor.area()->textCursor().selectedText(), QStringLiteral("\"no\""));
        editor.setFaults({});
        QVERIFY(!list->isVisible());
        QVERIFY(editor.area()->extraSelections().isEmpty());
    }

    void faultAtTheEndIsVisibleToo()
    {
        JsonEditor editor(QStringLiteral("rule"));
        editor.setText(QStringLiteral("{\"a\":"));
        editor.setFaults({{5, 1, QStringLiteral("the end")}});
        QVERIFY(editor.area()->extraSelections().first().cursor.hasSelection());
        editor.setText({});
        editor.setFaults({{7, 3, QStringLiteral("outside")}});
        QCOMPARE(editor.faults().size(), 1);
    }

    void tellsOfEditsOnce()
    {
        JsonEditor editor(QStringLiteral("rule"));
        QSignalSpy edits(&editor, &JsonEditor::edited);
        editor.setText(QStringLiteral("{}"));
        QCOMPARE(edits.size(), 1);
        editor.show();
        QTest::keyClicks(editor.area(), QStringLiteral("abc"));
        QTRY_COMPARE(edits.size(), 2);
    }

    void tabLeavesTheTextAndBracketsIndent()
    {
        QWidget window;
        auto* column = new QVBoxLayout(&window);
        auto* editor = new JsonEditor(QStringLiteral("rule"));
        auto* next = new QLineEdit;
        column->addWidget(editor);
        column->addWidget(next);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        editor->setText(QStringLiteral("a\nb"));
        editor->area()->setFocus();
        editor->area()->selectAll();
        QTest::keyClick(editor->area(), Qt::Key_BracketRight, Qt::ControlModifier);
        QCOMPARE(editor->text(), QStringLiteral("    a\n    b"));
        QTest::keyClick(editor->area(), Qt::Key_BracketLeft, Qt::ControlModifier);
        QCOMPARE(editor->text(), QStringLiteral("a\nb"));
        QTest::keyClick(editor->area(), Qt::Key_Tab);
        QCOMPARE(editor->text(), QStringLiteral("a\nb"));
        QVERIFY(!editor->area()->hasFocus());
    }

    void returnKeepsTheIndentation()
    {
        JsonTextArea area;
        area.setPlainText(QStringLiteral("  {"));
        area.moveCursor(QTextCursor::End);
        QTest::keyClick(&area, Qt::Key_Return);
        QCOMPARE(area.toPlainText(), QStringLiteral("  {\n      "));
    }
};

QTEST_MAIN(JsonEditorTest)
#include "jsoneditortest.moc"
