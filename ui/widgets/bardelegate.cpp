// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bardelegate.h"
#include "widgets/theme.h"
#include <QPainter>
#include <algorithm>

namespace iam::widgets {

BarDelegate::BarDelegate(int barRole, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_barRole(barRole)
{
}

void BarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QVariant part = index.data(m_barRole);
    if (part.isValid() && !(option.state & QStyle::State_Selected)) {
        const QRectF room = QRectF(option.rect).adjusted(6, 4, -6, -4);
        const double length = room.width() * std::clamp(part.toDouble(), 0.0, 1.0);
        QColor color = option.palette.color(QPalette::Active, QPalette::Link);
        const QColor line = color;
        color.setAlphaF(0.18F);
        painter->save();
        painter->fillRect(QRectF(room.left(), room.top(), length, room.height()), color);
        painter->fillRect(QRectF(room.left(), room.bottom() - 2, length, 2), line);
        painter->restore();
    }
    QStyledItemDelegate::paint(painter, option, index);
}

} // namespace iam::widgets
