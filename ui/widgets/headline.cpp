// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/headline.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace iam::widgets {

namespace {

QFont scaledFont(TextSize size, bool bold, double scale)
{
    QFont font = textFont(size, bold);
    font.setPixelSize(static_cast<int>(font.pixelSize() * scale));
    return font;
}

void setLabel(QLabel* label, const QString& text)
{
    if (label->text() == text) return;
    label->setText(text);
    label->setAccessibleName(text);
}

} // namespace

Headline::Headline(const QString& name, QWidget* parent)
    : QFrame(parent)
    , m_mark(new StatusMark(Tone::Neutral, this))
    , m_title(new TextLabel(TextSize::Title, false, this))
    , m_text(new TextLabel(TextSize::Base, false, this))
{
    setObjectName(name);
    m_title->setObjectName(name + QStringLiteral(".title"));
    m_text->setObjectName(name + QStringLiteral(".text"));
    for (QLabel* label : {m_title, m_text})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_text);
    auto* row = new QHBoxLayout(this);
    row->addWidget(m_mark, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    setScale(1);
}

void Headline::setScale(double scale)
{
    m_title->setFont(scaledFont(TextSize::Title, true, scale));
    m_text->setFont(scaledFont(TextSize::Base, false, scale));
    m_mark->setSide(static_cast<int>(26 * scale));
    const int margin = static_cast<int>(12 * scale);
    layout()->setContentsMargins(margin, margin, margin, margin);
    layout()->setSpacing(margin);
}

void Headline::present(Tone tone, const QString& title, const QString& text)
{
    const bool news = m_title->text() != title;
    m_mark->setTone(tone);
    setLabel(m_title, title);
    setLabel(m_text, text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
    update();
    if (!news) return;
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

Tone Headline::tone() const
{
    return m_mark->tone();
}

QString Headline::title() const
{
    return m_title->text();
}

QString Headline::text() const
{
    return m_text->text();
}

void Headline::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool neutral = tone() == Tone::Neutral;
    painter.setBrush(neutral ? palette().color(QPalette::Button) : toneBackground(tone(), palette()));
    painter.setPen(QPen(neutral ? lineColor(palette()) : toneColor(tone(), palette()), 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

RemarkList::RemarkList(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    setObjectName(name);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(spacing::half);
}

void RemarkList::addLine()
{
    const int number = static_cast<int>(m_lines.size());
    Line line{new QWidget(this), nullptr, nullptr};
    line.mark = new StatusMark(Tone::Neutral, line.row);
    line.text = new TextLabel(TextSize::Base, false, line.row);
    line.text->setObjectName(QStringLiteral("%1.%2").arg(objectName()).arg(number));
    line.text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* row = new QHBoxLayout(line.row);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(line.mark, 0, Qt::AlignTop);
    row->addWidget(line.text, 1);
    m_column->addWidget(line.row);
    m_lines.append(line);
    scale(line);
}

void RemarkList::scale(const Line& line) const
{
    line.mark->setSide(static_cast<int>(16 * m_scale));
    line.text->setFont(scaledFont(TextSize::Base, false, m_scale));
    line.row->layout()->setSpacing(static_cast<int>(spacing::unit * m_scale));
}

void RemarkList::setScale(double scale)
{
    m_scale = scale;
    for (const Line& line : std::as_const(m_lines)) this->scale(line);
}

void RemarkList::setRemarks(const QList<Remark>& remarks)
{
    if (m_remarks == remarks) return;
    m_remarks = remarks;
    while (m_lines.size() < remarks.size()) addLine();
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        const bool used = i < remarks.size();
        m_lines[i].row->setVisible(used);
        if (!used) continue;
        m_lines[i].mark->setTone(remarks[i].tone);
        setLabel(m_lines[i].text, remarks[i].text);
    }
    updateGeometry();
}

} // namespace iam::widgets
