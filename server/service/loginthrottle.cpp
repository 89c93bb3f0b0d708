// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/loginthrottle.h"
#include "base/text.h"
#include <algorithm>
#include <arpa/inet.h>

namespace iam::service {
namespace {

constexpr std::size_t longestName = 320; // a domain, a slash and a name

std::string accountKey(const std::string& account)
{
    return text::lowered(std::string_view(account).substr(0, longestName));
}

std::string addressKey(const std::string& address)
{
    in6_addr v6{};
    if (::inet_pton(AF_INET6, address.c_str(), &v6) != 1) return address;
    return std::string(reinterpret_cast<const char*>(v6.s6_addr), 8);
}

} // namespace

LoginThrottle::LoginThrottle(const LoginThrottleLimits& limits, const Clock& clock)
    : m_limits(limits)
    , m_clock(clock)
{
}

std::chrono::steady_clock::time_point LoginThrottle::freeAt(const Entries& entries, const std::string& key,
                                                            int allowed) const
{
    const auto found = entries.find(key);
    return found == entries.end() ? std::chrono::steady_clock::time_point() : freeAt(found->second, allowed);
}

std::chrono::steady_clock::time_point LoginThrottle::freeAt(const Entry& entry, int allowed) const
{
    if (entry.failures < allowed) return {};
    if (m_clock.steadyNow() - entry.last > m_limits.window) return {};
    const int doublings = std::min(entry.failures - allowed, 16);
    return entry.last + std::min(m_limits.firstWait * (1 << doublings), m_limits.longestWait);
}

std::optional<std::chrono::milliseconds> LoginThrottle::wait(const std::string& account,
                                                             const std::string& address) const
{
    const std::lock_guard lock(m_mutex);
    const auto free = std::max(freeAt(m_accounts, accountKey(account), m_limits.failuresPerAccount),
                               freeAt(m_addresses, addressKey(address), m_limits.failuresPerAddress));
    const auto now = m_clock.steadyNow();
    if (free <= now) return std::nullopt;
    return std::chrono::ceil<std::chrono::milliseconds>(free - now);
}

void LoginThrottle::add(Entries& entries, const std::string& key)
{
    const auto now = m_clock.steadyNow();
    if (entries.size() >= maxEntries && !entries.contains(key)) {
        std::erase_if(entries, [&](const auto& entry) { return now - entry.second.last > m_limits.window; });
        if (entries.size() >= maxEntries) {
            entries.erase(std::min_element(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
                return a.second.last < b.second.last;
            }));
        }
    }
    Entry& entry = entries[key];
    if (now - entry.last > m_limits.window) entry.failures = 0;
    ++entry.failures;
    entry.last = now;
}

void LoginThrottle::countFailure(const std::string& account, const std::string& address)
{
    const std::lock_guard lock(m_mutex);
    ++m_failures;
    add(m_accounts, accountKey(account));
    add(m_addresses, addressKey(address));
}

void LoginThrottle::countRefusal()
{
    ++m_refusals;
}

void LoginThrottle::forget(const std::string& account)
{
    const std::lock_guard lock(m_mutex);
    m_accounts.erase(accountKey(account));
}

std::uint64_t LoginThrottle::failures() const
{
    return m_failures;
}

std::uint64_t LoginThrottle::refusals() const
{
    return m_refusals;
}

std::size_t LoginThrottle::waitingAccounts() const
{
    const std::lock_guard lock(m_mutex);
    const auto now = m_clock.steadyNow();
    return static_cast<std::size_t>(std::count_if(m_accounts.begin(), m_accounts.end(), [&](const auto& entry) {
        return freeAt(entry.second, m_limits.failuresPerAccount) > now;
    }));
}

} // namespace iam::service
