// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/objectrows.h"

namespace iam::store::sql {

// Rows in the tables of the old servers, written as these write them: dates as the local wall clock in whole seconds,
// instance ids made from the row's id, removal with what the triggers do, keys in the clear. What has no column there
// lies in our notes beside. Characters beyond U+FFFF stand escaped in JSON; elsewhere they are refused, as the tables
// have no room for them.

class SharedUserRows final : public UserRows {
public:
    /// loginedAt of a new user is its creation, as the old servers have it.
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

class SharedSecretRows final : public SecretRows {
public:
    Result<std::uint64_t> insert(SqlConnection& connection, const Owner& owner, const StoredSecret& secret,
                                 TimePoint now) override;
    Result<> setFacts(SqlConnection& connection, std::uint64_t id, const contract::Secret& secret,
                      TimePoint now) override;
    /// Disabling is Code::Validation: the old servers would go on taking the key.
    Result<> setEnabled(SqlConnection& connection, std::uint64_t id, bool enabled, TimePoint now) override;
    Result<> setKeys(SqlConnection& connection, std::uint64_t id, const StoredSecret& secret, TimePoint now) override;
    Result<> noteUse(SqlConnection& connection, const KeyUse& use) override;
    /// None: keys are not sealed here.
    Result<std::uint64_t> reseal(SqlConnection& connection, const Resealing& key) override;
    Result<> erase(SqlConnection& connection, std::uint64_t id) override;
};

class SharedPolicyRows final : public PolicyRows {
public:
    Result<std::uint64_t> insert(SqlConnection& connection, const Owner& owner, const contract::Policy& policy,
                                 TimePoint now) override;
    Result<> replace(SqlConnection& connection, std::uint64_t id, const contract::Policy& policy,
                     TimePoint now) override;
    Result<> erase(SqlConnection& connection, const contract::Metadata& metadata, TimePoint now) override;
};

/// JSON in which every character beyond U+FFFF stands as a pair of escapes ("\ud83d\ude00"): the same value. `json` is
/// well-formed UTF-8.
[[nodiscard]] std::string escapeBeyondBasic(std::string_view json);

} // namespace iam::store::sql
