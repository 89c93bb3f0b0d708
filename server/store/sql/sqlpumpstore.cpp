// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqlpumpstore.h"
#include "store/sql/sqlrows.h"
#include <algorithm>
#include <utility>

namespace iam::store::sql {

namespace {

std::uint64_t number(const SqlRows& row, int column)
{
    return static_cast<std::uint64_t>(row.integer(column));
}

constexpr std::string_view positionColumns = "p.log, p.since, p.sequence, p.taken, p.dead_lettered, p.filtered";
constexpr int positionColumnCount = 6;

contract::SinkPosition positionOf(const SqlRows& row)
{
    return {row.text(0), number(row, 1), number(row, 2), number(row, 3), number(row, 4), number(row, 5), {}};
}

Result<> readHoles(SqlConnection& connection, const std::string& source, const std::string& sink,
                   contract::SinkPosition& into)
{
    return forEachRow(connection, "SELECT cause, records FROM sink_holes WHERE source = ? AND sink = ?", {source, sink},
                      [&into](const SqlRows& row) -> Result<> {
                          into.holes[row.text(0)] = number(row, 1);
                          return {};
                      });
}

contract::SinkStatus reportOf(const SqlRows& row)
{
    contract::SinkStatus report;
    report.position = positionOf(row);
    const int next = positionColumnCount;
    report.source = row.text(next);
    report.sink = row.text(next + 1);
    report.type = row.text(next + 2);
    report.state = row.text(next + 3);
    report.lagRecords = number(row, next + 4);
    report.lag = std::chrono::milliseconds(row.integer(next + 5));
    report.retries = number(row, next + 6);
    report.lastError = row.text(next + 7);
    if (!row.isNull(next + 8)) report.lastErrorAt = row.time(next + 8);
    report.written = row.time(next + 9);
    const std::uint64_t before = number(row, next + 10);
    const std::uint64_t settled = report.position.sequence - std::min(before, report.position.sequence);
    report.lagRecords -= std::min(settled, report.lagRecords);
    report.node = row.text(next + 11);
    if (!row.isNull(next + 12)) report.takenAt = row.time(next + 12);
    if (!row.isNull(next + 13)) report.nextTryAt = row.time(next + 13);
    report.deadLetterFile = row.text(next + 14);
    return report;
}

class SqlPumpStore final : public PumpStore {
public:
    explicit SqlPumpStore(std::unique_ptr<SqlDatabase> database)
        : m_database(std::move(database))
    {
    }

    Result<bool> takeLease(const std::string& source, const std::string& holder, const MachineTime& now,
                           std::chrono::milliseconds term) override
    {
        // Another's term counts only within one run of the machine, and only if it could have been given: a time far
        // ahead is of a clock that counts otherwise.
        return m_database->write([&](SqlConnection& connection) -> Result<bool> {
            const auto held = firstRow(connection,
                                       "SELECT 1 FROM leases WHERE source = ? AND holder <> ? AND boot = ?"
                                       " AND until > ? AND until <= ? + term",
                                       {source, holder, now.boot, now.since.count(), now.since.count()},
                                       [](const SqlRows&) { return true; });
            if (!held) return fail(held);
            if (*held) return false;
            const auto done = connection.run(
                "INSERT OR REPLACE INTO leases (source, holder, boot, until, term) VALUES (?, ?, ?, ?, ?)",
                {source, holder, now.boot, (now.since + term).count(), term.count()});
            if (!done) return fail(done);
            return true;
        });
    }

    Result<> dropLease(const std::string& source, const std::string& holder) override
    {
        return m_database->write([&](SqlConnection& connection) -> Result<> {
            const auto done =
                connection.run("UPDATE leases SET until = 0 WHERE source = ? AND holder = ?", {source, holder});
            if (!done) return fail(done);
            return {};
        });
    }

    Result<> dropLeases() override
    {
        return m_database->write([](SqlConnection& connection) -> Result<> {
            const auto done = connection.run("UPDATE leases SET until = 0");
            if (!done) return fail(done);
            return {};
        });
    }

    Result<std::optional<contract::SinkPosition>> position(const std::string& source, const std::string& sink) override
    {
        return m_database->read([&](SqlConnection& connection) -> Result<std::optional<contract::SinkPosition>> {
            auto found = firstRow(connection,
                                  "SELECT " + std::string(positionColumns) +
                                      " FROM sink_positions p WHERE p.source = ? AND p.sink = ?",
                                  {source, sink}, positionOf);
            if (!found || !*found) return found;
            if (auto holes = readHoles(connection, source, sink, **found); !holes) return fail(holes);
            return found;
        });
    }

    Result<> save(const std::string& source, const std::string& sink, const std::string& holder,
                  const contract::SinkPosition& position) override
    {
        return m_database->write([&](SqlConnection& connection) -> Result<> {
            const auto other = firstRow(connection, "SELECT 1 FROM leases WHERE source = ? AND holder = ?",
                                        {source, holder}, [](const SqlRows&) { return true; });
            if (!other) return fail(other);
            if (!*other) return fail(Code::ObjectChanged, "another pump has taken over " + source);
            auto done = connection.run("INSERT OR REPLACE INTO sink_positions"
                                       " (source, sink, log, since, sequence, taken, dead_lettered, filtered)"
                                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                                       {source, sink, position.log, position.since, position.sequence, position.taken,
                                        position.deadLettered, position.filtered});
            if (!done) return fail(done);
            done = connection.run("DELETE FROM sink_holes WHERE source = ? AND sink = ?", {source, sink});
            if (!done) return fail(done);
            for (const auto& [cause, records] : position.holes) {
                done = connection.run("INSERT INTO sink_holes (source, sink, cause, records) VALUES (?, ?, ?, ?)",
                                      {source, sink, cause, records});
                if (!done) return fail(done);
            }
            return {};
        });
    }

    Result<> report(const std::string& source, const std::vector<contract::SinkStatus>& reports) override
    {
        return m_database->write([&](SqlConnection& connection) -> Result<> {
            auto done = connection.run("DELETE FROM sink_reports WHERE source = ?", {source});
            if (!done) return fail(done);
            for (const contract::SinkStatus& report : reports) {
                done = connection.run(
                    "INSERT INTO sink_reports (source, sink, type, state, lag_records, lag_ms, retries, last_error,"
                    " last_error_at, written_at, sequence, node, taken_at, next_try_at, dead_letter_file)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    {source, report.sink, report.type, report.state, report.lagRecords, report.lag.count(),
                     report.retries, report.lastError, report.lastErrorAt, report.written, report.position.sequence,
                     report.node, report.takenAt, report.nextTryAt, report.deadLetterFile});
                if (!done) return fail(done);
            }
            return {};
        });
    }

    Result<std::vector<contract::SinkStatus>> reports() override
    {
        return m_database->read([](SqlConnection& connection) -> Result<std::vector<contract::SinkStatus>> {
            std::vector<contract::SinkStatus> found;
            auto done = forEachRow(connection,
                                   "SELECT " + std::string(positionColumns) +
                                       ", r.source, r.sink, r.type, r.state, r.lag_records, r.lag_ms, r.retries,"
                                       " r.last_error, r.last_error_at, r.written_at, r.sequence, r.node,"
                                       " r.taken_at, r.next_try_at, r.dead_letter_file FROM sink_reports r"
                                       " LEFT JOIN sink_positions p ON p.source = r.source AND p.sink = r.sink"
                                       " ORDER BY r.source, r.sink",
                                   {}, [&found](const SqlRows& row) -> Result<> {
                                       found.push_back(reportOf(row));
                                       return {};
                                   });
            if (!done) return fail(done);
            for (contract::SinkStatus& report : found) {
                done = readHoles(connection, report.source, report.sink, report.position);
                if (!done) return fail(done);
            }
            return found;
        });
    }

private:
    std::unique_ptr<SqlDatabase> m_database;
};

} // namespace

const std::vector<Migration>& pumpMigrations()
{
    static const std::vector<Migration> migrations = {
        {1,
         "positions",
         {"CREATE TABLE leases (source TEXT PRIMARY KEY, holder TEXT NOT NULL, boot TEXT NOT NULL, "
          "until INTEGER NOT NULL, term INTEGER NOT NULL) WITHOUT ROWID",
          "CREATE TABLE sink_positions (source TEXT NOT NULL, sink TEXT NOT NULL, log TEXT NOT NULL, "
          "since INTEGER NOT NULL, sequence INTEGER NOT NULL, taken INTEGER NOT NULL, "
          "dead_lettered INTEGER NOT NULL, filtered INTEGER NOT NULL, PRIMARY KEY (source, sink)) WITHOUT ROWID",
          "CREATE TABLE sink_holes (source TEXT NOT NULL, sink TEXT NOT NULL, cause TEXT NOT NULL, "
          "records INTEGER NOT NULL, PRIMARY KEY (source, sink, cause)) WITHOUT ROWID",
          "CREATE TABLE sink_reports (source TEXT NOT NULL, sink TEXT NOT NULL, type TEXT NOT NULL, "
          "state TEXT NOT NULL, lag_records INTEGER NOT NULL, lag_ms INTEGER NOT NULL, retries INTEGER NOT NULL, "
          "last_error TEXT NOT NULL, last_error_at INTEGER, written_at INTEGER NOT NULL, "
          "PRIMARY KEY (source, sink)) WITHOUT ROWID"}},
        {2,
         "who pumps, and when",
         {"ALTER TABLE sink_reports ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE sink_reports ADD COLUMN node TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE sink_reports ADD COLUMN taken_at INTEGER",
          "ALTER TABLE sink_reports ADD COLUMN next_try_at INTEGER",
          "ALTER TABLE sink_reports ADD COLUMN dead_letter_file TEXT NOT NULL DEFAULT ''",
          "UPDATE sink_reports SET sequence = COALESCE((SELECT p.sequence FROM sink_positions p"
          " WHERE p.source = sink_reports.source AND p.sink = sink_reports.sink), 0)"}}};
    return migrations;
}

Result<std::unique_ptr<PumpStore>> openSqlPumpStore(const SqlConfig& config)
{
    auto database = SqlDatabase::open(config, pumpMigrations());
    if (!database) return fail(database);
    return std::make_unique<SqlPumpStore>(std::move(*database));
}

} // namespace iam::store::sql
