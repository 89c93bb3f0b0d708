// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/secret.h"
#include "contract/metadata.h"
#include <optional>

namespace iam::contract {

/// Which users a list shows.
enum class WhichUsers { Enabled, Disabled, All };

struct User {
    Metadata metadata;
    int status = 1; ///< 1 may log in, 0 is disabled
    std::string nickname;
    SecretString password; ///< only in what a client sends; never in an answer
    std::string email;
    std::string phone;
    int isAdmin = 0; ///< 1 is an administrator
    std::int64_t totalPolicy = 0;
    std::optional<TimePoint> loginedAt; ///< nothing: never

    [[nodiscard]] bool enabled() const noexcept { return status == 1; }
    [[nodiscard]] bool administrator() const noexcept { return isAdmin == 1; }
};

} // namespace iam::contract
