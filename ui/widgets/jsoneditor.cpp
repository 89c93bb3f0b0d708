// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jsoneditor.h"
#include "widgets/jsonformat.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QTextBlock>
#include <QTimer>

namespace iam::widgets {

using namespace std::chrono_literals;

namespace {
constexpr int listedRows = 4;
}

JsonEditor::JsonEditor(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_tools(new QHBoxLayout)
    , m_format(new QPushButton(tr("Forma&t"), this))
    , m_area(new JsonTextArea(this))
    , m_mark(new StatusMark(Tone::Success, this))
    , m_verdict(new TextLabel(TextSize::Base, false, this))
    , m_list(new QListWidget(this))
    , m_delay(new QTimer(this))
    , m_goodWord(tr("Nothing is wrong."))
{
    setObjectName(name);
    m_area->setObjectName(name + QStringLiteral(".text"));
    m_area->setMinimumHeight(160);
    m_area->setToolTip(tr("Tab leaves the text; Ctrl+] and Ctrl+[ move lines in and out."));
    m_format->setObjectName(name + QStringLiteral(".format"));
    m_format->setToolTip(tr("Sets line breaks and indentation anew"));
    m_format->setAccessibleName(tr("Format the text"));
    m_verdict->setObjectName(name + QStringLiteral(".verdict"));
    m_list->setObjectName(name + QStringLiteral(".faults"));
    m_list->setAccessibleName(tr("Faults; Return goes to the place"));
    m_list->setWordWrap(true);
    m_list->setUniformItemSizes(false);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->hide();
    setFocusProxy(m_area);

    m_tools->setSpacing(spacing::unit);
    m_tools->addStretch(1);
    m_tools->addWidget(m_format);
    auto* verdict = new QHBoxLayout;
    verdict->setSpacing(6);
    verdict->addWidget(m_mark, 0, Qt::AlignVCenter);
    verdict->addWidget(m_verdict, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(m_tools);
    column->addWidget(m_area, 1);
    column->addLayout(verdict);
    column->addWidget(m_list);

    m_delay->setSingleShot(true);
    m_delay->setInterval(150ms);
    connect(m_delay, &QTimer::timeout, this, &JsonEditor::edited);
    connect(m_area->document(), &QTextDocument::contentsChange, this, [this](int, int removed, int added) {
        if (removed > 0 || added > 0) m_delay->start(); // colouring reports changes of no length
    });
    connect(m_format, &QPushButton::clicked, this, &JsonEditor::format);
    connect(m_list, &QListWidget::itemActivated, this, [this] { goToListed(m_list->currentRow()); });
    connect(m_list, &QListWidget::itemClicked, this, [this] { goToListed(m_list->currentRow()); });
    setFaults({});
}

void JsonEditor::setText(const QString& text)
{
    QTextCursor cursor(m_area->document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    m_area->moveCursor(QTextCursor::Start);
    m_delay->stop();
    Q_EMIT edited();
}

QString JsonEditor::text() const
{
    return m_area->toPlainText();
}

void JsonEditor::setReadOnly(bool readOnly)
{
    m_area->setReadOnly(readOnly);
    m_format->setVisible(!readOnly);
    m_mark->setVisible(!readOnly);
    m_verdict->setVisible(!readOnly);
}

void JsonEditor::setGoodWord(const QString& word)
{
    m_goodWord = word;
    setFaults(m_faults);
}

void JsonEditor::setFaults(const QList<TextFault>& faults)
{
    m_faults = faults;
    m_area->setFaults(faults);
    const int count = int(faults.size());
    m_mark->setTone(count == 0 ? Tone::Success : Tone::Error);
    m_verdict->setText(count == 0 ? m_goodWord : count == 1 ? tr("1 fault:") : tr("%1 faults:").arg(count));
    m_area->setAccessibleDescription(m_verdict->text());
    const int row = m_list->currentRow();
    m_list->clear();
    for (const TextFault& fault : faults) {
        const int at = std::clamp(fault.start, 0, std::max(0, m_area->document()->characterCount() - 1));
        const int line = m_area->document()->findBlock(at).blockNumber() + 1;
        m_list->addItem(tr("Line %1: %2").arg(QString::number(line), fault.words));
    }
    m_list->setCurrentRow(row < count ? row : -1);
    m_list->setVisible(count > 0);
    m_list->setFixedHeight(6 + std::min(count, listedRows) * 2 * m_list->fontMetrics().lineSpacing());
}

void JsonEditor::addTool(QWidget* tool)
{
    m_tools->insertWidget(m_tools->count() - 2, tool);
    tool->lower(); // before the others among the children too, which is where tab orders are taken from
}

void JsonEditor::goToFirstFault()
{
    if (!m_faults.isEmpty()) m_area->goTo(m_faults.first());
}

void JsonEditor::format()
{
    const QString formatted = formattedJson(text());
    if (formatted != text()) setText(formatted);
}

void JsonEditor::goToListed(int row)
{
    if (row >= 0 && row < m_faults.size()) m_area->goTo(m_faults[row]);
}

} // namespace iam::widgets
