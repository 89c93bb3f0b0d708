// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/secretstore.h"
#include "store/sql/objectrows.h"

namespace iam::store::sql {

struct Owner;

/// Removes the secrets of `owner` with that name, or all of them, and records each. Returns how many.
Result<std::uint64_t> removeSecrets(SqlConnection& connection, SecretRows& rows, const Owner& owner,
                                    const std::optional<std::string>& name, const contract::Actor& actor,
                                    TimePoint now);

/// Writes the change record of the secret `id`, as it stands there now, also when it cannot be read.
Result<> recordSecretChange(SqlConnection& connection, std::uint64_t id, const char* action, const std::string& before,
                            const contract::Actor& actor, TimePoint now);

class SqlSecretStore final : public SecretStore {
public:
    SqlSecretStore(SqlDatabase& database, const ObjectRows& rows)
        : m_database(database)
        , m_rows(rows)
    {
    }

    Result<StoredSecret> create(const StoredSecret& secret, std::uint64_t maxPerUser, const contract::Actor& actor,
                                TimePoint now) override;
    Result<StoredSecret> find(const std::string& owner, const std::string& name) override;
    Result<contract::ListPage<StoredSecret>> list(const std::optional<std::string>& owner,
                                                  const contract::ListQuery& query) override;
    Result<StoredSecret> update(const contract::Secret& secret, std::optional<std::uint64_t> expectedVersion,
                                const contract::Actor& actor, TimePoint now) override;
    Result<StoredSecret> setEnabled(const std::string& owner, const std::string& name, bool enabled,
                                    std::optional<std::uint64_t> expectedVersion, const contract::Actor& actor,
                                    TimePoint now) override;
    Result<StoredSecret> rotate(const std::string& owner, const std::string& name, const SealedKey& key,
                                std::optional<std::int64_t> previousExpires,
                                std::optional<std::uint64_t> expectedVersion, const contract::Actor& actor,
                                TimePoint now) override;
    Result<StoredSecret> endPrevious(const std::string& owner, const std::string& name,
                                     std::optional<std::uint64_t> expectedVersion, const contract::Actor& actor,
                                     TimePoint now) override;
    Result<> noteUses(const std::vector<KeyUse>& uses) override;
    Result<std::uint64_t> remove(const std::string& owner, const std::vector<std::string>& names,
                                 const contract::Actor& actor, TimePoint now) override;
    Result<> forEachKey(const std::optional<std::string>& owner,
                        const std::function<void(const SecretKeyEntry&)>& visit) override;
    Result<std::uint64_t> reseal(const std::vector<Resealing>& keys) override;

private:
    SqlDatabase& m_database;
    const ObjectRows& m_rows;
};

} // namespace iam::store::sql
