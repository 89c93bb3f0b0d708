// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/user.h"
#include <QWidget>

namespace iam::pages {

/// One user in the side panel: the facts, and what can be done.
class UserDetail : public QWidget {
    Q_OBJECT
public:
    explicit UserDetail(const contract::User& user, QWidget* parent = nullptr);

Q_SIGNALS:
    void editRequested();
    void passwordRequested();
    void secretsRequested();
    void policiesRequested();
};

} // namespace iam::pages
