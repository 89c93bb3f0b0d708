// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/memorysecretstore.h"
#include "base/text.h"
#include "contract/codec.h"
#include <algorithm>

namespace iam::store {

namespace {

bool isNamed(const StoredSecret& row, const std::string& owner, const std::string& name)
{
    return text::equalIgnoringCase(row.secret.metadata.name, name) &&
           text::equalIgnoringCase(row.secret.username, owner);
}

bool isKnownId(const MemoryTables& tables, const std::string& secretId)
{
    return std::any_of(tables.secrets.begin(), tables.secrets.end(), [&](const auto& entry) {
        const contract::Secret& secret = entry.second.secret;
        return secret.secretId == secretId || (secret.previous && secret.previous->secretId == secretId);
    });
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
    if (isKnownId(m_tables, secret.secret.secretId)) return fail(Code::Database, "the secretID exists");
    const std::uint64_t id = ++m_tables.lastSecretId;
    StoredSecret row = secret;
    row.secret.metadata = newMetadata(secret.secret.metadata, "secret-", id, now);
    row.secret.username = owner;
    row.secret.secretKey = {};
    row.secret.status = 1;
    row.secret.lastUse = {};
    row.secret.previous.reset();
    row.previousSealedKey.clear();
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

template <class Change>
Result<StoredSecret> MemorySecretStore::changeSecret(const std::string& owner, const std::string& name,
                                                     std::optional<std::uint64_t> expectedVersion, const char* action,
                                                     const contract::Actor& actor, TimePoint now, Change change)
{
    const std::lock_guard lock(m_tables.mutex);
    StoredSecret* row = findSecret(m_tables, owner, name);
    if (!row) return fail(Code::SecretNotFound, owner + "/" + name);
    if (expectedVersion && *expectedVersion != row->secret.metadata.version) return fail(Code::ObjectChanged, name);
    StoredSecret changed = *row;
    const Result<bool> done = change(changed);
    if (!done) return fail(done);
    if (!*done) return *row;
    contract::Metadata& metadata = changed.secret.metadata;
    renew(metadata, metadata.extend, now);
    m_tables.record({0, now, actor, "secret", action, changed.secret.username, metadata.name,
                     contract::encodeSecret(row->secret), contract::encodeSecret(changed.secret), metadata.id,
                     metadata.version});
    return *row = std::move(changed);
}

Result<StoredSecret> MemorySecretStore::update(const contract::Secret& secret,
                                               std::optional<std::uint64_t> expectedVersion,
                                               const contract::Actor& actor, TimePoint now)
{
    return changeSecret(secret.username, secret.metadata.name, expectedVersion, "update", actor, now,
                        [&](StoredSecret& row) -> Result<bool> {
                            row.secret.expires = secret.expires;
                            row.secret.description = secret.description;
                            row.secret.metadata.extend = secret.metadata.extend;
                            return true;
                        });
}

Result<StoredSecret> MemorySecretStore::setEnabled(const std::string& owner, const std::string& name, bool enabled,
                                                   std::optional<std::uint64_t> expectedVersion,
                                                   const contract::Actor& actor, TimePoint now)
{
    return changeSecret(owner, name, expectedVersion, enabled ? "enable" : "disable", actor, now,
                        [&](StoredSecret& row) -> Result<bool> {
                            const bool changes = row.secret.enabled() != enabled;
                            row.secret.status = enabled ? 1 : 0;
                            return changes;
                        });
}

Result<StoredSecret> MemorySecretStore::rotate(const std::string& owner, const std::string& name, const SealedKey& key,
                                               std::optional<std::int64_t> previousExpires,
                                               std::optional<std::uint64_t> expectedVersion,
                                               const contract::Actor& actor, TimePoint now)
{
    return changeSecret(owner, name, expectedVersion, "rotate", actor, now, [&](StoredSecret& row) -> Result<bool> {
        if (isKnownId(m_tables, key.secretId)) return fail(Code::Database, "the secretID exists");
        if (auto done = putIn(row, key, previousExpires, now); !done) return fail(done);
        return true;
    });
}

Result<StoredSecret> MemorySecretStore::endPrevious(const std::string& owner, const std::string& name,
                                                    std::optional<std::uint64_t> expectedVersion,
                                                    const contract::Actor& actor, TimePoint now)
{
    return changeSecret(owner, name, expectedVersion, "end-previous", actor, now,
                        [&](StoredSecret& row) -> Result<bool> {
                            const bool changes = row.secret.previous.has_value();
                            row.secret.previous.reset();
                            row.previousSealedKey.clear();
                            return changes;
                        });
}

Result<> MemorySecretStore::noteUses(const std::vector<KeyUse>& uses)
{
    const std::lock_guard lock(m_tables.mutex);
    const auto note = [](contract::SecretUse& last, const KeyUse& use) {
        if (!last.at || *last.at < use.at) last = {use.at, use.address, use.action};
    };
    for (const KeyUse& use : uses) {
        for (auto& [id, row] : m_tables.secrets) {
            if (row.secret.secretId == use.secretId) note(row.secret.lastUse, use);
            std::optional<contract::PreviousKey>& previous = row.secret.previous;
            if (previous && previous->secretId == use.secretId) note(previous->lastUse, use);
        }
    }
    return {};
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
            const contract::Secret& secret = row.secret;
            SecretKeyEntry entry{secret.secretId, secret.username,  secret.metadata.name, row.sealedKey,
                                 secret.expires,  secret.enabled(), std::nullopt};
            entries.push_back(entry);
            if (!secret.previous) continue;
            entry.secretId = secret.previous->secretId;
            entry.sealedKey = row.previousSealedKey;
            entry.ends = secret.previous->expires;
            entries.push_back(std::move(entry));
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
            const auto& previous = row.secret.previous;
            if (row.secret.secretId == key.secretId && row.sealedKey == key.before)
                row.sealedKey = key.after;
            else if (previous && previous->secretId == key.secretId && row.previousSealedKey == key.before)
                row.previousSealedKey = key.after;
            else
                continue;
            ++resealed;
        }
    }
    return resealed;
}

} // namespace iam::store
