// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/adoptionreport.h"
#include <QWidget>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;

namespace iam::models {
class AdoptionFindingModel;
}

namespace iam::widgets {
class DataTable;
class Headline;
class MessageBar;
class RemarkList;
} // namespace iam::widgets

namespace iam::pages {

/// What a check has found: how the database stands, counts, and every finding with what will be done about it.
class AdoptionReportView : public QWidget {
    Q_OBJECT
public:
    AdoptionReportView(models::AdoptionFindingModel& findings, widgets::MessageBar& messages,
                       QWidget* parent = nullptr);
    void show(const models::AdoptionReport& report);
    void saveDecisions(const QString& path);

Q_SIGNALS:
    /// A row of the model was opened.
    void findingOpened(int row);

private:
    QWidget* buildBar();
    void showHeadline();
    void showCounts();
    void chooseToSave();

    models::AdoptionReport m_report;
    models::AdoptionFindingModel& m_findings;
    widgets::MessageBar& m_messages;
    QSortFilterProxyModel* m_sorted;
    widgets::Headline* m_headline;
    widgets::RemarkList* m_remarks;
    QLabel* m_count;
    QLineEdit* m_search;
    widgets::DataTable* m_list;
};

} // namespace iam::pages
