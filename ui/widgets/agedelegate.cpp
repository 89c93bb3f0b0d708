// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/agedelegate.h"
#include "widgets/agetext.h"
#include <QAbstractItemView>
#include <QTimer>

namespace iam::widgets {

using namespace std::chrono_literals;

AgeDelegate::AgeDelegate(QAbstractItemView* view)
    : QStyledItemDelegate(view)
{
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, view, [view] { view->viewport()->update(); });
    timer->start(20s); // ages are told in minutes
}

void AgeDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const qint64 at = index.data(Qt::EditRole).toLongLong();
    if (at > 0) option->text = ageText(TimePoint(std::chrono::milliseconds(at)), SystemClock().now());
}

} // namespace iam::widgets
