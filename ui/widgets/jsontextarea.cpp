// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jsontextarea.h"
#include "widgets/jsonhighlighter.h"
#include "widgets/statusmark.h"
#include <QHelpEvent>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>

namespace iam::widgets {

/// The column at the left.
class LineNumbers : public QWidget {
public:
    explicit LineNumbers(JsonTextArea* area)
        : QWidget(area)
        , m_area(area)
    {
    }
    [[nodiscard]] QSize sizeHint() const override { return {m_area->lineNumberWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent* event) override { m_area->paintLineNumbers(event->rect()); }

private:
    JsonTextArea* m_area;
};

JsonTextArea::JsonTextArea(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_numbers(new LineNumbers(this))
    , m_highlighter(new JsonHighlighter(document(), palette()))
{
    setFont(monospaceFont());
    setTabChangesFocus(true);
    setLineWrapMode(WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setTabStopDistance(4 * fontMetrics().horizontalAdvance(u' '));
    const auto room = [this] { setViewportMargins(lineNumberWidth(), 0, 0, 0); };
    connect(this, &QPlainTextEdit::blockCountChanged, this, room);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& area, int scrolled) {
        if (scrolled != 0)
            m_numbers->scroll(0, scrolled);
        else
            m_numbers->update(0, area.y(), m_numbers->width(), area.height());
    });
    room();
}

void JsonTextArea::setPlain()
{
    m_highlighter->setDocument(nullptr);
}

int JsonTextArea::lineNumberWidth() const
{
    const auto digits = QString::number(std::max(blockCount(), 10)).size();
    return 22 + int(digits) * fontMetrics().horizontalAdvance(u'9') + spacing::unit;
}

void JsonTextArea::paintLineNumbers(const QRect& area)
{
    QPainter painter(m_numbers);
    painter.fillRect(area, palette().color(QPalette::AlternateBase));
    painter.setFont(font());
    painter.setPen(mutedColor(palette()));
    const int width = m_numbers->width();
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
        if (rect.top() > area.bottom()) break;
        if (rect.bottom() < area.top()) continue;
        const int height = fontMetrics().lineSpacing();
        painter.drawText(QRectF(0, rect.top(), width - spacing::unit, height), int(Qt::AlignRight | Qt::AlignVCenter),
                         QString::number(block.blockNumber() + 1));
        if (m_faultyLines.contains(block.blockNumber()))
            drawToneShape(painter, QRectF(4, rect.top() + (height - 13) / 2.0, 13, 13), Tone::Error, palette());
    }
}

QTextCursor JsonTextArea::cursorOf(const TextFault& fault) const
{
    const int last = std::max(0, document()->characterCount() - 1);
    int start = std::clamp(fault.start, 0, last);
    const int end = std::clamp(start + std::max(fault.length, 1), start, last);
    // An empty range cannot be underlined: at the end of a line or of the text the character before takes the mark.
    const bool lineEnd = start == last || document()->characterAt(start) == QChar::ParagraphSeparator;
    if (fault.length <= 1 && lineEnd && start > 0) --start;
    QTextCursor cursor(document());
    cursor.setPosition(start);
    cursor.setPosition(end, QTextCursor::KeepAnchor);
    return cursor;
}

void JsonTextArea::setFaults(const QList<TextFault>& faults)
{
    m_faults = faults;
    markFaults();
}

void JsonTextArea::markFaults()
{
    QList<QTextEdit::ExtraSelection> marks;
    m_faultyLines.clear();
    for (const TextFault& fault : std::as_const(m_faults)) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = cursorOf(fault);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(toneColor(Tone::Error, palette()));
        mark.format.setBackground(toneBackground(Tone::Error, palette()));
        m_faultyLines.insert(document()->findBlock(mark.cursor.selectionStart()).blockNumber());
        marks << mark;
    }
    setExtraSelections(marks);
    m_numbers->update();
}

void JsonTextArea::goTo(const TextFault& fault)
{
    setTextCursor(cursorOf(fault));
    centerCursor();
    setFocus(Qt::OtherFocusReason);
}

void JsonTextArea::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    const QRect inside = contentsRect();
    m_numbers->setGeometry(inside.left(), inside.top(), lineNumberWidth(), inside.height());
}

void JsonTextArea::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    m_highlighter->setPalette(palette());
    markFaults();
}

bool JsonTextArea::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int at = cursorForPosition(viewport()->mapFrom(this, help->pos())).position();
        for (const TextFault& fault : std::as_const(m_faults)) {
            const QTextCursor marked = cursorOf(fault);
            if (at < marked.selectionStart() || at > marked.selectionEnd()) continue;
            QToolTip::showText(help->globalPos(), fault.words.toHtmlEscaped(), this);
            return true;
        }
        QToolTip::hideText();
        return true;
    }
    return QPlainTextEdit::event(event);
}

void JsonTextArea::keyPressEvent(QKeyEvent* event)
{
    const bool control = event->modifiers() == Qt::ControlModifier;
    if (!isReadOnly() && control && event->key() == Qt::Key_BracketRight)
        indent(1);
    else if (!isReadOnly() && control && event->key() == Qt::Key_BracketLeft)
        indent(-1);
    else if (!isReadOnly() && event->key() == Qt::Key_Return && event->modifiers() == Qt::NoModifier)
        breakLine();
    else
        QPlainTextEdit::keyPressEvent(event);
}

void JsonTextArea::indent(int direction)
{
    QTextCursor cursor = textCursor();
    const QTextBlock last = document()->findBlock(cursor.selectionEnd());
    cursor.beginEditBlock();
    for (QTextBlock block = document()->findBlock(cursor.selectionStart()); block.isValid(); block = block.next()) {
        QTextCursor line(block);
        if (direction > 0) {
            line.insertText(QStringLiteral("    "));
        } else {
            int spaces = 0;
            while (spaces < 4 && spaces < block.length() - 1 && block.text()[spaces] == u' ') ++spaces;
            line.movePosition(QTextCursor::Right, QTextCursor::KeepAnchor, spaces);
            line.removeSelectedText();
        }
        if (block == last) break;
    }
    cursor.endEditBlock();
}

void JsonTextArea::breakLine()
{
    QTextCursor cursor = textCursor();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    int spaces = 0;
    while (spaces < before.size() && before[spaces] == u' ') ++spaces;
    const QString trimmed = before.trimmed();
    if (trimmed.endsWith(u'{') || trimmed.endsWith(u'[')) spaces += 4;
    cursor.insertText(u'\n' + QString(spaces, u' '));
    setTextCursor(cursor);
    ensureCursorVisible();
}

} // namespace iam::widgets
