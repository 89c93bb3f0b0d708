// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/user.h"
#include "widgets/facts.h"

namespace iam::pages {

/// What is known about a user, as it is now.
class UserFacts : public widgets::Facts {
    Q_OBJECT
public:
    explicit UserFacts(const contract::User& user, QWidget* parent = nullptr);
};

} // namespace iam::pages
