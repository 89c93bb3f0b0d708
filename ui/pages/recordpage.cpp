// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/recordpage.h"
#include "pages/recordfilterbar.h"
#include "widgets/datatable.h"
#include "widgets/sidepanel.h"
#include "widgets/theme.h"
#include <QScrollBar>
#include <QToolButton>

namespace iam::pages {

RecordPage::RecordPage(const QString& name, const QString& followHint, client::ApiClient& api, QWidget* parent)
    : ListPage(name, api, parent)
    , m_follow(new QToolButton(this))
{
    m_follow->setObjectName(name + QStringLiteral(".follow"));
    m_follow->setText(tr("&Follow"));
    m_follow->setAccessibleName(tr("Follow"));
    m_follow->setToolTip(followHint);
    m_follow->setIcon(widgets::icon(QStringLiteral("media-playback-start")));
    m_follow->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_follow->setCheckable(true);
    m_follow->setMinimumHeight(30);
    m_follow->setFocusPolicy(Qt::TabFocus);
    addTool(m_follow);
}

void RecordPage::setRecords(models::RecordList* model, RecordFilterBar* filter, const ListWords& words)
{
    m_records = model;
    m_filter = filter;
    ListPage::setFilter(filter);
    setList(model, words);
    connect(filter, &RecordFilterBar::filterChanged, this, [this] { m_records->setFilter(m_filter->filter()); });
    connect(m_follow, &QToolButton::toggled, this, &RecordPage::setFollowing);
    connect(table()->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (panel()->isOpen()) showSelected();
    });
    keepPosition();
}

void RecordPage::enter()
{
    const bool loaded = m_records->state() != models::ListState::Idle;
    ListPage::enter();
    if (loaded) m_records->refresh();
    m_records->setFollowing(m_follow->isChecked());
}

void RecordPage::leave()
{
    m_records->setFollowing(false);
}

void RecordPage::reset()
{
    m_follow->setChecked(false);
    ListPage::reset();
    m_filter->clear();
}

void RecordPage::setFollowing(bool following)
{
    m_follow->setIcon(
        widgets::icon(following ? QStringLiteral("media-playback-pause") : QStringLiteral("media-playback-start")));
    m_records->setFollowing(following);
}

/// Whoever looks at the newest goes on seeing the newest; whoever reads further down is left where they are.
void RecordPage::keepPosition()
{
    connect(m_records, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) {
        QScrollBar* bar = table()->verticalScrollBar();
        if (first != 0 || bar->value() == 0) return;
        const int step = table()->verticalScrollMode() == QAbstractItemView::ScrollPerItem ? 1 : table()->rowHeight(0);
        const int value = bar->value() + (last - first + 1) * step;
        QMetaObject::invokeMethod(
            bar, [bar, value] { bar->setValue(value); }, Qt::QueuedConnection);
    });
}

void RecordPage::showSelected()
{
    const int row = table()->currentRow();
    if (row < 0) return;
    QWidget* focus = focusWidget();
    openRow(row);
    if (focus != nullptr && focus == table()) table()->setFocus(); // the arrow keys go on from row to row
}

} // namespace iam::pages
