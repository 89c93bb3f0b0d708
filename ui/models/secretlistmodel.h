// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/secretclient.h"
#include "models/pagedlistmodel.h"

namespace iam::models {

/// Secrets of one owner or of all.
class SecretListModel final : public PagedListModel<contract::Secret> {
    Q_OBJECT
public:
    enum Column { Name, Owner, SecretId, State, LastUsed, Expires, Description, Created, ColumnCount };

    explicit SecretListModel(client::SecretClient client, QObject* parent = nullptr);
    /// Nothing: the caller's own. client::everyOwner: all, for administrators. Loads anew when it differs.
    void setOwner(std::optional<std::string> owner);
    [[nodiscard]] const std::optional<std::string>& owner() const noexcept { return m_owner; }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    client::Reply<contract::ListPage<contract::Secret>> request(const contract::ListQuery& query) override;
    QString keyOf(const contract::Secret& secret) const override;
    QVariant cell(const contract::Secret& secret, int column, int role) const override;

private:
    client::SecretClient m_client;
    std::optional<std::string> m_owner;
};

} // namespace iam::models
