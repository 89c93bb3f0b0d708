// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/published.h"
#include "crypto/envelope.h"
#include "service/accesssnapshot.h"
#include "store/storage.h"
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>

namespace iam::service {

/// Keeps the AccessSnapshot equal to the storage. Whoever changed something tells what; the new snapshot is in force
/// when the call returns. A refresh that fails leaves the old snapshot in force, is remembered and made up for by the
/// next one, whatever it is for. Of those that wait while one runs, the next does the work of all.
///
/// read() from any thread without waiting; the others block and are meant for workers.
class AccessDirectory {
public:
    /// Everything passed here outlives this.
    AccessDirectory(store::Storage& storage, const crypto::SealingKeys& keyRing, const Clock& clock);

    [[nodiscard]] std::shared_ptr<const AccessSnapshot> read() const { return m_snapshot.read(); }

    /// Reads everything anew.
    Result<> refreshAll();
    /// After users were created, changed or removed, or their tokens revoked.
    void refreshAccounts();
    /// After secrets were created, changed or removed.
    void refreshKeys();
    /// After the policies of these names of `owner` (the stored spelling) were created, changed or removed. Costs what
    /// they cost, and little for the owner's others.
    void refreshPolicies(const std::string& owner, const std::vector<std::string>& names);
    /// After users were removed, with all they had.
    void refreshRemovedUsers(const std::vector<std::string>& owners);
    void refreshRevokedTokens();

    /// How long the snapshot has been behind the storage; zero when it is not. Does not wait for a refresh.
    [[nodiscard]] std::chrono::milliseconds staleness() const;
    /// Policies that are in the storage but cannot be read, and so decide nothing.
    [[nodiscard]] std::size_t unreadablePolicies() const;

private:
    /// What has to be read anew.
    struct Wanted {
        bool accounts = false;
        bool keys = false;
        bool revokedTokens = false;
        bool allPolicies = false;
        /// Owner → names in lower case; nothing: all of the owner's.
        std::map<std::string, std::optional<std::set<std::string>>> policies = {};

        static Wanted everything() { return {true, true, true, true, {}}; }
        void add(const Wanted& more);
    };
    struct Row {
        std::uint64_t version = 0;
        std::string name;                                    ///< in lower case
        std::shared_ptr<const authz::CompiledPolicy> policy; ///< null: cannot be read
    };
    using Rows = std::map<std::uint64_t, Row, std::greater<>>; ///< by id, in evaluation order

    Result<> refresh(const Wanted& wanted);
    Result<> load(AccessSnapshot& next, const Wanted& wanted);
    Result<> loadAccounts(AccessSnapshot& next);
    Result<> loadKeys(AccessSnapshot& next);
    Result<> loadRevokedTokens(AccessSnapshot& next);
    Result<> loadPolicies(AccessSnapshot& next);
    Result<> loadPoliciesOf(AccessSnapshot& next, const std::string& owner, const std::set<std::string>* names);
    /// Compiles the policy, unless that was done already.
    [[nodiscard]] Row rowOf(const store::PolicyEntry& entry) const;

    store::Storage& m_storage;
    const crypto::SealingKeys& m_keyRing;
    const Clock& m_clock;
    Published<AccessSnapshot> m_snapshot;

    // Taken in this order; the second is never held for long.
    mutable std::mutex m_refreshing; ///< one refresh at a time; guards what comes next
    AccessSnapshot m_latest;
    std::unordered_map<std::string, Rows> m_policies; ///< by owner
    std::uint64_t m_done = 0;                         ///< the refreshes up to this number are done
    Result<> m_outcome;                               ///< of the last one

    mutable std::mutex m_mutex; ///< guards the rest
    Wanted m_wanted;
    std::uint64_t m_asked = 0; ///< number of the newest refresh in m_wanted
    std::optional<std::chrono::steady_clock::time_point> m_staleSince;
};

} // namespace iam::service
