// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace iam::service {

struct LoginThrottleLimits {
    int failuresPerAccount = 10; ///< so many are free; each further one doubles the wait
    int failuresPerAddress = 50;
    std::chrono::milliseconds window = std::chrono::minutes(5); ///< a failure is forgotten so long after the last one
    std::chrono::milliseconds firstWait = std::chrono::seconds(1);
    std::chrono::milliseconds longestWait = std::chrono::minutes(1);
};

/// Slows down guessing of passwords: after some failures an account, and an address, has to wait, longer each time but
/// never for good. forget() ends it for the account. IPv6 addresses count by their /64, which is what one customer has.
/// Bounded memory: the oldest entries go first, and names are kept no longer than a name can be. Thread-safe.
class LoginThrottle {
public:
    LoginThrottle(const LoginThrottleLimits& limits, const Clock& clock);

    /// How long this account from this address has to wait before it may try; nothing when it may.
    [[nodiscard]] std::optional<std::chrono::milliseconds> wait(const std::string& account,
                                                                const std::string& address) const;
    void countFailure(const std::string& account, const std::string& address);
    /// A log-in was told to wait.
    void countRefusal();
    /// The account may try at once again: somebody proved to be its owner, or an administrator says so.
    void forget(const std::string& account);

    // Since the start: wrong names and passwords, and tries that were refused because of the wait.
    [[nodiscard]] std::uint64_t failures() const;
    [[nodiscard]] std::uint64_t refusals() const;
    /// How many accounts have to wait right now.
    [[nodiscard]] std::size_t waitingAccounts() const;

private:
    struct Entry {
        int failures = 0;
        std::chrono::steady_clock::time_point last{};
    };
    using Entries = std::unordered_map<std::string, Entry>;
    static constexpr std::size_t maxEntries = 20'000;

    [[nodiscard]] std::chrono::steady_clock::time_point freeAt(const Entries& entries, const std::string& key,
                                                               int allowed) const;
    [[nodiscard]] std::chrono::steady_clock::time_point freeAt(const Entry& entry, int allowed) const;
    void add(Entries& entries, const std::string& key);

    const LoginThrottleLimits m_limits;
    const Clock& m_clock;
    mutable std::mutex m_mutex;
    Entries m_accounts;
    Entries m_addresses;
    std::atomic<std::uint64_t> m_failures = 0;
    std::atomic<std::uint64_t> m_refusals = 0;
};

} // namespace iam::service
