// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/adoption/adoptiondifference.h"
#include <functional>

namespace iam::node {

using namespace store::sql;

namespace {

/// The rows of a table by their ids, of which no more than a page is held.
template <class Row>
class RowsById {
public:
    using Read = std::function<Result<std::vector<Row>>(LegacyPage)>;

    explicit RowsById(Read read)
        : m_read(std::move(read))
    {
    }

    /// Null behind the last. Valid until pop().
    Result<Row*> top()
    {
        if (m_at == m_rows.size() && !m_isLast) {
            if (!m_rows.empty()) m_page.after = m_rows.back().metadata.id;
            auto rows = m_read(m_page);
            if (!rows) return fail(rows);
            m_rows = std::move(*rows);
            m_at = 0;
            m_isLast = m_rows.size() < static_cast<std::size_t>(m_page.limit);
        }
        return m_at == m_rows.size() ? nullptr : &m_rows[m_at];
    }
    void pop() { ++m_at; }

private:
    const Read m_read;
    LegacyPage m_page;
    std::vector<Row> m_rows;
    std::size_t m_at = 0;
    bool m_isLast = false;
};

/// Calls `visit(Old*, Ours*)` for each id, with null where a table has no such row.
template <class Old, class Ours, class Visit>
Result<> forEachPair(RowsById<Old> old, RowsById<Ours> ours, Visit visit)
{
    for (;;) {
        auto left = old.top();
        if (!left) return fail(left);
        auto right = ours.top();
        if (!right) return fail(right);
        if (*left == nullptr && *right == nullptr) return {};
        const bool hasLeft = *left && (!*right || (*left)->metadata.id <= (*right)->metadata.id);
        const bool hasRight = *right && (!*left || (*right)->metadata.id <= (*left)->metadata.id);
        visit(hasLeft ? *left : nullptr, hasRight ? *right : nullptr);
        if (hasLeft) old.pop();
        if (hasRight) ours.pop();
    }
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

    void forgetFormerKey(AdoptedSecret& ours) const
    {
        const auto found = m_formerKeys.find(ours.metadata.id);
        if (found == m_formerKeys.end() || found->second != ours.previousSecretId) return;
        ours.previousSecretId.clear();
        ours.previousExpires.reset();
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
    return forEachPair(RowsById<LegacyUser>([&](LegacyPage page) { return readLegacyUsers(m_sql, m_old, page); }),
                       RowsById<AdoptedUser>([&](LegacyPage page) { return readAdoptedUsers(m_sql, m_prefix, page); }),
                       [&](const LegacyUser* old, AdoptedUser* ours) {
                           const auto expected = old ? m_conversion.convert(*old) : std::nullopt;
                           if (!expected) {
                               if (ours) difference.users.push_back({std::move(*ours), std::nullopt});
                               return;
                           }
                           if (!ours) {
                               difference.removedUsers.push_back(old->metadata.id);
                               return;
                           }
                           const bool otherHash = ours->passwordHash != expected->passwordHash;
                           const bool sameRow = same(*ours, *expected);
                           if (sameRow && !otherHash)
                               ++difference.compared;
                           else
                               difference.users.push_back({std::move(*ours), old->passwordHash, sameRow});
                       });
}

Result<> Comparison::secrets()
{
    return forEachPair(
        RowsById<LegacySecret>([&](LegacyPage page) { return readLegacySecrets(m_sql, m_old, page); }),
        RowsById<AdoptedSecret>([&](LegacyPage page) { return readAdoptedSecrets(m_sql, m_prefix, page); }),
        [&](const LegacySecret* old, AdoptedSecret* ours) {
            if (ours) forgetFormerKey(*ours);
            const auto expected = old ? m_conversion.convert(*old) : std::nullopt;
            if (!expected) {
                if (ours) addSecret(std::move(*ours));
                return;
            }
            if (!ours) {
                difference.removedSecrets.push_back(old->metadata.id);
                return;
            }
            const auto key = m_keys.open(ours->sealedKey, ours->secretId);
            if (same(*ours, *expected) && key && *key == old->secretKey)
                ++difference.compared;
            else
                addSecret(std::move(*ours));
        });
}

Result<> Comparison::policies()
{
    return forEachPair(
        RowsById<LegacyPolicy>([&](LegacyPage page) { return readLegacyPolicies(m_sql, m_old, page); }),
        RowsById<AdoptedPolicy>([&](LegacyPage page) { return readAdoptedPolicies(m_sql, m_prefix, page); }),
        [&](const LegacyPolicy* old, AdoptedPolicy* ours) {
            const auto expected = old ? m_conversion.convert(*old) : std::nullopt;
            if (!expected) {
                if (ours) difference.policies.push_back(std::move(*ours));
            } else if (!ours) {
                difference.removedPolicies.push_back(old->metadata.id);
            } else if (same(*ours, *expected)) {
                ++difference.compared;
            } else {
                difference.policies.push_back(std::move(*ours));
            }
        });
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
