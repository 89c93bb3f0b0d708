// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/decision.h"
#include "models/decisionlistmodel.h"
#include "pages/listpage.h"

class QToolButton;

namespace iam::pages {

class DecisionFilterBar;

/// What was decided, newest first: filtered, followed as it happens, each one in detail.
class DecisionPage : public ListPage {
    Q_OBJECT
public:
    explicit DecisionPage(client::ApiClient& api, QWidget* parent = nullptr);
    void enter() override;
    void leave() override;
    void reset() override;

Q_SIGNALS:
    /// The user wants to know how that owner's policies would decide this request now.
    void simulationRequested(const contract::DecisionRequest& request, const QString& owner);

protected:
    void openRow(int row) override;
    void removeRows(const QList<int>&) override {} // decisions stay
    void startCreating() override {}               // and are made by asking for them

private:
    void setFollowing(bool following);
    void keepPosition();
    void showSelected();

    models::DecisionListModel* m_model;
    DecisionFilterBar* m_filter;
    QToolButton* m_follow;
};

} // namespace iam::pages
