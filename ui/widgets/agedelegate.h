// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStyledItemDelegate>

class QAbstractItemView;

namespace iam::widgets {

/// Shows a time as its age ("5 min ago", see ageText()) and keeps that true while the view is open. The cell's sort
/// value (Qt::EditRole) is the time in ms since the epoch; where it is no number above 0 the cell's own text is shown.
class AgeDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit AgeDelegate(QAbstractItemView* view);

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

} // namespace iam::widgets
