// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/sqlengine.h"

namespace iam::store::sql {

/// One SQLite file in WAL mode. SQLite knows one writer at a time too, but would let the others wait without an order.
class SqliteEngine final : public SqlEngine, public std::enable_shared_from_this<SqliteEngine> {
public:
    explicit SqliteEngine(SqlConfig config)
        : m_config(std::move(config))
    {
    }

    [[nodiscard]] std::string place() const override { return "the database " + m_config.path; }
    [[nodiscard]] QString driver() const override { return QStringLiteral("QSQLITE"); }
    [[nodiscard]] const SqlDialect& dialect() const override;
    [[nodiscard]] ConnectionLimits limits() const override;

    Result<> prepare(const std::vector<Migration>& migrations) const override;
    void configure(QSqlDatabase& database) const override;
    Result<> setUp(QtSqlConnection& connection) const override;
    [[nodiscard]] QVariant toVariant(const std::string& text) const override;

    [[nodiscard]] std::unique_lock<std::mutex> writerTurn() const override { return std::unique_lock(m_writer); }
    Result<> begin(QtSqlConnection& connection, bool writing) const override;
    Result<> commit(QtSqlConnection& connection) const override;
    Result<> rollBack(QtSqlConnection& connection) const override;

    [[nodiscard]] Result<> roomIsLeft() const override;
    Result<> tryWriting(SqlConnection& connection) const override;

    [[nodiscard]] Error toError(const QSqlError& error, const std::string& what) const override;
    [[nodiscard]] bool isConstraintViolation(const QSqlError& error) const override;
    [[nodiscard]] bool isLoss(const QSqlError&) const override { return false; } // it is a file

private:
    const SqlConfig m_config;
    mutable std::mutex m_writer; ///< who has it may write
};

} // namespace iam::store::sql
