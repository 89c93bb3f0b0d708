// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqlpolicystore.h"
#include "contract/codec.h"
#include "store/sql/sqlpolicyhistory.h"
#include "store/sql/sqlrows.h"
#include <map>

namespace iam::store::sql {

namespace {

constexpr const char* fromPolicies = "{policies} r JOIN {users} u ON u.id = r.owner_id";
constexpr const char* policyColumns = "r.id, r.instance_id, r.name, r.extend, r.created_at, r.updated_at, r.version,"
                                      " u.name, r.document";

struct PolicyRow {
    PolicyEntry entry;
    std::string document; ///< as stored, when it cannot be read
};

std::string words(const Error& error)
{
    std::string text = error.detail;
    for (const FieldFault& fault : error.faults) text += (text.empty() ? "" : "; ") + fault.field + " " + fault.message;
    return text;
}

PolicyRow readPolicy(const SqlRows& row)
{
    PolicyRow read;
    contract::Policy& policy = read.entry.policy;
    policy.metadata = readMetadata(row, "policy-", read.entry.fault);
    policy.username = row.text(metadataColumns);
    std::string text = row.text(metadataColumns + 1);
    const auto json = contract::parseWholeJson(text);
    auto document = json ? contract::decodePolicyDocument(*json) : Result<contract::PolicyDocument>(fail(json));
    if (document) {
        policy.policy = std::move(*document);
    } else {
        read.entry.fault = "the document: " + words(document.error());
        read.document = std::move(text);
    }
    return read;
}

Result<contract::Policy> readable(PolicyRow row)
{
    if (row.entry.fault) return unreadable(row.entry.policy.metadata, *row.entry.fault);
    return std::move(row.entry.policy);
}

/// What a change record says of the row.
std::string description(const PolicyRow& row)
{
    return row.document.empty() ? contract::encodePolicy(row.entry.policy) : jsonOrQuoted(row.document);
}

/// The first row under `condition`; nothing when there is none.
Result<std::optional<PolicyRow>> selectPolicy(SqlConnection& connection, const char* condition,
                                              std::initializer_list<SqlValue> values)
{
    return firstRow(connection,
                    std::string("SELECT ") + policyColumns + " FROM " + fromPolicies + " WHERE " + condition +
                        " ORDER BY r.id LIMIT 1",
                    values, readPolicy);
}

/// The oldest of that name. Code::PolicyNotFound.
Result<PolicyRow> findPolicy(SqlConnection& connection, const std::string& owner, const std::string& name)
{
    auto row = selectPolicy(connection, "u.name = ? AND r.name = ?", {owner, name});
    if (!row) return fail(row);
    if (!*row) return fail(Code::PolicyNotFound, owner + "/" + name);
    return std::move(**row);
}

/// Records what became of the row `id` and returns it.
Result<PolicyRow> recordPolicyRow(SqlConnection& connection, std::uint64_t id, const char* action,
                                  const std::string& before, const contract::Actor& actor, TimePoint now)
{
    auto row = selectPolicy(connection, "r.id = ?", {id});
    if (!row) return fail(row);
    if (!*row) return fail(Code::Database, "a policy vanished while it was written");
    const contract::Policy& policy = (*row)->entry.policy;
    auto recorded = recordChange(connection, {0, now, actor, "policy", action, policy.username, policy.metadata.name,
                                              before, description(**row), id, policy.metadata.version});
    if (!recorded) return fail(recorded);
    return std::move(**row);
}

Result<contract::Policy> recordPolicy(SqlConnection& connection, std::uint64_t id, const char* action,
                                      const std::string& before, const contract::Actor& actor, TimePoint now)
{
    auto row = recordPolicyRow(connection, id, action, before, actor, now);
    if (!row) return fail(row);
    return readable(std::move(*row));
}

} // namespace

Result<> recordPolicyChange(SqlConnection& connection, std::uint64_t id, const char* action, const std::string& before,
                            const contract::Actor& actor, TimePoint now)
{
    if (auto row = recordPolicyRow(connection, id, action, before, actor, now); !row) return fail(row);
    return {};
}

Result<std::uint64_t> removePolicies(SqlConnection& connection, PolicyRows& rows, const Owner& owner,
                                     const std::optional<std::string>& name, const contract::Actor& actor,
                                     TimePoint now)
{
    std::vector<PolicyRow> policies;
    std::vector<SqlValue> values = {owner.id};
    if (name) values.emplace_back(*name);
    auto read = forEachRow(connection,
                           std::string("SELECT ") + policyColumns + " FROM " + fromPolicies + " WHERE r.owner_id = ?" +
                               (name ? " AND r.name = ?" : "") + " ORDER BY r.id",
                           values, [&](const SqlRows& row) -> Result<> {
                               policies.push_back(readPolicy(row));
                               return {};
                           });
    if (!read) return fail(read);
    for (const PolicyRow& row : policies) {
        const contract::Metadata& metadata = row.entry.policy.metadata;
        auto recorded = recordChange(connection, {0,
                                                  now,
                                                  actor,
                                                  "policy",
                                                  "delete",
                                                  owner.name,
                                                  metadata.name,
                                                  description(row),
                                                  {},
                                                  metadata.id,
                                                  metadata.version});
        if (!recorded) return fail(recorded);
        if (auto done = rows.erase(connection, metadata, now); !done) return fail(done);
    }
    return policies.size();
}

Result<contract::Policy> SqlPolicyStore::create(const contract::Policy& policy, const contract::Actor& actor,
                                                TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<contract::Policy> {
        auto owner = findOwner(connection, policy.username);
        if (!owner) return fail(owner);
        if (!*owner) return fail(Code::UserNotFound, policy.username);
        const SqlValue ownerId((*owner)->id);
        const std::string& name = policy.metadata.name;
        auto same =
            countRows(connection, "SELECT COUNT(*) FROM {policies} WHERE owner_id = ? AND name = ?", {ownerId, name});
        if (!same) return fail(same);
        if (*same > 0) return fail(Code::PolicyAlreadyExist, (*owner)->name + "/" + name);
        auto id = m_rows.policies.insert(connection, **owner, policy, now);
        if (!id) return fail(id);
        return recordPolicy(connection, *id, "create", {}, actor, now);
    });
}

Result<contract::Policy> SqlPolicyStore::find(const std::string& owner, const std::string& name)
{
    if (auto settled = m_rows.settle(ObjectKind::Policy, owner, name); !settled) return fail(settled);
    return m_database.read([&](SqlConnection& connection) -> Result<contract::Policy> {
        auto row = findPolicy(connection, owner, name);
        if (!row) return fail(row);
        return readable(std::move(*row));
    });
}

Result<contract::ListPage<contract::Policy>> SqlPolicyStore::list(const std::optional<std::string>& owner,
                                                                  const contract::ListQuery& query)
{
    ListSql list{fromPolicies, policyColumns, {}, {}};
    if (owner) {
        list.conditions.emplace_back("u.name = ?");
        list.values.emplace_back(*owner);
    }
    list.restrictNames(query);
    return m_database.read([&](SqlConnection& connection) {
        return readPage<contract::Policy>(connection, list, query,
                                          [](const SqlRows& row) { return readable(readPolicy(row)); });
    });
}

Result<contract::Policy> SqlPolicyStore::update(const contract::Policy& policy,
                                                std::optional<std::uint64_t> expectedVersion,
                                                const contract::Actor& actor, TimePoint now)
{
    return replace(policy, expectedVersion, "update", actor, now);
}

Result<contract::Policy> SqlPolicyStore::rollBack(const contract::Policy& policy,
                                                  std::optional<std::uint64_t> expectedVersion,
                                                  const contract::Actor& actor, TimePoint now)
{
    return replace(policy, expectedVersion, "rollback", actor, now);
}

Result<contract::Policy> SqlPolicyStore::replace(const contract::Policy& policy,
                                                 std::optional<std::uint64_t> expectedVersion, const char* action,
                                                 const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<contract::Policy> {
        auto taken = m_rows.take(connection, ObjectKind::Policy, policy.username, policy.metadata.name);
        if (!taken) return fail(taken);
        auto before = findPolicy(connection, policy.username, policy.metadata.name);
        if (!before) return fail(before);
        const contract::Metadata& metadata = before->entry.policy.metadata;
        if (policy.metadata.id != 0 && policy.metadata.id != metadata.id)
            return fail(Code::ObjectChanged, metadata.name + " is another policy now");
        if (expectedVersion && *expectedVersion != metadata.version) return fail(Code::ObjectChanged, metadata.name);
        if (auto done = m_rows.policies.replace(connection, metadata.id, policy, now); !done) return fail(done);
        return recordPolicy(connection, metadata.id, action, description(*before), actor, now);
    });
}

Result<contract::PolicyHistory> SqlPolicyStore::versions(const std::string& owner, const std::string& name,
                                                         const contract::ListQuery& query)
{
    if (auto settled = m_rows.settle(ObjectKind::Policy, owner, name); !settled) return fail(settled);
    return m_database.read([&](SqlConnection& connection) -> Result<contract::PolicyHistory> {
        auto row = findPolicy(connection, owner, name);
        if (!row) return fail(row);
        auto versions = readPolicyVersions(connection, row->entry.policy.metadata, query);
        if (!versions) return fail(versions);
        return contract::PolicyHistory{std::move(row->entry.policy.metadata), std::move(*versions)};
    });
}

Result<contract::Policy> SqlPolicyStore::version(const std::string& owner, const std::string& name,
                                                 std::uint64_t number)
{
    return m_database.read([&](SqlConnection& connection) -> Result<contract::Policy> {
        auto row = findPolicy(connection, owner, name);
        if (!row) return fail(row);
        const contract::Metadata& present = row->entry.policy.metadata;
        auto recorded = readPolicyVersion(connection, present.id, number);
        if (!recorded) return fail(recorded);
        if (*recorded) return std::move(**recorded);
        if (number == present.version) return readable(std::move(*row)); // older than the records
        return fail(Code::PolicyNotFound, present.name + " has no version " + std::to_string(number));
    });
}

Result<std::uint64_t> SqlPolicyStore::remove(const std::string& owner, const std::vector<std::string>& names,
                                             const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<std::uint64_t> {
        auto found = findOwner(connection, owner);
        if (!found) return fail(found);
        if (!*found) return std::uint64_t{0};
        std::uint64_t removed = 0;
        for (const std::string& name : names) {
            auto done = removePolicies(connection, m_rows.policies, **found, name, actor, now);
            if (!done) return fail(done);
            removed += *done;
        }
        return removed;
    });
}

Result<> SqlPolicyStore::forEach(const std::optional<std::string>& owner,
                                 const std::function<void(const PolicyEntry&)>& visit)
{
    return m_database.read([&](SqlConnection& connection) {
        std::vector<SqlValue> values;
        if (owner) values.emplace_back(*owner);
        return forEachRow(connection,
                          std::string("SELECT ") + policyColumns + " FROM " + fromPolicies +
                              (owner ? " WHERE u.name = ?" : "") + " ORDER BY r.owner_id, r.id DESC",
                          values, [&](const SqlRows& row) -> Result<> {
                              visit(readPolicy(row).entry);
                              return {};
                          });
    });
}

Result<> SqlPolicyStore::forEachNamed(const std::string& owner, const std::vector<std::string>& names,
                                      const std::function<void(const PolicyEntry&)>& visit)
{
    return m_database.read([&](SqlConnection& connection) -> Result<> {
        std::map<std::uint64_t, PolicyEntry, std::greater<>> found; // names come in any order, and may come twice
        for (const std::string& name : names) {
            auto done = forEachRow(connection,
                                   std::string("SELECT ") + policyColumns + " FROM " + fromPolicies +
                                       " WHERE u.name = ? AND r.name = ?",
                                   {owner, name}, [&](const SqlRows& row) -> Result<> {
                                       PolicyEntry entry = readPolicy(row).entry;
                                       const std::uint64_t id = entry.policy.metadata.id;
                                       found.emplace(id, std::move(entry));
                                       return {};
                                   });
            if (!done) return done;
        }
        for (const auto& [id, entry] : found) visit(entry);
        return {};
    });
}

Result<std::vector<std::string>> SqlPolicyStore::owners()
{
    return m_database.read([](SqlConnection& connection) -> Result<std::vector<std::string>> {
        std::vector<std::string> names;
        auto done =
            forEachRow(connection, "SELECT name FROM {users} WHERE id IN (SELECT owner_id FROM {policies}) ORDER BY id",
                       {}, [&](const SqlRows& row) -> Result<> {
                           names.push_back(row.text(0));
                           return {};
                       });
        if (!done) return fail(done);
        return names;
    });
}

} // namespace iam::store::sql
