// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/legacyshape.h"
#include "store/sql/sqlrows.h"
#include <algorithm>
#include <map>

namespace iam::store::sql {

namespace {

const std::vector<std::string> common{"id", "instanceid", "name", "extendshadow", "createdat", "updatedat"};

struct Column {
    std::string table;
    std::string name; ///< as it is written
    std::string key;  ///< in lower case
    std::string charset;
    std::string collation;
};

/// Columns of the table with our word for it, and what we need of them.
struct Wanted {
    std::string table;
    std::vector<std::string> columns;
};

std::vector<Wanted> wantedColumns(const LegacyTables& tables)
{
    const auto with = [](std::vector<std::string> more) {
        more.insert(more.begin(), common.begin(), common.end());
        return more;
    };
    std::vector<Wanted> all{
        {tables.user, with({"status", "nickname", "password", "email", "phone", "isadmin", "loginedat"})},
        {tables.secret, with({"username", "secretid", "secretkey", "expires", "description"})},
        {tables.policy, with({"username", "policyshadow"})},
    };
    if (!tables.policyAudit.empty())
        all.push_back({tables.policyAudit, with({"username", "policyshadow", "deletedat"})});
    return all;
}

Result<std::vector<Column>> readColumns(SqlConnection& connection, const std::string& table)
{
    std::vector<Column> columns;
    auto done = forEachRow(connection,
                           "SELECT column_name, LOWER(column_name), COALESCE(character_set_name, ''),"
                           " COALESCE(collation_name, '') FROM information_schema.columns"
                           " WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position",
                           {table}, [&](const SqlRows& row) -> Result<> {
                               columns.push_back({table, row.text(0), row.text(1), row.text(2), row.text(3)});
                               return {};
                           });
    if (!done) return fail(done);
    return columns;
}

bool contains(const std::vector<std::string>& all, const std::string& one)
{
    return std::find(all.begin(), all.end(), one) != all.end();
}

bool isWide(const std::string& charset)
{
    return charset.empty() || charset.starts_with("utf");
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

Result<std::vector<std::string>> readNames(SqlConnection& connection, const std::string& select,
                                           const std::vector<SqlValue>& values = {})
{
    std::vector<std::string> names;
    auto done = forEachRow(connection, select, values, [&](const SqlRows& row) -> Result<> {
        names.push_back(row.text(0));
        return {};
    });
    if (!done) return fail(done);
    return names;
}

} // namespace

Result<LegacyTables> examineLegacyTables(SqlConnection& connection, const DatabaseTables& tables)
{
    LegacyTables legacy = tables.form == DatabaseForm::Ours ? keptLegacyTables() : LegacyTables();
    if (!tables.names.contains(legacy.policyAudit)) legacy.policyAudit.clear();
    std::vector<FieldFault> faults;
    std::map<std::string, std::string> collations; // of what is compared, by table
    for (const Wanted& wanted : wantedColumns(legacy)) {
        const auto columns = readColumns(connection, wanted.table);
        if (!columns) return fail(columns);
        std::vector<std::string> missing = wanted.columns;
        for (const Column& column : *columns) {
            std::erase(missing, column.key);
            if (!contains(wanted.columns, column.key)) continue;
            if (!isWide(column.charset)) legacy.isNarrow = true;
            if (column.key == (wanted.table == legacy.user ? "name" : "username"))
                collations[wanted.table] = column.collation;
        }
        for (const std::string& name : missing) faults.push_back({wanted.table, "has no column " + name});
        if (contains(missing, "id")) continue;
        const auto beyond =
            countRows(connection, "SELECT COUNT(*) FROM `" + wanted.table + "` WHERE id > 9223372036854775807", {});
        if (!beyond) return fail(beyond);
        if (*beyond > 0)
            faults.push_back({wanted.table, "has ids above 9223372036854775807, which nothing made by counting has"});
    }
    if (!faults.empty()) return fail(Code::Validation, "the old tables are not as they should be", std::move(faults));
    const std::string& names = collations[legacy.user];
    if (collations[legacy.secret] != names || collations[legacy.policy] != names) legacy.ownerCollation = names;
    return legacy;
}

Result<std::vector<std::string>> describeLegacyTables(SqlConnection& connection, const LegacyTables& tables)
{
    std::vector<std::string> sentences;
    for (const Wanted& wanted : wantedColumns(tables)) {
        const auto columns = readColumns(connection, wanted.table);
        if (!columns) return fail(columns);
        std::vector<std::string> more;
        for (const Column& column : *columns)
            if (!contains(wanted.columns, column.key)) more.push_back(column.name);
        if (!more.empty())
            sentences.push_back("The table " + wanted.table + " has columns that ours do not have: " + joined(more) +
                                ". They stay with the old tables.");
        const auto facts = readTableFacts(connection, wanted.table);
        if (!facts) return fail(facts);
        if (facts->engine != "InnoDB")
            sentences.push_back("The table " + wanted.table + " is kept by " + facts->engine +
                                ", which knows no transactions: stop the old servers before a dump is taken of it.");
    }
    if (tables.policyAudit.empty())
        sentences.emplace_back("There is no table policy_audit: removed policies were not kept, and those that are"
                               " removed later cannot be given back.");
    const auto views =
        readNames(connection, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND"
                              " table_type = 'VIEW' AND LEFT(table_name, 5) <> 'iamx_' ORDER BY 1");
    if (!views) return fail(views);
    if (!views->empty())
        sentences.push_back("Views stand beside the tables: " + joined(*views) +
                            ". They show nothing while the database has our form.");
    return sentences;
}

Result<std::vector<std::string>> readBrokenViews(SqlConnection& connection)
{
    // They are listed, but have no columns.
    return readNames(connection, "SELECT t.table_name FROM information_schema.tables t LEFT JOIN"
                                 " information_schema.columns c ON c.table_schema = t.table_schema AND"
                                 " c.table_name = t.table_name WHERE t.table_schema = DATABASE() AND"
                                 " t.table_type = 'VIEW' AND c.column_name IS NULL ORDER BY 1");
}

Result<std::vector<std::string>> readOtherConnections(SqlConnection& connection)
{
    return readNames(connection, "SELECT CONCAT(user, ' from ', SUBSTRING_INDEX(host, ':', 1), ' (', COUNT(*), ')')"
                                 " FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()"
                                 " GROUP BY user, SUBSTRING_INDEX(host, ':', 1) ORDER BY 1");
}

} // namespace iam::store::sql
