// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/memorysecretstore.h"
#include "base/text.h"
#include "contract/codec.h"

namespace iam::store {

namespace {

bool isNamed(const StoredSecret& row, const std::string& owner, const std::string& name)
{
    return text::equalIgnoringCase(row.secret.metadata.name, name) &&
           text::equalIgnoringCase(row.secret.username, owner);
}

/// The oldest of that name, or nullptr.
StoredSecret* findSecret(MemoryTables& tables, const std::string& owner, const std::string& name)
{
    for (auto& [id, row] : tables.secrets) {
        if (isNamed(row, owner, name)) return &row;
    }
    return nullptr;
}

} // namespace

Result<StoredSecret> MemorySecretStore::create(const StoredSecret& secret, std::uint64_t maxPerUser,
                                               const contract::Actor& actor, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    const MemoryTables::UserRow* user = m_tables.findUser(secret.secret.username);
    if (!user) return fail(Code::UserNotFound, secret.secret.username);
    const std::string& owner = user->user.metadata.name;
    const std::string& name = secret.secret.metadata.name;
    std::uint64_t count = 0;
    for (const auto& [id, row] : m_tables.secrets) {
        if (row.secret.username == owner) ++count;
    }
    if (count >= maxPerUser) return fail(Code::ReachMaxCount, owner);
    if (findSecret(m_tables, owner, name)) return fail(Code::SecretAlreadyExist, owner + "/" + name);
    for (const auto& [id, row] : m_tables.secrets) {
        if (row.secret.secretId == secret.secret.secretId) return fail(Code::Database, "the secretID exists");
    }
    const std::uint64_t id = ++m_tables.lastSecretId;
    StoredSecret row = secret;
    row.secret.metadata = newMetadata(secret.secret.metadata, "secret-", id, now);
    row.secret.username = owner;
    row.secret.secretKey = {};
    m_tables.record({0, now, actor, "secret", "create", owner, name, {}, contract::encodeSecret(row.secret), id, 1});
    return m_tables.secrets.emplace(id, std::move(row)).first->second;
}

Result<StoredSecret> MemorySecretStore::find(const std::string& owner, const std::string& name)
{
    const std::lock_guard lock(m_tables.mutex);
    const StoredSecret* row = findSecret(m_tables, owner, name);
    if (!row) return fail(Code::SecretNotFound, owner + "/" + name);
    return *row;
}

Result<contract::ListPage<StoredSecret>> MemorySecretStore::list(const std::optional<std::string>& owner,
                                                                 const contract::ListQuery& query)
{
    const std::lock_guard lock(m_tables.mutex);
    return pageOf<StoredSecret>(
        m_tables.secrets, query,
        [&](const StoredSecret& row) {
            return (!owner || text::equalIgnoringCase(row.secret.username, *owner)) &&
                   (!query.nameContains || containsIgnoringCase(row.secret.metadata.name, *query.nameContains));
        },
        [](const StoredSecret& row) { return row; });
}

Result<StoredSecret> MemorySecretStore::update(const contract::Secret& secret,
                                               std::optional<std::uint64_t> expectedVersion,
                                               const contract::Actor& actor, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    StoredSecret* row = findSecret(m_tables, secret.username, secret.metadata.name);
    if (!row) return fail(Code::SecretNotFound, secret.username + "/" + secret.metadata.name);
    if (expectedVersion && *expectedVersion != row->secret.metadata.version) {
        return fail(Code::ObjectChanged, secret.metadata.name);
    }
    const std::string before = contract::encodeSecret(row->secret);
    row->secret.expires = secret.expires;
    row->secret.description = secret.description;
    renew(row->secret.metadata, secret.metadata.extend, now);
    const contract::Metadata& metadata = row->secret.metadata;
    m_tables.record({0, now, actor, "secret", "update", row->secret.username, metadata.name, before,
                     contract::encodeSecret(row->secret), metadata.id, metadata.version});
    return *row;
}

Result<std::uint64_t> MemorySecretStore::remove(const std::string& owner, const std::vector<std::string>& names,
                                                const contract::Actor& actor, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    std::uint64_t removed = 0;
    for (const std::string& name : names) {
        while (const StoredSecret* row = findSecret(m_tables, owner, name)) {
            m_tables.removeSecret(row->secret.metadata.id, actor, now);
            ++removed;
        }
    }
    return removed;
}

Result<> MemorySecretStore::forEachKey(const std::optional<std::string>& owner,
                                       const std::function<void(const SecretKeyEntry&)>& visit)
{
    std::vector<SecretKeyEntry> entries;
    {
        const std::lock_guard lock(m_tables.mutex);
        for (const auto& [id, row] : m_tables.secrets) {
            if (owner && !text::equalIgnoringCase(row.secret.username, *owner)) continue;
            entries.push_back({row.secret.secretId, row.secret.username, row.sealedKey, row.secret.expires});
        }
    }
    for (const SecretKeyEntry& entry : entries) visit(entry);
    return {};
}

Result<std::uint64_t> MemorySecretStore::reseal(const std::vector<Resealing>& keys)
{
    const std::lock_guard lock(m_tables.mutex);
    std::uint64_t resealed = 0;
    for (const Resealing& key : keys) {
        for (auto& [id, row] : m_tables.secrets) {
            if (row.secret.secretId != key.secretId || row.sealedKey != key.before) continue;
            row.sealedKey = key.after;
            ++resealed;
        }
    }
    return resealed;
}

} // namespace iam::store
