// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/clusterstate.h"
#include <QWidget>

class QLabel;
class QTableView;

namespace iam::models {
class ClusterEventModel;
class ClusterLoadModel;
} // namespace iam::models

namespace iam::widgets {
class Headline;
class RemarkList;
class TopologyView;
} // namespace iam::widgets

namespace iam::pages {

/// The cluster on a whole screen, large enough for who stands three metres away: verdict, what is broken, topology,
/// shares, the last happenings. Esc and F11 leave it; it deletes itself.
class ClusterDashboard : public QWidget {
    Q_OBJECT
public:
    ClusterDashboard(models::ClusterLoadModel& load, models::ClusterEventModel& events, QWidget* parent);
    void present(const models::ClusterState& state, const models::ClusterLoadModel& load,
                 const models::ClusterEventModel& events, TimePoint now);

Q_SIGNALS:
    void closed();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildParts(models::ClusterLoadModel& load, models::ClusterEventModel& events);
    void takeScale();

    widgets::Headline* m_headline;
    widgets::RemarkList* m_broken;
    widgets::TopologyView* m_topology;
    QLabel* m_last;
    QLabel* m_foot;
    QTableView* m_shares;
    QTableView* m_events;
    double m_scale = 1;
};

} // namespace iam::pages
