// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "service/passwordrules.h"
#include "service/sessionservice.h"
#include "store/memorystorage.h"
#include "support/manualclock.h"
#include "support/verifyresult.h"

namespace iam::service {

/// The services on a storage in memory, with hashes that cost next to nothing.
struct ServiceFixture {
    static constexpr crypto::Argon2Parameters cheap{1, 8, 1};
    static inline const contract::Actor actor{"root", "10.0.0.1", "request-1"};

    explicit ServiceFixture(std::unique_ptr<store::Storage> given = store::makeMemoryStorage(),
                            const crypto::Argon2Parameters& parameters = cheap)
        : storage(std::move(given))
        , passwords(*storage, directory, throttle, parameters, clock)
    {
    }

    /// Stores a user and makes it known.
    void addUser(const std::string& name, const std::string& password, bool administrator = false)
    {
        addUserWithHash(name, passwords.hash(SecretString(password)).value(), administrator);
    }
    void addUserWithHash(const std::string& name, const std::string& hash, bool administrator = false)
    {
        contract::User user;
        user.metadata.name = user.nickname = name;
        user.email = "user@example.com";
        user.isAdmin = administrator ? 1 : 0;
        VERIFY_OK(storage->users().create(user, hash, actor, clock.now()));
        directory.changed(Changed::Others);
    }
    /// Stores another password; the directory is told by whoever wants it told.
    void storePassword(const std::string& name, const std::string& password)
    {
        VERIFY_OK(storage->users().setPasswordHash(name, passwords.hash(SecretString(password)).value(), clock.now(),
                                                   actor, clock.now()));
    }
    auto logIn(const std::string& name, const std::string& password)
    {
        return sessions.logIn(name, SecretString(password), actor);
    }
    contract::Policy policy(const std::string& owner, const std::string& name,
                            const std::string& effect = "allow") const
    {
        contract::Policy made;
        made.username = owner;
        made.metadata.name = made.policy.id = name;
        made.policy.effect = effect;
        made.policy.subjects = made.policy.actions = made.policy.resources = std::vector<std::string>{"<.*>"};
        return made;
    }
    Caller caller(const std::string& name, bool administrator = false) const
    {
        return {name, administrator, {name, "10.0.0.1", "request-1"}};
    }

    test::ManualClock clock;
    const crypto::SealingKeys keyRing{crypto::KeyRing::generate()};
    std::unique_ptr<store::Storage> storage;
    AccessDirectory directory{*storage, keyRing, clock};
    LoginThrottle throttle{LoginThrottleLimits{}, clock};
    PasswordCheck passwords;
    PasswordRules rules;
    crypto::LoginTokens tokens{
        crypto::HmacKey::make(crypto::HmacAlgorithm::Sha256, SecretString("a key of the test's own, 32 bytes"))
            .value()};
    SessionService sessions{
        *storage, directory, passwords, tokens, SessionRules{std::chrono::hours(1), std::chrono::hours(2)}, clock};
};

} // namespace iam::service
