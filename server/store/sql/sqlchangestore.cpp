// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqlchangestore.h"
#include "store/changecursor.h"
#include "store/sql/sqlrows.h"

namespace iam::store::sql {

namespace {

contract::ChangeRecord readChange(const SqlRows& row)
{
    contract::ChangeRecord change;
    change.id = static_cast<std::uint64_t>(row.integer(0));
    change.time = row.time(1);
    change.actor = {row.text(2), row.text(3), row.text(4)};
    change.kind = row.text(5);
    change.action = row.text(6);
    change.owner = row.text(7);
    change.name = row.text(8);
    change.before = row.text(9);
    change.after = row.text(10);
    change.objectId = static_cast<std::uint64_t>(row.integer(11));
    change.objectVersion = static_cast<std::uint64_t>(row.integer(12));
    return change;
}

/// The statement that finds what the filter wants, and its values.
std::pair<std::string, std::vector<SqlValue>> select(const contract::RecordFilter& filter)
{
    std::string sql = "SELECT id, time, actor, address, request_id, kind, action, owner, name, before_json, after_json,"
                      " object_id, object_version FROM {changes} WHERE id < ?";
    std::vector<SqlValue> values;
    const auto restrict = [&](const char* condition, const auto& value) {
        if (!value) return;
        sql += condition;
        values.emplace_back(*value);
    };
    restrict(" AND time >= ?", filter.from);
    restrict(" AND time < ?", filter.to);
    restrict(" AND owner = ?", filter.owner);
    restrict(" AND action = ?", filter.action);
    restrict(" AND actor = ?", filter.actor);
    restrict(" AND kind = ?", filter.kind);
    restrict(" AND name = ?", filter.name);
    // The line break keeps a find from beginning in one column and ending in the next.
    restrict(" AND instr(lower(actor || '\n' || address || '\n' || request_id || '\n' || kind || '\n'"
             " || action || '\n' || owner || '\n' || name || '\n' || before_json || '\n'"
             " || after_json), lower(CAST(? AS CHAR))) > 0",
             filter.text);
    return {sql + " ORDER BY id DESC LIMIT ?", values};
}

} // namespace

Result<contract::RecordPage<contract::ChangeRecord>> SqlChangeStore::query(const contract::RecordFilter& filter,
                                                                           const std::string& cursor, int limit)
{
    const auto behind = decodeChangeCursor(cursor);
    if (!behind) return fail(behind);
    const auto wanted = static_cast<std::size_t>(std::clamp(limit, 1, contract::maxRecordLimit));
    auto [sql, values] = select(filter);
    values.insert(values.begin(), *behind);
    values.emplace_back(std::uint64_t{wanted + 1}); // one more tells whether the list goes on
    using Page = contract::RecordPage<contract::ChangeRecord>;
    return m_database.read([&](SqlConnection& connection) -> Result<Page> {
        Page page;
        auto done = forEachRow(connection, sql, values, [&](const SqlRows& row) -> Result<> {
            if (page.items.size() == wanted)
                page.next = encodeChangeCursor(page.items.back().id);
            else
                page.items.push_back(readChange(row));
            return {};
        });
        if (!done) return fail(done);
        return page;
    });
}

Result<std::uint64_t> SqlChangeStore::lastId()
{
    return m_database.read(
        [](SqlConnection& connection) { return countRows(connection, "SELECT MAX(id) FROM {changes}", {}); });
}

Result<std::vector<ChangeMark>> SqlChangeStore::since(std::uint64_t id, std::size_t limit)
{
    return m_database.read([&](SqlConnection& connection) -> Result<std::vector<ChangeMark>> {
        std::vector<ChangeMark> marks;
        auto done = forEachRow(connection,
                               "SELECT id, kind, action, owner, name FROM {changes} WHERE id > ? ORDER BY id LIMIT ?",
                               {id, std::uint64_t{limit}}, [&](const SqlRows& row) -> Result<> {
                                   marks.push_back({static_cast<std::uint64_t>(row.integer(0)), row.text(1),
                                                    row.text(2), row.text(3), row.text(4)});
                                   return {};
                               });
        if (!done) return fail(done);
        return marks;
    });
}

} // namespace iam::store::sql
