// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/eventstream.h"
#include "models/clusterwatch.h"
#include "pages/page.h"
#include <QPointer>

class QBoxLayout;
class QLineEdit;
class QSortFilterProxyModel;
class QTabWidget;

namespace iam::models {
class ClusterEventModel;
class ClusterLoadModel;
} // namespace iam::models

namespace iam::widgets {
class DataTable;
class Headline;
class LiveChart;
class RemarkList;
class TopologyView;
} // namespace iam::widgets

namespace iam::pages {

class ClusterDashboard;
class NodeTable;
class WitnessTable;

/// Who has the virtual address, whether that is certain, what happened to it and what is broken now: drawn, measured
/// and told. Nothing on it is older than two seconds without saying so. F11 shows the same on the whole screen.
class ClusterPage : public Page {
    Q_OBJECT
public:
    ClusterPage(client::ApiClient& api, models::ClusterMemory& memory, QWidget* parent = nullptr);
    ~ClusterPage() override;
    void enter() override;
    void leave() override;
    void refresh() override;
    void reset() override;
    [[nodiscard]] const models::ClusterWatch& watch() const { return *m_watch; }

Q_SIGNALS:
    /// There is no cluster yet, and the user wants to describe one.
    void definitionRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildTop();
    void placeWitnesses(bool beside);
    QWidget* buildLoad();
    QWidget* buildHistory();
    void buildContent();
    void connectParts();
    void showState();
    void showCluster(const models::ClusterState& state);
    void showNothing(const models::ClusterState& state);
    void readHistory();
    void takeEvent(const client::ServerEvent& event);
    void openEvent(int row);
    void toggleDashboard();

    client::ApiClient& m_api;
    client::ClusterClient m_client;
    SystemClock m_clock;
    models::ClusterWatch* m_watch;
    client::EventStream* m_stream;
    models::ClusterEventModel* m_events;
    QSortFilterProxyModel* m_shownEvents;
    models::ClusterLoadModel* m_load;
    widgets::Headline* m_headline;
    widgets::RemarkList* m_broken;
    class QLabel* m_last;
    WitnessTable* m_witnesses;
    widgets::TopologyView* m_topology;
    widgets::LiveChart* m_chart;
    NodeTable* m_nodes;
    widgets::DataTable* m_history;
    QBoxLayout* m_top = nullptr;
    QLineEdit* m_search;
    QTabWidget* m_tabs;
    QPointer<ClusterDashboard> m_dashboard;
    bool m_reading = false;
    quint64 m_generation = 0;
};

} // namespace iam::pages
