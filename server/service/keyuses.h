// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "service/accesssnapshot.h"
#include <mutex>
#include <unordered_map>

namespace iam::service {

/// Remembers when, from where and for what keys were last used, to the minute: of a key's uses within one minute the
/// first is kept. Costs the others one atomic read, and the storage nothing until write(). What is not written yet when
/// the process is killed is lost: whoever calls write() regularly decides how much that is.
class KeyUses {
public:
    /// Everything outlives this.
    KeyUses(store::SecretStore& secrets, const Clock& clock);

    /// `key` has signed a request for `action`, which is cut at contract::maxUsedActionLength bytes. From any thread;
    /// waits for nothing longer than another note(). Beyond maxPending keys between two writes uses are not noted.
    void note(const AccessKey& key, const std::string& address, const std::string& action);

    /// Stores what was noted, some tens of keys a transaction. What cannot be stored is kept for the next time.
    /// Blocks; from one thread at a time. The uses of other nodes may be written at the same time: the later one stays.
    Result<> write();

private:
    static constexpr std::size_t maxPending = 100'000;
    using Pending = std::unordered_map<std::string, store::KeyUse>; ///< by secretId

    store::SecretStore& m_secrets;
    const Clock& m_clock;
    std::mutex m_mutex;
    Pending m_pending; ///< guarded by the mutex
};

} // namespace iam::service
