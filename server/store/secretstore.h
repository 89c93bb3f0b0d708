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

/// A secret as it is stored: `secret.secretKey` is always empty, the keys lie sealed beside it. A previous key is kept
/// and shown until it is ended or replaced by the next, also after its time.
struct StoredSecret {
    contract::Secret secret;
    std::string sealedKey;         ///< opaque to the store; in no log line and no change record
    std::string previousSealedKey; ///< likewise; empty when there is no previous key
};

/// A key and the id that is to find it, as a rotation puts them in.
struct SealedKey {
    std::string secretId;
    std::string sealedKey;
};

/// What the check of a secret's token needs.
struct SecretKeyEntry {
    std::string secretId;
    std::string owner;
    std::string name; ///< of the secret
    std::string sealedKey;
    std::int64_t expires = 0;              ///< of the secret
    bool enabled = true;                   ///< the secret
    std::optional<std::int64_t> ends = {}; ///< Unix seconds, of a previous key; nothing: it is the present one
    bool operator==(const SecretKeyEntry&) const = default;
};

/// What a rotation does to a secret in every engine; the rest of the promise is SecretStore::rotate()'s.
Result<> putIn(StoredSecret& secret, const SealedKey& key, std::optional<std::int64_t> previousExpires, TimePoint now);

/// That a key was used.
struct KeyUse {
    std::string secretId;
    TimePoint at{};
    std::string address;
    std::string action;
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

    /// Stores a secret, enabled and never used; id, instanceId, times and version are made here, the rest is kept as
    /// given (owner: in its stored spelling). Returns what is stored. In this order: Code::UserNotFound when the owner
    /// does not exist, Code::ReachMaxCount when it has `maxPerUser` secrets or more, Code::SecretAlreadyExist when it
    /// has one of that name. A secretId that exists, as that of a present or of a previous key, is Code::Database.
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

    /// Enables or disables; raises the version, is recorded as "enable" or "disable". A secret that is so already is
    /// left alone. Returns what is stored. Code::SecretNotFound; Code::ObjectChanged as update().
    virtual Result<StoredSecret> setEnabled(const std::string& owner, const std::string& name, bool enabled,
                                            std::optional<std::uint64_t> expectedVersion, const contract::Actor& actor,
                                            TimePoint now) = 0;

    /// Puts in another key; the old one with its last use becomes the previous one, valid until `previousExpires`
    /// (Unix seconds), or is gone when that is nothing. Raises the version, is recorded as "rotate". Returns what is
    /// stored. In this order: Code::SecretNotFound, Code::ObjectChanged as update(), Code::Validation with a fault on
    /// "previous" while a previous key is valid at `now`. A secretId that exists is Code::Database.
    virtual Result<StoredSecret> rotate(const std::string& owner, const std::string& name, const SealedKey& key,
                                        std::optional<std::int64_t> previousExpires,
                                        std::optional<std::uint64_t> expectedVersion, const contract::Actor& actor,
                                        TimePoint now) = 0;

    /// Forgets the previous key; raises the version, is recorded as "end-previous". A secret without one is left
    /// alone. Returns what is stored. Code::SecretNotFound; Code::ObjectChanged as update().
    virtual Result<StoredSecret> endPrevious(const std::string& owner, const std::string& name,
                                             std::optional<std::uint64_t> expectedVersion, const contract::Actor& actor,
                                             TimePoint now) = 0;

    /// Writes the last uses of keys, present and previous ones, all or none; of two uses of a key the later one stays.
    /// Unknown keys are passed over. No record, no new version, updatedAt stays.
    virtual Result<> noteUses(const std::vector<KeyUse>& uses) = 0;

    /// Removes all rows of these names, or none. Unknown names and owners are passed over. Returns how many rows.
    virtual Result<std::uint64_t> remove(const std::string& owner, const std::vector<std::string>& names,
                                         const contract::Actor& actor, TimePoint now) = 0;

    /// Shows every key of `owner`, or of everybody when there is none, as of one moment, ascending by the secret's id,
    /// its present key before its previous one. `visit` must not call the store.
    virtual Result<> forEachKey(const std::optional<std::string>& owner,
                                const std::function<void(const SecretKeyEntry&)>& visit) = 0;

    /// Replaces the sealed texts of present and previous keys that still are `before`, all or none; others are passed over. No record, no new
    /// version, updatedAt stays: nobody outside can tell. Returns how many.
    virtual Result<std::uint64_t> reseal(const std::vector<Resealing>& keys) = 0;
};

} // namespace iam::store
