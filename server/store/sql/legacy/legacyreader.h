// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/legacy/legacyrows.h"
#include "store/sql/sqldatabase.h"
#include <vector>

namespace iam::store::sql {

/// How the four tables are called at the moment, and what reading and writing them has to heed.
struct LegacyTables {
    std::string user = "user";
    std::string secret = "secret";
    std::string policy = "policy";
    std::string policyAudit = "policy_audit"; ///< empty: this database has none
    std::string ownerCollation{};             ///< of users' names, where owners are not written in the same one
    bool isNarrow = false;                    ///< a column holds fewer characters than those up to U+FFFF
};

/// "LEFT JOIN user u ON …": the owner of a row "r", the oldest one where several have the name.
[[nodiscard]] std::string joinOwner(const LegacyTables& tables);

/// What of a table is to be read next: the rows with an id above `after`, in the order of their ids, `limit` at most.
struct LegacyPage {
    std::uint64_t after = 0;
    int limit = 500;
};

// Reading a page needs nothing but SELECT. A page that is not full is the last one. Errors as SqlConnection's.

Result<std::vector<LegacyUser>> readLegacyUsers(SqlConnection& connection, const LegacyTables& tables, LegacyPage page);
Result<std::vector<LegacySecret>> readLegacySecrets(SqlConnection& connection, const LegacyTables& tables,
                                                    LegacyPage page);
Result<std::vector<LegacyPolicy>> readLegacyPolicies(SqlConnection& connection, const LegacyTables& tables,
                                                     LegacyPage page);
Result<std::vector<LegacyRemovedPolicy>> readLegacyRemovedPolicies(SqlConnection& connection,
                                                                   const LegacyTables& tables, LegacyPage page);

/// Calls `visit(row)`, which returns a Result<>, for every row that `read` (one of the above) finds, page by page.
template <class Read, class Visit>
Result<> forEachLegacyRow(SqlConnection& connection, const LegacyTables& tables, Read read, Visit visit)
{
    for (LegacyPage page;;) {
        auto rows = read(connection, tables, page);
        if (!rows) return fail(rows);
        for (auto& row : *rows)
            if (Result<> done = visit(row); !done) return done;
        if (rows->size() < static_cast<std::size_t>(page.limit)) return {};
        page.after = rows->back().metadata.id;
    }
}

} // namespace iam::store::sql
