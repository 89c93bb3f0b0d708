// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "crypto/keyset.h"
#include "store/keystore.h"
#include <optional>
#include <string>
#include <vector>

namespace iam::node {

// The keys of a database's nodes change by generations; each has a fingerprint in the database, from which nobody
// learns a key: all of it is HMAC-SHA256 with random keys of 256 bits. That of the token key, which may be a short one
// of the configuration, is keyed with the encryption key, so that it cannot be guessed either.
//
// As text: "v1 e=<id>:<hex>", and where several nodes share the database " c=<id>:<hex> t=<hex>" behind it.

/// Which keys of a set are one generation's.
struct GenerationKeys {
    std::string encryptionId;
    std::string clusterId; ///< empty when the fingerprint does not speak of it
    SecretString token;    ///< likewise
};

/// The newest keys of a set that has all kinds; `configured` takes the place of its token keys.
Result<GenerationKeys> newestKeys(const crypto::KeySet& keys, const std::optional<SecretString>& configured);

/// `shared`: the database has several nodes, so the cluster key and the token key are spoken of too.
Result<std::string> fingerprintOf(const crypto::KeySet& keys, const GenerationKeys& generation, bool shared);

/// The keys that a fingerprint speaks of. Code::Encrypt when they are not all there; the detail names what is missing
/// or different: "encryption.keys", "cluster.key", "jwt.key" or "jwt.key of the configuration".
Result<GenerationKeys> findKeys(const std::string& fingerprint, const crypto::KeySet& keys,
                                const std::optional<SecretString>& configured);

/// The same without the token key.
Result<GenerationKeys> findRings(const std::string& fingerprint, const crypto::KeySet& keys);

/// The keys of a new generation as the database keeps them, sealed with the cluster key of that id.
Result<std::string> sealGeneration(std::uint64_t number, const crypto::KeySet& added, const crypto::KeySet& keys,
                                   const std::string& clusterId);

/// The keys of every generation, in order, or what is missing of them. Keys that can be opened with those that are
/// there, generation after generation, are added to `keys`.
std::vector<Result<GenerationKeys>> readGenerations(const std::vector<store::KeyGeneration>& generations,
                                                    crypto::KeySet& keys,
                                                    const std::optional<SecretString>& configured);

/// The place of the generation that signs and seals at `now`: the last one that is active, or the first.
[[nodiscard]] std::size_t activeGeneration(const std::vector<store::KeyGeneration>& generations, TimePoint now);

} // namespace iam::node
