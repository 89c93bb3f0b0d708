// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/listquery.h"
#include "contract/records.h"
#include "contract/session.h"
#include <optional>
#include <string>
#include <vector>

namespace iam::store {

/// A log-in that is to be kept.
struct NewSession {
    std::string id;              ///< the tokens' "jti"
    std::uint64_t ownerId = 0;   ///< Account::id
    TimePoint tokensValidFrom{}; ///< the Account's, as it was when it was let in
    TimePoint createdAt{};
    TimePoint expiresAt{};
    std::string address;
    std::string userAgent; ///< UTF-8, at most maxUserAgent bytes
};

inline constexpr std::size_t maxUserAgent = 200;

/// One token that was given back before its time.
struct RevokedToken {
    std::string tokenId; ///< the token's "jti"
    std::string owner;   ///< whose token
    TimePoint until{};   ///< from then on it is dead anyway, also for a refresh
};

/// The log-ins, and the tokens revoked one by one. (All tokens of a user at once: UserStore::endTokens().)
/// Any thread. Durability and errors as userstore.h says.
class SessionStore {
public:
    virtual ~SessionStore() = default;

    /// Keeps a log-in; no record. The owner is not there any more: Code::UserNotFound.
    virtual Result<> begin(const NewSession& session) = 0;

    /// The sessions of `owner` (nothing: of everybody), the newest first, that are alive at `now`: not ended, not
    /// revoked, not expired, of an enabled user whose tokensValidFrom did not move since. Offset and limit count.
    virtual Result<contract::ListPage<contract::Session>> list(const std::optional<std::string>& owner,
                                                               const contract::ListQuery& query, TimePoint now) = 0;

    /// Ends those sessions of `owner` (nothing: of anybody) whose ids are named, all or none, and revokes their tokens
    /// until `until`, or their own end when that is later. Each is recorded as "revoke". Others are passed over.
    /// Returns how many ended.
    virtual Result<std::uint64_t> end(const std::optional<std::string>& owner, const std::vector<std::string>& ids,
                                      TimePoint until, const contract::Actor& actor, TimePoint now) = 0;

    /// Revokes a token and ends its session, when there is one. Recorded as "logout". Again for the same token: keeps
    /// the later `until`, no second record.
    virtual Result<> revoke(const RevokedToken& token, const contract::Actor& actor, TimePoint now) = 0;

    /// Every revoked token not yet pruned, in no promised order.
    virtual Result<std::vector<RevokedToken>> revoked() = 0;

    /// Forgets the revoked tokens with `until` <= `now` and the sessions with `expiresAt` <= `now`. Returns how many
    /// revoked tokens that were.
    virtual Result<std::uint64_t> prune(TimePoint now) = 0;
};

} // namespace iam::store
