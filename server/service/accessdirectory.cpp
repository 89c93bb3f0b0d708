// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/accessdirectory.h"
#include "base/logging.h"
#include "base/text.h"
#include <algorithm>
#include <utility>

namespace iam::service {

namespace {

constexpr std::size_t manyNames = 200; // then reading all of the owner's is quicker

template <class Rows>
authz::Snapshot::Set setOf(const Rows& rows)
{
    authz::PolicySet::Policies policies;
    policies.reserve(rows.size());
    for (const auto& [id, row] : rows)
        if (row.policy) policies.push_back(row.policy);
    return policies.empty() ? nullptr : std::make_shared<const authz::PolicySet>(std::move(policies));
}

} // namespace

const store::Account* AccessSnapshot::account(const std::string& name) const
{
    const auto found = accounts->find(text::lowered(name));
    return found != accounts->end() ? &found->second : nullptr;
}

AccessDirectory::AccessDirectory(store::Storage& storage, const crypto::SealingKeys& keyRing, const Clock& clock)
    : m_storage(storage)
    , m_keyRing(keyRing)
    , m_clock(clock)
    , m_snapshot(std::make_shared<const AccessSnapshot>())
{
}

void AccessDirectory::Wanted::add(const Wanted& more)
{
    accounts |= more.accounts;
    keys |= more.keys;
    revokedTokens |= more.revokedTokens;
    allPolicies |= more.allPolicies;
    for (const auto& [owner, names] : more.policies) {
        auto& known = policies.try_emplace(owner, names).first->second;
        if (!names)
            known.reset();
        else if (known)
            known->insert(names->begin(), names->end());
    }
}

Result<> AccessDirectory::refresh(const Wanted& wanted)
{
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(m_mutex);
        m_wanted.add(wanted);
        number = ++m_asked;
    }
    const std::lock_guard turn(m_refreshing);
    if (m_done >= number) return m_outcome; // somebody else's turn began after ours was asked for
    Wanted all;
    {
        const std::lock_guard lock(m_mutex);
        all = std::exchange(m_wanted, {});
        m_done = m_asked;
        if (m_staleSince) all = Wanted::everything();
    }
    AccessSnapshot next = m_latest;
    ++next.version;
    m_outcome = load(next, all);
    {
        const std::lock_guard lock(m_mutex);
        if (m_outcome)
            m_staleSince.reset();
        else if (!m_staleSince)
            m_staleSince = m_clock.steadyNow();
    }
    if (!m_outcome) {
        qCWarning(lcAuthz, "decisions stay as they were, the storage cannot be read: %s",
                  m_outcome.error().detail.c_str());
        return m_outcome;
    }
    m_latest = next;
    m_snapshot.publish(std::make_shared<const AccessSnapshot>(std::move(next)));
    return {};
}

Result<> AccessDirectory::load(AccessSnapshot& next, const Wanted& wanted)
{
    Result<> done;
    if (wanted.accounts) done = loadAccounts(next);
    if (done && wanted.keys) done = loadKeys(next);
    if (done && wanted.revokedTokens) done = loadRevokedTokens(next);
    if (done && wanted.allPolicies) return loadPolicies(next);
    for (const auto& [owner, names] : wanted.policies)
        if (done) done = loadPoliciesOf(next, owner, names ? &*names : nullptr);
    return done;
}

Result<> AccessDirectory::refreshAll()
{
    return refresh(Wanted::everything());
}

// The callers of these have stored their change already; a failure is kept in staleness() and shown there.

void AccessDirectory::refreshAccounts()
{
    static_cast<void>(refresh({.accounts = true}));
}

void AccessDirectory::refreshKeys()
{
    static_cast<void>(refresh({.keys = true}));
}

void AccessDirectory::refreshRevokedTokens()
{
    static_cast<void>(refresh({.revokedTokens = true}));
}

void AccessDirectory::refreshPolicies(const std::string& owner, const std::vector<std::string>& names)
{
    std::set<std::string> lowered;
    for (const std::string& name : names) lowered.insert(text::lowered(name));
    Wanted wanted;
    wanted.policies.emplace(owner, std::move(lowered));
    static_cast<void>(refresh(wanted));
}

void AccessDirectory::refreshRemovedUsers(const std::vector<std::string>& owners)
{
    Wanted wanted{.accounts = true, .keys = true};
    for (const std::string& owner : owners) wanted.policies.emplace(owner, std::nullopt);
    static_cast<void>(refresh(wanted));
}

std::chrono::milliseconds AccessDirectory::staleness() const
{
    const std::lock_guard lock(m_mutex);
    if (!m_staleSince) return std::chrono::milliseconds{0};
    // Never zero: what just failed is behind already.
    return std::max(std::chrono::milliseconds{1},
                    std::chrono::ceil<std::chrono::milliseconds>(m_clock.steadyNow() - *m_staleSince));
}

std::size_t AccessDirectory::unreadablePolicies() const
{
    const std::lock_guard turn(m_refreshing);
    std::size_t count = 0;
    for (const auto& [owner, rows] : m_policies)
        count += static_cast<std::size_t>(
            std::count_if(rows.begin(), rows.end(), [](const auto& row) { return !row.second.policy; }));
    return count;
}

Result<> AccessDirectory::loadAccounts(AccessSnapshot& next)
{
    auto rows = m_storage.users().accounts();
    if (!rows) return fail(rows);
    auto accounts = std::make_shared<AccessSnapshot::Accounts>();
    accounts->reserve(rows->size());
    for (store::Account& account : *rows) accounts->emplace(text::lowered(account.name), std::move(account));
    next.accounts = std::move(accounts);
    next.accountsVersion = next.version;
    return {};
}

Result<> AccessDirectory::loadKeys(AccessSnapshot& next)
{
    auto keys = std::make_shared<AccessSnapshot::Keys>();
    const auto done = m_storage.secrets().forEachKey(std::nullopt, [&](const store::SecretKeyEntry& row) {
        const auto known = next.keys->find(row.secretId);
        if (known != next.keys->end() && known->second->owner == row.owner && known->second->expires == row.expires) {
            keys->insert(*known); // a key never changes under the same id
            return;
        }
        auto plain = m_keyRing.open(row.sealedKey, row.secretId);
        auto key =
            plain ? crypto::SecretTokenKey::make(std::move(*plain)) : Result<crypto::SecretTokenKey>(fail(plain));
        if (!key) {
            qCWarning(lcAuth, "secret %s of %s cannot be used: its key cannot be opened: %s", row.secretId.c_str(),
                      row.owner.c_str(), key.error().detail.c_str());
            return;
        }
        keys->emplace(row.secretId, std::make_shared<const AccessKey>(
                                        AccessKey{row.secretId, row.owner, row.expires, std::move(*key)}));
    });
    if (!done) return done;
    next.keys = std::move(keys);
    return {};
}

Result<> AccessDirectory::loadRevokedTokens(AccessSnapshot& next)
{
    const auto rows = m_storage.sessions().revoked();
    if (!rows) return fail(rows);
    auto tokens = std::make_shared<AccessSnapshot::RevokedTokens>();
    for (const store::RevokedToken& token : *rows) tokens->insert(token.tokenId);
    next.revokedTokens = std::move(tokens);
    return {};
}

AccessDirectory::Row AccessDirectory::rowOf(const store::PolicyEntry& entry) const
{
    const contract::Policy& policy = entry.policy;
    Row row{policy.metadata.version, text::lowered(policy.metadata.name), nullptr};
    if (entry.fault) {
        qCWarning(lcAuthz, "policy %s of %s cannot be read and decides nothing: %s", policy.metadata.name.c_str(),
                  policy.username.c_str(), entry.fault->c_str());
        return row;
    }
    if (const auto owner = m_policies.find(policy.username); owner != m_policies.end()) {
        const auto known = owner->second.find(policy.metadata.id);
        if (known != owner->second.end() && known->second.version == row.version) row.policy = known->second.policy;
    }
    if (!row.policy) row.policy = authz::CompiledPolicy::compile(policy.policy);
    return row;
}

Result<> AccessDirectory::loadPolicies(AccessSnapshot& next)
{
    std::unordered_map<std::string, Rows> read;
    const auto done = m_storage.policies().forEach(std::nullopt, [&](const store::PolicyEntry& entry) {
        read[entry.policy.username].emplace(entry.policy.metadata.id, rowOf(entry));
    });
    if (!done) return done;
    m_policies = std::move(read);
    std::vector<std::pair<std::string, authz::Snapshot::Set>> owners;
    owners.reserve(m_policies.size());
    for (const auto& [owner, rows] : m_policies) owners.emplace_back(owner, setOf(rows));
    next.policies = authz::Snapshot(next.version, std::move(owners));
    return {};
}

Result<> AccessDirectory::loadPoliciesOf(AccessSnapshot& next, const std::string& owner,
                                         const std::set<std::string>* names)
{
    Rows read;
    const auto take = [&](const store::PolicyEntry& entry) { read.emplace(entry.policy.metadata.id, rowOf(entry)); };
    store::PolicyStore& store = m_storage.policies();
    if (names != nullptr && names->size() > manyNames) names = nullptr;
    const auto done =
        names != nullptr ? store.forEachNamed(owner, {names->begin(), names->end()}, take) : store.forEach(owner, take);
    if (!done) return done;
    Rows& rows = m_policies[owner];
    if (names != nullptr)
        std::erase_if(rows, [&](const auto& row) { return names->contains(row.second.name); });
    else
        rows.clear();
    rows.merge(read);
    next.policies = next.policies.with(next.version, owner, setOf(rows));
    if (rows.empty()) m_policies.erase(owner);
    return {};
}

} // namespace iam::service
