// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include <atomic>
#include <chrono>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace iam::store::sql {

/// A SQLite file. (A MariaDB database: mariadbconfig.h.)
struct SqlConfig {
    std::string path; ///< of the file; its folder exists
    /// Whether each commit waits for the disk. False: a crash of the machine (not of the process) may lose the last
    /// commits, but never breaks the file.
    bool synchronous = true;
    /// Whether a commit gives the room of removed rows back to the disk. Counts when the file is made. (SQLite's
    /// incremental vacuum is of no use here: it frees one page per row that it "returns", and QtSql, seeing no column,
    /// never asks for a second row.)
    bool shrinks = false;
    std::chrono::milliseconds busyTimeout{5000}; ///< how long to wait for another process
};

/// One step of the schema's history. Frozen once released; written with the names of its time, as they were then.
struct Migration {
    int number;                            ///< 1, 2, 3, …
    std::string_view name;                 ///< for people
    std::vector<std::string> sqlite;       ///< run in one transaction together with the mark that it was done
    std::vector<std::string> mariadb = {}; ///< DDL commits by itself there: each one must bear being run again
};

using Blob = std::vector<unsigned char>;

/// What is bound to a `?`, and what stands in a column.
class SqlValue {
public:
    SqlValue(std::nullptr_t) {}
    SqlValue(std::int64_t value)
        : m_value(value)
    {
    }
    SqlValue(std::uint64_t value)
        : m_value(static_cast<std::int64_t>(value))
    {
    }
    SqlValue(int value)
        : m_value(std::int64_t{value})
    {
    }
    SqlValue(bool value)
        : m_value(std::int64_t{value})
    {
    }
    SqlValue(TimePoint value)
        : m_value(std::int64_t{value.time_since_epoch().count()})
    {
    } ///< ms since the epoch
    SqlValue(std::string value)
        : m_value(std::move(value))
    {
    }
    SqlValue(std::string_view value)
        : m_value(std::string(value))
    {
    }
    SqlValue(const char* value)
        : m_value(std::string(value))
    {
    }
    SqlValue(Blob value)
        : m_value(std::move(value))
    {
    }
    template <class T>
    SqlValue(const std::optional<T>& value)
        : SqlValue(value ? SqlValue(*value) : SqlValue(nullptr))
    {
    }

    using Variant = std::variant<std::monostate, std::int64_t, std::string, Blob>;
    [[nodiscard]] const Variant& get() const noexcept { return m_value; }

private:
    Variant m_value;
};

/// How the engines differ in what both can do. Everything else in a statement must mean the same to both: times are ms
/// in integers, `||` joins texts, a backslash in a literal is a backslash, "no limit" is LIMIT 9223372036854775807, an
/// upsert is UPDATE and then INSERT when no row was there, and `= ?` compares names as their columns say. A table that
/// has a prefix to its name in a database of other software stands in braces: "SELECT id FROM {users}".
struct SqlDialect {
    std::string_view greatest; ///< the function that gives the largest of its arguments
    std::string_view least;
};

class SqlStatement;

/// The rows of one statement, forward only. Valid inside the read() or write() that made it; the statement is finished
/// when this dies (an unfinished SELECT would block the connection's later writes).
class SqlRows {
public:
    explicit SqlRows(std::shared_ptr<SqlStatement> statement);
    ~SqlRows();
    SqlRows(SqlRows&&) noexcept;
    SqlRows& operator=(SqlRows&&) noexcept;

    /// Moves to the next row, at first to the first one; false behind the last.
    Result<bool> next();
    // The columns of the current row, from 0. NULL reads as 0 or empty.
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] Blob blob(int column) const;
    /// From ms since the epoch, or from a date as other software writes it: "2026-01-31 12:00:00", local.
    [[nodiscard]] TimePoint time(int column) const;

private:
    std::shared_ptr<SqlStatement> m_statement;
};

/// What a statement that returns no rows did.
struct SqlDone {
    std::uint64_t rows = 0;   ///< inserted, deleted, or met by the condition of an UPDATE (changed or not)
    std::uint64_t lastId = 0; ///< of an INSERT
};

/// The calling thread's connection, inside a transaction. Statements are prepared once and kept.
/// Errors: Code::StorageUnavailable (no room, read only, I/O fault, locked by another process, server gone or too
/// slow), Code::Database. A violated UNIQUE or FOREIGN KEY is Code::Database, and violatedConstraint() tells.
class SqlConnection {
public:
    virtual ~SqlConnection() = default;
    /// For statements that return rows.
    virtual Result<SqlRows> query(std::string_view sql, std::initializer_list<SqlValue> values = {}) = 0;
    virtual Result<SqlRows> query(std::string_view sql, const std::vector<SqlValue>& values) = 0;
    /// For the others.
    virtual Result<SqlDone> run(std::string_view sql, std::initializer_list<SqlValue> values = {}) = 0;
    virtual Result<SqlDone> run(std::string_view sql, const std::vector<SqlValue>& values) = 0;
    /// Whether the last statement failed because of a constraint.
    [[nodiscard]] virtual bool violatedConstraint() const = 0;
    [[nodiscard]] virtual const SqlDialect& dialect() const = 0;
};

struct MariaDbConfig;
class ConnectionSet;
class SqlEngine;

/// One database, used by any number of threads, each with a connection of its own: one writer at a time, readers beside
/// it. A thread's connection is opened at its first call and closed when the thread ends or the database is destroyed
/// (which must happen when no call is running). Needs a QCoreApplication, but no event loop.
///
/// SQLite: one file in WAL mode. MariaDB: one database of a server. There the writer is the one, on whatever node, who
/// holds the row of the table write_turn, so that a write sees all that was committed before it and ids made by it are
/// higher than all that are there. A connection found dead is opened again, once, before a transaction begins; inside
/// one its loss is Code::StorageUnavailable and nothing is stored; when the loss hides the answer to the COMMIT, it is
/// Code::StorageUnavailable too, and what was written may be stored or not.
class SqlDatabase {
public:
    /// Opens or makes the file (readable by its owner only) and applies the migrations that it lacks, each in a
    /// transaction of its own; one that was interrupted is done again from its start. One clear sentence as detail:
    /// Code::StorageUnavailable when the folder or file cannot be used or another process holds it; Code::Database when
    /// it is no database, one of other software, or of a newer version, or when the SQLite driver is not installed.
    static Result<std::unique_ptr<SqlDatabase>> open(const SqlConfig& config, const std::vector<Migration>& migrations);
    /// Connects to the database, which exists, and applies the migrations that it lacks, one process at a time; one
    /// that was interrupted is done again from its start. One clear sentence as detail: Code::StorageUnavailable when
    /// the server does not answer or takes nobody in (it may later); Code::Database when it refuses the account, does
    /// not know the database or does not offer the TLS that is asked for, when the database is one of other software or
    /// of a newer version, or when the driver is not installed.
    static Result<std::unique_ptr<SqlDatabase>> open(const MariaDbConfig& config,
                                                     const std::vector<Migration>& migrations);
    ~SqlDatabase();
    SqlDatabase(const SqlDatabase&) = delete;
    SqlDatabase& operator=(const SqlDatabase&) = delete;

    /// Runs `work(SqlConnection&)`, which returns a Result, against one unchanging state of the database.
    /// Not inside another read() or write().
    template <class Work>
    auto read(Work&& work) -> std::invoke_result_t<Work, SqlConnection&>
    {
        return transact(false, std::forward<Work>(work));
    }

    /// Runs `work(SqlConnection&)`, which returns a Result, as the only writer: all of it is stored when write()
    /// returns a value, nothing of it when it returns an error. Not inside another read() or write(). Where other
    /// software writes, too, and this had to give way to it, `work` is run again from its start, mostTries times in
    /// all: it must leave nothing behind outside of the database.
    template <class Work>
    auto write(Work&& work) -> std::invoke_result_t<Work, SqlConnection&>
    {
        return transact(true, std::forward<Work>(work));
    }

    static constexpr int mostTries = 4;

    /// Runs one statement outside of any transaction (PRAGMA wal_checkpoint, …); on SQLite as the writer.
    Result<> maintain(std::string_view sql);

    /// As Storage::health().
    Result<> health();

private:
    explicit SqlDatabase(std::shared_ptr<ConnectionSet> connections);
    static Result<std::unique_ptr<SqlDatabase>> openWith(std::shared_ptr<const SqlEngine> engine,
                                                         const std::vector<Migration>& migrations);

    template <class Work>
    auto transact(bool writing, Work&& work) -> std::invoke_result_t<Work, SqlConnection&>
    {
        struct Guard {
            SqlDatabase& database;
            SqlConnection* connection;
            ~Guard()
            {
                if (connection) database.rollBack(*connection);
            }
        };
        for (int tries = 1;; ++tries) {
            Result<SqlConnection*> connection = begin(writing);
            if (!connection) return fail(connection);
            Guard guard{*this, *connection};
            auto result = work(**connection);
            if (!result) {
                if (writing && tries < mostTries && gaveWay(**connection)) continue;
                if (writing) noteWrite(result.error());
                return result;
            }
            guard.connection = nullptr;
            if (Result<> done = commit(**connection, writing); !done) return fail(done);
            return result;
        }
    }
    Result<SqlConnection*> begin(bool writing);
    Result<> commit(SqlConnection& connection, bool writing);
    void rollBack(SqlConnection& connection) noexcept;
    static bool gaveWay(const SqlConnection& connection);
    void noteWrite(const Error& error);

    const std::shared_ptr<ConnectionSet> m_connections;
    std::atomic<bool> m_lastWriteFailed = false;
};

} // namespace iam::store::sql
