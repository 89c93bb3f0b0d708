// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/mariadbconfig.h"
#include "store/sql/sqlengine.h"

namespace iam::store::sql {

/// One database of a MariaDB server, InnoDB throughout.
class MariaDbEngine final : public SqlEngine, public std::enable_shared_from_this<MariaDbEngine> {
public:
    explicit MariaDbEngine(MariaDbConfig config)
        : m_config(std::move(config))
    {
    }

    [[nodiscard]] std::string place() const override;
    [[nodiscard]] QString driver() const override { return QStringLiteral("QMYSQL"); }
    [[nodiscard]] const SqlDialect& dialect() const override;
    [[nodiscard]] ConnectionLimits limits() const override;
    [[nodiscard]] std::string_view tablePrefix() const override { return m_config.tablePrefix; }

    Result<> prepare(const std::vector<Migration>& migrations) const override;
    void configure(QSqlDatabase& database) const override;
    Result<> setUp(QtSqlConnection& connection) const override;
    /// Names stand in ASCII columns, which MariaDB does not compare with text of other characters: such text is bound
    /// as bytes, which are equal to no name and mean the same to every other column.
    [[nodiscard]] QVariant toVariant(const std::string& text) const override;

    Result<> begin(QtSqlConnection& connection, bool writing) const override;
    Result<> commit(QtSqlConnection& connection) const override;
    Result<> rollBack(QtSqlConnection& connection) const override;
    Result<> tryWriting(SqlConnection& connection) const override;

    [[nodiscard]] Error toError(const QSqlError& error, const std::string& what) const override;
    [[nodiscard]] bool isConstraintViolation(const QSqlError& error) const override;
    [[nodiscard]] bool isLoss(const QSqlError& error) const override;
    /// Only where others write, too: among our own servers one writes at a time.
    [[nodiscard]] bool isConflict(const QSqlError& error) const override;
    void note(std::string_view sql, std::chrono::nanoseconds time, const QSqlError& error) const override;

private:
    [[nodiscard]] bool isShared() const noexcept { return !m_config.tablePrefix.empty(); }
    Result<> requireTls(QtSqlConnection& connection) const;

    const MariaDbConfig m_config;
};

} // namespace iam::store::sql
