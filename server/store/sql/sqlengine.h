// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/sqldatabase.h"
#include <QSqlDatabase>
#include <QSqlError>
#include <QVariant>
#include <mutex>

namespace iam::store::sql {

class QtSqlConnection;

/// How many connections one process may have.
struct ConnectionLimits {
    std::size_t open;
    std::size_t idle;
    std::chrono::milliseconds lifetime; ///< 0: for ever
    std::chrono::milliseconds patience; ///< how long to wait for a free one
};

/// What the database systems do each in their own way, behind one SqlDatabase. Any thread.
class SqlEngine {
public:
    virtual ~SqlEngine() = default;

    /// "the database …", for sentences; without a password.
    [[nodiscard]] virtual std::string place() const = 0;
    [[nodiscard]] virtual QString driver() const = 0; ///< of QtSql
    [[nodiscard]] virtual const SqlDialect& dialect() const = 0;
    [[nodiscard]] virtual ConnectionLimits limits() const = 0;
    /// What the names of our tables begin with in this database.
    [[nodiscard]] virtual std::string_view tablePrefix() const { return {}; }

    /// Once, before everything else: what belongs to the whole database, and the migrations that it lacks.
    [[nodiscard]] virtual Result<> prepare(const std::vector<Migration>& migrations) const = 0;
    /// Fills in what `database` needs to be opened.
    virtual void configure(QSqlDatabase& database) const = 0;
    /// Sets what holds per connection.
    [[nodiscard]] virtual Result<> setUp(QtSqlConnection& connection) const = 0;
    /// How a text is bound.
    [[nodiscard]] virtual QVariant toVariant(const std::string& text) const = 0;

    /// Held by the thread that writes, from before begin() to behind the end of the transaction.
    [[nodiscard]] virtual std::unique_lock<std::mutex> writerTurn() const { return {}; }
    [[nodiscard]] virtual Result<> begin(QtSqlConnection& connection, bool writing) const = 0;
    [[nodiscard]] virtual Result<> commit(QtSqlConnection& connection) const = 0;
    [[nodiscard]] virtual Result<> rollBack(QtSqlConnection& connection) const = 0;

    /// Whether there is room for a write, as far as that can be seen without writing.
    [[nodiscard]] virtual Result<> roomIsLeft() const { return {}; }
    /// The smallest write there is, inside a transaction.
    [[nodiscard]] virtual Result<> tryWriting(SqlConnection& connection) const = 0;

    /// The failure as the store reports it; `what` says what was tried.
    [[nodiscard]] virtual Error toError(const QSqlError& error, const std::string& what) const = 0;
    [[nodiscard]] virtual bool isConstraintViolation(const QSqlError& error) const = 0;
    /// Whether the connection is of no use any more.
    [[nodiscard]] virtual bool isLoss(const QSqlError& error) const = 0;
    /// Whether the transaction had to give way to one of other software, and may be tried again from its start.
    [[nodiscard]] virtual bool isConflict(const QSqlError&) const { return false; }
    /// Told of every statement.
    virtual void note(std::string_view, std::chrono::nanoseconds, const QSqlError&) const {}
};

} // namespace iam::store::sql
