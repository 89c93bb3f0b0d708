// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/policyclient.h"
#include "models/pagedlistmodel.h"

namespace iam::models {

/// Policies of one owner or of all.
class PolicyListModel final : public PagedListModel<contract::Policy> {
    Q_OBJECT
public:
    enum Column { Name, Owner, Effect, Subjects, Actions, Resources, Description, Updated, ColumnCount };

    explicit PolicyListModel(client::PolicyClient client, QObject* parent = nullptr);
    /// Nothing: the caller's own. client::everyOwner: all, for administrators. Loads anew when it differs.
    void setOwner(std::optional<std::string> owner);
    [[nodiscard]] const std::optional<std::string>& owner() const noexcept { return m_owner; }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    client::Reply<contract::ListPage<contract::Policy>> request(const contract::ListQuery& query) override;
    QString keyOf(const contract::Policy& policy) const override;
    QVariant cell(const contract::Policy& policy, int column, int role) const override;

private:
    client::PolicyClient m_client;
    std::optional<std::string> m_owner;
};

} // namespace iam::models
