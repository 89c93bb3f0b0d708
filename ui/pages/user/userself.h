// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/userclient.h"
#include <QWidget>

class QVBoxLayout;

namespace iam::widgets {
class Facts;
}

namespace iam::pages {

/// One's own entry, for users who may not see the list.
class UserSelf : public QWidget {
    Q_OBJECT
public:
    explicit UserSelf(QWidget* parent = nullptr);
    void showUser(const contract::User& user);

Q_SIGNALS:
    void editRequested();
    void passwordRequested();

private:
    QVBoxLayout* m_column;
    QWidget* m_facts;
};

/// The facts of a user for a detail; the caller owns what it gets.
[[nodiscard]] widgets::Facts* makeUserFacts(const contract::User& user);

} // namespace iam::pages
