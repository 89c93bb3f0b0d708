// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqlpolicyhistory.h"
#include "base/timetext.h"
#include "contract/codec.h"
#include "store/sql/sqlrows.h"
#include <algorithm>

namespace iam::store::sql {

namespace {

contract::PolicyVersion readVersion(const SqlRows& row)
{
    return {
        static_cast<std::uint64_t>(row.integer(0)), row.time(1), {row.text(2), row.text(3), row.text(4)}, row.text(5)};
}

Result<contract::Policy> decodeVersion(const std::string& text, std::uint64_t number)
{
    auto policy = contract::decodePolicy(text);
    if (!policy) return fail(Code::Database, "version " + std::to_string(number) + " of a policy cannot be read");
    policy->metadata.version = number;
    return policy;
}

/// The state before the first change that the records tell, when it was not the creation: its number and its text.
struct Beginning {
    std::uint64_t number = 0;
    std::string text;
};
Result<std::optional<Beginning>> readBeginning(SqlConnection& connection, std::uint64_t id)
{
    auto rows = connection.query("SELECT object_version, before_json FROM {changes} WHERE kind = 'policy' AND"
                                 " object_id = ? ORDER BY id LIMIT 1",
                                 {id});
    if (!rows) return fail(rows);
    auto row = rows->next();
    if (!row) return fail(row);
    if (!*row || rows->text(1).empty()) return std::optional<Beginning>();
    return std::optional(Beginning{static_cast<std::uint64_t>(rows->integer(0)) - 1, rows->text(1)});
}

} // namespace

std::string dateText(TimePoint time)
{
    using std::chrono::seconds;
    const std::string text = toRfc3339(std::clamp(time, TimePoint(seconds(1)), TimePoint(seconds(2147483647))));
    return text.substr(0, 10) + " " + text.substr(11, 8);
}

Result<contract::ListPage<contract::PolicyVersion>>
readPolicyVersions(SqlConnection& connection, const contract::Metadata& present, const contract::ListQuery& query)
{
    const ListSql list{"{changes} r",
                       "r.object_version, r.time, r.actor, r.address, r.request_id, r.action",
                       {"r.kind = 'policy'", "r.object_id = ?", "r.action <> 'delete'"},
                       {present.id}};
    auto page = readPage<contract::PolicyVersion>(
        connection, list, query,
        [](const SqlRows& row) -> Result<contract::PolicyVersion> { return readVersion(row); });
    if (!page) return page;
    contract::PolicyVersion first;
    if (page->totalCount == 0) {
        first.number = present.version;
        first.time = present.updatedAt;
    } else {
        auto beginning = readBeginning(connection, present.id);
        if (!beginning) return fail(beginning);
        if (!*beginning) return page;
        first.number = (*beginning)->number;
        if (const auto policy = contract::decodePolicy((*beginning)->text)) first.time = policy->metadata.updatedAt;
    }
    const std::uint64_t place = page->totalCount++;
    if (query.offset <= place && (!query.limit || page->items.size() < *query.limit)) page->items.push_back(first);
    return page;
}

Result<std::optional<contract::Policy>> readPolicyVersion(SqlConnection& connection, std::uint64_t id,
                                                          std::uint64_t number)
{
    std::optional<std::string> text;
    auto done = forEachRow(connection,
                           "SELECT after_json FROM {changes} WHERE kind = 'policy' AND object_id = ? AND"
                           " object_version = ? AND action <> 'delete'",
                           {id, number}, [&](const SqlRows& row) -> Result<> {
                               text = row.text(0);
                               return {};
                           });
    if (!done) return fail(done);
    if (!text) {
        auto beginning = readBeginning(connection, id);
        if (!beginning) return fail(beginning);
        if (*beginning && (*beginning)->number == number) text = std::move((*beginning)->text);
    }
    if (!text) return std::optional<contract::Policy>();
    auto policy = decodeVersion(*text, number);
    if (!policy) return fail(policy);
    return std::optional(std::move(*policy));
}

Result<> keepRemovedPolicy(SqlConnection& connection, const contract::Metadata& metadata, TimePoint now)
{
    auto done =
        connection.run("INSERT INTO policy_audit (id, instanceID, name, username, policyShadow, extendShadow,"
                       " createdAt, updatedAt, deletedAt)"
                       " SELECT r.id, r.instance_id, r.name, u.name, r.document, r.extend, ?, ?, ?"
                       " FROM {policies} r JOIN {users} u ON u.id = r.owner_id WHERE r.id = ?",
                       {dateText(metadata.createdAt), dateText(metadata.updatedAt), dateText(now), metadata.id});
    if (!done) return fail(done);
    return {};
}

} // namespace iam::store::sql
