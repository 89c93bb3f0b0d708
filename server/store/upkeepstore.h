// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include "contract/records.h"
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace iam::store {

/// An enabled user, and when somebody last did something as that user.
struct IdleUser {
    std::uint64_t id = 0;
    std::string name;
    bool administrator = false;
    bool everLoggedIn = false;
    /// The latest of: creation, log-in, use of an access key, being enabled.
    TimePoint lastActive{};
    bool operator==(const IdleUser&) const = default;
};

/// A job that is done once for each of its times, by one node.
struct JobState {
    std::string holder;    ///< who does it, or did it last
    TimePoint slot{};      ///< the time it was last done for, or is being done for
    TimePoint until{};     ///< when another may take it over, unless it is finished
    bool finished = false; ///< for that time
    TimePoint touched{};   ///< when it was last begun, gone on with, or finished
    std::string outcome;   ///< of the last time that was finished, in words
};

/// What is done to the database from time to time because of its age. Threads, durability and errors as userstore.h
/// says. What a call changes is recorded in the same transaction; of what is removed, how many and until when (kind
/// "audit", action "clean", the table as the name).
class UpkeepStore {
public:
    virtual ~UpkeepStore() = default;

    /// How many removed policies are kept (table policy_audit) that were removed before that moment.
    virtual Result<std::uint64_t> removedPolicies(TimePoint before) = 0;
    /// Forgets them, `most` at most. Returns how many.
    virtual Result<std::uint64_t> forgetRemovedPolicies(TimePoint before, std::uint64_t most,
                                                        const contract::Actor& actor, TimePoint now) = 0;

    /// How many change records are older than that, without the newest of all.
    virtual Result<std::uint64_t> oldChanges(TimePoint before) = 0;
    /// Forgets them, the oldest `most` at most. Returns how many.
    virtual Result<std::uint64_t> forgetOldChanges(TimePoint before, std::uint64_t most, const contract::Actor& actor,
                                                   TimePoint now) = 0;

    /// Enabled users last active before that moment: who is idle for longest first, then by id.
    virtual Result<std::vector<IdleUser>> idleUsers(TimePoint before) = 0;
    enum class Disabling {
        Done,
        NotIdle,          ///< active since, disabled already or gone
        LastAdministrator ///< nobody could enable anybody again
    };
    /// As UserStore::setEnabled(), if the user is still idle.
    virtual Result<Disabling> disableIdle(std::uint64_t id, TimePoint before, const contract::Actor& actor,
                                          TimePoint now) = 0;
    virtual Result<std::uint64_t> enabledAdministrators() = 0;

    /// Nothing when nobody began it yet.
    virtual Result<std::optional<JobState>> job(const std::string& name) = 0;
    enum class Turn {
        Ours,
        Done,  ///< for this time or a later one
        Others ///< somebody else is at it, and their term has not ended
    };
    /// Takes the job for `slot`, until now + `term`. A job that nobody knows yet is noted as done: its first time is
    /// the next one. A term that ends later than now + `term` was given by a clock that was set back, and has ended.
    virtual Result<Turn> beginJob(const std::string& name, TimePoint slot, const std::string& holder, TimePoint now,
                                  std::chrono::milliseconds term) = 0;
    /// Prolongs the term; false: somebody else has the job.
    virtual Result<bool> continueJob(const std::string& name, TimePoint slot, const std::string& holder, TimePoint now,
                                     std::chrono::milliseconds term) = 0;
    /// Code::ObjectChanged: somebody else has it.
    virtual Result<> finishJob(const std::string& name, TimePoint slot, const std::string& holder, TimePoint now,
                               const std::string& outcome) = 0;

    /// The latest moment that the database knows of: of a change or of a job. The epoch when there is none.
    virtual Result<TimePoint> latestMoment() = 0;
};

} // namespace iam::store
