// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/secretclient.h"
#include "pages/listpage.h"
#include "pages/ownerchooser.h"

namespace iam::pages {

/// A list page whose objects have owners: administrators choose whose they see, others see their own.
class OwnedPage : public ListPage {
    Q_OBJECT
public:
    /// Shows that owner's objects; for administrators.
    void showOwner(const QString& owner);
    void reset() override;

protected:
    OwnedPage(const QString& name, client::ApiClient& api, QWidget* parent);

    /// What a list is asked for: nothing is the caller's own.
    [[nodiscard]] std::optional<std::string> listOwner() const;
    /// Who owns what is created now: the chosen owner, the caller when all are shown.
    [[nodiscard]] QString newOwner() const;
    /// How an object is addressed: one's own need no owner, and servers of others refuse one.
    [[nodiscard]] client::OwnedName address(const std::string& owner, const std::string& name) const;
    /// "ci (of foo)" for others' objects, "ci" for one's own.
    [[nodiscard]] QString shownName(const client::OwnedName& name) const;
    void reportRemoval(const Result<client::Removal<client::OwnedName>>& done);

    void sessionSwitched() override;
    virtual void setListOwner(const std::optional<std::string>& owner) = 0;

private:
    OwnerChooser* m_owner;
};

} // namespace iam::pages
