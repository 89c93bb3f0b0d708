// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/objectrows.h"

namespace iam::store::sql {

// The rows of our own tables, on SQLite and MariaDB.

class OwnUserRows final : public UserRows {
public:
    Result<std::uint64_t> insert(SqlConnection& connection, const contract::User& user, const std::string& passwordHash,
                                 TimePoint now) override;
    Result<> setProfile(SqlConnection& connection, std::uint64_t id, const contract::User& user,
                        TimePoint now) override;
    Result<> setPassword(SqlConnection& connection, std::uint64_t id, const std::string& passwordHash,
                         TimePoint tokensValidFrom, TimePoint now) override;
    Result<> replacePassword(SqlConnection& connection, const std::string& name, const std::string& oldHash,
                             const std::string& newHash) override;
    Result<> setEnabled(SqlConnection& connection, std::uint64_t id, bool enabled, TimePoint now) override;
    Result<> moveTokensValidFrom(SqlConnection& connection, std::uint64_t id, TimePoint from) override;
    Result<> setLogin(SqlConnection& connection, const std::string& name, TimePoint now) override;
    Result<> erase(SqlConnection& connection, std::uint64_t id) override;
};

class OwnSecretRows final : public SecretRows {
public:
    Result<std::uint64_t> insert(SqlConnection& connection, const Owner& owner, const StoredSecret& secret,
                                 TimePoint now) override;
    Result<> setFacts(SqlConnection& connection, std::uint64_t id, const contract::Secret& secret,
                      TimePoint now) override;
    Result<> setEnabled(SqlConnection& connection, std::uint64_t id, bool enabled, TimePoint now) override;
    Result<> setKeys(SqlConnection& connection, std::uint64_t id, const StoredSecret& secret, TimePoint now) override;
    Result<> noteUse(SqlConnection& connection, const KeyUse& use) override;
    Result<std::uint64_t> reseal(SqlConnection& connection, const Resealing& key) override;
    Result<> erase(SqlConnection& connection, std::uint64_t id) override;
};

class OwnPolicyRows final : public PolicyRows {
public:
    Result<std::uint64_t> insert(SqlConnection& connection, const Owner& owner, const contract::Policy& policy,
                                 TimePoint now) override;
    Result<> replace(SqlConnection& connection, std::uint64_t id, const contract::Policy& policy,
                     TimePoint now) override;
    Result<> erase(SqlConnection& connection, const contract::Metadata& metadata, TimePoint now) override;
};

} // namespace iam::store::sql
