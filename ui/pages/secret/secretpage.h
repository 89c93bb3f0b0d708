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
    using Read = client::Versioned<contract::Secret>;

    /// The name of the row's object; an empty one for no row.
    [[nodiscard]] client::OwnedName nameAt(int row) const;
    /// Asks for the secret, then runs `next` with it; says so when it cannot be read.
    void read(const client::OwnedName& name, std::function<void(const Read&)> next);
    void showDetail(const client::OwnedName& name, const Read& secret);
    void edit(const client::OwnedName& name);
    void rotate(const client::OwnedName& name, const std::string& etag);
    void setEnabled(const client::OwnedName& name, const std::string& etag, bool enabled);
    void endPrevious(const client::OwnedName& name, const Read& secret);
    /// Shows what became of a change, as a message, in the panel and in the list.
    void showChanged(const client::OwnedName& name, const Result<Read>& secret, const QString& message);
    void copyId();

    client::SecretClient m_client;
    models::SecretListModel* m_model;
};

} // namespace iam::pages
