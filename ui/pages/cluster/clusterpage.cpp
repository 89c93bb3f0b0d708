// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/cluster/clusterpage.h"
#include "client/errortext.h"
#include "client/whenready.h"
#include "cluster/proof/nodeproof.h"
#include "models/clustereventmodel.h"
#include "models/clusterload.h"
#include "pages/cluster/clusterdashboard.h"
#include "pages/cluster/clusterdrawing.h"
#include "pages/cluster/clustereventdetail.h"
#include "pages/cluster/clustertables.h"
#include "pages/cluster/clusterwords.h"
#include "widgets/bardelegate.h"
#include "widgets/datatable.h"
#include "widgets/livechart.h"
#include "widgets/sidepanel.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include "widgets/topologyview.h"
#include <QHeaderView>
#include <QLineEdit>
#include <QResizeEvent>
#include <QScrollArea>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace iam::pages {

using client::whenReady;
using contract::ClusterEvent;
using models::ClusterState;
namespace spacing = widgets::spacing;

namespace {

constexpr std::chrono::days historyShown{30};
constexpr int wideEnough = 820; // for the witnesses beside the verdict

std::optional<std::string> verify(const std::string& body, const std::string& verifyKey, const std::string& nonce)
{
    const auto node = cluster::verifiedNode(body, verifyKey, nonce);
    return node ? std::optional(*node) : std::nullopt;
}

} // namespace

ClusterPage::ClusterPage(client::ApiClient& api, models::ClusterMemory& memory, QWidget* parent)
    : Page(QStringLiteral("cluster"), parent)
    , m_api(api)
    , m_client(api)
    , m_watch(new models::ClusterWatch(api, verify, memory, this))
    , m_stream(new client::EventStream(api, client::ClusterClient::eventsPath, this))
    , m_events(new models::ClusterEventModel(this))
    , m_shownEvents(new QSortFilterProxyModel(this))
    , m_load(new models::ClusterLoadModel(this))
    , m_headline(new widgets::Headline(QStringLiteral("cluster.verdict"), this))
    , m_broken(new widgets::RemarkList(QStringLiteral("cluster.broken"), this))
    , m_last(new widgets::TextLabel(widgets::TextSize::Base, true, this))
    , m_witnesses(new WitnessTable(QStringLiteral("cluster.witnesses"), this))
    , m_topology(new widgets::TopologyView(this))
    , m_chart(new widgets::LiveChart(tr("Requests per second to each backend"), this))
    , m_nodes(new NodeTable(this))
    , m_history(new widgets::DataTable(QStringLiteral("clusterEvents"), this))
    , m_search(new QLineEdit(this))
    , m_tabs(new QTabWidget(this))
{
    setTitle(tr("Cluster"), tr("Who has the virtual address, how certain that is, and where the load goes."));
    buildContent();
    connectParts();
    showLoading(tr("Asking the cluster…"));
}

ClusterPage::~ClusterPage()
{
    delete m_dashboard;
}

QWidget* ClusterPage::buildTop()
{
    auto* left = new QWidget(this);
    auto* words = new QVBoxLayout(left);
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(spacing::unit);
    m_last->setObjectName(QStringLiteral("cluster.last"));
    m_last->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    words->addWidget(m_headline);
    words->addWidget(m_broken);
    words->addWidget(m_last);
    words->addStretch(1);
    auto* top = new QWidget(this);
    top->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_top = new QHBoxLayout(top);
    m_top->setContentsMargins(0, 0, 0, 0);
    m_top->setSpacing(spacing::wide);
    m_top->addWidget(left, 5);
    placeWitnesses(true);
    return top;
}

QWidget* ClusterPage::buildLoad()
{
    auto* shares = new widgets::DataTable(QStringLiteral("clusterLoad"), this);
    shares->setAccessibleName(tr("Load of each backend"));
    shares->setFirstColumns(
        {86, 64, 96, 72, 96, 112, 104, 70},
        {models::ClusterLoadModel::ApiP99, models::ClusterLoadModel::AuthzP99, models::ClusterLoadModel::Errors});
    auto* sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_load);
    sorted->setSortRole(Qt::EditRole);
    shares->setModel(sorted);
    shares->setCopyRole(models::ListModel::CopyRole);
    auto* bars = new widgets::BarDelegate(models::ClusterLoadModel::BarRole, shares);
    shares->setItemDelegateForColumn(models::ClusterLoadModel::ApiShare, bars);
    shares->setItemDelegateForColumn(models::ClusterLoadModel::AuthzShare, bars);
    auto* heading = new widgets::TextLabel(widgets::TextSize::Small, true, this);
    heading->setText(m_chart->accessibleName());
    auto* left = new QWidget(this);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, spacing::unit, spacing::unit, 0);
    column->setSpacing(spacing::half);
    column->addWidget(heading);
    column->addWidget(m_chart, 1);
    auto* parts = new QSplitter(Qt::Horizontal, this);
    parts->setObjectName(QStringLiteral("cluster.load"));
    parts->setChildrenCollapsible(false);
    parts->addWidget(left);
    parts->addWidget(shares);
    shares->setMinimumWidth(190);
    parts->setSizes({500, 472});
    return parts;
}

QWidget* ClusterPage::buildHistory()
{
    m_shownEvents->setSourceModel(m_events);
    m_shownEvents->setSortRole(Qt::EditRole);
    m_shownEvents->setFilterKeyColumn(-1);
    m_shownEvents->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_history->setAccessibleName(tr("History of the virtual address"));
    m_history->setFirstColumns({150, 190, 260, 130, 110}, {});
    m_history->setModel(m_shownEvents);
    m_history->setCopyRole(models::ListModel::CopyRole);
    m_history->setItemDelegateForColumn(models::ClusterEventModel::Happening,
                                        new widgets::StatusDelegate(models::ListModel::ToneRole, m_history));
    m_search->setObjectName(QStringLiteral("clusterEvents.search"));
    m_search->setPlaceholderText(tr("Search the history"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(320);
    connect(m_search, &QLineEdit::textChanged, m_shownEvents, &QSortFilterProxyModel::setFilterFixedString);
    auto* part = new QWidget(this);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, spacing::unit, 0, 0);
    column->setSpacing(spacing::unit);
    column->addWidget(m_search);
    column->addWidget(m_history, 1);
    return part;
}

void ClusterPage::buildContent()
{
    auto* screen = new QToolButton(this);
    screen->setObjectName(QStringLiteral("cluster.fullScreen"));
    screen->setText(tr("&Full screen"));
    screen->setAccessibleName(tr("Full screen"));
    screen->setToolTip(tr("The same on the whole screen, to be read from further away (F11)"));
    screen->setIcon(widgets::icon(QStringLiteral("view-fullscreen")));
    screen->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    screen->setAutoRaise(true);
    screen->setFocusPolicy(Qt::TabFocus);
    connect(screen, &QToolButton::clicked, this, &ClusterPage::toggleDashboard);
    m_tabs->setCornerWidget(screen);
    auto* key = new QShortcut(QKeySequence(Qt::Key_F11), this);
    key->setContext(Qt::WidgetWithChildrenShortcut);
    connect(key, &QShortcut::activated, this, &ClusterPage::toggleDashboard);

    m_topology->setObjectName(QStringLiteral("cluster.topology"));
    m_chart->setObjectName(QStringLiteral("cluster.chart"));
    m_tabs->setObjectName(QStringLiteral("cluster.tabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(buildLoad(), tr("&Load"));
    m_tabs->addTab(buildHistory(), tr("&History"));
    m_tabs->addTab(m_nodes, tr("&Nodes"));
    m_tabs->setMinimumHeight(230);
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, spacing::half, 0);
    column->setSpacing(12);
    column->addWidget(buildTop());
    column->addWidget(m_topology, 2);
    column->addWidget(m_tabs, 3);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("cluster.scroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->viewport()->installEventFilter(this);
    content->setAutoFillBackground(false);
    setContent(scroll);
}

void ClusterPage::connectParts()
{
    connect(m_watch, &models::ClusterWatch::changed, this, &ClusterPage::showState);
    connect(m_watch, &models::ClusterWatch::clusterLearned, this, [this] {
        m_stream->setRoads(m_watch->roads());
        readHistory();
    });
    connect(m_watch, &models::ClusterWatch::interrupted, this,
            [this](const ClusterEvent& event) { m_events->add({event}); });
    connect(m_stream, &client::EventStream::received, this, &ClusterPage::takeEvent);
    connect(m_stream, &client::EventStream::connectedChanged, this, [this](bool connected) {
        if (connected) readHistory(); // what happened before it was connected
    });
    connect(m_history, &widgets::DataTable::rowActivated, this, &ClusterPage::openEvent);
    connect(m_history->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) {
        if (panel()->isOpen() && row.isValid()) openEvent(row.row());
    });
    connect(panel(), &widgets::SidePanel::closeRequested, panel(), &widgets::SidePanel::close);
    connect(this, &PageScaffold::emptyActionTriggered, this, &ClusterPage::definitionRequested);
    connect(this, &PageScaffold::retryRequested, this, [this] {
        showLoading(tr("Asking the cluster…"));
        m_watch->askNow();
    });
}

void ClusterPage::enter()
{
    if (!m_api.session()) return;
    m_watch->start();
    m_stream->setRoads(m_watch->roads());
    m_stream->start();
}

void ClusterPage::leave()
{
    if (m_dashboard) return;
    m_watch->stop();
    m_stream->stop();
}

void ClusterPage::refresh()
{
    m_watch->askNow();
    readHistory();
}

void ClusterPage::reset()
{
    ++m_generation;
    delete m_dashboard;
    m_stream->stop();
    m_watch->reset();
    m_events->clear();
    m_load->clear();
    m_reading = false;
    panel()->close();
    m_search->clear();
    showLoading(tr("Asking the cluster…"));
}

void ClusterPage::showState()
{
    const ClusterState& state = m_watch->state();
    if (state.stage != ClusterState::Stage::Known) return showNothing(state);
    if (this->state() != State::Content) showContent();
    showCluster(state);
}

void ClusterPage::showNothing(const ClusterState& state)
{
    delete m_dashboard;
    const bool unheardOf = state.error && state.error->code == Code::PageNotFound;
    if (state.stage == ClusterState::Stage::NoCluster || unheardOf) {
        if (this->state() != State::Empty)
            showEmpty(tr("This server stands alone"),
                      tr("Two servers behind one virtual address stay reachable when one of them fails. Describe your "
                         "machines, look at what is rendered for them, and install it; packaging/deploy.md leads "
                         "through it."),
                      tr("Describe a cluster"));
    } else if (state.stage == ClusterState::Stage::Unreachable && state.error) {
        const client::ErrorText text = client::errorText(*state.error);
        if (this->state() != State::Failed)
            showFailed(tr("The cluster does not answer"), text.what + u'\n' + text.advice);
    }
}

void ClusterPage::showCluster(const ClusterState& state)
{
    const VipWords words = vipWords(state);
    m_headline->present(words.tone, words.title, words.text);
    m_broken->setRemarks(brokenNow(state));
    m_last->setText(lastMove(m_events->lastTransition(), m_clock.now()));
    m_witnesses->present(state.status.vip.witnesses);
    m_topology->setTopology(clusterDrawing(state));
    const auto now = m_clock.steadyNow();
    m_load->take(state.status, now, state.backends);
    m_nodes->present(state, m_clock.now());
    QList<widgets::ChartLine> lines;
    for (const auto& line : m_load->lines(now)) lines.append({line.name, line.points});
    m_chart->setLines(lines);
    if (m_dashboard) m_dashboard->present(state, *m_load, *m_events, m_clock.now());
}

void ClusterPage::readHistory()
{
    if (m_reading || !m_api.session()) return;
    m_reading = true;
    const TimePoint from = m_events->newestOfServers().value_or(m_clock.now() - historyShown);
    std::optional<client::Road> road;
    if (m_watch->state().direct && !m_watch->roads().empty()) {
        for (std::size_t i = 0; i < m_watch->state().status.nodes.size() && i < m_watch->roads().size(); ++i)
            if (m_watch->state().status.nodes[i].name == m_watch->state().status.answeredBy) road = m_watch->roads()[i];
    }
    whenReady(m_client.events(from, road), this,
              [this, generation = m_generation](const Result<std::vector<ClusterEvent>>& events) {
                  if (generation != m_generation) return;
                  m_reading = false;
                  if (events) m_events->add(*events);
              });
}

void ClusterPage::takeEvent(const client::ServerEvent& event)
{
    const auto decoded = contract::decodeClusterEvent(
        std::string_view(event.data.constData(), static_cast<std::size_t>(event.data.size())));
    if (decoded) m_events->add({*decoded});
}

void ClusterPage::openEvent(int row)
{
    const QModelIndex source = m_shownEvents->mapToSource(m_shownEvents->index(row, 0));
    if (!source.isValid()) return;
    QWidget* focus = focusWidget();
    panel()->open(tr("What happened"), new ClusterEventDetail(m_events->at(source.row())));
    if (focus != nullptr && focus == m_history) m_history->setFocus(); // the arrow keys go on from row to row
}

void ClusterPage::toggleDashboard()
{
    if (m_dashboard) {
        m_dashboard->close();
        return;
    }
    if (m_watch->state().stage != ClusterState::Stage::Known) return;
    m_dashboard = new ClusterDashboard(*m_load, *m_events, window());
    connect(m_dashboard, &ClusterDashboard::closed, this, [this] {
        m_dashboard.clear();
        if (!isVisible()) leave();
    });
    m_dashboard->present(m_watch->state(), *m_load, *m_events, m_clock.now());
    m_dashboard->showFullScreen();
}

bool ClusterPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize) {
        const bool wide = static_cast<QResizeEvent*>(event)->size().width() >= wideEnough;
        QMetaObject::invokeMethod(
            this, [this, wide] { placeWitnesses(wide); }, Qt::QueuedConnection);
    }
    return Page::eventFilter(watched, event);
}

/// Beside the verdict, or where there is no room in a tab of their own.
void ClusterPage::placeWitnesses(bool beside)
{
    const int tab = m_tabs->indexOf(m_witnesses);
    if (beside ? m_top->indexOf(m_witnesses) >= 0 : tab >= 0) return;
    if (!beside) {
        m_witnesses->setMinimumHeight(0);
        m_witnesses->setMaximumHeight(QWIDGETSIZE_MAX);
        m_tabs->addTab(m_witnesses, tr("&Witnesses"));
        return;
    }
    if (tab >= 0) m_tabs->removeTab(tab);
    m_witnesses->setFixedHeight(m_witnesses->heightOf(7));
    m_top->addWidget(m_witnesses, 4, Qt::AlignTop);
    m_witnesses->show();
}

} // namespace iam::pages
