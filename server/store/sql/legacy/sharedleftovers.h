// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/keystore.h"
#include "store/sql/legacy/adoptiontables.h"
#include <functional>
#include <map>

namespace iam::store::sql {

// What our servers left beside old tables while they shared these with the old servers: the tables and views "iamx_…".
// A database that was never shared has none of it, and all of this then finds nothing to do.

/// Whether all tables of ours are there: a server that could not make one of them has written nothing.
[[nodiscard]] bool wasShared(const DatabaseTables& tables);

/// The generations of keys that the servers knew; none when it was not shared.
Result<std::vector<KeyGeneration>> readSharedGenerations(AdoptionConnection& connection, const DatabaseTables& tables);

/// Puts into our tables, while they are not in use: changes, sessions, revoked tokens, versions, from when on tokens
/// are valid, last uses, former keys that `seal(key, secretId)` seals, and generations of keys. May be done again.
Result<>
carrySharedOver(AdoptionConnection& connection, const DatabaseTables& tables,
                const std::function<Result<std::string>(const SecretString& key, const std::string& secretId)>& seal);

/// The secretId of the former key of a secret, by the secret's id: what the way back leaves where it is.
Result<std::map<std::uint64_t, std::string>> readSharedFormerKeys(SqlConnection& connection,
                                                                  const DatabaseTables& tables);

/// The ids of users whose password is, or may be, another than the one that was taken over: a changed password is
/// recorded as a change of its own, a hash that was only made anew at a log-in is not.
Result<std::vector<std::uint64_t>> readUsersWithNewPasswords(SqlConnection& connection, const DatabaseTables& tables);

/// Removes the views, which show nothing any more once the old tables have other names, and fail every dump.
Result<> dropSharedViews(AdoptionConnection& connection);
/// The next server that shares the old tables makes them again.
Result<> letSharedViewsReturn(AdoptionConnection& connection, const DatabaseTables& tables);
/// Removes the tables, too.
Result<> dropSharedTables(AdoptionConnection& connection);

} // namespace iam::store::sql
