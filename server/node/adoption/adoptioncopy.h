// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "crypto/envelope.h"
#include "node/adoption/adoptionconversion.h"

namespace iam::node {

// The copies in our tables, while those are not in use yet and nobody writes to the old ones. Each begins with empty
// tables, so it may be done again. Returned are words with the numbers of rows.

Result<std::string> copyUsers(store::sql::AdoptionConnection& connection, const store::sql::LegacyTables& old,
                              const AdoptionConversion& conversion);
Result<std::string> copySecrets(store::sql::AdoptionConnection& connection, const store::sql::LegacyTables& old,
                                const AdoptionConversion& conversion, const crypto::KeyRing& keys);
Result<std::string> copyPolicies(store::sql::AdoptionConnection& connection, const store::sql::LegacyTables& old,
                                 const AdoptionConversion& conversion);
Result<std::string> copyRemovedPolicies(store::sql::AdoptionConnection& connection,
                                        const store::sql::LegacyTables& old);

/// Compares every copy with its row, keys of secrets opened, and counts. Code::Database when one is missing, different
/// or too many.
Result<std::string> compareCopies(store::sql::AdoptionConnection& connection, const store::sql::LegacyTables& old,
                                  const AdoptionDecisions& decisions, const crypto::KeyRing& keys);

} // namespace iam::node
