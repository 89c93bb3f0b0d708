// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/policyclient.h"
#include "models/policylistmodel.h"
#include "pages/ownedpage.h"
#include "pages/policy/simulator.h"

namespace iam::pages {

/// The rules by which decisions are made.
class PolicyPage : public OwnedPage {
    Q_OBJECT
public:
    explicit PolicyPage(client::ApiClient& api, QWidget* parent = nullptr);
    /// Opens the simulator with that request and asks.
    void simulate(const Simulation& simulation);
    void reset() override;

protected:
    void setListOwner(const std::optional<std::string>& owner) override;
    void openRow(int row) override;
    void removeRows(const QList<int>& rows) override;
    void startCreating() override;

private:
    void edit(const client::OwnedName& name);
    void showVersions(const client::OwnedName& name);
    void openEditor(const QString& title, class PolicyEditor* editor);
    void openSimulator();

    client::PolicyClient m_client;
    models::PolicyListModel* m_model;
    std::optional<Simulation> m_simulation; ///< the last one: whoever changes a policy comes back to it
};

} // namespace iam::pages
