// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/legacyreader.h"
#include "store/sql/sqlrows.h"

namespace iam::store::sql {

namespace {

// UNIX_TIMESTAMP gives the stored moment whatever the time zone of the connection, and 0 for the zero date; of a column
// that was widened to fractions of a second it has them, too.
std::string secondsIn(const char* column)
{
    return std::string("CAST(FLOOR(UNIX_TIMESTAMP(") + column + ")) AS SIGNED)";
}

std::string legacyMetadata()
{
    return "r.id, r.instanceID, r.name, r.extendShadow, " + secondsIn("r.createdAt") + ", " + secondsIn("r.updatedAt");
}
constexpr int legacyMetadataColumns = 6;

std::optional<std::string> optionalText(const SqlRows& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.text(column));
}

std::optional<TimePoint> secondsOf(const SqlRows& row, int column)
{
    const std::int64_t seconds = row.integer(column);
    if (seconds == 0) return std::nullopt;
    return TimePoint(std::chrono::seconds(seconds));
}

LegacyMetadata readLegacyMetadata(const SqlRows& row)
{
    return {static_cast<std::uint64_t>(row.integer(0)),
            optionalText(row, 1),
            row.text(2),
            optionalText(row, 3),
            secondsOf(row, 4),
            secondsOf(row, 5)};
}

std::optional<LegacyOwner> readLegacyOwner(const SqlRows& row, int column)
{
    if (row.isNull(column)) return std::nullopt;
    return LegacyOwner{static_cast<std::uint64_t>(row.integer(column)), row.text(column + 1)};
}

std::string withOwner(const LegacyTables& tables, const std::string& table)
{
    return " FROM `" + table + "` r " + joinOwner(tables);
}

/// What `read` makes of the rows of a page.
template <class Row, class Read>
Result<std::vector<Row>> readLegacyPage(SqlConnection& connection, const std::string& columnsAndTables, LegacyPage page,
                                        Read read)
{
    std::vector<Row> all;
    auto done = forEachRow(connection,
                           "SELECT " + legacyMetadata() + columnsAndTables + " WHERE r.id > ? ORDER BY r.id LIMIT ?",
                           {page.after, page.limit}, [&](const SqlRows& row) -> Result<> {
                               all.push_back(read(row));
                               return {};
                           });
    if (!done) return fail(done);
    return all;
}

} // namespace

std::string joinOwner(const LegacyTables& tables)
{
    const std::string& collation = tables.ownerCollation;
    const std::string username =
        collation.empty()
            ? "r.username"
            : "CONVERT(r.username USING " + collation.substr(0, collation.find('_')) + ") COLLATE " + collation;
    return "LEFT JOIN `" + tables.user + "` u ON u.id = (SELECT MIN(x.id) FROM `" + tables.user +
           "` x WHERE x.name = " + username + ")";
}

Result<std::vector<LegacyUser>> readLegacyUsers(SqlConnection& connection, const LegacyTables& tables, LegacyPage page)
{
    return readLegacyPage<LegacyUser>(connection,
                                      ", r.status, r.nickname, r.password, r.email, r.phone, r.isAdmin, " +
                                          secondsIn("r.loginedAt") + " FROM `" + tables.user + "` r",
                                      page, [](const SqlRows& row) {
                                          LegacyUser user;
                                          user.metadata = readLegacyMetadata(row);
                                          int column = legacyMetadataColumns;
                                          if (!row.isNull(column)) user.status = row.integer(column);
                                          user.nickname = row.text(++column);
                                          user.passwordHash = row.text(++column);
                                          user.email = row.text(++column);
                                          user.phone = optionalText(row, ++column);
                                          user.isAdmin = row.integer(++column);
                                          user.loginedAt = secondsOf(row, ++column);
                                          return user;
                                      });
}

Result<std::vector<LegacySecret>> readLegacySecrets(SqlConnection& connection, const LegacyTables& tables,
                                                    LegacyPage page)
{
    return readLegacyPage<LegacySecret>(
        connection,
        ", r.username, u.id, u.name, r.secretID, r.secretKey, r.expires, r.description" +
            withOwner(tables, tables.secret),
        page, [](const SqlRows& row) {
            LegacySecret secret;
            secret.metadata = readLegacyMetadata(row);
            int column = legacyMetadataColumns;
            secret.username = row.text(column++);
            secret.owner = readLegacyOwner(row, column);
            column += 2;
            secret.secretId = row.text(column++);
            secret.secretKey = SecretString(row.text(column++));
            secret.expires = row.integer(column++);
            secret.description = row.text(column);
            return secret;
        });
}

Result<std::vector<LegacyPolicy>> readLegacyPolicies(SqlConnection& connection, const LegacyTables& tables,
                                                     LegacyPage page)
{
    return readLegacyPage<LegacyPolicy>(connection,
                                        ", r.username, u.id, u.name, r.policyShadow" + withOwner(tables, tables.policy),
                                        page, [](const SqlRows& row) {
                                            LegacyPolicy policy;
                                            policy.metadata = readLegacyMetadata(row);
                                            policy.username = row.text(legacyMetadataColumns);
                                            policy.owner = readLegacyOwner(row, legacyMetadataColumns + 1);
                                            policy.policyShadow = optionalText(row, legacyMetadataColumns + 3);
                                            return policy;
                                        });
}

Result<std::vector<LegacyRemovedPolicy>> readLegacyRemovedPolicies(SqlConnection& connection,
                                                                   const LegacyTables& tables, LegacyPage page)
{
    if (tables.policyAudit.empty()) return std::vector<LegacyRemovedPolicy>();
    return readLegacyPage<LegacyRemovedPolicy>(connection,
                                               ", r.username, r.policyShadow, " + secondsIn("r.deletedAt") + " FROM `" +
                                                   tables.policyAudit + "` r",
                                               page, [](const SqlRows& row) {
                                                   LegacyRemovedPolicy policy;
                                                   policy.metadata = readLegacyMetadata(row);
                                                   policy.username = row.text(legacyMetadataColumns);
                                                   policy.policyShadow = optionalText(row, legacyMetadataColumns + 1);
                                                   policy.deletedAt = secondsOf(row, legacyMetadataColumns + 2);
                                                   return policy;
                                               });
}

} // namespace iam::store::sql
