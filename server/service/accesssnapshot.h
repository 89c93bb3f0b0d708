// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/snapshot.h"
#include "base/clock.h"
#include "contract/secret.h"
#include "crypto/secrettoken.h"
#include "store/userstore.h"
#include <memory>
#include <string>
#include <unordered_map>
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
    using Accounts = std::unordered_map<std::string, store::Account>; ///< by the name in lower case
    using Keys = std::unordered_map<std::string, std::shared_ptr<const AccessKey>>; ///< by secretId
    using RevokedTokens = std::unordered_set<std::string>;                          ///< by "jti"

    std::uint64_t version = 0;
    std::uint64_t accountsVersion = 0; ///< moves with every change of any account
    std::shared_ptr<const Accounts> accounts = std::make_shared<Accounts>();
    std::shared_ptr<const Keys> keys = std::make_shared<Keys>();
    std::shared_ptr<const RevokedTokens> revokedTokens = std::make_shared<RevokedTokens>();
    authz::Snapshot policies;

    /// The account of that name in any case, or nullptr.
    [[nodiscard]] const store::Account* account(const std::string& name) const;
};

} // namespace iam::service
