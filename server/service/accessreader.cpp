// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/accessreader.h"
#include "base/logging.h"
#include "base/text.h"
#include <algorithm>
#include <unordered_map>

namespace iam::service {

namespace {

// Beyond these, reading all is quicker.
constexpr std::size_t manyNames = 200;
constexpr std::size_t manyParts = 500;

AccessState::Row rowOf(const store::PolicyEntry& entry)
{
    const contract::Metadata& facts = entry.policy.metadata;
    std::string name = text::lowered(facts.name);
    const std::uint64_t hash = std::hash<std::string>{}(name);
    return {hash, facts.id, facts.version, std::move(name), !entry.fault};
}

/// Null when it cannot be read. Compiles the policy, unless that was done already.
std::shared_ptr<const authz::CompiledPolicy> policyOf(const store::PolicyEntry& entry, const AccessState::Row& row,
                                                      const AccessState& known, authz::PatternPool& patterns)
{
    const contract::Policy& policy = entry.policy;
    if (entry.fault) {
        qCWarning(lcAuthz, "policy %s of %s cannot be read and decides nothing: %s", policy.metadata.name.c_str(),
                  policy.username.c_str(), entry.fault->c_str());
        return nullptr;
    }
    if (const auto* owned = known.policies.find(policy.username)) {
        for (const AccessState::Row& before : owned->find(row.hash)) {
            if (before.rank != row.rank || before.version != row.version || !before.readable) continue;
            if (const auto set = known.snapshot.policies.find(policy.username))
                if (auto compiled = set->policies().share(row.rank)) return compiled;
        }
    }
    return authz::CompiledPolicy::compile(policy.policy, patterns);
}

/// The policies of one owner as they are read.
class OwnedPolicies {
public:
    OwnedPolicies(const AccessState& known, authz::PatternPool& patterns)
        : m_known(known)
        , m_patterns(patterns)
    {
    }

    void add(const store::PolicyEntry& entry)
    {
        AccessState::Row row = rowOf(entry);
        if (auto policy = policyOf(entry, row, m_known, m_patterns))
            m_policies.push_back({row.rank, std::move(policy)});
        m_rows.push_back(std::move(row));
    }
    [[nodiscard]] AccessState::Rows takeRows() { return AccessState::Rows(std::exchange(m_rows, {})); }
    /// Null when there are none.
    [[nodiscard]] authz::Snapshot::Set takeSet()
    {
        auto policies = std::exchange(m_policies, {});
        return policies.empty() ? nullptr : std::make_shared<const authz::PolicySet>(std::move(policies));
    }

private:
    const AccessState& m_known;
    authz::PatternPool& m_patterns;
    std::vector<AccessState::Row> m_rows;
    std::vector<authz::RankedPolicy> m_policies;
};

/// An owner without policies has no rows.
void setRows(AccessState& state, const std::string& owner, AccessState::Rows rows)
{
    if (rows.size() == 0)
        state.policies.erase(owner);
    else
        state.policies.set(owner, std::move(rows));
}

} // namespace

void AccessParts::add(const store::ChangeMark& mark)
{
    if (mark.kind == "policy")
        policies[mark.owner].insert(text::lowered(mark.name));
    else if (mark.kind == "secret")
        keyOwners.insert(text::lowered(mark.owner));
    else if (mark.kind == "user")
        accounts.insert(text::lowered(mark.name));
    else if (mark.kind == "session")
        revokedTokens = true;
    else if (mark.kind != "audit") // which forgets what is old, and nothing that counts
        unknown = true;
}

bool AccessParts::many() const
{
    return unknown || accounts.size() + keyOwners.size() + policies.size() > manyParts;
}

Result<AccessState> AccessReader::readAll(const AccessState& known) const
{
    // First: what changes while the rest is read has a higher id and is found again.
    const auto seen = m_storage.changes().lastId();
    if (!seen) return fail(seen);
    AccessState state;
    state.seen = *seen;
    state.snapshot.version = known.snapshot.version + 1;
    Result<> done = readAccounts(state);
    if (done) done = readKeys(state, known);
    if (done) done = readRevokedTokens(state);
    if (done) done = readPolicies(state, known);
    if (!done) return fail(done);
    return state;
}

Result<> AccessReader::readParts(AccessState& state, const AccessParts& parts) const
{
    Result<> done;
    for (const std::string& name : parts.accounts)
        if (done) done = readAccount(state, name);
    for (const std::string& owner : parts.keyOwners)
        if (done) done = readKeysOf(state, owner);
    if (done && parts.revokedTokens) done = readRevokedTokens(state);
    for (const auto& [owner, names] : parts.policies)
        if (done) done = readPoliciesOf(state, owner, names);
    return done;
}

Result<> AccessReader::readAccounts(AccessState& state) const
{
    auto rows = m_storage.users().accounts();
    if (!rows) return fail(rows);
    for (store::Account& account : *rows) {
        const std::string key = text::lowered(account.name);
        state.snapshot.accounts.set(key, std::move(account));
    }
    return {};
}

Result<> AccessReader::readAccount(AccessState& state, const std::string& name) const
{
    auto credentials = m_storage.users().credentials(name);
    if (credentials)
        state.snapshot.accounts.set(name, std::move(credentials->account));
    else if (credentials.error().code == Code::UserNotFound)
        state.snapshot.accounts.erase(name);
    else
        return fail(credentials);
    return {};
}

std::shared_ptr<const AccessKey> AccessReader::openKey(const store::SecretKeyEntry& row,
                                                       const AccessSnapshot& known) const
{
    store::SecretKeyEntry facts = row;
    facts.sealedKey.clear();
    const auto* before = known.keys.find(row.secretId);
    if (before != nullptr && (*before)->facts == facts) return *before; // a key never changes under the same id
    auto plain = m_keyRing.open(row.sealedKey, row.secretId);
    auto key = plain ? crypto::SecretTokenKey::make(std::move(*plain)) : Result<crypto::SecretTokenKey>(fail(plain));
    if (!key) {
        qCWarning(lcAuth, "secret %s of %s cannot be used: its key %s cannot be opened: %s", row.name.c_str(),
                  row.owner.c_str(), row.secretId.c_str(), key.error().detail.c_str());
        return nullptr;
    }
    return std::make_shared<const AccessKey>(std::move(facts), std::move(*key));
}

Result<> AccessReader::readKeys(AccessState& state, const AccessState& known) const
{
    std::unordered_map<std::string, AccessState::Ids> ids;
    auto done = m_storage.secrets().forEachKey(std::nullopt, [&](const store::SecretKeyEntry& row) {
        auto key = openKey(row, known.snapshot);
        if (!key) return;
        ids[text::lowered(row.owner)].insert(row.secretId);
        state.snapshot.keys.set(row.secretId, std::move(key));
    });
    for (auto& [owner, owned] : ids) state.keys.set(owner, std::make_shared<const AccessState::Ids>(std::move(owned)));
    return done;
}

Result<> AccessReader::readKeysOf(AccessState& state, const std::string& owner) const
{
    std::vector<std::shared_ptr<const AccessKey>> read;
    const auto done = m_storage.secrets().forEachKey(owner, [&](const store::SecretKeyEntry& row) {
        if (auto key = openKey(row, state.snapshot)) read.push_back(std::move(key));
    });
    if (!done) return done;
    if (const auto* before = state.keys.find(owner))
        for (const std::string& id : **before) state.snapshot.keys.erase(id);
    AccessState::Ids ids;
    for (auto& key : read) {
        const std::string id = key->facts.secretId;
        ids.insert(id);
        state.snapshot.keys.set(id, std::move(key));
    }
    if (ids.empty())
        state.keys.erase(owner);
    else
        state.keys.set(owner, std::make_shared<const AccessState::Ids>(std::move(ids)));
    return {};
}

Result<> AccessReader::readRevokedTokens(AccessState& state) const
{
    const auto rows = m_storage.sessions().revoked();
    if (!rows) return fail(rows);
    auto tokens = std::make_shared<AccessSnapshot::RevokedTokens>();
    for (const store::RevokedToken& token : *rows) tokens->insert(token.tokenId);
    state.snapshot.revokedTokens = std::move(tokens);
    return {};
}

Result<> AccessReader::readPolicies(AccessState& state, const AccessState& known) const
{
    std::vector<std::pair<std::string, authz::Snapshot::Set>> owners;
    OwnedPolicies read(known, m_patterns);
    std::string owner;
    const auto finish = [&] {
        AccessState::Rows rows = read.takeRows();
        if (rows.size() == 0) return;
        state.policies.set(owner, std::move(rows));
        owners.emplace_back(owner, read.takeSet());
    };
    const auto done = m_storage.policies().forEach(std::nullopt, [&](const store::PolicyEntry& entry) {
        if (entry.policy.username != owner) {
            finish(); // the policies of an owner come together
            owner = entry.policy.username;
        }
        read.add(entry);
    });
    if (!done) return done;
    finish();
    state.snapshot.policies = authz::Snapshot(state.snapshot.version, std::move(owners));
    return {};
}

Result<> AccessReader::readPoliciesOf(AccessState& state, const std::string& owner) const
{
    OwnedPolicies read(state, m_patterns);
    const auto done = m_storage.policies().forEach(owner, [&](const store::PolicyEntry& entry) {
        // A new user of the same name in another case has changes of its own.
        if (entry.policy.username == owner) read.add(entry);
    });
    if (!done) return done;
    state.snapshot.policies = state.snapshot.policies.with(state.snapshot.version, owner, read.takeSet());
    setRows(state, owner, read.takeRows());
    return {};
}

Result<> AccessReader::readPoliciesOf(AccessState& state, const std::string& owner,
                                      const std::set<std::string>& names) const
{
    if (names.size() > manyNames) return readPoliciesOf(state, owner);
    const AccessState::Rows* before = state.policies.find(owner);
    AccessState::Rows rows = before != nullptr ? *before : AccessState::Rows();
    std::vector<AccessState::Rows::Key> gone;
    std::vector<AccessState::Row> read;
    std::vector<authz::RankedPolicy> changes;
    for (const std::string& name : names) {
        for (const AccessState::Row& row : rows.find(std::hash<std::string>{}(name))) {
            if (row.name != name) continue;
            gone.push_back({row.hash, row.rank});
            changes.push_back({row.rank, nullptr});
        }
    }
    const auto done =
        m_storage.policies().forEachNamed(owner, {names.begin(), names.end()}, [&](const store::PolicyEntry& entry) {
            if (entry.policy.username != owner) return; // as above
            AccessState::Row row = rowOf(entry);
            changes.push_back({row.rank, policyOf(entry, row, state, m_patterns)});
            read.push_back(std::move(row));
        });
    if (!done) return done;
    rows.change(gone, std::move(read));
    auto set = state.snapshot.policies.find(owner);
    set = set ? set->with(changes) : authz::PolicySet().with(changes);
    state.snapshot.policies =
        state.snapshot.policies.with(state.snapshot.version, owner, set->size() == 0 ? nullptr : set);
    setRows(state, owner, std::move(rows));
    return {};
}

} // namespace iam::service
