// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqlrows.h"
#include "base/text.h"
#include "contract/json.h"

namespace iam::store::sql {

bool isNamed(const std::string& stored, const std::string& asked)
{
    return stored.size() == asked.size() && text::lowered(stored) == text::lowered(asked);
}

Result<std::optional<Owner>> findOwner(SqlConnection& connection, const std::string& name)
{
    auto rows = connection.query("SELECT id, name FROM {users} WHERE name = ?", {name});
    if (!rows) return fail(rows);
    auto row = rows->next();
    if (!row) return fail(row);
    if (!*row || !isNamed(rows->text(1), name)) return std::optional<Owner>();
    return std::optional<Owner>({rows->integer(0), rows->text(1)});
}

Result<> recordChange(SqlConnection& connection, const contract::ChangeRecord& change)
{
    auto done = connection.run("INSERT INTO {changes} (time, actor, address, request_id, kind, action, owner, name,"
                               " before_json, after_json, object_id, object_version)"
                               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                               {change.time, change.actor.name, change.actor.address, change.actor.requestId,
                                change.kind, change.action, change.owner, change.name, change.before, change.after,
                                change.objectId, change.objectVersion});
    if (!done) return fail(done);
    return {};
}

std::string jsonOrQuoted(const std::string& text)
{
    if (contract::parseWholeJson(text)) return text;
    std::string quoted;
    contract::writeJsonString(quoted, text);
    return quoted;
}

Result<> nameInstance(SqlConnection& connection, std::string_view update, std::string_view prefix, std::uint64_t id)
{
    auto done = connection.run(update, {contract::makeInstanceId(prefix, id), id});
    if (!done) return fail(done);
    return {};
}

contract::Metadata readMetadata(const SqlRows& rows, std::string_view prefix, std::optional<std::string>& fault)
{
    contract::Metadata metadata;
    metadata.id = static_cast<std::uint64_t>(rows.integer(0));
    metadata.instanceId = rows.isNull(1) ? contract::makeInstanceId(prefix, metadata.id) : rows.text(1);
    metadata.name = rows.text(2);
    if (!rows.isNull(3)) {
        if (auto extend = contract::parseWholeJson(rows.text(3)))
            metadata.extend = std::move(*extend);
        else
            fault = "extend is not JSON";
    }
    metadata.createdAt = rows.time(4);
    metadata.updatedAt = rows.time(5);
    metadata.version = static_cast<std::uint64_t>(rows.integer(6));
    return metadata;
}

tl::unexpected<Error> unreadable(const contract::Metadata& metadata, const std::string& fault)
{
    return fail(Code::Database, metadata.instanceId + " cannot be read: " + fault);
}

Result<std::uint64_t> countRows(SqlConnection& connection, std::string_view sql, const std::vector<SqlValue>& values)
{
    auto rows = connection.query(sql, values);
    if (!rows) return fail(rows);
    auto row = rows->next();
    if (!row) return fail(row);
    return *row ? static_cast<std::uint64_t>(rows->integer(0)) : 0;
}

void ListSql::restrictNames(const contract::ListQuery& query)
{
    if (!query.nameContains) return;
    conditions.emplace_back("instr(lower(r.name), lower(?)) > 0"); // no wildcards; SQLite's lower() is ASCII
    values.emplace_back(*query.nameContains);
}

std::string ListSql::where() const
{
    std::string text;
    for (const std::string& condition : conditions) text += (text.empty() ? " WHERE " : " AND ") + condition;
    return text;
}

} // namespace iam::store::sql
