// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqlrecordblockstore.h"
#include "store/sql/sqlrows.h"
#include <algorithm>
#include <limits>
#include <string>
#include <thread>
#include <utility>

namespace iam::store::sql {

namespace {

constexpr int maxFound = 1000;
constexpr int removedAtOnce = 64;
constexpr std::size_t unhurriedBlocks = 32;

Result<std::uint64_t> numberOf(SqlConnection& connection, std::string_view sql)
{
    auto rows = connection.query(sql);
    if (!rows) return fail(rows);
    const auto row = rows->next();
    if (!row) return fail(row);
    return *row ? static_cast<std::uint64_t>(rows->integer(0)) : std::uint64_t{0};
}

Result<> insertBlock(SqlConnection& connection, const RecordBlock& block)
{
    const auto first = SqlValue(block.position.firstSequence);
    auto done = connection.run(
        "INSERT INTO record_blocks (first_sequence, last_sequence, begin_ms, end_ms, records) "
        "VALUES (?, ?, ?, ?, ?)",
        {first, block.lastSequence, block.position.begin, block.end, static_cast<std::int64_t>(block.count)});
    if (!done) return fail(done);
    done = connection.run("INSERT INTO record_block_data (first_sequence, bytes) VALUES (?, ?)", {first, block.bytes});
    if (!done) return fail(done);
    for (const std::string& owner : block.owners) {
        done = connection.run("INSERT INTO record_block_owners (owner, begin_ms, first_sequence) VALUES (?, ?, ?)",
                              {owner, block.position.begin, first});
        if (!done) return fail(done);
    }
    return {};
}

Result<> insertGap(SqlConnection& connection, const RecordGap& gap)
{
    const auto done =
        connection.run("INSERT INTO record_gaps (first_sequence, records, noticed_ms, cause) VALUES (?, ?, ?, ?)",
                       {gap.firstSequence, gap.count, gap.noticed, gap.cause});
    if (!done) return fail(done);
    return {};
}

RecordBlock blockOf(const SqlRows& rows)
{
    RecordBlock block;
    block.position = {rows.time(2), static_cast<std::uint64_t>(rows.integer(0))};
    block.lastSequence = static_cast<std::uint64_t>(rows.integer(1));
    block.end = rows.time(3);
    block.count = static_cast<std::uint32_t>(rows.integer(4));
    block.bytes = rows.blob(5);
    return block;
}

RecordGap gapOf(const SqlRows& rows)
{
    return {static_cast<std::uint64_t>(rows.integer(0)), static_cast<std::uint64_t>(rows.integer(1)), rows.time(2),
            rows.text(3)};
}

/// All rows, each as `read` takes it.
template <class T>
Result<std::vector<T>> takeRows(SqlConnection& connection, std::string_view sql, const std::vector<SqlValue>& values,
                                T (*read)(const SqlRows&))
{
    std::vector<T> taken;
    const auto done = forEachRow(connection, sql, values, [&](const SqlRows& row) -> Result<> {
        taken.push_back(read(row));
        return {};
    });
    if (!done) return fail(done);
    return taken;
}

/// The log's id, its highest sequence and the end of its latest block.
Result<> readState(SqlConnection& connection, RecordsAfter& state)
{
    const auto row = firstRow(connection, "SELECT log, last_sequence FROM record_state WHERE id = 1", {},
                              [&state](const SqlRows& columns) {
                                  state.log = columns.text(0);
                                  state.lastSequence = static_cast<std::uint64_t>(columns.integer(1));
                                  return true;
                              });
    if (!row) return fail(row);
    if (!*row) return fail(Code::Database, "the state of the decision log is missing");
    const auto end = numberOf(connection, "SELECT end_ms FROM record_blocks ORDER BY first_sequence DESC LIMIT 1");
    if (!end) return fail(end);
    state.lastTime = TimePoint(std::chrono::milliseconds(*end));
    return {};
}

/// The statement for a search and its values. The bounds of the block's begin let the index do the work.
std::pair<std::string, std::vector<SqlValue>> searchOf(const BlockQuery& query, int limit)
{
    const bool byOwner = query.owner.has_value();
    const std::string key = byOwner ? "o" : "b";
    std::string sql = "SELECT b.first_sequence, b.last_sequence, b.begin_ms, b.end_ms, b.records, d.bytes FROM ";
    sql += byOwner ? "record_block_owners o CROSS JOIN record_blocks b ON b.first_sequence = o.first_sequence"
                   : "record_blocks b";
    sql += " CROSS JOIN record_block_data d ON d.first_sequence = b.first_sequence WHERE 1";
    std::vector<SqlValue> values;
    if (byOwner) {
        sql += " AND o.owner = ?";
        values.emplace_back(*query.owner);
    }
    if (query.notAfter) {
        sql += " AND (" + key + ".begin_ms, " + key + ".first_sequence) <= (?, ?)";
        values.emplace_back(query.notAfter->begin);
        values.emplace_back(query.notAfter->firstSequence);
    }
    if (query.to) {
        sql += " AND " + key + ".begin_ms < ?";
        values.emplace_back(*query.to);
    }
    if (query.from) {
        sql += " AND " + key + ".begin_ms >= ? AND b.end_ms >= ?";
        values.emplace_back(*query.from - maxBlockSpan);
        values.emplace_back(*query.from);
    }
    sql += " ORDER BY " + key + ".begin_ms DESC, " + key + ".first_sequence DESC LIMIT ?";
    values.emplace_back(std::clamp(limit, 1, maxFound));
    return {std::move(sql), std::move(values)};
}

class SqlRecordBlockStore final : public RecordBlockStore {
public:
    explicit SqlRecordBlockStore(std::unique_ptr<SqlDatabase> database)
        : m_database(std::move(database))
    {
    }

    Result<> append(const std::vector<RecordBlock>& blocks, const std::vector<RecordGap>& gaps) override
    {
        std::uint64_t last = 0;
        for (const RecordBlock& block : blocks) last = std::max(last, block.lastSequence);
        for (const RecordGap& gap : gaps) last = std::max(last, gap.firstSequence + gap.count - 1);
        return m_database->write([&](SqlConnection& connection) -> Result<> {
            for (const RecordBlock& block : blocks) {
                if (auto done = insertBlock(connection, block); !done) return done;
                // Who answers requests on this processor does not wait for all of them. Many: the log is behind.
                if (blocks.size() <= unhurriedBlocks) std::this_thread::yield();
            }
            for (const RecordGap& gap : gaps) {
                if (auto done = insertGap(connection, gap); !done) return done;
            }
            const auto done =
                connection.run("UPDATE record_state SET last_sequence = MAX(last_sequence, ?) WHERE id = 1", {last});
            if (!done) return fail(done);
            return {};
        });
    }

    Result<std::vector<RecordBlock>> find(const BlockQuery& query, int limit) override
    {
        const auto [sql, values] = searchOf(query, limit);
        return m_database->read(
            [&sql = sql, &values = values](SqlConnection& connection) -> Result<std::vector<RecordBlock>> {
                return takeRows(connection, sql, values, blockOf);
            });
    }

    Result<std::vector<RecordGap>> gaps(int limit) override
    {
        return m_database->read([limit](SqlConnection& connection) {
            return takeRows(connection,
                            "SELECT first_sequence, records, noticed_ms, cause FROM record_gaps "
                            "ORDER BY first_sequence DESC LIMIT ?",
                            {std::clamp(limit, 1, maxFound)}, gapOf);
        });
    }

    Result<RecordsAfter> after(std::uint64_t sequence, int limit) override
    {
        limit = std::clamp(limit, 1, maxFound);
        return m_database->read([sequence, limit](SqlConnection& connection) -> Result<RecordsAfter> {
            RecordsAfter found;
            if (auto state = readState(connection, found); !state) return fail(state);
            // No two blocks overlap, nor do gaps: only the last that begins at or below it can reach above it.
            auto blocks = takeRows(connection,
                                   "SELECT b.first_sequence, b.last_sequence, b.begin_ms, b.end_ms, b.records, d.bytes "
                                   "FROM record_blocks b CROSS JOIN record_block_data d "
                                   "ON d.first_sequence = b.first_sequence WHERE b.first_sequence >= COALESCE("
                                   "(SELECT MAX(first_sequence) FROM record_blocks WHERE first_sequence <= ?), 0) "
                                   "AND b.last_sequence > ? ORDER BY b.first_sequence LIMIT ?",
                                   {sequence, sequence, limit}, blockOf);
            if (!blocks) return fail(blocks);
            found.blocks = std::move(*blocks);
            const bool more = found.blocks.size() == static_cast<std::size_t>(limit);
            found.through = more ? found.blocks.back().lastSequence : std::max(found.lastSequence, sequence);
            auto gaps = takeRows(connection,
                                 "SELECT first_sequence, records, noticed_ms, cause FROM record_gaps "
                                 "WHERE first_sequence >= COALESCE("
                                 "(SELECT MAX(first_sequence) FROM record_gaps WHERE first_sequence <= ?), 0) "
                                 "AND first_sequence + records - 1 > ? AND first_sequence <= ? ORDER BY first_sequence",
                                 {sequence, sequence, found.through}, gapOf);
            if (!gaps) return fail(gaps);
            found.gaps = std::move(*gaps);
            return found;
        });
    }

    Result<RecordStatistics> statistics() override
    {
        return m_database->read([](SqlConnection& connection) -> Result<RecordStatistics> {
            RecordStatistics statistics;
            const std::pair<std::uint64_t*, std::string_view> parts[] = {
                {&statistics.lastSequence, "SELECT last_sequence FROM record_state WHERE id = 1"},
                {&statistics.records, "SELECT SUM(records) FROM record_blocks"},
                {&statistics.blocks, "SELECT COUNT(*) FROM record_blocks"}};
            for (const auto& [number, sql] : parts) {
                const auto value = numberOf(connection, sql);
                if (!value) return fail(value);
                *number = *value;
            }
            const auto bytes = usedBytes(connection);
            if (!bytes) return fail(bytes);
            statistics.bytes = *bytes;
            return statistics;
        });
    }

    Result<RemovedRecords> retain(std::optional<TimePoint> notBefore, std::optional<std::uint64_t> maxBytes) override
    {
        RemovedRecords removed;
        if (notBefore) {
            // Begins come in the order of the index; a block that begins earlier by its span must have ended.
            const auto aged =
                removeWhile("SELECT first_sequence, records FROM record_blocks WHERE begin_ms < ? AND end_ms < ? "
                            "ORDER BY begin_ms LIMIT ?",
                            {*notBefore, *notBefore, removedAtOnce}, std::nullopt, removed);
            if (!aged) return fail(aged);
            const auto gone = m_database->write([&](SqlConnection& connection) -> Result<> {
                const auto done = connection.run("DELETE FROM record_gaps WHERE noticed_ms < ?", {*notBefore});
                if (!done) return fail(done);
                return {};
            });
            if (!gone) return fail(gone);
        }
        if (maxBytes) {
            const auto shrunk = removeWhile(
                "SELECT first_sequence, records FROM record_blocks ORDER BY begin_ms, first_sequence LIMIT ?",
                {removedAtOnce}, maxBytes, removed);
            if (!shrunk) return fail(shrunk);
        }
        if (removed.blocks > 0) {
            if (const auto done = m_database->maintain("PRAGMA wal_checkpoint(TRUNCATE)"); !done) return fail(done);
        }
        return removed;
    }

private:
    static Result<std::uint64_t> usedBytes(SqlConnection& connection)
    {
        const auto pages = numberOf(connection, "PRAGMA page_count");
        if (!pages) return fail(pages);
        const auto unused = numberOf(connection, "PRAGMA freelist_count");
        if (!unused) return fail(unused);
        const auto size = numberOf(connection, "PRAGMA page_size");
        if (!size) return fail(size);
        return (*pages - *unused) * *size;
    }

    /// Removes the blocks that the statement names, some at a time so that writers get their turn, until it names none
    /// or the rest fits.
    Result<> removeWhile(const std::string& sql, const std::vector<SqlValue>& values,
                         std::optional<std::uint64_t> maxBytes, RemovedRecords& removed)
    {
        for (;;) {
            const auto count = m_database->write([&](SqlConnection& connection) -> Result<RemovedRecords> {
                return removeSome(connection, sql, values, maxBytes);
            });
            if (!count) return fail(count);
            if (count->blocks == 0) return {};
            removed.blocks += count->blocks;
            removed.records += count->records;
        }
    }

    /// Not one more than has to go.
    static Result<RemovedRecords> removeSome(SqlConnection& connection, const std::string& sql,
                                             const std::vector<SqlValue>& values, std::optional<std::uint64_t> maxBytes)
    {
        struct Named {
            std::int64_t first;
            std::uint64_t records;
        };
        std::vector<Named> blocks;
        {
            auto rows = connection.query(sql, values);
            if (!rows) return fail(rows);
            for (;;) {
                const auto row = rows->next();
                if (!row) return fail(row);
                if (!*row) break;
                blocks.push_back({rows->integer(0), static_cast<std::uint64_t>(rows->integer(1))});
            }
        }
        RemovedRecords removed;
        for (const Named& block : blocks) {
            if (maxBytes) {
                const auto used = usedBytes(connection);
                if (!used) return fail(used);
                if (*used <= *maxBytes) break;
            }
            for (const char* statement : {"DELETE FROM record_block_owners WHERE first_sequence = ?",
                                          "DELETE FROM record_block_data WHERE first_sequence = ?",
                                          "DELETE FROM record_blocks WHERE first_sequence = ?"}) {
                if (const auto done = connection.run(statement, {block.first}); !done) return fail(done);
            }
            ++removed.blocks;
            removed.records += block.records;
        }
        return removed;
    }

    std::unique_ptr<SqlDatabase> m_database;
};

} // namespace

const std::vector<Migration>& recordMigrations()
{
    static const std::vector<Migration> migrations = {
        {1,
         "blocks",
         {"CREATE TABLE record_blocks (first_sequence INTEGER PRIMARY KEY, last_sequence INTEGER NOT NULL, "
          "begin_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL, records INTEGER NOT NULL)",
          "CREATE INDEX record_blocks_begin ON record_blocks (begin_ms, first_sequence)",
          // Apart from the blocks' data, so that passing over blocks does not read it.
          "CREATE TABLE record_block_data (first_sequence INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
          "CREATE TABLE record_block_owners (owner TEXT NOT NULL, begin_ms INTEGER NOT NULL, "
          "first_sequence INTEGER NOT NULL, PRIMARY KEY (owner, begin_ms, first_sequence)) WITHOUT ROWID",
          "CREATE INDEX record_block_owners_block ON record_block_owners (first_sequence)",
          "CREATE TABLE record_gaps (first_sequence INTEGER PRIMARY KEY, records INTEGER NOT NULL, "
          "noticed_ms INTEGER NOT NULL, cause TEXT NOT NULL)",
          "CREATE TABLE record_state (id INTEGER PRIMARY KEY CHECK (id = 1), last_sequence INTEGER NOT NULL)",
          "INSERT INTO record_state (id, last_sequence) VALUES (1, 0)"}},
        {2,
         "name of the log",
         {"ALTER TABLE record_state ADD COLUMN log TEXT NOT NULL DEFAULT ''",
          "UPDATE record_state SET log = LOWER(HEX(RANDOMBLOB(16)))"}}};
    return migrations;
}

Result<std::unique_ptr<RecordBlockStore>> openSqlRecordBlockStore(SqlConfig config)
{
    config.shrinks = true;
    auto database = SqlDatabase::open(config, recordMigrations());
    if (!database) return fail(database);
    return std::make_unique<SqlRecordBlockStore>(std::move(*database));
}

} // namespace iam::store::sql
