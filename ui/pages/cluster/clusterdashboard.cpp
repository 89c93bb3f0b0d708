// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/cluster/clusterdashboard.h"
#include "models/clustereventmodel.h"
#include "models/clusterload.h"
#include "models/clustertext.h"
#include "pages/cluster/clusterdrawing.h"
#include "pages/cluster/clusterwords.h"
#include "widgets/agetext.h"
#include "widgets/bardelegate.h"
#include "widgets/headline.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include "widgets/topologyview.h"
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace iam::pages {

using models::ClusterEventModel;
using models::ClusterLoadModel;
namespace spacing = widgets::spacing;

namespace {

// The size at which everything is as large as elsewhere.
constexpr double plainWidth = 900;
constexpr double plainHeight = 600;
constexpr int leastRows = 4;
constexpr int mostRows = 8;

QTableView* makeTable(const QString& name, const QString& accessibleName, QAbstractItemModel& model, QWidget* parent)
{
    auto* table = new QTableView(parent);
    table->setObjectName(name);
    table->setAccessibleName(accessibleName);
    table->setModel(&model);
    table->setShowGrid(false);
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setFocusPolicy(Qt::NoFocus);
    table->setFrameShape(QFrame::NoFrame);
    table->setWordWrap(false);
    table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setSectionsClickable(false);
    table->viewport()->setAutoFillBackground(false);
    return table;
}

QFont scaledFont(widgets::TextSize size, double scale)
{
    QFont font = widgets::textFont(size);
    font.setPixelSize(static_cast<int>(font.pixelSize() * scale));
    return font;
}

} // namespace

ClusterDashboard::ClusterDashboard(ClusterLoadModel& load, ClusterEventModel& events, QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_headline(new widgets::Headline(QStringLiteral("dashboard.verdict"), this))
    , m_broken(new widgets::RemarkList(QStringLiteral("dashboard.broken"), this))
    , m_topology(new widgets::TopologyView(this))
    , m_last(new widgets::TextLabel(widgets::TextSize::Base, true, this))
    , m_foot(new widgets::TextLabel(widgets::TextSize::Small, true, this))
    , m_shares(nullptr)
    , m_events(nullptr)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("dashboard"));
    setWindowTitle(tr("Cluster"));
    setFocusPolicy(Qt::StrongFocus);
    buildParts(load, events);
    takeScale();
}

void ClusterDashboard::buildParts(ClusterLoadModel& load, ClusterEventModel& events)
{
    m_topology->setObjectName(QStringLiteral("dashboard.topology"));
    m_last->setObjectName(QStringLiteral("dashboard.last"));
    m_foot->setObjectName(QStringLiteral("dashboard.foot"));
    m_shares = makeTable(QStringLiteral("dashboard.shares"), tr("Load of each backend"), load, this);
    for (const int column : {ClusterLoadModel::ApiP99, ClusterLoadModel::AuthzP99, ClusterLoadModel::Errors})
        m_shares->setColumnHidden(column, true);
    auto* bars = new widgets::BarDelegate(ClusterLoadModel::BarRole, m_shares);
    m_shares->setItemDelegateForColumn(ClusterLoadModel::ApiShare, bars);
    m_shares->setItemDelegateForColumn(ClusterLoadModel::AuthzShare, bars);
    m_shares->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_events = makeTable(QStringLiteral("dashboard.events"), tr("History of the virtual address"), events, this);
    m_events->setColumnHidden(ClusterEventModel::Reporter, true);
    m_events->setItemDelegateForColumn(ClusterEventModel::Happening,
                                       new widgets::StatusDelegate(models::ListModel::ToneRole, m_events));
    m_events->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_events->horizontalHeader()->setSectionResizeMode(ClusterEventModel::Cause, QHeaderView::Stretch);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_headline);
    column->addWidget(m_broken);
    column->addWidget(m_last);
    column->addWidget(m_topology, 1);
    auto* row = new QHBoxLayout;
    row->addWidget(m_shares, 4, Qt::AlignTop);
    row->addWidget(m_events, 6, Qt::AlignTop);
    column->addLayout(row);
    column->addWidget(m_foot);
}

void ClusterDashboard::takeScale()
{
    m_scale = std::max(1.0, std::min(width() / plainWidth, height() / plainHeight));
    m_headline->setScale(m_scale * 1.5);
    m_broken->setScale(m_scale * 1.15);
    m_topology->setScale(m_scale);
    m_last->setFont(scaledFont(widgets::TextSize::Base, m_scale));
    m_foot->setFont(scaledFont(widgets::TextSize::Small, m_scale));
    for (QTableView* table : {m_shares, m_events}) {
        table->setFont(scaledFont(widgets::TextSize::Base, m_scale));
        table->horizontalHeader()->setFont(scaledFont(widgets::TextSize::Small, m_scale));
        table->verticalHeader()->setDefaultSectionSize(static_cast<int>(26 * m_scale));
    }
    const int margin = static_cast<int>(spacing::wide * m_scale);
    layout()->setContentsMargins(margin, margin, margin, margin / 2);
    layout()->setSpacing(margin * 3 / 4);
}

void ClusterDashboard::present(const models::ClusterState& state, const ClusterLoadModel& load,
                               const ClusterEventModel& events, TimePoint now)
{
    const VipWords words = vipWords(state);
    m_headline->present(words.tone, words.title, words.text);
    m_broken->setRemarks(brokenNow(state));
    m_last->setText(lastMove(events.lastTransition(), now));
    m_topology->setTopology(clusterDrawing(state));
    m_shares->setVisible(load.rowCount() > 0);
    m_events->setVisible(events.rowCount() > 0);
    m_broken->setVisible(!m_broken->remarks().isEmpty());
    // Whole rows only; as many happenings as there are backends, at least four.
    const int rows = std::clamp(load.rowCount(), leastRows, mostRows);
    for (QTableView* table : {m_shares, m_events})
        table->setFixedHeight(table->horizontalHeader()->sizeHint().height() +
                              rows * table->verticalHeader()->defaultSectionSize());
    const QString heard = state.age ? models::durationText(*state.age) : QStringLiteral("–");
    m_foot->setText(tr("%1 · heard %2 ago from %3 · Esc leaves the full screen")
                        .arg(widgets::timeText(now), heard, QString::fromStdString(state.status.answeredBy)));
}

void ClusterDashboard::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    takeScale();
}

void ClusterDashboard::closeEvent(QCloseEvent* event)
{
    QWidget::closeEvent(event);
    Q_EMIT closed();
}

void ClusterDashboard::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_F11)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace iam::pages
