// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/sqldatabase.h"
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
    explicit SqlStatement(QSqlQuery prepared)
        : query(std::move(prepared))
    {
    }
    QSqlQuery query;
    bool inUse = false;
};

/// One connection of QtSql, used by the thread that opened it. Only close() may come from another thread, when the
/// owner uses it no more.
class QtSqlConnection final : public SqlConnection {
public:
    /// Opens the file and sets what holds per connection.
    static Result<std::shared_ptr<QtSqlConnection>> open(const SqlConfig& config);
    ~QtSqlConnection() override;
    QtSqlConnection(const QtSqlConnection&) = delete;
    QtSqlConnection& operator=(const QtSqlConnection&) = delete;

    Result<SqlRows> query(std::string_view sql, std::initializer_list<SqlValue> values) override;
    Result<SqlRows> query(std::string_view sql, const std::vector<SqlValue>& values) override;
    Result<SqlDone> run(std::string_view sql, std::initializer_list<SqlValue> values) override;
    [[nodiscard]] bool violatedConstraint() const override { return m_violated; }

    Result<> begin(bool writing);
    Result<> commit();
    /// Leaves the connection without a transaction; a connection that cannot be brought there is closed.
    void rollBack() noexcept;
    [[nodiscard]] bool inTransaction() const noexcept { return m_inTransaction; }
    [[nodiscard]] bool isOpen() const noexcept { return m_open; }
    void close() noexcept;

    /// Held from a writing begin() to its end.
    std::unique_lock<std::mutex> writerTurn;

private:
    explicit QtSqlConnection(QString name)
        : m_name(std::move(name))
    {
    }
    Result<std::shared_ptr<SqlStatement>> execute(std::string_view sql, const SqlValue* values, std::size_t count);
    Result<std::shared_ptr<SqlStatement>> prepared(std::string_view sql);

    const QString m_name;
    QSqlDatabase m_database;
    std::unordered_map<std::string, std::shared_ptr<SqlStatement>> m_statements;
    std::mutex m_closing;
    std::atomic<bool> m_open = false; ///< also asked by other threads
    bool m_inTransaction = false;
    bool m_violated = false;
};

} // namespace iam::store::sql
