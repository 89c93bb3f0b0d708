// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/legacy/adoptionconnection.h"
#include "store/sql/legacy/legacyreader.h"

namespace iam::store::sql {

// What is done to our tables before they take the place of the old ones, beside the rows of adoptedrows.h. All of it
// may be done again.

enum class StagedTable { Users, Secrets, Policies };

/// Removes the rows of that table, and those that belong to them.
Result<> clearStaged(AdoptionConnection& connection, StagedTable table);

/// Copies policy_audit in pieces, zero dates and all. Returns how many rows.
Result<std::uint64_t> copyRemovedPolicyRows(AdoptionConnection& connection, const LegacyTables& tables);

/// Lets ids go on where the old tables were, and those of policies above what policy_audit has.
Result<> continueNumbers(AdoptionConnection& connection, const LegacyTables& tables);

/// The first generation of the database's keys, which every node has.
Result<> storeFirstKeys(AdoptionConnection& connection, const std::string& fingerprint, TimePoint now);

} // namespace iam::store::sql
