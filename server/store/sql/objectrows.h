// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/policy.h"
#include "contract/user.h"
#include "store/secretstore.h"
#include "store/sql/sqldatabase.h"

namespace iam::store::sql {

struct Owner;

// Who writes the rows of users, secrets and policies. They lie in our tables or in those of other software that uses
// the same database; reading is the same for both, from {users}, {secrets} and {policies}, which are tables or views
// with the same columns. Every call is part of a write(). A change sets the row's time and raises its version unless
// said otherwise. Texts that the tables cannot hold are Code::Validation with the fault on their field.

class UserRows {
public:
    virtual ~UserRows() = default;
    /// Returns the id. The name is taken: Code::UserAlreadyExist.
    virtual Result<std::uint64_t> insert(SqlConnection& connection, const contract::User& user,
                                         const std::string& passwordHash, TimePoint now) = 0;
    /// Nickname, email, phone, extend.
    virtual Result<> setProfile(SqlConnection& connection, std::uint64_t id, const contract::User& user,
                                TimePoint now) = 0;
    virtual Result<> setPassword(SqlConnection& connection, std::uint64_t id, const std::string& passwordHash,
                                 TimePoint tokensValidFrom, TimePoint now) = 0;
    /// Unless it is another than `oldHash`. No new version.
    virtual Result<> replacePassword(SqlConnection& connection, const std::string& name, const std::string& oldHash,
                                     const std::string& newHash) = 0;
    /// Moves tokensValidFrom, too.
    virtual Result<> setEnabled(SqlConnection& connection, std::uint64_t id, bool enabled, TimePoint now) = 0;
    /// Up to `from`, and by one ms at least. No new version.
    virtual Result<> moveTokensValidFrom(SqlConnection& connection, std::uint64_t id, TimePoint from) = 0;
    /// No new version.
    virtual Result<> setLogin(SqlConnection& connection, const std::string& name, TimePoint now) = 0;
    /// A user without rows of its own.
    virtual Result<> erase(SqlConnection& connection, std::uint64_t id) = 0;
};

class SecretRows {
public:
    virtual ~SecretRows() = default;
    /// Returns the id.
    virtual Result<std::uint64_t> insert(SqlConnection& connection, const Owner& owner, const StoredSecret& secret,
                                         TimePoint now) = 0;
    /// Expires, description, extend.
    virtual Result<> setFacts(SqlConnection& connection, std::uint64_t id, const contract::Secret& secret,
                              TimePoint now) = 0;
    virtual Result<> setEnabled(SqlConnection& connection, std::uint64_t id, bool enabled, TimePoint now) = 0;
    /// The present and the previous key, their ids and uses, as in `secret`.
    virtual Result<> setKeys(SqlConnection& connection, std::uint64_t id, const StoredSecret& secret,
                             TimePoint now) = 0;
    /// No new version.
    virtual Result<> noteUse(SqlConnection& connection, const KeyUse& use) = 0;
    /// Returns how many keys. No new version.
    virtual Result<std::uint64_t> reseal(SqlConnection& connection, const Resealing& key) = 0;
    virtual Result<> erase(SqlConnection& connection, std::uint64_t id) = 0;
};

class PolicyRows {
public:
    virtual ~PolicyRows() = default;
    /// Returns the id.
    virtual Result<std::uint64_t> insert(SqlConnection& connection, const Owner& owner, const contract::Policy& policy,
                                         TimePoint now) = 0;
    /// Document and extend.
    virtual Result<> replace(SqlConnection& connection, std::uint64_t id, const contract::Policy& policy,
                             TimePoint now) = 0;
    /// The row is kept in policy_audit.
    virtual Result<> erase(SqlConnection& connection, const contract::Metadata& metadata, TimePoint now) = 0;
};

enum class ObjectKind { User, Secret, Policy };

/// What other software did to the rows and nobody has recorded yet.
class ForeignChanges {
public:
    virtual ~ForeignChanges() = default;
    /// At the beginning of a write(): records what was done to the rows of that name, and keeps others off them until
    /// its end. A user is its own owner.
    virtual Result<> take(SqlConnection& connection, ObjectKind kind, const std::string& owner,
                          const std::string& name) = 0;
    /// The same outside of a read() or write(), so that what is read next has the version that follows.
    virtual Result<> settle(ObjectKind kind, const std::string& owner, const std::string& name) = 0;
};

/// What the stores write through; all of it outlives them.
struct ObjectRows {
    UserRows& users;
    SecretRows& secrets;
    PolicyRows& policies;
    ForeignChanges* others; ///< null: no other software writes here

    Result<> take(SqlConnection& connection, ObjectKind kind, const std::string& owner, const std::string& name) const
    {
        return others == nullptr ? Result<>() : others->take(connection, kind, owner, name);
    }
    Result<> settle(ObjectKind kind, const std::string& owner, const std::string& name) const
    {
        return others == nullptr ? Result<>() : others->settle(kind, owner, name);
    }
};

} // namespace iam::store::sql
