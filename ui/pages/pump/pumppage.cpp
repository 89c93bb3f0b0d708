// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/pump/pumppage.h"
#include "client/errortext.h"
#include "models/sinklistmodel.h"
#include "pages/pump/pumpwords.h"
#include "pages/pump/sinkdetail.h"
#include "pages/pump/sinkguide.h"
#include "widgets/datatable.h"
#include "widgets/headline.h"
#include "widgets/livechart.h"
#include "widgets/messagebar.h"
#include "widgets/sidepanel.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace iam::pages {

using models::SinkListModel;
using widgets::TextLabel;
using widgets::TextSize;
namespace spacing = widgets::spacing;

PumpPage::PumpPage(client::ApiClient& api, QWidget* parent)
    : Page(QStringLiteral("pump"), parent)
    , m_api(api)
    , m_sinks(new SinkListModel(client::PumpClient(api), this))
    , m_shown(new QSortFilterProxyModel(this))
    , m_content(new QStackedWidget(this))
    , m_guide(new SinkGuide(m_content))
    , m_headline(new widgets::Headline(QStringLiteral("pump.verdict"), this))
    , m_remarks(new widgets::RemarkList(QStringLiteral("pump.remarks"), this))
    , m_by(new TextLabel(TextSize::Base, true, this))
    , m_table(new widgets::DataTable(QStringLiteral("pump"), this))
    , m_none(new TextLabel(TextSize::Base, true, this))
    , m_chart(new widgets::LiveChart(tr("Lag of each sink in seconds"), this))
{
    setTitle(tr("Records pump"), tr("Whether every decision record arrives at its sinks, and what holds it up."));
    setSearch(tr("Search sinks"));
    buildTable();
    m_content->addWidget(m_guide);
    m_content->addWidget(buildLive());
    setContent(m_content);
    showLoading(tr("Asking for the pump's state…"));
    connect(m_sinks, &SinkListModel::changed, this, &PumpPage::showState);
    connect(m_guide, &SinkGuide::copied, this, [this] {
        messageBar()->showMessage(widgets::Tone::Success, tr("The configuration is on the clipboard."));
    });
    connect(this, &PageScaffold::searchChanged, m_shown, &QSortFilterProxyModel::setFilterFixedString);
    connect(this, &PageScaffold::searchChanged, this, &PumpPage::showState);
    connect(this, &PageScaffold::retryRequested, this, &PumpPage::refresh);
    connect(panel(), &widgets::SidePanel::closeRequested, panel(), &widgets::SidePanel::close);
}

void PumpPage::buildTable()
{
    m_shown->setSourceModel(m_sinks);
    m_shown->setSortRole(Qt::EditRole);
    m_shown->setFilterKeyColumn(-1);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setAccessibleName(tr("Sinks"));
    m_table->setFirstColumns({98, 64, 124, 66, 78, 102, 68, 66, 96, 90, 94}, {});
    m_table->setModel(m_shown);
    m_table->setCopyRole(models::ListModel::CopyRole);
    m_table->setItemDelegateForColumn(SinkListModel::State,
                                      new widgets::StatusDelegate(models::ListModel::ToneRole, m_table));
    connect(m_table, &widgets::DataTable::rowActivated, this, &PumpPage::openSink);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) {
        if (panel()->isOpen() && row.isValid()) openSink(row.row());
    });
}

QWidget* PumpPage::buildLive()
{
    m_by->setObjectName(QStringLiteral("pump.by"));
    m_by->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_none->setObjectName(QStringLiteral("pump.none"));
    m_none->setText(tr("No sink fits the search."));
    m_none->hide();
    m_chart->setObjectName(QStringLiteral("pump.chart"));
    auto* heading = new TextLabel(TextSize::Small, true, this);
    heading->setText(m_chart->accessibleName());
    m_table->setMinimumHeight(120);
    auto* live = new QWidget(m_content);
    auto* column = new QVBoxLayout(live);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::unit);
    column->addWidget(m_headline);
    column->addWidget(m_remarks);
    column->addWidget(m_by);
    column->addWidget(m_none);
    column->addWidget(m_table, 3);
    column->addSpacing(spacing::unit);
    column->addWidget(heading);
    column->addWidget(m_chart, 2);
    return live;
}

void PumpPage::enter()
{
    if (!m_api.session()) return;
    setSearchVisible(m_api.session()->administrator);
    if (m_api.session()->administrator) return m_sinks->start();
    showEmpty(tr("Administrators see the pump"),
              tr("How decision records are brought on is shown to administrators only."));
}

void PumpPage::leave()
{
    m_sinks->stop();
}

void PumpPage::refresh()
{
    if (m_sinks->running()) m_sinks->ask();
}

void PumpPage::reset()
{
    m_sinks->clear();
    panel()->close();
    messageBar()->clear();
    clearSearch();
    showLoading(tr("Asking for the pump's state…"));
}

void PumpPage::showState()
{
    const models::PumpState& state = m_sinks->state();
    if (!state.heard) {
        if (!state.error || this->state() == State::Failed) return;
        const client::ErrorText text = client::errorText(*state.error);
        return showFailed(tr("The pump's state could not be loaded"), text.what + u'\n' + text.advice);
    }
    if (this->state() != State::Content) showContent();
    const bool empty = state.sinks.empty();
    setSearchVisible(!empty);
    m_content->setCurrentIndex(empty ? 0 : 1);
    if (!empty) return showSinks();
    panel()->close();
}

void PumpPage::showSinks()
{
    const models::PumpState& state = m_sinks->state();
    const PumpWords words = pumpWords(state);
    m_headline->present(words.tone, words.title, words.text);
    const auto remarks = pumpRemarks(state);
    m_remarks->setRemarks(remarks);
    m_remarks->setVisible(!remarks.isEmpty());
    m_by->setText(pumpedBy(state));
    m_none->setVisible(m_shown->rowCount() == 0);
    QList<widgets::ChartLine> lines;
    for (const auto& line : m_sinks->lines()) lines.append({line.name, line.points});
    m_chart->setLines(lines);
    SinkDetail* open = detail();
    if (open == nullptr) return;
    const int row = m_sinks->rowOf(open->key());
    if (row < 0) return panel()->close();
    open->present(m_sinks->at(row), *state.heard, isUncertain(state));
}

SinkDetail* PumpPage::detail() const
{
    return qobject_cast<SinkDetail*>(panel()->body());
}

void PumpPage::openSink(int row)
{
    const QModelIndex source = m_shown->mapToSource(m_shown->index(row, 0));
    if (!source.isValid() || !m_sinks->state().heard) return;
    const QString key = m_sinks->keyAt(source.row());
    if (detail() != nullptr && detail()->key() == key) return;
    const QWidget* focus = focusWidget();
    auto* opened = new SinkDetail(key);
    opened->present(m_sinks->at(source.row()), *m_sinks->state().heard, isUncertain(m_sinks->state()));
    panel()->open(models::sinkName(m_sinks->at(source.row())), opened);
    if (focus == m_table) m_table->setFocus(); // the arrow keys go on from row to row
}

} // namespace iam::pages
