// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/legacy/legacyreader.h"
#include "store/sql/sqldatabase.h"
#include <vector>

namespace iam::store::sql {

// Rows of our own tables as a change of form writes and reads them: with their ids, unchecked, unrecorded.

struct AdoptedMetadata {
    std::uint64_t id = 0;
    std::optional<std::string> instanceId;
    std::string name;
    std::optional<std::string> extend; ///< JSON
    TimePoint createdAt{};
    TimePoint updatedAt{};
    bool operator==(const AdoptedMetadata&) const = default;
};

struct AdoptedUser {
    AdoptedMetadata metadata;
    std::int64_t status = 0;
    std::string nickname;
    std::string passwordHash;
    std::string email;
    std::string phone;
    std::int64_t isAdmin = 0;
    std::optional<TimePoint> loginedAt;
    bool operator==(const AdoptedUser&) const = default;
};

struct AdoptedSecret {
    AdoptedMetadata metadata;
    std::uint64_t ownerId = 0;
    std::string secretId;
    std::string sealedKey;
    std::int64_t expires = 0;
    std::string description;
    // What the old form has no place for.
    bool enabled = true;
    std::string previousSecretId;                ///< of a former key; empty: there is none
    std::optional<std::int64_t> previousExpires; ///< likewise
};

struct AdoptedPolicy {
    AdoptedMetadata metadata;
    std::uint64_t ownerId = 0;
    std::string document;
    bool operator==(const AdoptedPolicy&) const = default;
};

/// `prefix` stands before the names of the tables: "adoption_" or nothing.
Result<> insertAdopted(SqlConnection& connection, const std::string& prefix, const AdoptedUser& user);
Result<> insertAdopted(SqlConnection& connection, const std::string& prefix, const AdoptedSecret& secret);
Result<> insertAdopted(SqlConnection& connection, const std::string& prefix, const AdoptedPolicy& policy);

/// A page of them, by their ids.
Result<std::vector<AdoptedUser>> readAdoptedUsers(SqlConnection& connection, const std::string& prefix,
                                                  LegacyPage page);
Result<std::vector<AdoptedSecret>> readAdoptedSecrets(SqlConnection& connection, const std::string& prefix,
                                                      LegacyPage page);
Result<std::vector<AdoptedPolicy>> readAdoptedPolicies(SqlConnection& connection, const std::string& prefix,
                                                       LegacyPage page);

} // namespace iam::store::sql
