// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/userclient.h"
#include "models/pagedlistmodel.h"

namespace iam::models {

/// The users of a server; for administrators.
class UserListModel final : public PagedListModel<contract::User> {
    Q_OBJECT
public:
    enum Column { Name, Nickname, Email, Phone, Status, Policies, LastLogin, Created, ColumnCount };

    explicit UserListModel(client::UserClient client, QObject* parent = nullptr);
    /// The enabled ones at first.
    void setWhich(contract::WhichUsers which);
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    client::Reply<contract::ListPage<contract::User>> request(const contract::ListQuery& query) override;
    QString keyOf(const contract::User& user) const override;
    QVariant cell(const contract::User& user, int column, int role) const override;

private:
    client::UserClient m_client;
    contract::WhichUsers m_which = contract::WhichUsers::Enabled;
};

} // namespace iam::models
