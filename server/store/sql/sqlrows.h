// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/listquery.h"
#include "contract/metadata.h"
#include "contract/records.h"
#include "store/sql/sqldatabase.h"
#include <limits>

namespace iam::store::sql {

// What the stores of this engine share.

/// A user as the owner of rows.
struct Owner {
    std::int64_t id = 0;
    std::string name; ///< the stored spelling
};

/// Whether a row that a database found by `asked` has that name: tables of other software pass over blanks behind it.
[[nodiscard]] bool isNamed(const std::string& stored, const std::string& asked);

/// Nothing when there is no such user.
Result<std::optional<Owner>> findOwner(SqlConnection& connection, const std::string& name);

/// Writes the record of a change.
Result<> recordChange(SqlConnection& connection, const contract::ChangeRecord& change);

/// `text` when it is JSON, else `text` as a JSON string: what a change record can hold.
[[nodiscard]] std::string jsonOrQuoted(const std::string& text);

/// Writes the instance id that follows from the row's own id.
Result<> nameInstance(SqlConnection& connection, std::string_view update, std::string_view prefix, std::uint64_t id);

// Metadata stand first in every SELECT: id, instance_id, name, extend, created_at, updated_at, version.
inline constexpr int metadataColumns = 7;

/// The metadata of the current row. `extend` that is not JSON is left null and told in `fault`.
[[nodiscard]] contract::Metadata readMetadata(const SqlRows& rows, std::string_view prefix,
                                              std::optional<std::string>& fault);

/// The error of a row that cannot be read.
[[nodiscard]] tl::unexpected<Error> unreadable(const contract::Metadata& metadata, const std::string& fault);

/// Calls `visit` for each row until one fails.
template <class Visit>
Result<> forEachRow(SqlConnection& connection, std::string_view sql, const std::vector<SqlValue>& values, Visit visit)
{
    auto rows = connection.query(sql, values);
    if (!rows) return fail(rows);
    auto more = rows->next();
    for (; more && *more; more = rows->next()) {
        if (Result<> done = visit(*rows); !done) return done;
    }
    if (!more) return fail(more);
    return {};
}

/// What `read` makes of the first row; nothing when there is none.
template <class Read>
auto firstRow(SqlConnection& connection, std::string_view sql, const std::vector<SqlValue>& values, Read read)
    -> Result<std::optional<std::invoke_result_t<Read, const SqlRows&>>>
{
    std::optional<std::invoke_result_t<Read, const SqlRows&>> first;
    auto rows = connection.query(sql, values);
    if (!rows) return fail(rows);
    auto row = rows->next();
    if (!row) return fail(row);
    if (*row) first.emplace(read(*rows));
    return first;
}

/// The first column of the first row, or 0 (also when it is NULL).
Result<std::uint64_t> countRows(SqlConnection& connection, std::string_view sql, const std::vector<SqlValue>& values);

/// A list: `conditions` behind FROM-and-JOIN, the page of the query, newest first, and its total.
struct ListSql {
    std::string from;                    ///< "secrets r JOIN users u ON u.id = r.owner_id"
    std::string columns;                 ///< of the page
    std::vector<std::string> conditions; ///< joined by AND
    std::vector<SqlValue> values;        ///< of the conditions

    /// Restricts to names with `query.nameContains` in them.
    void restrictNames(const contract::ListQuery& query);
    [[nodiscard]] std::string where() const;
};

/// Fills a page; `read(SqlRows&)` gives Result<Item>.
template <class Item, class Read>
Result<contract::ListPage<Item>> readPage(SqlConnection& connection, const ListSql& list,
                                          const contract::ListQuery& query, Read read)
{
    contract::ListPage<Item> page;
    const std::string where = list.where();
    auto total = countRows(connection, "SELECT COUNT(*) FROM " + list.from + where, list.values);
    if (!total) return fail(total);
    page.totalCount = *total;
    // Beyond the range of the engines' integers lies no row.
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    std::vector<SqlValue> values = list.values;
    values.emplace_back(std::min(query.limit.value_or(most), most));
    values.emplace_back(std::min(query.offset, most));
    auto done = forEachRow(
        connection, "SELECT " + list.columns + " FROM " + list.from + where + " ORDER BY r.id DESC LIMIT ? OFFSET ?",
        values, [&](const SqlRows& row) -> Result<> {
            auto item = read(row);
            if (!item) return fail(item);
            page.items.push_back(std::move(*item));
            return {};
        });
    if (!done) return fail(done);
    return page;
}

} // namespace iam::store::sql
