// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/adoptedrows.h"
#include "store/sql/sqlrows.h"

namespace iam::store::sql {

namespace {

constexpr const char* adoptedMetadata = "id, instance_id, name, extend, created_at, updated_at";
constexpr int adoptedMetadataColumns = 6;

AdoptedMetadata readAdoptedMetadata(const SqlRows& row)
{
    AdoptedMetadata metadata;
    metadata.id = static_cast<std::uint64_t>(row.integer(0));
    if (!row.isNull(1)) metadata.instanceId = row.text(1);
    metadata.name = row.text(2);
    if (!row.isNull(3)) metadata.extend = row.text(3);
    metadata.createdAt = row.time(4);
    metadata.updatedAt = row.time(5);
    return metadata;
}

template <class Row, class Read>
Result<std::vector<Row>> readAdopted(SqlConnection& connection, const std::string& columns, const std::string& table,
                                     LegacyPage page, Read read)
{
    std::vector<Row> all;
    auto done = forEachRow(connection,
                           std::string("SELECT ") + adoptedMetadata + columns + " FROM " + table +
                               " WHERE id > ? ORDER BY id LIMIT ?",
                           {page.after, page.limit}, [&](const SqlRows& row) -> Result<> {
                               all.push_back(read(row));
                               return {};
                           });
    if (!done) return fail(done);
    return all;
}

Result<> inserted(Result<SqlDone> done)
{
    if (!done) return fail(done);
    return {};
}

} // namespace

Result<> insertAdopted(SqlConnection& connection, const std::string& prefix, const AdoptedUser& user)
{
    const AdoptedMetadata& m = user.metadata;
    return inserted(connection.run(
        "INSERT INTO " + prefix +
            "users (id, instance_id, name, status, nickname, password_hash, email, phone, is_admin, extend, logined_at,"
            " tokens_valid_from, created_at, updated_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        {m.id, m.instanceId, m.name, user.status, user.nickname, user.passwordHash, user.email, user.phone,
         user.isAdmin, m.extend, user.loginedAt, m.createdAt, m.createdAt, m.updatedAt}));
}

Result<> insertAdopted(SqlConnection& connection, const std::string& prefix, const AdoptedSecret& secret)
{
    const AdoptedMetadata& m = secret.metadata;
    return inserted(connection.run("INSERT INTO " + prefix +
                                       "secrets (id, instance_id, owner_id, name, secret_id, sealed_key, expires,"
                                       " description, extend, created_at, updated_at, version)"
                                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                                   {m.id, m.instanceId, secret.ownerId, m.name, secret.secretId, secret.sealedKey,
                                    secret.expires, secret.description, m.extend, m.createdAt, m.updatedAt}));
}

Result<> insertAdopted(SqlConnection& connection, const std::string& prefix, const AdoptedPolicy& policy)
{
    const AdoptedMetadata& m = policy.metadata;
    return inserted(connection.run(
        "INSERT INTO " + prefix +
            "policies (id, instance_id, owner_id, name, document, extend, created_at, updated_at, version)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)",
        {m.id, m.instanceId, policy.ownerId, m.name, policy.document, m.extend, m.createdAt, m.updatedAt}));
}

Result<std::vector<AdoptedUser>> readAdoptedUsers(SqlConnection& connection, const std::string& prefix, LegacyPage page)
{
    return readAdopted<AdoptedUser>(
        connection, ", status, nickname, password_hash, email, phone, is_admin, logined_at", prefix + "users", page,
        [](const SqlRows& row) {
            constexpr int first = adoptedMetadataColumns;
            return AdoptedUser{
                readAdoptedMetadata(row), row.integer(first),
                row.text(first + 1),      row.text(first + 2),
                row.text(first + 3),      row.text(first + 4),
                row.integer(first + 5),   row.isNull(first + 6) ? std::nullopt : std::optional(row.time(first + 6))};
        });
}

Result<std::vector<AdoptedSecret>> readAdoptedSecrets(SqlConnection& connection, const std::string& prefix,
                                                      LegacyPage page)
{
    return readAdopted<AdoptedSecret>(
        connection,
        ", owner_id, secret_id, sealed_key, expires, description, enabled, previous_secret_id, previous_expires",
        prefix + "secrets", page, [](const SqlRows& row) {
            constexpr int first = adoptedMetadataColumns;
            return AdoptedSecret{readAdoptedMetadata(row),
                                 static_cast<std::uint64_t>(row.integer(first)),
                                 row.text(first + 1),
                                 row.text(first + 2),
                                 row.integer(first + 3),
                                 row.text(first + 4),
                                 row.integer(first + 5) != 0,
                                 row.text(first + 6),
                                 row.isNull(first + 7) ? std::nullopt : std::optional(row.integer(first + 7))};
        });
}

Result<std::vector<AdoptedPolicy>> readAdoptedPolicies(SqlConnection& connection, const std::string& prefix,
                                                       LegacyPage page)
{
    return readAdopted<AdoptedPolicy>(
        connection, ", owner_id, document", prefix + "policies", page, [](const SqlRows& row) {
            return AdoptedPolicy{readAdoptedMetadata(row),
                                 static_cast<std::uint64_t>(row.integer(adoptedMetadataColumns)),
                                 row.text(adoptedMetadataColumns + 1)};
        });
}

} // namespace iam::store::sql
