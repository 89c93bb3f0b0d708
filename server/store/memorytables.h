// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/policy.h"
#include "store/keystore.h"
#include "store/secretstore.h"
#include "store/sessionstore.h"
#include "store/userstore.h"
#include <map>
#include <mutex>

namespace iam::store {

/// The state of the engine in memory. Everything is read and changed with `mutex` held.
struct MemoryTables {
    struct UserRow {
        contract::User user;
        std::string passwordHash;
        TimePoint tokensValidFrom{};
    };

    mutable std::mutex mutex;
    std::map<std::uint64_t, UserRow> users;
    std::map<std::string, std::uint64_t> userIds; ///< by name in lower case
    std::map<std::uint64_t, StoredSecret> secrets;
    std::map<std::uint64_t, contract::Policy> policies;
    std::vector<contract::ChangeRecord> changes; ///< ascending by id
    std::map<std::string, RevokedToken> revoked; ///< by token id
    std::vector<KeyGeneration> keyGenerations;   ///< ascending by number
    std::map<std::uint64_t, NewSession> sessions; ///< in the order of their beginning
    // Ids are never used again.
    std::uint64_t lastUserId = 0;
    std::uint64_t lastSecretId = 0;
    std::uint64_t lastPolicyId = 0;
    std::uint64_t lastChangeId = 0;
    std::uint64_t lastSessionId = 0;

    /// Nullptr when there is none.
    [[nodiscard]] UserRow* findUser(const std::string& name);
    /// `change.id` is made here.
    void record(contract::ChangeRecord change);
    /// Keeps the later `until` when it was revoked already, and returns false then.
    bool revoke(const RevokedToken& token);
    void removeSecret(std::uint64_t id, const contract::Actor& actor, TimePoint now);
    void removePolicy(std::uint64_t id, const contract::Actor& actor, TimePoint now);
};

/// The metadata of a row that is made now.
[[nodiscard]] contract::Metadata newMetadata(const contract::Metadata& given, std::string_view prefix, std::uint64_t id,
                                             TimePoint now);
/// A change of a row: another `extend`, the next version.
void renew(contract::Metadata& metadata, const contract::Json& extend, TimePoint now);

/// Whether `text` holds `part`, without regard to ASCII case.
[[nodiscard]] bool containsIgnoringCase(std::string_view text, std::string_view part);

/// The page of `rows`, newest first, of those that `wanted`.
template <class Item, class Rows, class Wanted, class Show>
contract::ListPage<Item> pageOf(const Rows& rows, const contract::ListQuery& query, Wanted wanted, Show show)
{
    contract::ListPage<Item> page;
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        if (!wanted(row->second)) continue;
        const std::uint64_t place = page.totalCount++;
        if (place < query.offset || (query.limit && page.items.size() >= *query.limit)) continue;
        page.items.push_back(show(row->second));
    }
    return page;
}

} // namespace iam::store
