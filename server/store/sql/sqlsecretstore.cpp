// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqlsecretstore.h"
#include "contract/codec.h"
#include "store/sql/sqlrows.h"

namespace iam::store::sql {

namespace {

constexpr const char* fromSecrets = "{secrets} r JOIN {users} u ON u.id = r.owner_id";
constexpr const char* secretColumns =
    "r.id, r.instance_id, r.name, r.extend, r.created_at, r.updated_at, r.version,"
    " u.name, r.secret_id, r.sealed_key, r.expires, r.description, r.enabled,"
    " r.last_used_at, r.last_used_address, r.last_used_action, r.previous_secret_id, r.previous_sealed_key,"
    " r.previous_expires, r.previous_last_used_at, r.previous_last_used_address, r.previous_last_used_action";

struct SecretRow {
    StoredSecret stored;
    std::optional<std::string> fault;
};

/// The three columns of a last use, from `column` on, which is moved behind them.
contract::SecretUse readUse(const SqlRows& row, int& column)
{
    contract::SecretUse use;
    if (!row.isNull(column)) use = {row.time(column), row.text(column + 1), row.text(column + 2)};
    column += 3;
    return use;
}

SecretRow readSecret(const SqlRows& row)
{
    SecretRow read;
    contract::Secret& secret = read.stored.secret;
    secret.metadata = readMetadata(row, "secret-", read.fault);
    int column = metadataColumns;
    secret.username = row.text(column++);
    secret.secretId = row.text(column++);
    read.stored.sealedKey = row.text(column++);
    secret.expires = row.integer(column++);
    secret.description = row.text(column++);
    secret.status = row.integer(column++) != 0 ? 1 : 0;
    secret.lastUse = readUse(row, column);
    if (row.isNull(column)) return read;
    contract::PreviousKey& previous = secret.previous.emplace();
    previous.secretId = row.text(column++);
    read.stored.previousSealedKey = row.text(column++);
    previous.expires = row.integer(column++);
    previous.lastUse = readUse(row, column);
    return read;
}

Result<StoredSecret> readable(SecretRow row)
{
    if (row.fault) return unreadable(row.stored.secret.metadata, *row.fault);
    return std::move(row.stored);
}

/// The first row under `condition`; nothing when there is none.
Result<std::optional<SecretRow>> selectSecret(SqlConnection& connection, const char* condition,
                                              std::initializer_list<SqlValue> values)
{
    return firstRow(connection,
                    std::string("SELECT ") + secretColumns + " FROM " + fromSecrets + " WHERE " + condition +
                        " ORDER BY r.id LIMIT 1",
                    values, readSecret);
}

/// The oldest of that name. Code::SecretNotFound.
Result<SecretRow> findSecret(SqlConnection& connection, const std::string& owner, const std::string& name)
{
    auto row = selectSecret(connection, "u.name = ? AND r.name = ?", {owner, name});
    if (!row) return fail(row);
    if (!*row) return fail(Code::SecretNotFound, owner + "/" + name);
    return std::move(**row);
}

/// As findSecret(), for a change. Code::ObjectChanged when the version is another than expected.
Result<SecretRow> findForChange(SqlConnection& connection, const ObjectRows& rows, const std::string& owner,
                                const std::string& name, std::optional<std::uint64_t> expectedVersion)
{
    if (auto taken = rows.take(connection, ObjectKind::Secret, owner, name); !taken) return fail(taken);
    auto row = findSecret(connection, owner, name);
    if (row && expectedVersion && *expectedVersion != row->stored.secret.metadata.version)
        return fail(Code::ObjectChanged, name);
    return row;
}

/// Code::Database when a present or previous key has that id.
Result<> checkFresh(SqlConnection& connection, const std::string& secretId)
{
    for (const char* column : {"secret_id", "previous_secret_id"}) {
        auto known =
            countRows(connection, std::string("SELECT COUNT(*) FROM {secrets} WHERE ") + column + " = ?", {secretId});
        if (!known) return fail(known);
        if (*known > 0) return fail(Code::Database, "the secretID exists");
    }
    return {};
}

/// Records what became of the row `id` and returns it.
Result<SecretRow> recordSecretRow(SqlConnection& connection, std::uint64_t id, const char* action,
                                  const std::string& before, const contract::Actor& actor, TimePoint now)
{
    auto row = selectSecret(connection, "r.id = ?", {id});
    if (!row) return fail(row);
    if (!*row) return fail(Code::Database, "a secret vanished while it was written");
    const contract::Secret& secret = (*row)->stored.secret;
    const contract::Metadata& metadata = secret.metadata;
    auto recorded = recordChange(connection, {0, now, actor, "secret", action, secret.username, metadata.name, before,
                                              contract::encodeSecret(secret), metadata.id, metadata.version});
    if (!recorded) return fail(recorded);
    return std::move(**row);
}

Result<StoredSecret> recordSecret(SqlConnection& connection, std::uint64_t id, const char* action,
                                  const std::string& before, const contract::Actor& actor, TimePoint now)
{
    auto row = recordSecretRow(connection, id, action, before, actor, now);
    if (!row) return fail(row);
    return readable(std::move(*row));
}

} // namespace

Result<> recordSecretChange(SqlConnection& connection, std::uint64_t id, const char* action, const std::string& before,
                            const contract::Actor& actor, TimePoint now)
{
    if (auto row = recordSecretRow(connection, id, action, before, actor, now); !row) return fail(row);
    return {};
}

Result<std::uint64_t> removeSecrets(SqlConnection& connection, SecretRows& rows, const Owner& owner,
                                    const std::optional<std::string>& name, const contract::Actor& actor, TimePoint now)
{
    std::vector<contract::Secret> secrets;
    std::vector<SqlValue> values = {owner.id};
    if (name) values.emplace_back(*name);
    auto read = forEachRow(connection,
                           std::string("SELECT ") + secretColumns + " FROM " + fromSecrets + " WHERE r.owner_id = ?" +
                               (name ? " AND r.name = ?" : "") + " ORDER BY r.id",
                           values, [&](const SqlRows& row) -> Result<> {
                               secrets.push_back(readSecret(row).stored.secret);
                               return {};
                           });
    if (!read) return fail(read);
    for (const contract::Secret& secret : secrets) {
        const contract::Metadata& metadata = secret.metadata;
        auto recorded = recordChange(connection, {0,
                                                  now,
                                                  actor,
                                                  "secret",
                                                  "delete",
                                                  owner.name,
                                                  metadata.name,
                                                  contract::encodeSecret(secret),
                                                  {},
                                                  metadata.id,
                                                  metadata.version});
        if (!recorded) return fail(recorded);
        if (auto done = rows.erase(connection, metadata.id); !done) return fail(done);
    }
    return secrets.size();
}

Result<StoredSecret> SqlSecretStore::create(const StoredSecret& secret, std::uint64_t maxPerUser,
                                            const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<StoredSecret> {
        const contract::Secret& given = secret.secret;
        auto owner = findOwner(connection, given.username);
        if (!owner) return fail(owner);
        if (!*owner) return fail(Code::UserNotFound, given.username);
        const SqlValue ownerId((*owner)->id);
        const std::string& name = given.metadata.name;
        auto count = countRows(connection, "SELECT COUNT(*) FROM {secrets} WHERE owner_id = ?", {ownerId});
        if (!count) return fail(count);
        if (*count >= maxPerUser) return fail(Code::ReachMaxCount, (*owner)->name);
        auto same =
            countRows(connection, "SELECT COUNT(*) FROM {secrets} WHERE owner_id = ? AND name = ?", {ownerId, name});
        if (!same) return fail(same);
        if (*same > 0) return fail(Code::SecretAlreadyExist, (*owner)->name + "/" + name);
        if (auto fresh = checkFresh(connection, given.secretId); !fresh) return fail(fresh);
        auto id = m_rows.secrets.insert(connection, **owner, secret, now);
        if (!id) return fail(id);
        return recordSecret(connection, *id, "create", {}, actor, now);
    });
}

Result<StoredSecret> SqlSecretStore::find(const std::string& owner, const std::string& name)
{
    if (auto settled = m_rows.settle(ObjectKind::Secret, owner, name); !settled) return fail(settled);
    return m_database.read([&](SqlConnection& connection) -> Result<StoredSecret> {
        auto row = findSecret(connection, owner, name);
        if (!row) return fail(row);
        return readable(std::move(*row));
    });
}

Result<contract::ListPage<StoredSecret>> SqlSecretStore::list(const std::optional<std::string>& owner,
                                                              const contract::ListQuery& query)
{
    ListSql list{fromSecrets, secretColumns, {}, {}};
    if (owner) {
        list.conditions.emplace_back("u.name = ?");
        list.values.emplace_back(*owner);
    }
    list.restrictNames(query);
    return m_database.read([&](SqlConnection& connection) {
        return readPage<StoredSecret>(connection, list, query,
                                      [](const SqlRows& row) { return readable(readSecret(row)); });
    });
}

Result<StoredSecret> SqlSecretStore::update(const contract::Secret& secret,
                                            std::optional<std::uint64_t> expectedVersion, const contract::Actor& actor,
                                            TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<StoredSecret> {
        auto row = findForChange(connection, m_rows, secret.username, secret.metadata.name, expectedVersion);
        if (!row) return fail(row);
        const contract::Secret& before = row->stored.secret;
        if (auto done = m_rows.secrets.setFacts(connection, before.metadata.id, secret, now); !done) return fail(done);
        return recordSecret(connection, before.metadata.id, "update", contract::encodeSecret(before), actor, now);
    });
}

Result<StoredSecret> SqlSecretStore::setEnabled(const std::string& owner, const std::string& name, bool enabled,
                                                std::optional<std::uint64_t> expectedVersion,
                                                const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<StoredSecret> {
        auto row = findForChange(connection, m_rows, owner, name, expectedVersion);
        if (!row) return fail(row);
        const contract::Secret& before = row->stored.secret;
        if (before.enabled() == enabled) return readable(std::move(*row));
        auto done = m_rows.secrets.setEnabled(connection, before.metadata.id, enabled, now);
        if (!done) return fail(done);
        return recordSecret(connection, before.metadata.id, enabled ? "enable" : "disable",
                            contract::encodeSecret(before), actor, now);
    });
}

Result<StoredSecret> SqlSecretStore::rotate(const std::string& owner, const std::string& name, const SealedKey& key,
                                            std::optional<std::int64_t> previousExpires,
                                            std::optional<std::uint64_t> expectedVersion, const contract::Actor& actor,
                                            TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<StoredSecret> {
        auto row = findForChange(connection, m_rows, owner, name, expectedVersion);
        if (!row) return fail(row);
        const contract::Secret& before = row->stored.secret;
        StoredSecret rotated = row->stored;
        if (auto done = putIn(rotated, key, previousExpires, now); !done) return fail(done);
        if (auto fresh = checkFresh(connection, key.secretId); !fresh) return fail(fresh);
        if (auto done = m_rows.secrets.setKeys(connection, before.metadata.id, rotated, now); !done) return fail(done);
        return recordSecret(connection, before.metadata.id, "rotate", contract::encodeSecret(before), actor, now);
    });
}

Result<StoredSecret> SqlSecretStore::endPrevious(const std::string& owner, const std::string& name,
                                                 std::optional<std::uint64_t> expectedVersion,
                                                 const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<StoredSecret> {
        auto row = findForChange(connection, m_rows, owner, name, expectedVersion);
        if (!row) return fail(row);
        const contract::Secret& before = row->stored.secret;
        if (!before.previous) return readable(std::move(*row));
        StoredSecret ended = row->stored;
        ended.secret.previous.reset();
        if (auto done = m_rows.secrets.setKeys(connection, before.metadata.id, ended, now); !done) return fail(done);
        return recordSecret(connection, before.metadata.id, "end-previous", contract::encodeSecret(before), actor, now);
    });
}

Result<> SqlSecretStore::noteUses(const std::vector<KeyUse>& uses)
{
    return m_database.write([&](SqlConnection& connection) -> Result<> {
        for (const KeyUse& use : uses)
            if (auto done = m_rows.secrets.noteUse(connection, use); !done) return done;
        return {};
    });
}

Result<std::uint64_t> SqlSecretStore::remove(const std::string& owner, const std::vector<std::string>& names,
                                             const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<std::uint64_t> {
        auto found = findOwner(connection, owner);
        if (!found) return fail(found);
        if (!*found) return std::uint64_t{0};
        std::uint64_t removed = 0;
        for (const std::string& name : names) {
            auto done = removeSecrets(connection, m_rows.secrets, **found, name, actor, now);
            if (!done) return fail(done);
            removed += *done;
        }
        return removed;
    });
}

Result<> SqlSecretStore::forEachKey(const std::optional<std::string>& owner,
                                    const std::function<void(const SecretKeyEntry&)>& visit)
{
    std::vector<SqlValue> values;
    if (owner) values.emplace_back(*owner);
    return m_database.read([&](SqlConnection& connection) {
        return forEachRow(connection,
                          std::string("SELECT r.secret_id, u.name, r.name, r.sealed_key, r.expires, r.enabled,"
                                      " r.previous_secret_id, r.previous_sealed_key, r.previous_expires FROM ") +
                              fromSecrets + (owner ? " WHERE u.name = ?" : "") + " ORDER BY r.id",
                          values, [&](const SqlRows& row) -> Result<> {
                              SecretKeyEntry entry{row.text(0),    row.text(1),         row.text(2), row.text(3),
                                                   row.integer(4), row.integer(5) != 0, std::nullopt};
                              visit(entry);
                              if (row.isNull(6)) return {};
                              entry.secretId = row.text(6);
                              entry.sealedKey = row.text(7);
                              entry.ends = row.integer(8);
                              visit(entry);
                              return {};
                          });
    });
}

Result<std::uint64_t> SqlSecretStore::reseal(const std::vector<Resealing>& keys)
{
    return m_database.write([&](SqlConnection& connection) -> Result<std::uint64_t> {
        std::uint64_t resealed = 0;
        for (const Resealing& key : keys) {
            auto done = m_rows.secrets.reseal(connection, key);
            if (!done) return fail(done);
            resealed += *done;
        }
        return resealed;
    });
}

} // namespace iam::store::sql
