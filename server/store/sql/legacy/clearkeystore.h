// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/secret.h"
#include "store/secretstore.h"

namespace iam::store::sql {

/// How keys are sealed and opened again, each together with its secretId.
struct KeySeal {
    std::function<Result<std::string>(const SecretString& key, const std::string& secretId)> seal;
    std::function<Result<SecretString>(const std::string& sealed, const std::string& secretId)> open;
};

/// Secrets whose keys lie in the clear in `inner`, since other software reads them there: outside they are sealed as
/// everywhere.
class ClearKeyStore final : public SecretStore {
public:
    /// `inner` outlives this.
    ClearKeyStore(SecretStore& inner, KeySeal seal)
        : m_inner(inner)
        , m_seal(std::move(seal))
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
    /// Nothing: every key is sealed with the newest key whenever it is shown.
    Result<std::uint64_t> reseal(const std::vector<Resealing>& keys) override;

private:
    Result<StoredSecret> sealed(Result<StoredSecret> secret) const;

    SecretStore& m_inner;
    const KeySeal m_seal;
};

} // namespace iam::store::sql
