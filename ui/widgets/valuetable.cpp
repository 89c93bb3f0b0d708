// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/valuetable.h"
#include "widgets/statusmark.h"
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

namespace iam::widgets {

namespace {
constexpr int toneRole = Qt::UserRole;
constexpr int lineHeight = 24;
constexpr int lowestHeading = 28;
constexpr int shapeRoom = 26;
} // namespace

ValueTable::ValueTable(const QString& name, const QStringList& headings, QWidget* parent)
    : QTreeWidget(parent)
{
    setObjectName(name);
    setHeaderLabels(headings);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setAlternatingRowColors(true);
    setSelectionMode(ExtendedSelection);
    setTabKeyNavigation(false);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollMode(ScrollPerPixel);
    header()->setStretchLastSection(true);
    header()->setSectionsMovable(false);
    header()->setMinimumHeight(lowestHeading);
    header()->setMinimumSectionSize(40);
    setItemDelegate(new StatusDelegate(toneRole, this));
    // The last column takes what is left a moment later: then there may be nothing more to scroll to.
    connect(
        header(), &QHeaderView::sectionResized, this, [this] { updateGeometries(); }, Qt::QueuedConnection);
}

void ValueTable::setRows(const QList<Row>& rows)
{
    if (m_rows == rows) return;
    while (topLevelItemCount() > rows.size()) delete takeTopLevelItem(topLevelItemCount() - 1);
    while (topLevelItemCount() < rows.size()) {
        auto* item = new QTreeWidgetItem;
        item->setSizeHint(0, {0, lineHeight});
        addTopLevelItem(item);
    }
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (i < m_rows.size() && m_rows[i] == rows[i]) continue;
        QTreeWidgetItem* item = topLevelItem(static_cast<int>(i));
        for (int column = 0; column < columnCount(); ++column) {
            const Cell cell = rows[i].value(column);
            if (item->text(column) != cell.text) item->setText(column, cell.text);
            const QVariant tone = cell.tone ? QVariant(static_cast<int>(*cell.tone)) : QVariant();
            if (item->data(column, toneRole) != tone) item->setData(column, toneRole, tone);
            const QString tip = (cell.toolTip.isEmpty() ? cell.text : cell.toolTip).toHtmlEscaped();
            if (item->toolTip(column) != tip) item->setToolTip(column, tip);
        }
    }
    m_rows = rows;
    fitColumns();
}

/// Wide enough for what they hold, never narrower again: values that change do not make the table jump.
void ValueTable::fitColumns()
{
    for (int column = 0; column + 1 < columnCount(); ++column) {
        int needed = header()->sectionSizeHint(column) + spacing::unit;
        for (const Row& row : std::as_const(m_rows)) {
            const Cell cell = row.value(column);
            needed = std::max(needed, fontMetrics().horizontalAdvance(cell.text) + (cell.tone ? shapeRoom : 0) + 16);
        }
        if (columnWidth(column) < needed || m_rows.isEmpty()) setColumnWidth(column, needed);
    }
}

int ValueTable::heightOf(int rows) const
{
    return std::max(lowestHeading, header()->sizeHint().height()) + rows * lineHeight + 2 * frameWidth() + 2;
}

void ValueTable::keyPressEvent(QKeyEvent* event)
{
    if (!event->matches(QKeySequence::Copy)) return QTreeWidget::keyPressEvent(event);
    QStringList lines;
    for (int i = 0; i < topLevelItemCount(); ++i) {
        if (!topLevelItem(i)->isSelected()) continue;
        QStringList cells;
        for (int column = 0; column < columnCount(); ++column) cells.append(topLevelItem(i)->text(column));
        lines.append(cells.join(u'\t'));
    }
    if (!lines.isEmpty()) QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace iam::widgets
