// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include "contract/user.h"
#include <QWidget>

namespace iam::pages {

/// One user in the side panel: the facts, what can be done, and where it is logged in.
class UserDetail : public QWidget {
    Q_OBJECT
public:
    /// A disabled user can only be enabled, unlocked, or looked at.
    explicit UserDetail(client::ApiClient& api, const contract::User& user, QWidget* parent = nullptr);

Q_SIGNALS:
    void editRequested();
    void passwordRequested();
    void secretsRequested();
    void policiesRequested();
    void enableRequested();
    void disableRequested();
    void unlockRequested();
    void failed(const iam::Error& error);
};

} // namespace iam::pages
