// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/loginlistclient.h"
#include "models/pagedlistmodel.h"

namespace iam::models {

/// The log-ins of one user that are still good.
class LoginListModel final : public PagedListModel<contract::Session> {
    Q_OBJECT
public:
    enum Column { Address, Began, Ends, Program, ColumnCount };

    /// `owner`: nothing is the caller.
    LoginListModel(client::LoginListClient client, std::optional<std::string> owner, QObject* parent = nullptr);
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    client::Reply<contract::ListPage<contract::Session>> request(const contract::ListQuery& query) override;
    QString keyOf(const contract::Session& session) const override;
    QVariant cell(const contract::Session& session, int column, int role) const override;

private:
    client::LoginListClient m_client;
    const std::optional<std::string> m_owner;
};

} // namespace iam::models
