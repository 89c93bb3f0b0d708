// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/clearkeystore.h"

namespace iam::store::sql {

Result<StoredSecret> ClearKeyStore::sealed(Result<StoredSecret> secret) const
{
    if (!secret) return secret;
    auto key = m_seal.seal(SecretString(std::move(secret->sealedKey)), secret->secret.secretId);
    if (!key) return fail(key);
    secret->sealedKey = std::move(*key);
    if (!secret->secret.previous) return secret;
    auto previous = m_seal.seal(SecretString(std::move(secret->previousSealedKey)), secret->secret.previous->secretId);
    if (!previous) return fail(previous);
    secret->previousSealedKey = std::move(*previous);
    return secret;
}

Result<StoredSecret> ClearKeyStore::create(const StoredSecret& secret, std::uint64_t maxPerUser,
                                           const contract::Actor& actor, TimePoint now)
{
    auto key = m_seal.open(secret.sealedKey, secret.secret.secretId);
    if (!key) return fail(key);
    StoredSecret clear = secret;
    clear.sealedKey = key->reveal();
    return sealed(m_inner.create(clear, maxPerUser, actor, now));
}

Result<StoredSecret> ClearKeyStore::find(const std::string& owner, const std::string& name)
{
    return sealed(m_inner.find(owner, name));
}

Result<contract::ListPage<StoredSecret>> ClearKeyStore::list(const std::optional<std::string>& owner,
                                                             const contract::ListQuery& query)
{
    auto page = m_inner.list(owner, query);
    if (!page) return page;
    for (StoredSecret& item : page->items) {
        auto shown = sealed(std::move(item));
        if (!shown) return fail(shown);
        item = std::move(*shown);
    }
    return page;
}

Result<StoredSecret> ClearKeyStore::update(const contract::Secret& secret, std::optional<std::uint64_t> expectedVersion,
                                           const contract::Actor& actor, TimePoint now)
{
    return sealed(m_inner.update(secret, expectedVersion, actor, now));
}

Result<StoredSecret> ClearKeyStore::setEnabled(const std::string& owner, const std::string& name, bool enabled,
                                               std::optional<std::uint64_t> expectedVersion,
                                               const contract::Actor& actor, TimePoint now)
{
    return sealed(m_inner.setEnabled(owner, name, enabled, expectedVersion, actor, now));
}

Result<StoredSecret> ClearKeyStore::rotate(const std::string& owner, const std::string& name, const SealedKey& key,
                                           std::optional<std::int64_t> previousExpires,
                                           std::optional<std::uint64_t> expectedVersion, const contract::Actor& actor,
                                           TimePoint now)
{
    auto clear = m_seal.open(key.sealedKey, key.secretId);
    if (!clear) return fail(clear);
    return sealed(
        m_inner.rotate(owner, name, {key.secretId, clear->reveal()}, previousExpires, expectedVersion, actor, now));
}

Result<StoredSecret> ClearKeyStore::endPrevious(const std::string& owner, const std::string& name,
                                                std::optional<std::uint64_t> expectedVersion,
                                                const contract::Actor& actor, TimePoint now)
{
    return sealed(m_inner.endPrevious(owner, name, expectedVersion, actor, now));
}

Result<> ClearKeyStore::noteUses(const std::vector<KeyUse>& uses)
{
    return m_inner.noteUses(uses);
}

Result<std::uint64_t> ClearKeyStore::remove(const std::string& owner, const std::vector<std::string>& names,
                                            const contract::Actor& actor, TimePoint now)
{
    return m_inner.remove(owner, names, actor, now);
}

Result<> ClearKeyStore::forEachKey(const std::optional<std::string>& owner,
                                   const std::function<void(const SecretKeyEntry&)>& visit)
{
    Result<> sealing;
    auto done = m_inner.forEachKey(owner, [&](const SecretKeyEntry& entry) {
        if (!sealing) return;
        SecretKeyEntry shown = entry;
        auto key = m_seal.seal(SecretString(std::move(shown.sealedKey)), shown.secretId);
        if (!key) {
            sealing = fail(key);
            return;
        }
        shown.sealedKey = std::move(*key);
        visit(shown);
    });
    return done ? sealing : done;
}

Result<std::uint64_t> ClearKeyStore::reseal(const std::vector<Resealing>&)
{
    return std::uint64_t{0};
}

} // namespace iam::store::sql
