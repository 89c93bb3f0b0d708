// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/published.h"
#include "crypto/envelope.h"
#include "service/accesssnapshot.h"
#include "store/storage.h"
#include <mutex>
#include <optional>
#include <set>

namespace iam::service {

/// Keeps the AccessSnapshot equal to the storage. Whoever changed something tells what; the new snapshot is in force
/// when the call returns. A refresh that fails leaves the old snapshot in force, is remembered and made up for by the
/// next one, whatever it is for.
///
/// read() from any thread without waiting; the others block and are meant for workers.
class AccessDirectory {
public:
    /// Everything passed here outlives this.
    AccessDirectory(store::Storage& storage, const crypto::KeyRing& keyRing, const Clock& clock);

    [[nodiscard]] std::shared_ptr<const AccessSnapshot> read() const { return m_snapshot.read(); }

    /// Reads everything anew.
    Result<> refreshAll();
    /// After users were created, changed or removed, or their tokens revoked.
    void refreshAccounts();
    /// After secrets were created, changed or removed.
    void refreshKeys();
    /// After policies of `owner` were created, changed or removed.
    void refreshPolicies(const std::string& owner);
    /// After users were removed, with all they had.
    void refreshRemovedUsers(const std::vector<std::string>& owners);
    void refreshRevokedTokens();

    /// How long the snapshot has been behind the storage; zero when it is not.
    [[nodiscard]] std::chrono::milliseconds staleness() const;
    /// Policies that are in the storage but cannot be read, and so decide nothing.
    [[nodiscard]] std::size_t unreadablePolicies() const;

private:
    struct Compiled {
        std::uint64_t version = 0;
        std::shared_ptr<const authz::CompiledPolicy> policy;
    };
    using CompiledById = std::unordered_map<std::uint64_t, Compiled>;
    class PolicyReader;

    Result<> loadAccounts(AccessSnapshot& next);
    Result<> loadKeys(AccessSnapshot& next);
    Result<> loadRevokedTokens(AccessSnapshot& next);
    Result<> loadPolicies(AccessSnapshot& next);
    Result<> loadPoliciesOf(AccessSnapshot& next, const std::string& owner);
    /// Runs `load` on a copy of the snapshot and publishes it; everything when an earlier one failed.
    template <class Load>
    Result<> refresh(Load load);

    store::Storage& m_storage;
    const crypto::KeyRing& m_keyRing;
    const Clock& m_clock;
    Published<AccessSnapshot> m_snapshot;

    mutable std::mutex m_mutex; ///< one refresh at a time
    AccessSnapshot m_latest;
    std::unordered_map<std::string, CompiledById> m_compiled; ///< by owner
    std::unordered_map<std::string, std::size_t> m_unreadable; ///< by owner
    std::optional<std::chrono::steady_clock::time_point> m_staleSince;
};

} // namespace iam::service
