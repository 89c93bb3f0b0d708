// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/userclient.h"
#include <QComboBox>

namespace iam::pages {

/// Whose objects: for administrators, who may act for every user. A list of the users' names that can be typed into;
/// a name that is not in the list (there may be more users than are listed) is taken on Return.
class OwnerChooser : public QComboBox {
    Q_OBJECT
public:
    /// `self` is the caller's name, the first choice. `withAll` adds "All users".
    OwnerChooser(client::ApiClient& api, bool withAll, QWidget* parent = nullptr);

    /// Starts anew with this caller: chooses `self`, asks for the users' names when they are wanted next.
    void setSelf(const QString& self);
    /// A name, or client::everyOwner for all.
    [[nodiscard]] QString owner() const { return m_owner; }
    void setOwner(const QString& owner);

Q_SIGNALS:
    void ownerChanged(const QString& owner);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void load();
    void choose(const QString& owner);
    void takeTyped();
    [[nodiscard]] int indexOfOwner(const QString& owner) const;

    client::UserClient m_users;
    bool m_withAll;
    bool m_loaded = false;
    QString m_self;
    QString m_owner;
};

} // namespace iam::pages
