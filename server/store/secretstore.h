// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/listquery.h"
#include "contract/records.h"
#include "contract/secret.h"
#include <functional>
#include <string>
#include <vector>

namespace iam::store {

/// A secret as it is stored: `secret.secretKey` is always empty, the key lies sealed beside it.
struct StoredSecret {
    contract::Secret secret;
    std::string sealedKey; ///< opaque to the store; in no log line and no change record
};

/// What the check of a secret's token needs.
struct SecretKeyEntry {
    std::string secretId;
    std::string owner;
    std::string sealedKey;
    std::int64_t expires = 0;
};

/// A key that is sealed anew: the same key under another seal.
struct Resealing {
    std::string secretId;
    std::string before; ///< the sealed text to replace
    std::string after;
};

/// Secrets (access keys) of users. Owners and names are found without regard to ASCII case; what comes back has the
/// stored spelling of both. Rows of the same owner and name, as other software may have left them, are one object: the
/// oldest is read and changed, all are removed.
///
/// Threads, durability, records and errors everywhere: as userstore.h says.
class SecretStore {
public:
    virtual ~SecretStore() = default;

    /// Stores a secret; id, instanceId, times and version are made here, the rest is kept as given (owner: in its
    /// stored spelling). Returns what is stored. In this order: Code::UserNotFound when the owner does not exist,
    /// Code::ReachMaxCount when it has `maxPerUser` secrets or more, Code::SecretAlreadyExist when it has one of that
    /// name. A secretId that exists is Code::Database.
    virtual Result<StoredSecret> create(const StoredSecret& secret, std::uint64_t maxPerUser,
                                        const contract::Actor& actor, TimePoint now) = 0;

    /// Code::SecretNotFound; Code::Database when its `extend` is not JSON.
    virtual Result<StoredSecret> find(const std::string& owner, const std::string& name) = 0;

    /// Secrets of `owner`, or of everybody when there is none.
    virtual Result<contract::ListPage<StoredSecret>> list(const std::optional<std::string>& owner,
                                                          const contract::ListQuery& query) = 0;

    /// Replaces expires, description and extend of the secret named by `secret.username` and `secret.metadata.name`
    /// and raises the version. Returns what is stored. Code::SecretNotFound; Code::ObjectChanged when
    /// `expectedVersion` is given and not the stored one.
    virtual Result<StoredSecret> update(const contract::Secret& secret, std::optional<std::uint64_t> expectedVersion,
                                        const contract::Actor& actor, TimePoint now) = 0;

    /// Removes all rows of these names, or none. Unknown names and owners are passed over. Returns how many rows.
    virtual Result<std::uint64_t> remove(const std::string& owner, const std::vector<std::string>& names,
                                         const contract::Actor& actor, TimePoint now) = 0;

    /// Shows every secret of `owner`, or of everybody when there is none, as of one moment, ascending by id. `visit`
    /// must not call the store.
    virtual Result<> forEachKey(const std::optional<std::string>& owner,
                                const std::function<void(const SecretKeyEntry&)>& visit) = 0;

    /// Replaces the sealed texts that still are `before`, all or none; others are passed over. No record, no new
    /// version, updatedAt stays: nobody outside can tell. Returns how many.
    virtual Result<std::uint64_t> reseal(const std::vector<Resealing>& keys) = 0;
};

} // namespace iam::store
