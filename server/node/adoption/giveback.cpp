// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/adoption/adoption.h"
#include "node/adoption/adoptionrules.h"
#include "node/adoption/adoptionrun.h"
#include "node/adoption/backrules.h"
#include "node/adoption/databasedump.h"
#include "node/keyfiles.h"
#include "store/sql/legacy/legacyshape.h"
#include "store/sql/legacy/legacywriter.h"
#include "store/sql/legacy/sharedleftovers.h"
#include <sstream>

namespace iam::node {

using namespace store::sql;

namespace {

const Fence& ourFence()
{
    static const Fence fence{"new", {"users", "secrets", "policies", "policy_audit"}};
    return fence;
}

/// The way back from behind the exchange.
class WayBack {
public:
    WayBack(AdoptionRun& run, const ServerConfig& config, const AdoptionOptions& options, const Clock& clock)
        : m_run(run)
        , m_config(config)
        , m_options(options)
        , m_clock(clock)
    {
    }
    Result<> go();

private:
    Result<> prepare();
    /// What is to be written into the old tables. Code::ObjectChanged when they cannot hold all of it.
    Result<AdoptionDifference> difference();
    /// The difference as the old tables have it.
    LegacyChanges changesFor(AdoptionDifference found) const;
    /// Whether all of it can be written: Code::ObjectChanged when not.
    Result<> tryIt();
    Result<std::string> fence();
    Result<std::string> writeRows();
    Result<std::string> exchange();

    AdoptionRun& m_run;
    const ServerConfig& m_config;
    const AdoptionOptions& m_options;
    const Clock& m_clock;
    AdoptionDecisions m_decisions;
    std::optional<crypto::KeyRing> m_keys;
    std::set<std::uint64_t> m_newPasswords;
    LegacyTables m_old;
};

Result<> WayBack::prepare()
{
    auto keys = readKeyFiles(m_config.dataDir);
    if (!keys) return fail(keys);
    if (!keys->encryption)
        return fail(Code::Encrypt, m_config.dataDir + '/' + encryptionKeyFile +
                                       ", the key that the secrets are encrypted with, is missing: run this where a"
                                       " server of this database runs");
    m_keys = std::move(keys->encryption);
    auto old = m_run.examine();
    if (!old) return fail(old);
    m_old = std::move(*old);
    auto decisions = m_run.marks().decisions();
    if (!decisions) return fail(decisions);
    m_decisions = AdoptionDecisions(std::move(*decisions));
    return {};
}

Result<AdoptionDifference> WayBack::difference()
{
    auto changed = readUsersWithNewPasswords(m_run.connection().sql(), m_run.tables());
    if (!changed) return fail(changed);
    m_newPasswords = {changed->begin(), changed->end()};
    auto formerKeys = readSharedFormerKeys(m_run.connection().sql(), m_run.tables());
    if (!formerKeys) return fail(formerKeys);
    auto difference = findDifference(m_run.connection(), m_old, {}, m_decisions, *m_keys, *formerKeys);
    if (!difference) return difference;
    auto faults = inexpressible(*difference, m_newPasswords, m_options.lockNewPasswords, m_clock.now());
    if (faults.empty()) return difference;
    return fail(Code::ObjectChanged, "the old tables cannot hold what was changed here since", std::move(faults));
}

LegacyChanges WayBack::changesFor(AdoptionDifference found) const
{
    LegacyChanges changes;
    changes.escape = m_old.isNarrow ? withinAscii : withinThreeBytes;
    const auto escapeExtend = [&](AdoptedMetadata& metadata) {
        if (metadata.extend) metadata.extend = changes.escape(*metadata.extend);
    };
    changes.removedUsers = std::move(found.removedUsers);
    changes.removedSecrets = std::move(found.removedSecrets);
    changes.removedPolicies = std::move(found.removedPolicies);
    for (auto& row : found.users) {
        if (row.onlyHash && !m_newPasswords.contains(row.user.metadata.id)) continue; // made anew at a log-in
        row.user.passwordHash = hashForOldServers(row, m_newPasswords).value_or(lockedPassword);
        escapeExtend(row.user.metadata);
        changes.users.push_back(std::move(row.user));
    }
    for (auto& row : found.secrets) {
        escapeExtend(row.secret.metadata);
        changes.secrets.emplace_back(std::move(row.secret), std::move(*row.key));
    }
    for (auto& policy : found.policies) {
        policy.document = changes.escape(policy.document);
        escapeExtend(policy.metadata);
        changes.policies.push_back(std::move(policy));
    }
    return changes;
}

Result<> WayBack::tryIt()
{
    auto found = difference();
    if (!found) return fail(found);
    return rehearseLegacyChanges(m_run.connection(), m_old, changesFor(std::move(*found)));
}

Result<std::string> WayBack::fence()
{
    if (auto done = raiseFence(m_run.connection(), ourFence()); !done) return fail(done);
    const auto possible = tryIt();
    if (possible) {
        auto others = m_run.othersConnected();
        if (!others) return others;
        return "nobody writes to our tables any more, servers of ours that still run get an error; reading goes on"
               " until step 104, where the tables go: stop them" +
               *others;
    }
    if (auto open = lowerFence(m_run.connection(), ourFence()); !open) return fail(open);
    if (auto forgot = m_run.forgetFrom(AdoptionStep::BackDump); !forgot) return fail(forgot);
    return fail(possible);
}

Result<std::string> WayBack::writeRows()
{
    auto found = difference();
    if (!found) return fail(found);
    const std::uint64_t compared = found->compared;
    const LegacyChanges changes = changesFor(std::move(*found));
    auto written = writeLegacyChanges(m_run.connection(), m_old, changes);
    if (!written) return fail(written);
    return std::to_string(changes.users.size() + changes.secrets.size() + changes.policies.size()) + " written, " +
           std::to_string(changes.removedUsers.size() + changes.removedSecrets.size() +
                          changes.removedPolicies.size()) +
           " removed, " + std::to_string(*written) + " removed policies added, " + std::to_string(compared) +
           " as they were";
}

Result<std::string> WayBack::exchange()
{
    std::istringstream names(m_run.note(AdoptionStep::Foreign));
    std::set<std::string> foreign;
    for (std::string name; std::getline(names, name, '\t');) foreign.insert(name);
    if (auto done = m_run.refresh(); !done) return fail(done);
    if (auto done = swapToOld(m_run.connection(), m_run.tables(), foreign); !done) return fail(done);
    return std::string();
}

Result<> WayBack::go()
{
    if (auto done = prepare(); !done) return done;
    // What cannot be is said before anything is changed.
    if (auto possible = tryIt(); !possible) return possible;
    auto dumped = m_run.step(AdoptionStep::BackDump, "dump taken", [&]() -> Result<std::string> {
        const auto broken = readBrokenViews(m_run.connection().sql());
        if (!broken) return fail(broken);
        auto dump = takeDump(m_config.store.mariaDb, m_options.backupFolder, {"users", "secrets", "policies"}, *broken,
                             m_clock.now());
        if (!dump) return fail(dump);
        return dump->path + ", " + std::to_string(dump->bytes) + " bytes, sha256 " + dump->sha256;
    });
    if (!dumped) return dumped;
    if (auto done = m_run.step(AdoptionStep::BackFence, "fence raised", [&] { return fence(); }); !done) return done;
    auto rows = m_run.step(AdoptionStep::BackRows, "changes written into the old tables", [&] { return writeRows(); });
    if (!rows) return rows;
    return m_run.step(AdoptionStep::BackExchange, "the old tables are in use again", [&] { return exchange(); });
}

/// What is left to do when the old tables have their names: nothing of ours stays.
Result<> clearAway(AdoptionRun& run)
{
    AdoptionConnection& connection = run.connection();
    if (auto done = run.refresh(); !done) return done;
    if (auto done = dropStagedTables(connection); !done) return done;
    run.tell("our tables are removed");
    if (auto done = letSharedViewsReturn(connection, run.tables()); !done) return done;
    if (auto done = lowerFence(connection, oldFence(run.tables())); !done) return done;
    run.tell("the old tables can be written to again");
    if (auto done = run.marks().end(); !done) return done;
    run.tell("everything is done: the database has the old form");
    return {};
}

} // namespace

Result<> giveBack(const ServerConfig& config, const AdoptionOptions& options, const Clock& clock,
                  const AdoptionProgress& progress)
{
    auto run = AdoptionRun::open(config, progress, options.stopWanted);
    if (!run) return fail(run);
    const DatabaseForm form = (*run)->tables().form;
    const bool marked = (*run)->tables().marked;
    if (form == DatabaseForm::Old && !marked) {
        (*run)->tell("the database has the old form: there is nothing to give back");
        return {};
    }
    if (!marked || (form != DatabaseForm::Old && form != DatabaseForm::Ours))
        return fail(Code::Validation,
                    "this database was not taken over from the old system, or its old tables are gone");
    if (form == DatabaseForm::Ours)
        if (auto done = WayBack(**run, config, options, clock).go(); !done) return done;
    return clearAway(**run);
}

} // namespace iam::node
