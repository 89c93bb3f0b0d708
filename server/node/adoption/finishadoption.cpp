// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/adoption/adoption.h"
#include "node/adoption/adoptioncopy.h"
#include "node/adoption/adoptionrun.h"
#include "node/adoption/databasedump.h"
#include "node/datadirectory.h"
#include "node/keyfiles.h"
#include "node/keygenerations.h"
#include "store/sql/legacy/legacyshape.h"
#include "store/sql/legacy/sharedleftovers.h"
#include "store/sql/legacy/stagedrows.h"
#include "store/sql/sqlstorage.h"

namespace iam::node {

using namespace store::sql;

namespace {

/// The way there.
class Finish {
public:
    Finish(AdoptionRun& run, const ServerConfig& config, const AdoptionOptions& options, const Clock& clock)
        : m_run(run)
        , m_config(config)
        , m_options(options)
        , m_clock(clock)
    {
    }
    Result<> go();

private:
    Result<> decide();
    Result<> readKeys();
    Result<std::string> dump();
    Result<std::string> fence();
    Result<std::string> behindFence();
    Result<std::string> numbers();
    Result<std::string> compare();
    Result<> copy();
    Result<> noteForeignTables();
    Result<> exchange();

    AdoptionRun& m_run;
    const ServerConfig& m_config;
    const AdoptionOptions& m_options;
    const Clock& m_clock;
    AdoptionDecisions m_decisions;
    crypto::KeySet m_keys;
    LegacyTables m_old;
};

/// Decides before anything is changed.
Result<> Finish::decide()
{
    const bool stored = m_run.isDone(AdoptionStep::Decisions);
    AdoptionDecisions given;
    if (!m_options.decisionsFile.empty()) {
        auto read = AdoptionDecisions::readFile(m_options.decisionsFile);
        if (!read) return fail(read);
        given = std::move(*read);
    } else if (stored) {
        auto kept = m_run.marks().decisions();
        if (!kept) return fail(kept);
        m_decisions = AdoptionDecisions(std::move(*kept));
        return {};
    }
    auto survey = surveyOldDatabase(m_run.connection(), m_old, m_clock.now());
    if (!survey) return fail(survey);
    auto resolved = given.resolvedFor(*survey, true);
    if (!resolved) return fail(resolved);
    m_decisions = std::move(*resolved);
    // Other decisions than those of the run before: what was made by them is made anew.
    if (stored) return m_run.forgetFrom(AdoptionStep::Decisions);
    return {};
}

Result<> Finish::readKeys()
{
    auto keys = readKeyFiles(m_config.dataDir);
    if (!keys) return fail(keys);
    m_keys = std::move(*keys);
    // Where our servers shared the old tables, their keys are the database's.
    auto generations = readSharedGenerations(m_run.connection(), m_run.tables());
    if (!generations) return fail(generations);
    if (!generations->empty()) {
        static_cast<void>(readGenerations(*generations, m_keys, m_config.jwt.key));
        const auto ids = findRings(generations->back().fingerprint, m_keys);
        if (!ids || !m_keys.encryption || !m_keys.encryption->sealWith(ids->encryptionId))
            return fail(Code::Encrypt, "the keys in " + m_config.dataDir +
                                           " are not those of the servers that share this database: run this where one"
                                           " of them runs");
        return {};
    }
    if (auto made = makeMissingKeyFiles(m_config.dataDir, m_keys, !m_config.jwt.key); !made) return fail(made);
    return {};
}

Result<std::string> Finish::dump()
{
    const auto broken = readBrokenViews(m_run.connection().sql());
    if (!broken) return fail(broken);
    auto dump =
        takeDump(m_config.store.mariaDb, m_options.backupFolder, oldTableNames(m_run.tables()), *broken, m_clock.now());
    if (!dump) return fail(dump);
    if (auto begun = m_run.marks().begin(); !begun) return fail(begun);
    return dump->path + ", " + std::to_string(dump->bytes) + " bytes, sha256 " + dump->sha256;
}

/// Behind the fence nothing changes any more: what came between the decisions and the fence is looked at once more.
Result<std::string> Finish::fence()
{
    const Fence around = oldFence(m_run.tables());
    if (auto done = raiseFence(m_run.connection(), around); !done) return fail(done);
    auto open = behindFence();
    if (open) return open;
    if (auto lowered = lowerFence(m_run.connection(), around); !lowered) return fail(lowered);
    return open;
}

Result<std::string> Finish::behindFence()
{
    // One that started in between.
    if (auto nobody = m_run.requireNobodySharing(); !nobody) return fail(nobody);
    auto survey = surveyOldDatabase(m_run.connection(), m_old, m_clock.now());
    if (!survey) return fail(survey);
    auto resolved = m_decisions.resolvedFor(*survey, false);
    if (!resolved) return fail(resolved);
    m_decisions = std::move(*resolved);
    if (auto stored = m_run.marks().setDecisions(m_decisions.entries()); !stored) return fail(stored);
    auto others = m_run.othersConnected();
    if (!others) return others;
    return "nobody writes to the old tables any more, old servers get an error; reading goes on until step 13, where"
           " the tables get other names" +
           *others;
}

Result<std::string> Finish::numbers()
{
    if (auto done = continueNumbers(m_run.connection(), m_old); !done) return fail(done);
    if (wasShared(m_run.tables())) {
        const auto generations = readSharedGenerations(m_run.connection(), m_run.tables());
        if (!generations) return fail(generations);
        if (!generations->empty()) return std::string(); // they come with the rest
    }
    // The keys that seal the copies are the database's from its first moment on.
    const auto newest = newestKeys(m_keys, m_config.jwt.key);
    if (!newest) return fail(newest);
    const auto fingerprint = fingerprintOf(m_keys, *newest, true);
    if (!fingerprint) return fail(fingerprint);
    if (auto done = storeFirstKeys(m_run.connection(), *fingerprint, m_clock.now()); !done) return fail(done);
    return std::string();
}

Result<std::string> Finish::compare()
{
    return compareCopies(m_run.connection(), m_old, m_decisions, *m_keys.encryption);
}

Result<> Finish::copy()
{
    AdoptionConnection& connection = m_run.connection();
    const AdoptionConversion conversion(m_decisions);
    if (auto done =
            m_run.step(AdoptionStep::Users, "users copied", [&] { return copyUsers(connection, m_old, conversion); });
        !done)
        return done;
    if (auto done = m_run.step(AdoptionStep::Secrets, "secrets copied and encrypted",
                               [&] { return copySecrets(connection, m_old, conversion, *m_keys.encryption); });
        !done)
        return done;
    if (auto done = m_run.step(AdoptionStep::Policies, "policies copied",
                               [&] { return copyPolicies(connection, m_old, conversion); });
        !done)
        return done;
    if (auto done = m_run.step(AdoptionStep::RemovedPolicies, "removed policies copied",
                               [&] { return copyRemovedPolicies(connection, m_old); });
        !done)
        return done;
    if (auto done = m_run.step(AdoptionStep::Numbers, "ids go on where they were", [&] { return numbers(); }); !done)
        return done;
    if (auto done = m_run.step(AdoptionStep::Comparison, "every row compared with its copy", [&] { return compare(); });
        !done)
        return done;
    return m_run.step(
        AdoptionStep::Shared, "what our servers noted beside the old tables copied", [&]() -> Result<std::string> {
            auto done =
                carrySharedOver(connection, m_run.tables(), [&](const SecretString& key, const std::string& id) {
                    return m_keys.encryption->seal(key, id);
                });
            if (!done) return fail(done);
            return std::string(wasShared(m_run.tables()) ? "" : "nothing: they shared no database");
        });
}

/// So that they stay where they are on the way back.
Result<> Finish::noteForeignTables()
{
    return m_run.step(AdoptionStep::Foreign, "tables of others stay as they are", [&]() -> Result<std::string> {
        std::string names;
        for (const std::string& name : foreignTables(m_run.tables())) names += (names.empty() ? "" : "\t") + name;
        return names;
    });
}

Result<> Finish::exchange()
{
    return m_run.step(AdoptionStep::Exchange, "the old tables are called adopted_… now, ours are in use",
                      [&]() -> Result<std::string> {
                          if (m_run.tables().form == DatabaseForm::Ours) return std::string();
                          if (auto done = m_run.refresh(); !done) return fail(done);
                          if (auto done = swapToOurs(m_run.connection(), m_run.tables()); !done) return fail(done);
                          return std::string();
                      });
}

Result<> Finish::go()
{
    if (m_run.tables().form == DatabaseForm::Old) {
        if (auto nobody = m_run.requireNobodySharing(); !nobody) return nobody;
        auto old = m_run.examine();
        if (!old) return fail(old);
        m_old = std::move(*old);
        if (auto done = decide(); !done) return done;
        if (auto done = readKeys(); !done) return done;
        if (auto done = m_run.step(AdoptionStep::Dump, "dump taken", [&] { return dump(); }); !done) return done;
        auto decided = m_run.step(AdoptionStep::Decisions, "decisions stored", [&]() -> Result<std::string> {
            auto stored = m_run.marks().setDecisions(m_decisions.entries());
            if (!stored) return fail(stored);
            return std::to_string(m_decisions.entries().size());
        });
        if (!decided) return decided;
        auto made = m_run.step(AdoptionStep::Tables, "our tables made", [&]() -> Result<std::string> {
            auto done = makeStagedTables(m_run.connection());
            if (!done) return fail(done);
            return std::string();
        });
        if (!made) return made;
        if (auto done = m_run.step(AdoptionStep::Fence, "fence raised", [&] { return fence(); }); !done) return done;
        if (auto done = copy(); !done) return done;
        if (auto done = noteForeignTables(); !done) return done;
    }
    if (auto done = exchange(); !done) return done;
    auto dropped =
        m_run.step(AdoptionStep::SharedViews, "no view shows the old tables any more", [&]() -> Result<std::string> {
            auto done = dropSharedViews(m_run.connection());
            if (!done) return fail(done);
            return std::string();
        });
    if (!dropped) return dropped;
    return m_run.step(AdoptionStep::NewerSteps,
                      "the schema is that of this version; servers start without store.shared-with-legacy",
                      [&]() -> Result<std::string> {
                          auto storage = openSqlStorage(m_config.store.mariaDb);
                          if (!storage) return fail(storage);
                          return std::string();
                      });
}

/// A table that others gave a name as those made on the way have (the decisions are the first of these); empty when
/// there is none.
std::string takenName(const DatabaseTables& tables)
{
    for (const std::string& name : tables.names)
        if ((name.starts_with("adoption_") && name != "adoption_decisions") || name.starts_with("adopted_"))
            return name;
    return {};
}

} // namespace

Result<AdoptionCheck> checkAdoption(const ServerConfig& config, const Clock& clock)
{
    auto connection = AdoptionConnection::open(config.store.mariaDb);
    if (!connection) return fail(connection);
    AdoptionCheck check;
    check.place = (*connection)->place();
    auto tables = readDatabaseTables((*connection)->sql());
    if (!tables) return fail(tables);
    check.tables = std::move(*tables);
    if (check.tables.marked) {
        auto steps = AdoptionMarks(**connection).read();
        if (!steps) return fail(steps);
        check.steps = std::move(*steps);
    }
    if (check.tables.form != DatabaseForm::Old) return check;
    auto old = examineLegacyTables((*connection)->sql(), check.tables);
    if (!old) return fail(old);
    auto survey = surveyOldDatabase(**connection, *old, clock.now());
    if (!survey) return fail(survey);
    check.survey = std::move(*survey);
    return check;
}

Result<> finishAdoption(const ServerConfig& config, const AdoptionOptions& options, const Clock& clock,
                        const AdoptionProgress& progress)
{
    auto run = AdoptionRun::open(config, progress, options.stopWanted);
    if (!run) return fail(run);
    const DatabaseTables& tables = (*run)->tables();
    if ((*run)->isGoingBack())
        return fail(Code::Validation, "this database is being given back: run adopt --back to its end first");
    if (tables.form == DatabaseForm::Ours && !tables.marked)
        return fail(Code::Validation, "this database has our form, and was not taken over from the old system");
    if (tables.form == DatabaseForm::Empty || tables.form == DatabaseForm::Unknown)
        return fail(Code::Validation, "this is no database of the old system: its tables user, secret and policy are"
                                      " not all there");
    if (const std::string taken = takenName(tables); !tables.marked && !taken.empty())
        return fail(Code::Validation, "the table " + taken + " has a name that taking over needs: call it otherwise");
    if ((*run)->isDone(AdoptionStep::NewerSteps)) {
        (*run)->tell("everything is done: the database was taken over before");
        return {};
    }
    auto data = DataDirectory::openShared(config.dataDir, {});
    if (!data) return fail(data);
    return Finish(**run, config, options, clock).go();
}

Result<> forgetOldTables(const ServerConfig& config, const AdoptionProgress& progress)
{
    auto run = AdoptionRun::open(config, progress);
    if (!run) return fail(run);
    const DatabaseTables& tables = (*run)->tables();
    if (tables.form == DatabaseForm::Ours && !tables.keepsOld() && !tables.marked) {
        (*run)->tell("there are no old tables");
        return {};
    }
    if (tables.form != DatabaseForm::Ours || (*run)->isGoingBack() ||
        (tables.marked && !(*run)->isDone(AdoptionStep::NewerSteps)))
        return fail(Code::Validation, "this database is not taken over to the end");
    // The marks first: without them nobody takes what is left of the old tables for a way back.
    if (auto done = (*run)->marks().end(); !done) return done;
    if (auto done = dropSharedTables((*run)->connection()); !done) return done;
    if (auto done = dropKeptTables((*run)->connection()); !done) return done;
    (*run)->tell("the old tables are removed");
    return {};
}

} // namespace iam::node
