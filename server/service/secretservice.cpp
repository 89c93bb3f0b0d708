// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/secretservice.h"
#include "contract/validation.h"
#include "crypto/random.h"

namespace iam::service {

SecretService::SecretService(store::Storage& storage, AccessDirectory& directory, const crypto::SealingKeys& keyRing,
                             const SecretRules& rules, const Clock& clock)
    : m_storage(storage)
    , m_directory(directory)
    , m_keyRing(keyRing)
    , m_rules(rules)
    , m_clock(clock)
{
}

Result<std::string> SecretService::seal(const SecretString& key, const std::string& secretId) const
{
    auto sealed = m_keyRing.seal(key, secretId);
    if (!sealed) return fail(Code::Unknown, sealed.error().detail);
    return sealed;
}

Result<contract::Secret> SecretService::shown(store::StoredSecret stored) const
{
    if (m_rules.alwaysReveal) {
        auto key = m_keyRing.open(stored.sealedKey, stored.secret.secretId);
        if (!key) return fail(Code::Database, key.error().detail);
        stored.secret.secretKey = std::move(*key);
    }
    if (stored.secret.previous && stored.secret.previous->endedAt(m_clock.now())) stored.secret.previous.reset();
    return std::move(stored.secret);
}

Result<contract::Secret> SecretService::create(const Caller& caller, const std::string& owner, std::string_view body)
{
    auto sent = contract::decodeSecret(body);
    if (!sent) return sent;
    if (auto faults = contract::validateSecret(*sent); !faults.empty())
        return fail(Code::Validation, "secret is not valid", std::move(faults));

    store::StoredSecret secret{std::move(*sent), {}, {}};
    secret.secret.metadata.id = 0;
    secret.secret.metadata.instanceId.clear();
    secret.secret.username = owner;
    secret.secret.secretId = crypto::newSecretId();
    secret.secret.secretKey = {};
    const SecretString key = crypto::newSecretKey();
    auto sealed = seal(key, secret.secret.secretId);
    if (!sealed) return fail(sealed);
    secret.sealedKey = std::move(*sealed);
    auto stored = m_storage.secrets().create(secret, m_rules.maxPerUser, caller.actor, m_clock.now());
    if (!stored) return fail(stored);
    m_directory.changed(Changed::Others);
    stored->secret.secretKey = key;
    return std::move(stored->secret);
}

Result<contract::Secret> SecretService::get(const std::string& owner, const std::string& name)
{
    auto stored = m_storage.secrets().find(owner, name);
    if (!stored) return fail(stored);
    return shown(std::move(*stored));
}

Result<contract::ListPage<contract::Secret>> SecretService::list(const std::optional<std::string>& owner,
                                                                 const contract::ListQuery& query)
{
    auto stored = m_storage.secrets().list(owner, query);
    if (!stored) return fail(stored);
    contract::ListPage<contract::Secret> page{stored->totalCount, {}};
    for (store::StoredSecret& row : stored->items) {
        auto secret = shown(std::move(row));
        if (!secret) return fail(secret);
        page.items.push_back(std::move(*secret));
    }
    return page;
}

Result<contract::Secret> SecretService::update(const Caller& caller, const std::string& owner, const std::string& name,
                                               std::string_view body, const Expectation& expected)
{
    auto sent = contract::decodeSecret(body);
    if (!sent) return sent;
    sent->username = owner;
    sent->metadata.name = name;
    auto current = m_storage.secrets().find(owner, name);
    if (!current) return fail(current);
    // The stored name may be older than today's rules; only what is changed is checked.
    contract::Secret checked = *sent;
    checked.metadata.name = "name";
    if (auto faults = contract::validateSecret(checked); !faults.empty())
        return fail(Code::Validation, "secret is not valid", std::move(faults));
    auto stored =
        m_storage.secrets().update(*sent, expected.versionOf(current->secret.metadata), caller.actor, m_clock.now());
    return inForce(std::move(stored));
}

Result<contract::Secret> SecretService::setEnabled(const Caller& caller, const std::string& owner,
                                                   const std::string& name, bool enabled, const Expectation& expected)
{
    auto current = m_storage.secrets().find(owner, name);
    if (!current) return fail(current);
    return inForce(m_storage.secrets().setEnabled(owner, name, enabled, expected.versionOf(current->secret.metadata),
                                                  caller.actor, m_clock.now()));
}

Result<contract::Secret> SecretService::rotate(const Caller& caller, const std::string& owner, const std::string& name,
                                               std::string_view body, const Expectation& expected)
{
    auto sent = body.empty() ? Result<contract::SecretRotation>() : contract::decodeSecretRotation(body);
    if (!sent) return fail(sent);
    auto current = m_storage.secrets().find(owner, name);
    if (!current) return fail(current);
    if (auto complaint = contract::checkOverlap(sent->overlap))
        return fail(Code::Validation, "rotation is not valid", {{"overlap", std::move(*complaint)}});

    store::SealedKey next{crypto::newSecretId(), {}};
    const SecretString key = crypto::newSecretKey();
    auto sealed = seal(key, next.secretId);
    if (!sealed) return fail(sealed);
    next.sealedKey = std::move(*sealed);
    const TimePoint now = m_clock.now();
    std::optional<std::int64_t> previousExpires;
    if (sent->overlap > 0)
        previousExpires = std::chrono::ceil<std::chrono::seconds>(now).time_since_epoch().count() + sent->overlap;
    auto rotated = inForce(m_storage.secrets().rotate(owner, name, next, previousExpires,
                                                      expected.versionOf(current->secret.metadata), caller.actor, now));
    if (rotated) rotated->secretKey = key;
    return rotated;
}

Result<contract::Secret> SecretService::endPrevious(const Caller& caller, const std::string& owner,
                                                    const std::string& name, const Expectation& expected)
{
    auto current = m_storage.secrets().find(owner, name);
    if (!current) return fail(current);
    return inForce(m_storage.secrets().endPrevious(owner, name, expected.versionOf(current->secret.metadata),
                                                   caller.actor, m_clock.now()));
}

Result<contract::Secret> SecretService::inForce(Result<store::StoredSecret> changed) const
{
    if (!changed) return fail(changed);
    m_directory.changed(Changed::Others);
    return shown(std::move(*changed));
}

Result<> SecretService::remove(const Caller& caller, const std::string& owner, const std::vector<std::string>& names)
{
    const auto removed = m_storage.secrets().remove(owner, names, caller.actor, m_clock.now());
    if (!removed) return fail(removed);
    if (*removed > 0) m_directory.changed(Changed::Others);
    return {};
}

} // namespace iam::service
