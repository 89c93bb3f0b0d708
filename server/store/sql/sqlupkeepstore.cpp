// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqlupkeepstore.h"
#include "base/timetext.h"
#include "contract/json.h"
#include "store/sql/sqlpolicyhistory.h"
#include "store/sql/sqlrows.h"
#include "store/sql/sqluserstore.h"
#include <algorithm>
#include <tuple>

namespace iam::store::sql {

namespace {

constexpr std::int64_t everyId = std::numeric_limits<std::int64_t>::max();

// Of a user: id, name, is_admin, created_at, logined_at, and when its keys were used and it was enabled last.
constexpr const char* idleColumns =
    "SELECT u.id, u.name, u.is_admin, u.created_at, u.logined_at,"
    " (SELECT MAX(s.last_used_at) FROM secrets s WHERE s.owner_id = u.id),"
    " (SELECT MAX(s.previous_last_used_at) FROM secrets s WHERE s.owner_id = u.id),"
    " (SELECT MAX(c.time) FROM changes c WHERE c.kind = 'user' AND c.object_id = u.id AND c.action = 'enable')"
    " FROM users u WHERE u.status = 1 AND u.created_at < ? AND (u.logined_at IS NULL OR u.logined_at < ?)";

IdleUser readIdleUser(const SqlRows& row)
{
    IdleUser user{static_cast<std::uint64_t>(row.integer(0)), row.text(1), row.integer(2) == 1, !row.isNull(4),
                  row.time(3)};
    for (int column = 4; column < 8; ++column)
        if (!row.isNull(column)) user.lastActive = std::max(user.lastActive, row.time(column));
    return user;
}

JobState readJob(const SqlRows& row)
{
    return {row.text(0), row.time(1), row.time(2), row.integer(3) == 1, row.time(4), row.text(5)};
}

Result<std::optional<JobState>> findJob(SqlConnection& connection, const std::string& name)
{
    return firstRow(connection, "SELECT holder, slot, until, finished, touched, outcome FROM jobs WHERE name = ?",
                    {name}, readJob);
}

/// Removes the first `most` rows of the table that are older than `before`, as its column says, and have no higher id
/// than `end`; and records that.
Result<std::uint64_t> forget(SqlConnection& connection, const std::string& table, const std::string& column,
                             const SqlValue& before, std::int64_t end, const std::string& until, std::uint64_t most,
                             const contract::Actor& actor, TimePoint now)
{
    if (most == 0) return 0;
    const std::string which = " FROM " + table + " WHERE " + column + " < ? AND id <= ?";
    const auto last = firstRow(connection, "SELECT id" + which + " ORDER BY id LIMIT 1 OFFSET ?",
                               {before, end, most - 1}, [](const SqlRows& row) { return row.integer(0); });
    if (!last) return fail(last);
    const auto done = connection.run("DELETE" + which, {before, last->value_or(end)});
    if (!done) return fail(done);
    if (done->rows == 0) return 0;
    std::string record;
    contract::JsonObjectWriter(record).number("rows", done->rows).text("before", until);
    const auto recorded = recordChange(connection, {0, now, actor, "audit", "clean", {}, table, record, {}});
    if (!recorded) return fail(recorded);
    return done->rows;
}

} // namespace

Result<std::uint64_t> SqlUpkeepStore::removedPolicies(TimePoint before)
{
    return m_database.read([&](SqlConnection& connection) {
        return countRows(connection, "SELECT COUNT(*) FROM policy_audit WHERE deletedAt < ?", {dateText(before)});
    });
}

Result<std::uint64_t> SqlUpkeepStore::forgetRemovedPolicies(TimePoint before, std::uint64_t most,
                                                            const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) {
        return forget(connection, "policy_audit", "deletedAt", dateText(before), everyId, toRfc3339(before), most,
                      actor, now);
    });
}

Result<std::uint64_t> SqlUpkeepStore::oldChanges(TimePoint before)
{
    return m_database.read([&](SqlConnection& connection) {
        return countRows(
            connection, "SELECT COUNT(*) FROM changes WHERE time < ? AND id < (SELECT MAX(id) FROM changes)", {before});
    });
}

Result<std::uint64_t> SqlUpkeepStore::forgetOldChanges(TimePoint before, std::uint64_t most,
                                                       const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<std::uint64_t> {
        const auto newest = countRows(connection, "SELECT MAX(id) FROM changes", {});
        if (!newest) return fail(newest);
        return forget(connection, "changes", "time", before, static_cast<std::int64_t>(*newest) - 1, toRfc3339(before),
                      most, actor, now);
    });
}

Result<std::vector<IdleUser>> SqlUpkeepStore::idleUsers(TimePoint before)
{
    return m_database.read([&](SqlConnection& connection) -> Result<std::vector<IdleUser>> {
        std::vector<IdleUser> users;
        auto done = forEachRow(connection, idleColumns, {before, before}, [&](const SqlRows& row) -> Result<> {
            if (IdleUser user = readIdleUser(row); user.lastActive < before) users.push_back(std::move(user));
            return {};
        });
        if (!done) return fail(done);
        std::sort(users.begin(), users.end(), [](const IdleUser& a, const IdleUser& b) {
            return std::tie(a.lastActive, a.id) < std::tie(b.lastActive, b.id);
        });
        return users;
    });
}

Result<UpkeepStore::Disabling> SqlUpkeepStore::disableIdle(std::uint64_t id, TimePoint before,
                                                           const contract::Actor& actor, TimePoint now)
{
    return m_database.write([&](SqlConnection& connection) -> Result<Disabling> {
        const auto user =
            firstRow(connection, std::string(idleColumns) + " AND u.id = ?", {before, before, id}, readIdleUser);
        if (!user) return fail(user);
        if (!*user || (*user)->lastActive >= before) return Disabling::NotIdle;
        const auto disabled = setUserEnabled(connection, m_rows, (*user)->name, false, actor, now);
        if (disabled) return Disabling::Done;
        if (disabled.error().code == Code::Validation) return Disabling::LastAdministrator;
        return fail(disabled);
    });
}

Result<std::uint64_t> SqlUpkeepStore::enabledAdministrators()
{
    return m_database.read([](SqlConnection& connection) {
        return countRows(connection, "SELECT COUNT(*) FROM users WHERE status = 1 AND is_admin = 1", {});
    });
}

Result<std::optional<JobState>> SqlUpkeepStore::job(const std::string& name)
{
    return m_database.read([&](SqlConnection& connection) { return findJob(connection, name); });
}

Result<UpkeepStore::Turn> SqlUpkeepStore::beginJob(const std::string& name, TimePoint slot, const std::string& holder,
                                                   TimePoint now, std::chrono::milliseconds term)
{
    return m_database.write([&](SqlConnection& connection) -> Result<Turn> {
        const auto state = findJob(connection, name);
        if (!state) return fail(state);
        if (!*state) {
            auto noted = connection.run("INSERT INTO jobs (name, holder, slot, until, finished, touched, outcome)"
                                        " VALUES (?, ?, ?, ?, 1, ?, '')",
                                        {name, holder, slot, now, now});
            if (!noted) return fail(noted);
            return Turn::Done;
        }
        const JobState& job = **state;
        if (job.slot > slot || (job.slot == slot && job.finished)) return Turn::Done;
        const bool running = !job.finished && job.until > now && job.until <= now + term;
        if (running && job.holder != holder) return Turn::Others;
        auto taken =
            connection.run("UPDATE jobs SET holder = ?, slot = ?, until = ?, finished = 0, touched = ? WHERE name = ?",
                           {holder, slot, now + term, now, name});
        if (!taken) return fail(taken);
        return Turn::Ours;
    });
}

Result<bool> SqlUpkeepStore::continueJob(const std::string& name, TimePoint slot, const std::string& holder,
                                         TimePoint now, std::chrono::milliseconds term)
{
    return m_database.write([&](SqlConnection& connection) -> Result<bool> {
        auto done = connection.run("UPDATE jobs SET until = ?, touched = ? WHERE name = ? AND slot = ? AND holder = ?"
                                   " AND finished = 0",
                                   {now + term, now, name, slot, holder});
        if (!done) return fail(done);
        return done->rows == 1;
    });
}

Result<> SqlUpkeepStore::finishJob(const std::string& name, TimePoint slot, const std::string& holder, TimePoint now,
                                   const std::string& outcome)
{
    return m_database.write([&](SqlConnection& connection) -> Result<> {
        auto done = connection.run("UPDATE jobs SET finished = 1, until = ?, touched = ?, outcome = ? WHERE name = ?"
                                   " AND slot = ? AND holder = ? AND finished = 0",
                                   {now, now, outcome, name, slot, holder});
        if (!done) return fail(done);
        if (done->rows != 1) return fail(Code::ObjectChanged, "the job " + name + " is another node's by now");
        return {};
    });
}

Result<TimePoint> SqlUpkeepStore::latestMoment()
{
    return m_database.read([](SqlConnection& connection) -> Result<TimePoint> {
        TimePoint latest{};
        for (const char* sql : {"SELECT time FROM changes ORDER BY id DESC LIMIT 1", "SELECT MAX(touched) FROM jobs"}) {
            const auto time = firstRow(connection, sql, {}, [](const SqlRows& row) { return row.time(0); });
            if (!time) return fail(time);
            latest = std::max(latest, time->value_or(TimePoint()));
        }
        return latest;
    });
}

} // namespace iam::store::sql
