// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/accessdirectory.h"
#include "base/logging.h"
#include "base/text.h"

namespace iam::service {

const store::Account* AccessSnapshot::account(const std::string& name) const
{
    const auto found = accounts->find(text::lowered(name));
    return found != accounts->end() ? &found->second : nullptr;
}

/// Gathers the rows of one owner after another into policy sets, and reuses what is compiled already.
class AccessDirectory::PolicyReader {
public:
    using Done = std::function<void(const std::string& owner, authz::Snapshot::Set set)>;

    PolicyReader(AccessDirectory& directory, Done done)
        : m_directory(directory)
        , m_done(std::move(done))
    {
    }

    void take(const store::PolicyEntry& entry)
    {
        const contract::Policy& row = entry.policy;
        if (row.username != m_owner) finish();
        m_owner = row.username;
        if (entry.fault) {
            ++m_unreadable;
            qCWarning(lcAuthz, "policy %s of %s cannot be read and decides nothing: %s", row.metadata.name.c_str(),
                      row.username.c_str(), entry.fault->c_str());
            return;
        }
        const CompiledById& known = m_directory.m_compiled[m_owner];
        const auto found = known.find(row.metadata.id);
        Compiled compiled = found != known.end() && found->second.version == row.metadata.version
                                ? found->second
                                : Compiled{row.metadata.version, authz::CompiledPolicy::compile(row.policy)};
        m_policies.push_back(compiled.policy);
        m_compiled.emplace(row.metadata.id, std::move(compiled));
    }

    void finish()
    {
        if (m_owner.empty()) return;
        if (m_policies.empty()) m_directory.m_compiled.erase(m_owner);
        else m_directory.m_compiled[m_owner] = std::move(m_compiled);
        if (m_unreadable > 0) m_directory.m_unreadable[m_owner] = m_unreadable;
        else m_directory.m_unreadable.erase(m_owner);
        m_done(m_owner, m_policies.empty() ? nullptr : std::make_shared<const authz::PolicySet>(std::move(m_policies)));
        m_owner.clear();
        m_policies = {};
        m_compiled = {};
        m_unreadable = 0;
    }

private:
    AccessDirectory& m_directory;
    const Done m_done;
    std::string m_owner;
    authz::PolicySet::Policies m_policies;
    CompiledById m_compiled;
    std::size_t m_unreadable = 0;
};

AccessDirectory::AccessDirectory(store::Storage& storage, const crypto::KeyRing& keyRing, const Clock& clock)
    : m_storage(storage)
    , m_keyRing(keyRing)
    , m_clock(clock)
    , m_snapshot(std::make_shared<const AccessSnapshot>())
{
}

template <class Load>
Result<> AccessDirectory::refresh(Load load)
{
    const std::lock_guard lock(m_mutex);
    AccessSnapshot next = m_latest;
    ++next.version;
    Result<> done;
    if (m_staleSince) {
        for (auto part : {&AccessDirectory::loadAccounts, &AccessDirectory::loadKeys,
                          &AccessDirectory::loadRevokedTokens, &AccessDirectory::loadPolicies})
            if (done) done = (this->*part)(next);
    } else {
        done = load(next);
    }
    if (!done) {
        if (!m_staleSince) m_staleSince = m_clock.steadyNow();
        qCWarning(lcAuthz, "decisions stay as they were, the storage cannot be read: %s", done.error().detail.c_str());
        return done;
    }
    m_staleSince.reset();
    m_latest = next;
    m_snapshot.publish(std::make_shared<const AccessSnapshot>(std::move(next)));
    return {};
}

Result<> AccessDirectory::refreshAll()
{
    return refresh([this](AccessSnapshot& next) -> Result<> {
        if (auto done = loadAccounts(next); !done) return done;
        if (auto done = loadKeys(next); !done) return done;
        if (auto done = loadRevokedTokens(next); !done) return done;
        return loadPolicies(next);
    });
}

// The callers of these have stored their change already; a failure is kept in staleness() and shown there.

void AccessDirectory::refreshAccounts()
{
    static_cast<void>(refresh([this](AccessSnapshot& next) { return loadAccounts(next); }));
}

void AccessDirectory::refreshKeys()
{
    static_cast<void>(refresh([this](AccessSnapshot& next) { return loadKeys(next); }));
}

void AccessDirectory::refreshRevokedTokens()
{
    static_cast<void>(refresh([this](AccessSnapshot& next) { return loadRevokedTokens(next); }));
}

void AccessDirectory::refreshPolicies(const std::string& owner)
{
    static_cast<void>(refresh([&](AccessSnapshot& next) { return loadPoliciesOf(next, owner); }));
}

void AccessDirectory::refreshRemovedUsers(const std::vector<std::string>& owners)
{
    static_cast<void>(refresh([&](AccessSnapshot& next) -> Result<> {
        if (auto done = loadAccounts(next); !done) return done;
        if (auto done = loadKeys(next); !done) return done;
        for (const std::string& owner : owners)
            if (auto done = loadPoliciesOf(next, owner); !done) return done;
        return {};
    }));
}

std::chrono::milliseconds AccessDirectory::staleness() const
{
    const std::lock_guard lock(m_mutex);
    if (!m_staleSince) return std::chrono::milliseconds{0};
    return std::chrono::ceil<std::chrono::milliseconds>(m_clock.steadyNow() - *m_staleSince);
}

std::size_t AccessDirectory::unreadablePolicies() const
{
    const std::lock_guard lock(m_mutex);
    std::size_t count = 0;
    for (const auto& [owner, policies] : m_unreadable) count += policies;
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
    const auto done = m_storage.secrets().forEachKey([&](const store::SecretKeyEntry& row) {
        const auto known = next.keys->find(row.secretId);
        if (known != next.keys->end() && known->second->owner == row.owner && known->second->expires == row.expires) {
            keys->insert(*known); // a key never changes under the same id
            return;
        }
        auto plain = m_keyRing.open(row.sealedKey, row.secretId);
        auto key = plain ? crypto::SecretTokenKey::make(std::move(*plain)) : Result<crypto::SecretTokenKey>(fail(plain));
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

Result<> AccessDirectory::loadPolicies(AccessSnapshot& next)
{
    std::vector<std::pair<std::string, authz::Snapshot::Set>> owners;
    PolicyReader reader(*this, [&](const std::string& owner, authz::Snapshot::Set set) {
        owners.emplace_back(owner, std::move(set));
    });
    auto done = m_storage.policies().forEach(std::nullopt, [&](const store::PolicyEntry& row) { reader.take(row); });
    if (!done) return done;
    reader.finish();
    std::unordered_set<std::string> present;
    for (const auto& [owner, set] : owners) present.insert(owner);
    const auto gone = [&](const auto& known) { return !present.contains(known.first); };
    std::erase_if(m_compiled, gone);
    std::erase_if(m_unreadable, gone);
    next.policies = authz::Snapshot(next.version, std::move(owners));
    return {};
}

Result<> AccessDirectory::loadPoliciesOf(AccessSnapshot& next, const std::string& owner)
{
    authz::Snapshot::Set found;
    PolicyReader reader(*this, [&](const std::string&, authz::Snapshot::Set set) { found = std::move(set); });
    auto done = m_storage.policies().forEach(owner, [&](const store::PolicyEntry& row) { reader.take(row); });
    if (!done) return done;
    reader.finish();
    if (!found) {
        m_compiled.erase(owner);
        m_unreadable.erase(owner);
    }
    next.policies = next.policies.with(next.version, owner, std::move(found));
    return {};
}

} // namespace iam::service
