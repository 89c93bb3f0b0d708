// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diffview.h"
#include "widgets/theme.h"
#include <QEvent>
#include <QTextBlock>
#include <QTextCursor>

namespace iam::widgets {
namespace {

using Kind = DiffLine::Kind;

constexpr qsizetype shownAround = 3; // equal lines before and behind a change

/// How many equal lines stand together from `start` on.
qsizetype equalRun(const QList<DiffLine>& lines, qsizetype start)
{
    qsizetype end = start;
    while (end < lines.size() && lines[end].kind == Kind::Same) ++end;
    return end - start;
}

class DiffWriter {
public:
    explicit DiffWriter(QPlainTextEdit& view)
        : m_cursor(view.document())
        , m_palette(view.palette())
    {
        m_cursor.beginEditBlock();
    }
    ~DiffWriter() { m_cursor.endEditBlock(); }
    DiffWriter(const DiffWriter&) = delete;
    DiffWriter& operator=(const DiffWriter&) = delete;

    void line(const DiffLine& line)
    {
        switch (line.kind) {
        case Kind::Same:
            write(QStringLiteral("  ") + line.text, m_palette.color(QPalette::Text), {});
            break;
        case Kind::Added:
            write(QStringLiteral("+ ") + line.text, toneColor(Tone::Success, m_palette),
                  toneBackground(Tone::Success, m_palette));
            break;
        case Kind::Removed:
            write(QStringLiteral("\u2212 ") + line.text, toneColor(Tone::Error, m_palette),
                  toneBackground(Tone::Error, m_palette));
            break;
        }
    }
    void remark(const QString& text) { write(text, mutedColor(m_palette), {}); }

private:
    void write(const QString& text, const QColor& color, const QColor& background)
    {
        QTextBlockFormat block;
        if (background.isValid()) block.setBackground(background);
        QTextCharFormat format;
        format.setForeground(color);
        if (m_first)
            m_cursor.setBlockFormat(block);
        else
            m_cursor.insertBlock(block, format);
        m_first = false;
        m_cursor.insertText(text, format);
    }

    QTextCursor m_cursor;
    QPalette m_palette;
    bool m_first = true;
};

} // namespace

DiffView::DiffView(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFont(monospaceFont());
}

void DiffView::setLines(QList<DiffLine> lines)
{
    m_lines = std::move(lines);
    write();
}

void DiffView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) write(); // colours are part of the text
}

void DiffView::write()
{
    clear();
    writeLines();
    moveCursor(QTextCursor::Start); // not while the text is being changed: its lines are laid out afterwards
}

void DiffView::writeLines()
{
    DiffWriter writer(*this);
    const bool changed = equalRun(m_lines, 0) < m_lines.size();
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        const qsizetype run = equalRun(m_lines, i);
        const qsizetype before = i > 0 ? shownAround : 0; // at the ends only one side touches a change
        const qsizetype behind = i + run < m_lines.size() ? shownAround : 0;
        if (changed && run > before + behind + 1) {
            for (qsizetype k = 0; k < before; ++k) writer.line(m_lines[i + k]);
            writer.remark(tr("  … %1 lines the same …").arg(run - before - behind));
            for (qsizetype k = run - behind; k < run; ++k) writer.line(m_lines[i + k]);
            i += run - 1;
        } else if (run > 0) {
            for (qsizetype k = 0; k < run; ++k) writer.line(m_lines[i + k]);
            i += run - 1;
        } else {
            writer.line(m_lines[i]);
        }
    }
}

} // namespace iam::widgets
