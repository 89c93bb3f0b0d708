// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/policyhistory.h"
#include "store/sql/sqldatabase.h"

namespace iam::store::sql {

// What is kept of a policy's past. Its versions are its change records.

/// The versions of the policy that is now `present`, as PolicyStore::versions() says.
Result<contract::ListPage<contract::PolicyVersion>>
readPolicyVersions(SqlConnection& connection, const contract::Metadata& present, const contract::ListQuery& query);

/// The policy `id` in that version, as PolicyStore::version() says; nothing when no record tells it.
Result<std::optional<contract::Policy>> readPolicyVersion(SqlConnection& connection, std::uint64_t id,
                                                          std::uint64_t number);

/// A time of policy_audit, as software reads it that knows dates only: "2026-01-31 12:00:00" (UTC), inside the range
/// that they have.
[[nodiscard]] std::string dateText(TimePoint time);

/// Copies the policy, which is to be removed next, to policy_audit.
Result<> keepRemovedPolicy(SqlConnection& connection, const contract::Metadata& metadata, TimePoint now);

} // namespace iam::store::sql
