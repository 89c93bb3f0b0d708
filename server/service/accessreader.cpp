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

authz::Snapshot::Set setOf(const AccessState::Rows& rows)
{
    authz::PolicySet::Policies policies;
    policies.reserve(rows.size());
    for (const auto& [id, row] : rows)
        if (row.policy) policies.push_back(row.policy);
    return policies.empty() ? nullptr : std::make_shared<const authz::PolicySet>(std::move(policies));
}

/// Compiles the policy, unless that was done already.
AccessState::Row rowOf(const store::PolicyEntry& entry, const AccessState& known, authz::PatternPool& patterns)
{
    const contract::Policy& policy = entry.policy;
    AccessState::Row row{policy.metadata.version, text::lowered(policy.metadata.name), nullptr};
    if (entry.fault) {
        qCWarning(lcAuthz, "policy %s of %s cannot be read and decides nothing: %s", policy.metadata.name.c_str(),
                  policy.username.c_str(), entry.fault->c_str());
        return row;
    }
    if (const auto* owned = known.policies.find(policy.username)) {
        const auto before = (*owned)->find(policy.metadata.id);
        if (before != (*owned)->end() && before->second.version == row.version) row.policy = before->second.policy;
    }
    if (!row.policy) row.policy = authz::CompiledPolicy::compile(policy.policy, patterns);
    return row;
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
    else
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
    std::unordered_map<std::string, AccessState::Rows> read;
    const auto done = m_storage.policies().forEach(std::nullopt, [&](const store::PolicyEntry& entry) {
        read[entry.policy.username].emplace(entry.policy.metadata.id, rowOf(entry, known, m_patterns));
    });
    if (!done) return done;
    std::vector<std::pair<std::string, authz::Snapshot::Set>> owners;
    owners.reserve(read.size());
    for (auto& [owner, rows] : read) {
        owners.emplace_back(owner, setOf(rows));
        state.policies.set(owner, std::make_shared<const AccessState::Rows>(std::move(rows)));
    }
    state.snapshot.policies = authz::Snapshot(state.snapshot.version, std::move(owners));
    return {};
}

Result<> AccessReader::readPoliciesOf(AccessState& state, const std::string& owner,
                                      const std::set<std::string>& names) const
{
    AccessState::Rows rows;
    const auto take = [&](const store::PolicyEntry& entry) {
        // A new user of the same name in another case has changes of its own.
        if (entry.policy.username == owner) rows.emplace(entry.policy.metadata.id, rowOf(entry, state, m_patterns));
    };
    store::PolicyStore& store = m_storage.policies();
    const bool all = names.size() > manyNames;
    const auto done = all ? store.forEach(owner, take) : store.forEachNamed(owner, {names.begin(), names.end()}, take);
    if (!done) return done;
    if (const auto* before = state.policies.find(owner); before != nullptr && !all)
        for (const auto& [id, row] : **before)
            if (!names.contains(row.name)) rows.emplace(id, row);
    state.snapshot.policies = state.snapshot.policies.with(state.snapshot.version, owner, setOf(rows));
    if (rows.empty())
        state.policies.erase(owner);
    else
        state.policies.set(owner, std::make_shared<const AccessState::Rows>(std::move(rows)));
    return {};
}

} // namespace iam::service
