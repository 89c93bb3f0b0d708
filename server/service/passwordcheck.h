// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/secret.h"
#include "crypto/keyedmac.h"
#include "crypto/passwordhash.h"
#include "service/accessdirectory.h"
#include "service/loginthrottle.h"
#include <mutex>
#include <unordered_map>

namespace iam::service {

/// Finds out whether a name and a password belong together. Slow on purpose, so only on the password workers;
/// recentlyVerified() is quick and may be asked anywhere. Thread-safe.
class PasswordCheck {
public:
    /// Everything outlives this.
    PasswordCheck(store::Storage& storage, AccessDirectory& directory, LoginThrottle& throttle,
                  const crypto::PasswordScheme& scheme, const Clock& clock);

    /// The account, when it is enabled and the password is its own. Code::PasswordIncorrect for a wrong name or
    /// password and for a disabled account, after the same time; Code::TooManyAttempts when this account or address
    /// has to wait, with the whole seconds as the detail. Hashes of an older kind are replaced.
    Result<store::Account> check(const std::string& name, const SecretString& password, const std::string& address);

    /// The account, when check() let the same name and password in a moment ago and neither the password nor
    /// whether the account is enabled changed since, as far as this node knows.
    [[nodiscard]] std::optional<store::Account> recentlyVerified(const std::string& name,
                                                                 const SecretString& password) const;

    /// The hash to store for a new password.
    Result<std::string> hash(const SecretString& password) const;

private:
    struct Verified {
        std::uint64_t accountId = 0;
        TimePoint tokensValidFrom{}; ///< moves when the password changes, or the account is disabled or enabled
        std::chrono::steady_clock::time_point until{};
    };
    static constexpr std::size_t maxVerified = 10'000;

    [[nodiscard]] std::string tag(const std::string& name, const SecretString& password) const;
    void remember(const std::string& name, const SecretString& password, const store::Account& account);

    store::Storage& m_storage;
    AccessDirectory& m_directory;
    LoginThrottle& m_throttle;
    const crypto::PasswordScheme m_scheme;
    const Clock& m_clock;
    const crypto::HmacKey m_tagKey; ///< random, of this process only
    mutable std::mutex m_mutex;
    std::unordered_map<std::string, Verified> m_verified; ///< by tag
};

} // namespace iam::service
