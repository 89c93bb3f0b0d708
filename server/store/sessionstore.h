// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/records.h"
#include <string>
#include <vector>

namespace iam::store {

/// One token that was given back before its time.
struct RevokedToken {
    std::string tokenId; ///< the token's "jti"
    std::string owner;   ///< whose token
    TimePoint until{};   ///< from then on it is dead anyway, also for a refresh
};

/// Tokens revoked one by one. (All tokens of a user at once: Account::tokensValidFrom.)
/// Any thread. Durability and errors as userstore.h says.
class SessionStore {
public:
    virtual ~SessionStore() = default;

    /// Recorded as "logout". Again for the same token: keeps the later `until`, no second record.
    virtual Result<> revoke(const RevokedToken& token, const contract::Actor& actor, TimePoint now) = 0;

    /// Every revoked token not yet pruned, in no promised order.
    virtual Result<std::vector<RevokedToken>> revoked() = 0;

    /// Forgets those with `until` <= `now`. Returns how many.
    virtual Result<std::uint64_t> prune(TimePoint now) = 0;
};

} // namespace iam::store
