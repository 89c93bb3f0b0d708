// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/legacy/adoptedrows.h"
#include "store/sql/legacy/adoptiontables.h"
#include <functional>

namespace iam::store::sql {

/// What has to be written into old tables that are not in use, so that they are as ours are.
struct LegacyChanges {
    std::vector<AdoptedUser> users;                              ///< put in or written over; likewise the others
    std::vector<std::pair<AdoptedSecret, SecretString>> secrets; ///< with their keys
    std::vector<AdoptedPolicy> policies;
    std::vector<std::uint64_t> removedUsers;
    std::vector<std::uint64_t> removedSecrets;
    std::vector<std::uint64_t> removedPolicies;
    std::function<std::string(const std::string& json)> escape; ///< brings JSON into the old character set
};

/// Writes all of it in one transaction, though there is a fence, and the policies that were removed from ours into the
/// old policy_audit, if there is one. Returns how many of those there were. Code::ObjectChanged when the old tables
/// cannot hold a row, with what it is as the fault.
Result<std::uint64_t> writeLegacyChanges(AdoptionConnection& connection, const LegacyTables& tables,
                                         const LegacyChanges& changes);
/// Does the same and takes it back; nothing at all where a table knows no transactions.
Result<> rehearseLegacyChanges(AdoptionConnection& connection, const LegacyTables& tables,
                               const LegacyChanges& changes);

} // namespace iam::store::sql
