// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/sqlengine.h"
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <atomic>
#include <mutex>
#include <unordered_map>

namespace iam::store::sql {

/// A prepared statement; `inUse` while somebody reads its rows.
class SqlStatement {
public:
    SqlStatement(QSqlQuery prepared, std::shared_ptr<const SqlEngine> itsEngine)
        : query(std::move(prepared))
        , engine(std::move(itsEngine))
    {
    }
    QSqlQuery query;
    std::shared_ptr<const SqlEngine> engine;
    bool inUse = false;
};

/// One connection of QtSql, used by the thread that opened it. Only close() may come from another thread, when the
/// owner does not use it.
class QtSqlConnection final : public SqlConnection {
public:
    /// Opens the database and sets what holds per connection.
    static Result<std::shared_ptr<QtSqlConnection>> open(std::shared_ptr<const SqlEngine> engine);
    ~QtSqlConnection() override;
    QtSqlConnection(const QtSqlConnection&) = delete;
    QtSqlConnection& operator=(const QtSqlConnection&) = delete;

    Result<SqlRows> query(std::string_view sql, std::initializer_list<SqlValue> values) override;
    Result<SqlRows> query(std::string_view sql, const std::vector<SqlValue>& values) override;
    Result<SqlDone> run(std::string_view sql, std::initializer_list<SqlValue> values) override;
    Result<SqlDone> run(std::string_view sql, const std::vector<SqlValue>& values) override;
    [[nodiscard]] bool violatedConstraint() const override { return m_violated; }
    [[nodiscard]] const SqlDialect& dialect() const override { return m_engine->dialect(); }
    /// Without preparing it, for statements that a server does not prepare.
    Result<> runAtOnce(std::string_view sql);

    /// A connection that is found lost is closed.
    Result<> begin(bool writing);
    /// Ends the transaction in every case.
    Result<> commit();
    /// Leaves the connection without a transaction; a connection that cannot be brought there is closed.
    void rollBack() noexcept;
    [[nodiscard]] bool inTransaction() const noexcept { return m_inTransaction; }
    [[nodiscard]] bool isOpen() const noexcept { return m_open; }
    /// Whether the server ended it.
    [[nodiscard]] bool isLost() const noexcept { return m_lost; }
    /// Whether the transaction had to give way to one of other software.
    [[nodiscard]] bool gaveWay() const noexcept { return m_gaveWay; }
    [[nodiscard]] std::chrono::steady_clock::duration age() const;
    void close() noexcept;

    bool inUse = false; ///< belongs to the ConnectionSet

private:
    QtSqlConnection(std::shared_ptr<const SqlEngine> engine, QString name)
        : m_engine(std::move(engine))
        , m_name(std::move(name))
    {
    }
    Result<std::shared_ptr<SqlStatement>> execute(std::string_view sql, const SqlValue* values, std::size_t count);
    Result<SqlDone> runWith(std::string_view sql, const SqlValue* values, std::size_t count);
    Result<std::shared_ptr<SqlStatement>> prepared(std::string_view sql);
    Error noteFailure(const QSqlError& error, std::string_view sql);

    const std::shared_ptr<const SqlEngine> m_engine;
    const QString m_name;
    QSqlDatabase m_database;
    std::unordered_map<std::string, std::shared_ptr<SqlStatement>> m_statements;
    std::unique_lock<std::mutex> m_writerTurn;
    std::chrono::steady_clock::time_point m_openedAt{};
    std::mutex m_closing;
    std::atomic<bool> m_open = false; ///< also asked by other threads
    bool m_inTransaction = false;
    bool m_violated = false;
    bool m_lost = false;
    bool m_gaveWay = false;
};

} // namespace iam::store::sql
