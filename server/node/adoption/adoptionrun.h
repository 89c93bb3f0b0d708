// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "node/adoption/adoption.h"
#include "node/adoption/adoptiondecisions.h"
#include "store/sql/legacy/adoptionmarks.h"

namespace iam::node {

/// The numbers of the marks. Those of the way back lie above those of the way there.
enum class AdoptionStep : int {
    Dump = 1,
    Decisions = 2,
    Tables = 3,
    Fence = 4,
    Users = 5,
    Secrets = 6,
    Policies = 7,
    RemovedPolicies = 8,
    Numbers = 9,
    Comparison = 10,
    Shared = 11,
    Foreign = 12,
    Exchange = 13,
    SharedViews = 14,
    NewerSteps = 15,
    BackDump = store::sql::firstStepBack,
    BackFence,
    BackRows,
    BackExchange,
};

/// user, secret, policy and policy_audit, as far as the database has them.
[[nodiscard]] std::vector<std::string> oldTableNames(const store::sql::DatabaseTables& tables);
/// Around them.
[[nodiscard]] store::sql::Fence oldFence(const store::sql::DatabaseTables& tables);

/// One process's part of a way there or back: its connection, the marks, and who is told.
class AdoptionRun {
public:
    /// Connects, and takes the lock.
    static Result<std::unique_ptr<AdoptionRun>> open(const ServerConfig& config, const AdoptionProgress& progress,
                                                     std::function<bool()> stopWanted = {});

    [[nodiscard]] store::sql::AdoptionConnection& connection() { return *m_connection; }
    [[nodiscard]] store::sql::AdoptionMarks& marks() { return m_marks; }
    [[nodiscard]] const store::sql::DatabaseTables& tables() const { return m_tables; }
    /// Reads again what tables there are.
    Result<> refresh();
    /// How the old tables are called and what has to be heeded with them; they are there. Errors as
    /// examineLegacyTables().
    Result<store::sql::LegacyTables> examine();
    /// Code::StorageUnavailable as long as servers of ours share the old tables.
    Result<> requireNobodySharing();
    /// "; still connected: …", or nothing.
    Result<std::string> othersConnected();

    [[nodiscard]] bool isDone(AdoptionStep step) const { return m_done.contains(static_cast<int>(step)); }
    [[nodiscard]] std::string note(AdoptionStep step) const;
    [[nodiscard]] bool isGoingBack() const;
    /// Does and marks the step unless it is marked; `work` gives the note of the mark as a Result. Code::Cancelled when
    /// it was to be done and somebody wants to stop.
    Result<> step(AdoptionStep step, const std::string& words, const std::function<Result<std::string>()>& work);
    Result<> forgetFrom(AdoptionStep step);
    void tell(const std::string& line) const { m_progress({.words = line}); }

private:
    AdoptionRun(std::unique_ptr<store::sql::AdoptionConnection> connection, const AdoptionProgress& progress,
                std::function<bool()> stopWanted);

    const std::unique_ptr<store::sql::AdoptionConnection> m_connection;
    store::sql::AdoptionMarks m_marks;
    const AdoptionProgress& m_progress;
    const std::function<bool()> m_stopWanted;
    store::sql::DatabaseTables m_tables;
    std::map<int, std::string> m_done;
};

} // namespace iam::node
