// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/outlinetree.h"
#include "widgets/statusmark.h"
#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QScrollArea>
#include <QStyledItemDelegate>
#include <QTextLayout>

namespace iam::widgets {

namespace {

constexpr int lineToneRole = Qt::UserRole;
constexpr int lineKeyRole = Qt::UserRole + 1;
constexpr int lineShapeSide = 13;
constexpr int lineShapeRoom = lineShapeSide + 6;
constexpr int roomAbove = 4; // free room over and under a sentence
constexpr int narrowest = 60;

/// Breaks the text into lines, within words where it must; gives the height.
double breakLines(QTextLayout& layout, double width)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    double height = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    return height;
}

class SentenceDelegate : public QStyledItemDelegate {
public:
    explicit SentenceDelegate(OutlineTree* tree)
        : QStyledItemDelegate(tree)
        , m_tree(tree)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyleOptionViewItem cell = option;
        initStyleOption(&cell, index);
        const QString text = std::exchange(cell.text, {});
        QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
        const bool selected = cell.state & QStyle::State_Selected;
        const QVariant tone = index.data(lineToneRole);
        QTextLayout layout(text, cell.font);
        breakLines(layout, cell.rect.width() - roomBeside(tone));
        if (tone.isValid()) {
            const double line = layout.lineAt(0).height();
            const QRectF mark(cell.rect.left(), cell.rect.top() + roomAbove + (line - lineShapeSide) / 2, lineShapeSide,
                              lineShapeSide);
            if (selected) { // the tone colours are made for the base colour
                painter->save();
                painter->setPen(Qt::NoPen);
                painter->setBrush(cell.palette.color(QPalette::Base));
                painter->drawRoundedRect(mark.adjusted(-2, -2, 2, 2), 3, 3);
                painter->restore();
            }
            drawToneShape(*painter, mark, static_cast<Tone>(tone.toInt()), cell.palette);
        }
        painter->setPen(cell.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
        layout.draw(painter,
                    QPointF(cell.rect.left() + (tone.isValid() ? lineShapeRoom : 0), cell.rect.top() + roomAbove));
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyleOptionViewItem cell = option;
        initStyleOption(&cell, index);
        int indents = 1;
        for (QModelIndex parent = index.parent(); parent.isValid(); parent = parent.parent()) ++indents;
        const int width = std::max(narrowest, m_tree->viewport()->width() - indents * m_tree->indentation() -
                                                  roomBeside(index.data(lineToneRole)));
        QTextLayout layout(cell.text, cell.font);
        return {narrowest, static_cast<int>(std::ceil(breakLines(layout, width))) + 2 * roomAbove};
    }

private:
    static int roomBeside(const QVariant& tone) { return spacing::half + (tone.isValid() ? lineShapeRoom : 0); }

    OutlineTree* m_tree;
};

QTreeWidgetItem* makeItem(const OutlineTree::Line& line, const QString& key)
{
    auto* item = new QTreeWidgetItem({line.text});
    const QString own = line.key.isEmpty() ? key : line.key;
    item->setData(0, lineKeyRole, own);
    if (line.tone)
        item->setData(0, lineToneRole, static_cast<int>(*line.tone));
    else
        item->setFont(0, textFont(TextSize::Base, true));
    for (const OutlineTree::Line& below : line.lines) item->addChild(makeItem(below, own));
    return item;
}

void openWhereWanted(QTreeWidgetItem* item, const OutlineTree::Line& line)
{
    for (qsizetype i = 0; i < line.lines.size(); ++i) openWhereWanted(item->child(static_cast<int>(i)), line.lines[i]);
    item->setExpanded(line.open);
}

} // namespace

OutlineTree::OutlineTree(const QString& name, QWidget* parent)
    : QTreeWidget(parent)
{
    setObjectName(name);
    setHeaderHidden(true);
    setColumnCount(1);
    setIndentation(spacing::wide);
    setUniformRowHeights(false);
    setExpandsOnDoubleClick(false);
    setTabKeyNavigation(false);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new SentenceDelegate(this));
    connect(this, &QTreeWidget::itemActivated, this, &OutlineTree::open);
    connect(this, &QTreeWidget::itemExpanded, this, &OutlineTree::fitLater);
    connect(this, &QTreeWidget::itemCollapsed, this, &OutlineTree::fitLater);
    connect(this, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem* item) { follow(item); });
}

void OutlineTree::setLines(const QList<Line>& lines)
{
    clear();
    for (const Line& line : lines) {
        QTreeWidgetItem* item = makeItem(line, {});
        addTopLevelItem(item);
        openWhereWanted(item, line);
    }
    setCurrentItem(topLevelItem(0));
    fitLater();
}

void OutlineTree::open(QTreeWidgetItem* item)
{
    const QString key = item->data(0, lineKeyRole).toString();
    if (key.isEmpty())
        item->setExpanded(!item->isExpanded());
    else
        Q_EMIT opened(key);
}

void OutlineTree::resizeEvent(QResizeEvent* event)
{
    QTreeWidget::resizeEvent(event);
    if (event->size().width() == event->oldSize().width()) return;
    scheduleDelayedItemsLayout(); // sentences break anew
    fitLater();
}

void OutlineTree::changeEvent(QEvent* event)
{
    QTreeWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fitLater();
}

void OutlineTree::fitLater()
{
    if (std::exchange(m_fitting, true)) return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_fitting = false;
            fit();
        },
        Qt::QueuedConnection);
}

void OutlineTree::fit()
{
    executeDelayedItemsLayout();
    QTreeWidgetItem* last = topLevelItem(topLevelItemCount() - 1);
    while (last != nullptr && last->isExpanded() && last->childCount() > 0) last = last->child(last->childCount() - 1);
    setFixedHeight(last != nullptr ? visualItemRect(last).bottom() + 1 + 2 * frameWidth() : 0);
}

void OutlineTree::follow(const QTreeWidgetItem* item)
{
    if (item == nullptr || !hasFocus()) return;
    for (QWidget* above = parentWidget(); above != nullptr; above = above->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(above)) {
            const QRect line = visualItemRect(item);
            const QPoint top = viewport()->mapTo(area->widget(), line.topLeft());
            area->ensureVisible(top.x(), top.y() + line.height(), 0, spacing::wide);
            area->ensureVisible(top.x(), top.y(), 0, spacing::wide);
            return;
        }
}

} // namespace iam::widgets
