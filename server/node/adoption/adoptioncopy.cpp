// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/adoption/adoptioncopy.h"
#include "node/adoption/adoptiondifference.h"
#include "store/sql/legacy/stagedrows.h"

namespace iam::node {

using namespace store::sql;

namespace {

constexpr const char* staged = "adoption_";

struct Counts {
    std::uint64_t before = 0;
    std::uint64_t after = 0;

    [[nodiscard]] std::string words() const
    {
        return std::to_string(before) + " rows before, " + std::to_string(after) + " after" +
               (before == after ? "" : ", " + std::to_string(before - after) + " left out as decided");
    }
};

/// Copies what `read` finds, page by page, each page in a transaction; `make` gives Result<optional<our row>>.
template <class Read, class Make>
Result<std::string> copyRows(AdoptionConnection& connection, const LegacyTables& old, Read read, Make make)
{
    Counts counts;
    for (LegacyPage page;;) {
        auto rows = read(connection.sql(), old, page);
        if (!rows) return fail(rows);
        auto done = connection.write([&](SqlConnection& sql) -> Result<> {
            for (const auto& row : *rows) {
                auto adopted = make(row);
                if (!adopted) return fail(adopted);
                ++counts.before;
                if (!*adopted) continue;
                if (auto stored = insertAdopted(sql, staged, **adopted); !stored) return stored;
                ++counts.after;
            }
            return {};
        });
        if (!done) return fail(done);
        if (rows->size() < static_cast<std::size_t>(page.limit)) return counts.words();
        page.after = rows->back().metadata.id;
    }
}

} // namespace

Result<std::string> copyUsers(AdoptionConnection& connection, const LegacyTables& old,
                              const AdoptionConversion& conversion)
{
    if (auto cleared = clearStaged(connection, StagedTable::Users); !cleared) return fail(cleared);
    return copyRows(
        connection, old, readLegacyUsers,
        [&](const LegacyUser& user) -> Result<std::optional<AdoptedUser>> { return conversion.convert(user); });
}

Result<std::string> copySecrets(AdoptionConnection& connection, const LegacyTables& old,
                                const AdoptionConversion& conversion, const crypto::KeyRing& keys)
{
    if (auto cleared = clearStaged(connection, StagedTable::Secrets); !cleared) return fail(cleared);
    return copyRows(connection, old, readLegacySecrets,
                    [&](const LegacySecret& secret) -> Result<std::optional<AdoptedSecret>> {
                        auto adopted = conversion.convert(secret);
                        if (!adopted) return adopted;
                        auto sealed = keys.seal(secret.secretKey, adopted->secretId);
                        if (!sealed) return fail(sealed);
                        adopted->sealedKey = std::move(*sealed);
                        return adopted;
                    });
}

Result<std::string> copyPolicies(AdoptionConnection& connection, const LegacyTables& old,
                                 const AdoptionConversion& conversion)
{
    if (auto cleared = clearStaged(connection, StagedTable::Policies); !cleared) return fail(cleared);
    return copyRows(
        connection, old, readLegacyPolicies,
        [&](const LegacyPolicy& policy) -> Result<std::optional<AdoptedPolicy>> { return conversion.convert(policy); });
}

Result<std::string> copyRemovedPolicies(AdoptionConnection& connection, const LegacyTables& old)
{
    auto copied = copyRemovedPolicyRows(connection, old);
    if (!copied) return fail(copied);
    return Counts{*copied, *copied}.words();
}

Result<std::string> compareCopies(AdoptionConnection& connection, const LegacyTables& old,
                                  const AdoptionDecisions& decisions, const crypto::KeyRing& keys)
{
    auto difference = findDifference(connection, old, staged, decisions, keys);
    if (!difference) return fail(difference);
    const std::string sample = difference->sample();
    if (!sample.empty())
        return fail(Code::Database, "the copies are not what they were made from, " + sample +
                                        " for one: run adopt --back, and then adopt --finish again");
    return std::to_string(difference->compared) + " rows are as they were";
}

} // namespace iam::node
