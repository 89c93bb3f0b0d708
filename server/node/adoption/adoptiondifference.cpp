// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/adoption/adoptiondifference.h"
#include <unordered_map>

namespace iam::node {

using namespace store::sql;

namespace {

/// Rows of ours by id; what is left in the end are those that no old row gives.
template <class Row>
std::unordered_map<std::uint64_t, Row> byId(std::vector<Row> rows)
{
    std::unordered_map<std::uint64_t, Row> map;
    map.reserve(rows.size());
    for (Row& row : rows) map.emplace(row.metadata.id, std::move(row));
    return map;
}

/// The instance id of a row without one is made from its id: both ways of storing that are the same.
template <class Metadata>
bool same(const Metadata& ours, const Metadata& expected)
{
    Metadata without = expected;
    if (!without.instanceId) without.instanceId = ours.instanceId;
    return ours == without;
}

bool same(const AdoptedSecret& ours, const AdoptedSecret& expected)
{
    return same(ours.metadata, expected.metadata) && ours.ownerId == expected.ownerId &&
           ours.secretId == expected.secretId && ours.expires == expected.expires &&
           ours.description == expected.description && ours.enabled && ours.previousSecretId.empty();
}

bool same(const AdoptedUser& ours, const AdoptedUser& expected)
{
    AdoptedUser with = expected;
    with.metadata = ours.metadata;
    with.passwordHash = ours.passwordHash;
    return same(ours.metadata, expected.metadata) && ours == with;
}

bool same(const AdoptedPolicy& ours, const AdoptedPolicy& expected)
{
    return same(ours.metadata, expected.metadata) && ours.ownerId == expected.ownerId &&
           ours.document == expected.document;
}

class Comparison {
public:
    Comparison(SqlConnection& sql, const LegacyTables& old, const std::string& prefix,
               const AdoptionDecisions& decisions, const crypto::KeyRing& keys,
               const std::map<std::uint64_t, std::string>& formerKeys)
        : m_sql(sql)
        , m_old(old)
        , m_prefix(prefix)
        , m_conversion(decisions)
        , m_keys(keys)
        , m_formerKeys(formerKeys)
    {
    }

    Result<> users();
    Result<> secrets();
    Result<> policies();
    AdoptionDifference difference;

private:
    void addSecret(AdoptedSecret ours)
    {
        auto key = m_keys.open(ours.sealedKey, ours.secretId);
        difference.secrets.push_back(
            {std::move(ours), key ? std::optional<SecretString>(std::move(*key)) : std::nullopt});
    }

    SqlConnection& m_sql;
    const LegacyTables& m_old;
    const std::string& m_prefix;
    const AdoptionConversion m_conversion;
    const crypto::KeyRing& m_keys;
    const std::map<std::uint64_t, std::string>& m_formerKeys;
};

Result<> Comparison::users()
{
    auto read = readAdoptedUsers(m_sql, m_prefix);
    if (!read) return fail(read);
    auto ours = byId(std::move(*read));
    auto done = forEachLegacyRow(m_sql, m_old, readLegacyUsers, [&](const LegacyUser& user) -> Result<> {
        const auto expected = m_conversion.convert(user);
        const auto found = ours.find(user.metadata.id);
        if (!expected) return {};
        if (found == ours.end()) {
            difference.removedUsers.push_back(user.metadata.id);
            return {};
        }
        const bool otherHash = found->second.passwordHash != expected->passwordHash;
        const bool sameRow = same(found->second, *expected);
        if (sameRow && !otherHash)
            ++difference.compared;
        else
            difference.users.push_back({std::move(found->second), user.passwordHash, sameRow});
        ours.erase(found);
        return {};
    });
    for (auto& [id, user] : ours) difference.users.push_back({std::move(user), std::nullopt});
    return done;
}

Result<> Comparison::secrets()
{
    auto read = readAdoptedSecrets(m_sql, m_prefix);
    if (!read) return fail(read);
    auto ours = byId(std::move(*read));
    for (const auto& [id, secretId] : m_formerKeys) {
        const auto found = ours.find(id);
        if (found == ours.end() || found->second.previousSecretId != secretId) continue;
        found->second.previousSecretId.clear();
        found->second.previousExpires.reset();
    }
    auto done = forEachLegacyRow(m_sql, m_old, readLegacySecrets, [&](const LegacySecret& secret) -> Result<> {
        const auto expected = m_conversion.convert(secret);
        const auto found = ours.find(secret.metadata.id);
        if (!expected) return {};
        if (found == ours.end()) {
            difference.removedSecrets.push_back(secret.metadata.id);
            return {};
        }
        const auto key = m_keys.open(found->second.sealedKey, found->second.secretId);
        if (same(found->second, *expected) && key && *key == secret.secretKey)
            ++difference.compared;
        else
            addSecret(std::move(found->second));
        ours.erase(found);
        return {};
    });
    for (auto& [id, secret] : ours) addSecret(std::move(secret));
    return done;
}

Result<> Comparison::policies()
{
    auto read = readAdoptedPolicies(m_sql, m_prefix);
    if (!read) return fail(read);
    auto ours = byId(std::move(*read));
    auto done = forEachLegacyRow(m_sql, m_old, readLegacyPolicies, [&](const LegacyPolicy& policy) -> Result<> {
        const auto expected = m_conversion.convert(policy);
        const auto found = ours.find(policy.metadata.id);
        if (!expected) return {};
        if (found == ours.end()) {
            difference.removedPolicies.push_back(policy.metadata.id);
            return {};
        }
        if (same(found->second, *expected))
            ++difference.compared;
        else
            difference.policies.push_back(std::move(found->second));
        ours.erase(found);
        return {};
    });
    for (auto& [id, policy] : ours) difference.policies.push_back(std::move(policy));
    return done;
}

} // namespace

std::string AdoptionDifference::sample() const
{
    const auto named = [](const char* table, std::uint64_t id) {
        return std::string(table) + ' ' + std::to_string(id);
    };
    if (!users.empty()) return named("user", users.front().user.metadata.id);
    if (!secrets.empty()) return named("secret", secrets.front().secret.metadata.id);
    if (!policies.empty()) return named("policy", policies.front().metadata.id);
    if (!removedUsers.empty()) return named("user", removedUsers.front());
    if (!removedSecrets.empty()) return named("secret", removedSecrets.front());
    if (!removedPolicies.empty()) return named("policy", removedPolicies.front());
    return {};
}

Result<AdoptionDifference> findDifference(AdoptionConnection& connection, const LegacyTables& old,
                                          const std::string& prefix, const AdoptionDecisions& decisions,
                                          const crypto::KeyRing& keys,
                                          const std::map<std::uint64_t, std::string>& formerKeys)
{
    return connection.read([&](SqlConnection& sql) -> Result<AdoptionDifference> {
        Comparison comparison(sql, old, prefix, decisions, keys, formerKeys);
        if (auto done = comparison.users(); !done) return fail(done);
        if (auto done = comparison.secrets(); !done) return fail(done);
        if (auto done = comparison.policies(); !done) return fail(done);
        return std::move(comparison.difference);
    });
}

} // namespace iam::node
