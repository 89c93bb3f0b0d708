// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/secretlistmodel.h"
#include "pages/ownedpage.h"

namespace iam::pages {

/// The access keys with which requests are signed.
class SecretPage : public OwnedPage {
    Q_OBJECT
public:
    explicit SecretPage(client::ApiClient& api, QWidget* parent = nullptr);

protected:
    void setListOwner(const std::optional<std::string>& owner) override;
    void openRow(int row) override;
    void removeRows(const QList<int>& rows) override;
    void startCreating() override;

private:
    void edit(const client::OwnedName& name);
    void copyId();

    client::SecretClient m_client;
    models::SecretListModel* m_model;
};

} // namespace iam::pages
