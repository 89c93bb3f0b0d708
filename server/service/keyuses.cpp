// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/keyuses.h"
#include "base/text.h"

namespace iam::service {

namespace {

/// Few: all the servers of a database have one writer at a time, and others wait for it.
constexpr std::size_t usesPerWrite = 25;

} // namespace

KeyUses::KeyUses(store::SecretStore& secrets, const Clock& clock)
    : m_secrets(secrets)
    , m_clock(clock)
{
}

void KeyUses::note(const AccessKey& key, const std::string& address, const std::string& action)
{
    const auto minute = std::chrono::floor<std::chrono::minutes>(m_clock.now());
    const std::int64_t number = minute.time_since_epoch().count();
    std::int64_t noted = key.notedMinute.load(std::memory_order_relaxed);
    if (noted == number) return;
    if (!key.notedMinute.compare_exchange_strong(noted, number, std::memory_order_relaxed))
        return; // another thread did
    store::KeyUse use{key.facts.secretId, minute, address,
                      std::string(text::cut(action, contract::maxUsedActionLength))};
    const std::lock_guard lock(m_mutex);
    if (m_pending.size() < maxPending || m_pending.contains(use.secretId))
        m_pending.insert_or_assign(use.secretId, std::move(use));
}

Result<> KeyUses::write()
{
    Pending taken;
    {
        const std::lock_guard lock(m_mutex);
        taken.swap(m_pending);
    }
    while (!taken.empty()) {
        std::vector<store::KeyUse> uses;
        for (auto use = taken.begin(); use != taken.end() && uses.size() < usesPerWrite; ++use)
            uses.push_back(use->second);
        if (auto done = m_secrets.noteUses(uses); !done) {
            const std::lock_guard lock(m_mutex);
            m_pending.merge(taken); // newer notes of the same keys stay
            return done;
        }
        for (const store::KeyUse& use : uses) taken.erase(use.secretId);
    }
    return {};
}

} // namespace iam::service
