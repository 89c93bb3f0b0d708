// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/snapshot.h"
#include "base/clock.h"
#include "base/shardedmap.h"
#include "crypto/secrettoken.h"
#include "store/secretstore.h"
#include "store/userstore.h"
#include <atomic>
#include <memory>
#include <string>
#include <unordered_set>

namespace iam::service {

/// An access key, ready to check tokens.
struct AccessKey {
    store::SecretKeyEntry facts; ///< without the sealed key
    crypto::SecretTokenKey key;
    mutable std::atomic<std::int64_t> notedMinute = -1; ///< since the epoch; see KeyUses

    /// Whether it is a previous key whose time is over.
    [[nodiscard]] bool endedAt(TimePoint now) const noexcept
    {
        return facts.ends && now.time_since_epoch() > std::chrono::seconds(*facts.ends);
    }
    /// Whether its secret has expired.
    [[nodiscard]] bool expiredAt(TimePoint now) const noexcept
    {
        return facts.expires >= 1 && now.time_since_epoch() > std::chrono::seconds(facts.expires);
    }
};

/// Everything that log-in tokens, secret tokens and decisions are checked against, at one moment. Immutable; parts
/// that did not change are shared with the snapshot before.
struct AccessSnapshot {
    using RevokedTokens = std::unordered_set<std::string>; ///< by "jti"

    std::uint64_t version = 0;
    std::uint64_t changes = 0; ///< all changes up to this one are in it; see store::ChangeMark::id
    ShardedMap<store::Account> accounts;               ///< by the name in lower case
    ShardedMap<std::shared_ptr<const AccessKey>> keys; ///< by secretId; never null
    std::shared_ptr<const RevokedTokens> revokedTokens = std::make_shared<RevokedTokens>();
    authz::Snapshot policies;

    /// The account of that name in any case, or nullptr.
    [[nodiscard]] const store::Account* account(const std::string& name) const;
};

} // namespace iam::service
