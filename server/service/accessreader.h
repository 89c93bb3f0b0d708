// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/hashedtable.h"
#include "crypto/envelope.h"
#include "service/accesssnapshot.h"
#include "store/storage.h"
#include <map>
#include <set>

namespace iam::service {

/// A snapshot together with what is needed to bring parts of it up to date. Cheap to copy.
struct AccessState {
    /// What is known of a stored policy, found by its name.
    struct Row {
        std::uint64_t hash = 0; ///< of the name
        std::uint64_t rank = 0; ///< the id
        std::uint64_t version = 0;
        std::string name; ///< in lower case
        bool readable = false;
    };
    using Rows = HashedTable<Row>;
    using Ids = std::set<std::string>;

    AccessSnapshot snapshot;
    ShardedMap<Rows> policies;                   ///< by owner; none is empty
    ShardedMap<std::shared_ptr<const Ids>> keys; ///< the secretIds, by owner in lower case
    std::uint64_t seen = 0;                      ///< every change up to this one is in it
};

/// Which parts have to be read anew.
class AccessParts {
public:
    void add(const store::ChangeMark& mark);
    /// Whether reading everything is quicker, or the only way.
    [[nodiscard]] bool many() const;

    bool unknown = false; ///< something changed that this version does not know
    bool revokedTokens = false;
    std::set<std::string> accounts;                        ///< by name in lower case
    std::set<std::string> keyOwners;                       ///< in lower case
    std::map<std::string, std::set<std::string>> policies; ///< names in lower case, by owner
};

/// Reads the storage into snapshots. Keeps nothing of its own but what policies share; any thread.
class AccessReader {
public:
    /// Both outlive this.
    AccessReader(store::Storage& storage, const crypto::SealingKeys& keyRing)
        : m_storage(storage)
        , m_keyRing(keyRing)
    {
    }

    /// Everything anew. What `known` has compiled or opened and did not change is taken from there. Changes made
    /// meanwhile may or may not be in the answer; those up to its `seen` are.
    Result<AccessState> readAll(const AccessState& known) const;
    /// The parts anew. After a failure `state` is useless.
    Result<> readParts(AccessState& state, const AccessParts& parts) const;

private:
    Result<> readAccounts(AccessState& state) const;
    Result<> readAccount(AccessState& state, const std::string& name) const;
    Result<> readKeys(AccessState& state, const AccessState& known) const;
    Result<> readKeysOf(AccessState& state, const std::string& owner) const;
    Result<> readRevokedTokens(AccessState& state) const;
    Result<> readPolicies(AccessState& state, const AccessState& known) const;
    Result<> readPoliciesOf(AccessState& state, const std::string& owner) const;
    Result<> readPoliciesOf(AccessState& state, const std::string& owner, const std::set<std::string>& names) const;
    /// Null when the key cannot be opened.
    [[nodiscard]] std::shared_ptr<const AccessKey> openKey(const store::SecretKeyEntry& row,
                                                           const AccessSnapshot& known) const;

    store::Storage& m_storage;
    const crypto::SealingKeys& m_keyRing;
    mutable authz::PatternPool m_patterns;
};

} // namespace iam::service
