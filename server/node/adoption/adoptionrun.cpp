// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/adoption/adoptionrun.h"
#include "store/sql/legacy/legacyshape.h"
#include "store/sql/legacy/sharedpresence.h"

namespace iam::node {

using namespace store::sql;

std::vector<std::string> oldTableNames(const DatabaseTables& tables)
{
    std::vector<std::string> names{"user", "secret", "policy", "policy_audit"};
    std::erase_if(names, [&](const std::string& name) { return !tables.names.contains(name); });
    return names;
}

Fence oldFence(const DatabaseTables& tables)
{
    return {"old", oldTableNames(tables)};
}

AdoptionRun::AdoptionRun(std::unique_ptr<AdoptionConnection> connection, const AdoptionProgress& progress,
                         std::function<bool()> stopWanted)
    : m_connection(std::move(connection))
    , m_marks(*m_connection)
    , m_progress(progress)
    , m_stopWanted(std::move(stopWanted))
{
}

Result<std::unique_ptr<AdoptionRun>> AdoptionRun::open(const ServerConfig& config, const AdoptionProgress& progress,
                                                       std::function<bool()> stopWanted)
{
    auto connection = AdoptionConnection::open(config.store.mariaDb);
    if (!connection) return fail(connection);
    std::unique_ptr<AdoptionRun> run(new AdoptionRun(std::move(*connection), progress, std::move(stopWanted)));
    if (auto locked = run->m_connection->lock(); !locked) return fail(locked);
    if (auto read = run->refresh(); !read) return fail(read);
    return run;
}

Result<> AdoptionRun::refresh()
{
    auto tables = readDatabaseTables(m_connection->sql());
    if (!tables) return fail(tables);
    m_tables = std::move(*tables);
    auto done = m_marks.read();
    if (!done) return fail(done);
    m_done = std::move(*done);
    return {};
}

Result<LegacyTables> AdoptionRun::examine()
{
    return examineLegacyTables(m_connection->sql(), m_tables);
}

Result<> AdoptionRun::requireNobodySharing()
{
    auto servers = readSharingServers(m_connection->sql(), m_tables);
    if (!servers) return fail(servers);
    if (servers->empty()) return {};
    std::vector<FieldFault> faults;
    for (const std::string& server : *servers) faults.push_back({"server", server});
    return fail(Code::StorageUnavailable,
                "servers of ours share this database (store.shared-with-legacy): stop them first; one that was killed"
                " counts as running for " +
                    std::to_string(presenceLasts.count()) + " s",
                std::move(faults));
}

Result<std::string> AdoptionRun::othersConnected()
{
    auto others = readOtherConnections(m_connection->sql());
    if (!others) return fail(others);
    std::string text;
    for (const std::string& other : *others) text += (text.empty() ? "; still connected: " : ", ") + other;
    return text;
}

std::string AdoptionRun::note(AdoptionStep step) const
{
    const auto found = m_done.find(static_cast<int>(step));
    return found == m_done.end() ? std::string() : found->second;
}

bool AdoptionRun::isGoingBack() const
{
    return m_done.lower_bound(static_cast<int>(AdoptionStep::BackDump)) != m_done.end();
}

Result<> AdoptionRun::step(AdoptionStep step, const std::string& words,
                           const std::function<Result<std::string>()>& work)
{
    using Kind = AdoptionEvent::Kind;
    const int number = static_cast<int>(step);
    if (isDone(step)) {
        m_progress({Kind::DoneBefore, number, words, this->note(step)});
        return {};
    }
    if (m_stopWanted && m_stopWanted())
        return fail(Code::Cancelled,
                    "stopped before step " + std::to_string(number) + " as asked; run again, it goes on from there");
    m_progress({Kind::Begun, number, words, {}});
    auto note = work();
    if (!note) return fail(note);
    if (auto set = m_marks.set(number, words, *note); !set) return set;
    m_done.insert_or_assign(number, *note);
    m_progress({Kind::Done, number, words, *note});
    return {};
}

Result<> AdoptionRun::forgetFrom(AdoptionStep step)
{
    if (auto done = m_marks.forgetFrom(static_cast<int>(step)); !done) return done;
    m_done.erase(m_done.lower_bound(static_cast<int>(step)), m_done.end());
    return {};
}

} // namespace iam::node
