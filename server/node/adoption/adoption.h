// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "node/adoption/adoptionsurvey.h"
#include "node/serverconfig.h"
#include <functional>
#include <map>

namespace iam::node {

// Taking over a database of the system that this one replaces, and giving it back. Both work in numbered steps, each
// marked in the database when it is done; whatever ends a process in between, the next one goes on behind the last
// mark, and one that finds everything done says so and changes nothing. One process at a time.
//
// The configuration says which database (store.driver: mysql), the data directory with the keys that seal secrets, and
// the key of log-in tokens. Error::detail is one sentence, `faults` say more where there is more.

struct AdoptionOptions {
    std::string decisionsFile;     ///< empty: none, or those of the run before
    std::string backupFolder;      ///< where dumps go
    bool lockNewPasswords = false; ///< giving back: users whose password the old form cannot have get none
    /// Asked before each step; may be empty. True ends the work there with Code::Cancelled, to go on another time.
    std::function<bool()> stopWanted;
};

/// What happens on the way.
struct AdoptionEvent {
    enum class Kind { Told, Begun, Done, DoneBefore };
    Kind kind = Kind::Told;
    int step = 0;           ///< its number; 0 for Told
    std::string words = {}; ///< fit for people
    std::string note = {};  ///< of a step that is done: numbers and places; may be empty
};
using AdoptionProgress = std::function<void(const AdoptionEvent& event)>;

struct AdoptionCheck {
    std::string place; ///< "the database …"
    store::sql::DatabaseTables tables;
    std::map<int, std::string> steps;     ///< that are done of a change of the form that was begun, with their notes
    std::optional<AdoptionSurvey> survey; ///< nothing when it does not have the old form
};

/// Changes nothing, and needs no right but SELECT.
Result<AdoptionCheck> checkAdoption(const ServerConfig& config, const Clock& clock);

/// Makes an old database one of ours. Until the last but one step the old tables are in use as they were, though from
/// the fourth on nobody can write to them; then one statement exchanges them for ours. They stay as "adopted_…".
/// Code::StorageUnavailable while servers of ours share them; the fault names each.
Result<> finishAdoption(const ServerConfig& config, const AdoptionOptions& options, const Clock& clock,
                        const AdoptionProgress& progress);

/// Makes it an old one again. Before the exchange that is nothing but removing ours. Behind it what was changed since
/// is written into the old tables first; Code::ObjectChanged with a fault for each thing that they cannot hold, and
/// then nothing is changed. That is tried out before the first step, in a transaction that is taken back. Servers of
/// ours that still run cannot write from the fence on.
Result<> giveBack(const ServerConfig& config, const AdoptionOptions& options, const Clock& clock,
                  const AdoptionProgress& progress);

/// Removes the old tables of a database that was taken over to the end.
Result<> forgetOldTables(const ServerConfig& config, const AdoptionProgress& progress);

} // namespace iam::node
