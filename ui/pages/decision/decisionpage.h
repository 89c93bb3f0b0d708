// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/decision.h"
#include "models/decisionlistmodel.h"
#include "pages/recordpage.h"

namespace iam::pages {

/// What was decided, newest first: filtered, followed as it happens, each one in detail.
class DecisionPage : public RecordPage {
    Q_OBJECT
public:
    explicit DecisionPage(client::ApiClient& api, QWidget* parent = nullptr);

Q_SIGNALS:
    /// The user wants to know how that owner's policies would decide this request now.
    void simulationRequested(const contract::DecisionRequest& request, const QString& owner);

protected:
    void openRow(int row) override;

private:
    models::DecisionListModel* m_model;
};

} // namespace iam::pages
