// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/published.h"
#include "service/accessreader.h"
#include <functional>
#include <mutex>
#include <optional>

namespace iam::service {

/// What a change was about, as far as other nodes are told.
enum class Changed { Policies, Others };

/// Keeps the AccessSnapshot equal to the storage by following the change records: what they name is read anew, and
/// nothing else. A change counts whoever made it, this server or another one on the same database. A failure leaves
/// the old snapshot in force, is remembered and made up for by the next call, whatever it is for. Of those that wait
/// while one call reads, the next does the work of all.
///
/// read() from any thread without waiting; the others block and are meant for workers.
class AccessDirectory {
public:
    using Marks = std::vector<store::ChangeMark>;

    /// Everything passed here outlives this.
    AccessDirectory(store::Storage& storage, const crypto::SealingKeys& keyRing, const Clock& clock);

    // Before any other call, or never. Both are called on the thread that called changed() or the like, and must
    // return soon.
    /// Is told of every change that this server made, after it was stored and before it is in force here.
    void announceTo(std::function<void(Changed)> announce) { m_announce = std::move(announce); }
    /// Is shown every change made since the first reading, once, in order, after it came into force: for what other
    /// servers have to forget when one of them changed something. Must not call this directory.
    void observe(std::function<void(const Marks&)> observer) { m_observers.push_back(std::move(observer)); }

    [[nodiscard]] std::shared_ptr<const AccessSnapshot> read() const { return m_snapshot.read(); }
    /// The same for a moment: valid until this thread reads again.
    [[nodiscard]] const AccessSnapshot& current() const { return *m_snapshot.current(); }

    /// After this server changed something, whatever it was: tells the others and catches up. The change is in force
    /// when this returns; a failure is kept in staleness() and shown there.
    void changed(Changed what);
    /// Brings in what was changed since the last time. Costs a look when that is nothing.
    Result<> catchUp();
    /// Reads everything anew. Changes are not held up meanwhile.
    Result<> refreshAll();

    /// The newest change that is in force.
    [[nodiscard]] std::uint64_t seen() const;
    /// How long the snapshot has been behind the storage; zero when it is not. Does not wait for a refresh.
    [[nodiscard]] std::chrono::milliseconds staleness() const;
    struct PolicyCounts {
        std::size_t all = 0;
        std::size_t unreadable = 0; ///< in the storage, but cannot be read, and so decide nothing
    };
    /// Does not wait for a refresh, but looks at every policy.
    [[nodiscard]] PolicyCounts policyCounts() const;

private:
    AccessState latest() const;
    Result<> advance(std::optional<AccessState> fresh);
    void publish(AccessState next);
    /// The changes behind that one; nothing when the records do not have it.
    Result<std::optional<Marks>> marksBehind(std::uint64_t seen) const;
    Result<> note(Result<> outcome);

    store::Storage& m_storage;
    const AccessReader m_reader;
    const Clock& m_clock;
    std::function<void(Changed)> m_announce;
    std::vector<std::function<void(const Marks&)>> m_observers;
    Published<AccessSnapshot> m_snapshot;

    // Taken in this order; the last is never held for long.
    std::mutex m_readingAll;
    std::mutex m_advancing;   ///< one at a time; guards what comes next
    bool m_started = false;   ///< everything was read once
    std::uint64_t m_done = 0; ///< the calls up to this number are done
    Result<> m_outcome;       ///< of the last one

    mutable std::mutex m_mutex; ///< guards the rest
    AccessState m_latest;       ///< changed with m_advancing held too
    std::uint64_t m_asked = 0;
    std::optional<std::chrono::steady_clock::time_point> m_staleSince;
};

} // namespace iam::service
