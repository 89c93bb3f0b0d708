// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "crypto/envelope.h"
#include "node/adoption/adoptionconversion.h"

namespace iam::node {

/// How our tables differ from what the old ones give by the decisions.
struct AdoptionDifference {
    struct SecretRow {
        store::sql::AdoptedSecret secret;
        std::optional<SecretString> key; ///< nothing: it cannot be opened
    };
    struct UserRow {
        store::sql::AdoptedUser user;
        std::optional<std::string> oldHash; ///< nothing: the user is new
        bool onlyHash = false;              ///< nothing but the password hash is another
    };
    std::uint64_t compared = 0; ///< rows that are the same
    // Rows of ours that are new or different.
    std::vector<UserRow> users;
    std::vector<SecretRow> secrets;
    std::vector<store::sql::AdoptedPolicy> policies;
    // Ids of old rows that ours lack though no decision left them out.
    std::vector<std::uint64_t> removedUsers;
    std::vector<std::uint64_t> removedSecrets;
    std::vector<std::uint64_t> removedPolicies;

    /// One row that differs, "secret 22"; empty when none does.
    [[nodiscard]] std::string sample() const;
};

/// Compares all rows, in one unchanging state of the database. A former key of a secret is passed over if it is the one
/// that `formerKeys` has under the secret's id.
Result<AdoptionDifference> findDifference(store::sql::AdoptionConnection& connection,
                                          const store::sql::LegacyTables& old, const std::string& prefix,
                                          const AdoptionDecisions& decisions, const crypto::KeyRing& keys,
                                          const std::map<std::uint64_t, std::string>& formerKeys = {});

} // namespace iam::node
