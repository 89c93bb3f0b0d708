// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/listquery.h"
#include "contract/records.h"
#include "contract/user.h"
#include <string>
#include <vector>

namespace iam::store {

/// What a log-in or the check of a token needs to know about a user.
struct Account {
    std::uint64_t id = 0;
    std::string name; ///< the stored spelling
    bool enabled = false;
    bool administrator = false;
    /// Tokens issued before this moment are dead. Creation sets it, so that a new user does not inherit the tokens of
    /// a removed one of the same name. Never goes back, and moves by one ms at least, whatever the clock says.
    TimePoint tokensValidFrom{};
    TimePoint createdAt{};
    std::optional<TimePoint> loginedAt; ///< nothing: never
};

struct Credentials {
    Account account;
    std::string passwordHash; ///< opaque to the store; in no log line and no change record
};

/// The error of disabling the last administrator that is enabled: nobody could enable anybody again.
[[nodiscard]] inline tl::unexpected<Error> lastAdministrator()
{
    return fail(Code::Validation, "the last enabled administrator",
                {{"status", "must stay 1: this is the last enabled administrator"}});
}

/// The error of removing `name` when no enabled administrator would be left.
[[nodiscard]] inline tl::unexpected<Error> lastAdministratorRemoved(const std::string& name)
{
    return fail(Code::Validation, name + " is the last enabled administrator",
                {{"name", "must stay: this is the last enabled administrator"}});
}

/// Users. Names are unique and found without regard to ASCII case; what comes back has the stored spelling.
///
/// Every call is synchronous, atomic and may be made from several threads at once. Everything that a call promises to
/// have written survives a crash once it returned. Changes are recorded in the same transaction (changestore.h) unless
/// said otherwise. Errors everywhere: Code::StorageUnavailable when there is no room or the storage cannot be reached
/// (nothing was changed; it may work again later), Code::Database for any other fault.
class UserStore {
public:
    virtual ~UserStore() = default;

    /// Stores a user; id, instanceId, times and version are made here, `password` and totalPolicy are not looked at,
    /// the rest is kept as given. Returns what is stored. The name is taken: Code::UserAlreadyExist.
    virtual Result<contract::User> create(const contract::User& user, const std::string& passwordHash,
                                          const contract::Actor& actor, TimePoint now) = 0;

    /// The user, enabled or not; `password` is empty and totalPolicy 0. Code::UserNotFound; Code::Database when its
    /// `extend` is not JSON.
    virtual Result<contract::User> find(const std::string& name) = 0;

    /// The users that `which` names, with totalPolicy counted.
    virtual Result<contract::ListPage<contract::User>> list(const contract::ListQuery& query,
                                                            contract::WhichUsers which) = 0;

    /// Replaces nickname, email, phone and extend of the user named `user.metadata.name` and raises the version.
    /// Returns what is stored. Code::UserNotFound; Code::ObjectChanged when `expectedVersion` is given and not the
    /// stored one.
    virtual Result<contract::User> update(const contract::User& user, std::optional<std::uint64_t> expectedVersion,
                                          const contract::Actor& actor, TimePoint now) = 0;

    /// Code::UserNotFound. Does not read `extend`.
    virtual Result<Credentials> credentials(const std::string& name) = 0;

    /// Every user, ascending by id.
    virtual Result<std::vector<Account>> accounts() = 0;

    /// How many administrators are enabled.
    virtual Result<std::uint64_t> enabledAdministrators() = 0;

    /// A new password: moves tokensValidFrom up to `tokensValidFrom`, raises the version, is recorded as
    /// "change-password". Code::UserNotFound.
    virtual Result<> setPasswordHash(const std::string& name, const std::string& passwordHash,
                                     TimePoint tokensValidFrom, const contract::Actor& actor, TimePoint now) = 0;

    /// The same password, hashed anew: no record, no new version. Does nothing (successfully) unless the stored hash
    /// still is `oldHash`, so that a log-in cannot undo a change of the password.
    virtual Result<> replacePasswordHash(const std::string& name, const std::string& oldHash,
                                         const std::string& newHash) = 0;

    /// Enables or disables; moves tokensValidFrom up to `now`, raises the version, is recorded as "enable" or
    /// "disable". A user that is so already is left alone. Returns what is stored. Code::UserNotFound;
    /// Code::Validation with the fault on "status" for disabling the last enabled administrator.
    virtual Result<contract::User> setEnabled(const std::string& name, bool enabled, const contract::Actor& actor,
                                              TimePoint now) = 0;

    /// Ends every token of the user: moves tokensValidFrom up to `now`. No new version; recorded as "end-sessions".
    /// Code::UserNotFound.
    virtual Result<> endTokens(const std::string& name, const contract::Actor& actor, TimePoint now) = 0;

    /// Records that somebody may try to log in at once again ("unlock"); changes nothing. Returns the stored name.
    /// Code::UserNotFound.
    virtual Result<std::string> recordUnlock(const std::string& name, const contract::Actor& actor, TimePoint now) = 0;

    /// Writes loginedAt and nothing else: no record, no new version, updatedAt stays. An unknown name is fine.
    virtual Result<> touchLogin(const std::string& name, TimePoint now) = 0;

    /// Removes users with their secrets, policies and sessions, all of them or none, and records each object. The
    /// sessions' tokens are revoked until their end ("revoke"): a new user of that name may be made under a clock that
    /// was set back, and tokensValidFrom would not tell them apart. Unknown
    /// names are passed over. Returns the stored names of those that were removed, each once, in the given order.
    /// Code::Validation with the fault on "name" when no enabled administrator would be left.
    virtual Result<std::vector<std::string>> remove(const std::vector<std::string>& names, const contract::Actor& actor,
                                                    TimePoint now) = 0;
};

} // namespace iam::store
