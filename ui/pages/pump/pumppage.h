// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include "pages/page.h"

class QLabel;
class QSortFilterProxyModel;
class QStackedWidget;

namespace iam::models {
class SinkListModel;
}

namespace iam::widgets {
class DataTable;
class Headline;
class LiveChart;
class RemarkList;
} // namespace iam::widgets

namespace iam::pages {

class SinkDetail;
class SinkGuide;

/// Whether every decision record arrives where it shall: the sinks of the server's pump, how far behind they are and
/// why. Follows the pump while it is in front. Administrators only.
class PumpPage : public Page {
    Q_OBJECT
public:
    explicit PumpPage(client::ApiClient& api, QWidget* parent = nullptr);
    void enter() override;
    void leave() override;
    void refresh() override;
    void reset() override;

private:
    QWidget* buildLive();
    void buildTable();
    void showState();
    void showSinks();
    void openSink(int row);
    [[nodiscard]] SinkDetail* detail() const;

    client::ApiClient& m_api;
    models::SinkListModel* m_sinks;
    QSortFilterProxyModel* m_shown;
    QStackedWidget* m_content;
    SinkGuide* m_guide;
    widgets::Headline* m_headline;
    widgets::RemarkList* m_remarks;
    QLabel* m_by;
    widgets::DataTable* m_table;
    QLabel* m_none;
    widgets::LiveChart* m_chart;
};

} // namespace iam::pages
