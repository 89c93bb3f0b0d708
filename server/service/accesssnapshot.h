// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/snapshot.h"
#include "base/clock.h"
#include "base/shardedmap.h"
#include "contract/secret.h"
#include "crypto/secrettoken.h"
#include "store/userstore.h"
#include <memory>
#include <string>
#include <unordered_set>

namespace iam::service {

/// An access key, ready to check tokens.
struct AccessKey {
    std::string secretId;
    std::string owner; ///< the stored spelling
    std::int64_t expires = 0;
    crypto::SecretTokenKey key;
};

/// Everything that log-in tokens, secret tokens and decisions are checked against, at one moment. Immutable; parts
/// that did not change are shared with the snapshot before.
struct AccessSnapshot {
    using RevokedTokens = std::unordered_set<std::string>; ///< by "jti"

    std::uint64_t version = 0;
    ShardedMap<store::Account> accounts;               ///< by the name in lower case
    ShardedMap<std::shared_ptr<const AccessKey>> keys; ///< by secretId; never null
    std::shared_ptr<const RevokedTokens> revokedTokens = std::make_shared<RevokedTokens>();
    authz::Snapshot policies;

    /// The account of that name in any case, or nullptr.
    [[nodiscard]] const store::Account* account(const std::string& name) const;
};

} // namespace iam::service
