// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/memorytables.h"
#include "store/secretstore.h"

namespace iam::store {

class MemorySecretStore final : public SecretStore {
public:
    explicit MemorySecretStore(MemoryTables& tables)
        : m_tables(tables)
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
    /// Runs `change(StoredSecret&)` on the secret and records it as `action`, unless it returns an error or false.
    template <class Change>
    Result<StoredSecret> changeSecret(const std::string& owner, const std::string& name,
                                      std::optional<std::uint64_t> expectedVersion, const char* action,
                                      const contract::Actor& actor, TimePoint now, Change change);

    MemoryTables& m_tables;
};

} // namespace iam::store
