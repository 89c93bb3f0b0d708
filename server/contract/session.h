// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include <string>

namespace iam::contract {

/// A log-in that is still good: all tokens that were refreshed from it share its id and end with it.
struct Session {
    std::string id;       ///< the tokens' "jti"
    std::string username; ///< the stored spelling
    TimePoint createdAt{};
    TimePoint expiresAt{}; ///< no token of it lives longer, however often it is refreshed
    std::string address;   ///< of the client that logged in
    std::string userAgent; ///< what that client said of itself, cut
    bool current = false;  ///< whether the request that asked carried a token of it
    bool operator==(const Session&) const = default;
};

} // namespace iam::contract
