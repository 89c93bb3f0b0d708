// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/stagedrows.h"
#include "store/sql/legacy/adoptiontables.h"
#include "store/sql/sqlrows.h"
#include <algorithm>

namespace iam::store::sql {

namespace {

constexpr const char* removedColumns =
    "id, instanceID, name, username, policyShadow, extendShadow, createdAt, updatedAt, deletedAt";
constexpr int rowsAtOnce = 2000;

struct Piece {
    std::uint64_t last = 0;
    std::uint64_t rows = 0;
};

Result<Piece> nextPiece(SqlConnection& connection, std::uint64_t after)
{
    auto piece = firstRow(
        connection,
        "SELECT COALESCE(MAX(id), 0), COUNT(*) FROM"
        " (SELECT id FROM policy_audit WHERE id > ? ORDER BY id LIMIT ?) p",
        {after, rowsAtOnce}, [](const SqlRows& row) {
            return Piece{static_cast<std::uint64_t>(row.integer(0)), static_cast<std::uint64_t>(row.integer(1))};
        });
    if (!piece) return fail(piece);
    return piece->value_or(Piece{});
}

} // namespace

Result<> clearStaged(AdoptionConnection& connection, StagedTable table)
{
    std::vector<std::string> statements;
    if (table != StagedTable::Secrets) statements.emplace_back("DELETE FROM adoption_policies");
    if (table != StagedTable::Policies) statements.emplace_back("DELETE FROM adoption_secrets");
    if (table == StagedTable::Users) {
        statements.emplace_back("DELETE FROM adoption_sessions");
        statements.emplace_back("DELETE FROM adoption_users");
    }
    return connection.executeAll(statements);
}

Result<std::uint64_t> copyRemovedPolicyRows(AdoptionConnection& connection, const LegacyTables& tables)
{
    if (auto cleared = connection.execute("DELETE FROM adoption_policy_audit"); !cleared) return fail(cleared);
    std::uint64_t copied = 0;
    if (tables.policyAudit.empty()) return copied;
    for (std::uint64_t after = 0;;) {
        auto piece = nextPiece(connection.sql(), after);
        if (!piece) return fail(piece);
        if (piece->rows == 0) return copied;
        const std::string columns = removedColumns;
        auto done = connection.sql().run("INSERT INTO adoption_policy_audit (" + columns + ") SELECT " + columns +
                                             " FROM policy_audit WHERE id > ? AND id <= ?",
                                         {after, piece->last});
        if (!done) return fail(done);
        copied += piece->rows;
        after = piece->last;
    }
}

Result<> continueNumbers(AdoptionConnection& connection, const LegacyTables& tables)
{
    const auto newestRemoved = tables.policyAudit.empty()
                                   ? Result<std::uint64_t>(0)
                                   : countRows(connection.sql(), "SELECT MAX(id) FROM policy_audit", {});
    if (!newestRemoved) return fail(newestRemoved);
    for (const auto& [from, to] : {std::pair{"user", "users"}, {"secret", "secrets"}, {"policy", "policies"}}) {
        auto facts = readTableFacts(connection.sql(), from);
        if (!facts) return fail(facts);
        std::uint64_t next = std::max<std::uint64_t>(facts->nextId, 1);
        if (std::string_view(from) == "policy") next = std::max(next, *newestRemoved + 1);
        auto done =
            connection.execute(std::string("ALTER TABLE adoption_") + to + " AUTO_INCREMENT = " + std::to_string(next));
        if (!done) return done;
    }
    return {};
}

Result<> storeFirstKeys(AdoptionConnection& connection, const std::string& fingerprint, TimePoint now)
{
    auto done = connection.sql().run("REPLACE INTO adoption_key_generations"
                                     " (number, fingerprint, sealed, created_at, active_from) VALUES (1, ?, '', ?, 0)",
                                     {fingerprint, now});
    if (!done) return fail(done);
    return {};
}

} // namespace iam::store::sql
