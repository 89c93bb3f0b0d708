// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/statusmark.h"
#include <QAccessible>
#include <QApplication>
#include <QPainter>
#include <QPainterPath>

namespace iam::widgets {

QString toneWord(Tone tone)
{
    switch (tone) {
    case Tone::Info:
        return StatusMark::tr("Information");
    case Tone::Success:
        return StatusMark::tr("Success");
    case Tone::Warning:
        return StatusMark::tr("Warning");
    case Tone::Error:
        return StatusMark::tr("Error");
    case Tone::Neutral:
        break;
    }
    return {};
}

void drawToneShape(QPainter& painter, const QRectF& rect, Tone tone, const QPalette& palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.topLeft());
    painter.scale(rect.width() / 16, rect.height() / 16);
    const QColor color = toneColor(tone, palette);
    const QColor ink = palette.color(QPalette::Active, QPalette::Base);
    painter.setBrush(color);
    painter.setPen(Qt::NoPen);
    QPen stroke(ink, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    switch (tone) {
    case Tone::Neutral:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 1.8));
        painter.drawEllipse(QRectF(3, 3, 10, 10));
        break;
    case Tone::Info:
        painter.drawEllipse(QRectF(1, 1, 14, 14));
        painter.setPen(stroke);
        painter.drawLine(QPointF(8, 7.5), QPointF(8, 11.5));
        painter.drawPoint(QPointF(8, 4.6));
        break;
    case Tone::Success:
        painter.drawEllipse(QRectF(1, 1, 14, 14));
        painter.setPen(stroke);
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(QPolygonF({{4.8, 8.4}, {7.2, 10.8}, {11.4, 5.6}}));
        break;
    case Tone::Warning:
        painter.setPen(QPen(color, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolygon(QPolygonF({{8, 2}, {15, 14}, {1, 14}}));
        painter.setPen(stroke);
        painter.drawLine(QPointF(8, 6.4), QPointF(8, 9.6));
        painter.drawPoint(QPointF(8, 12.2));
        break;
    case Tone::Error:
        painter.drawPolygon(
            QPolygonF({{5, 0.8}, {11, 0.8}, {15.2, 5}, {15.2, 11}, {11, 15.2}, {5, 15.2}, {0.8, 11}, {0.8, 5}}));
        painter.setPen(stroke);
        painter.drawLine(QPointF(5.4, 5.4), QPointF(10.6, 10.6));
        painter.drawLine(QPointF(10.6, 5.4), QPointF(5.4, 10.6));
        break;
    }
    painter.restore();
}

QIcon toneIcon(Tone tone, const QPalette& palette)
{
    constexpr int side = 16;
    QPixmap pixmap(QSize(side, side) * qApp->devicePixelRatio());
    pixmap.setDevicePixelRatio(qApp->devicePixelRatio());
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    drawToneShape(painter, QRectF(0, 0, side, side), tone, palette);
    return pixmap;
}

StatusMark::StatusMark(Tone tone, QWidget* parent)
    : QWidget(parent)
    , m_tone(tone)
{
    setFixedSize(16, 16);
    setAccessibleName(toneWord(tone));
}

void StatusMark::setTone(Tone tone)
{
    m_tone = tone;
    setAccessibleName(toneWord(tone));
    update();
}

void StatusMark::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    drawToneShape(painter, rect(), m_tone, palette());
}

StatusDelegate::StatusDelegate(int toneRole, QObject* parent)
    : StatusDelegate(toneRole, {Tone::Neutral, Tone::Info, Tone::Success, Tone::Warning, Tone::Error}, parent)
{
}

StatusDelegate::StatusDelegate(int toneRole, QList<Tone> tones, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_toneRole(toneRole)
    , m_tones(std::move(tones))
{
}

void StatusDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QVariant value = index.data(m_toneRole);
    const qsizetype at = value.isValid() ? value.toInt() : -1;
    if (at < 0 || at >= m_tones.size()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString text = cell.text;
    cell.text.clear();
    QStyle* style = cell.widget ? cell.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    const bool selected = cell.state & QStyle::State_Selected;
    const QRect mark(cell.rect.left() + spacing::unit, cell.rect.center().y() - 6, 13, 13);
    if (selected) { // the tone colours are made for the base colour
        painter->save();
        painter->setPen(Qt::NoPen);
        painter->setBrush(cell.palette.color(QPalette::Base));
        painter->drawRoundedRect(mark.adjusted(-2, -2, 2, 2), 3, 3);
        painter->restore();
    }
    drawToneShape(*painter, mark, m_tones[at], cell.palette);
    painter->setPen(cell.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
    const QRect words = cell.rect.adjusted(spacing::unit + 19, 0, -spacing::half, 0);
    painter->setFont(cell.font);
    painter->drawText(words, int(Qt::AlignVCenter | Qt::AlignLeft),
                      cell.fontMetrics.elidedText(text, Qt::ElideRight, words.width()));
}

QSize StatusDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return QStyledItemDelegate::sizeHint(option, index) + QSize(20, 0);
}

} // namespace iam::widgets
