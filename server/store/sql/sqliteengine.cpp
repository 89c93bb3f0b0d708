// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqliteengine.h"
#include "store/sql/qtsqlconnection.h"
#include "store/sql/sqliteerror.h"
#include "store/sql/sqliteschema.h"
#include <filesystem>
#include <limits>

namespace iam::store::sql {

const SqlDialect& SqliteEngine::dialect() const
{
    static constexpr SqlDialect dialect{"MAX", "MIN"};
    return dialect;
}

ConnectionLimits SqliteEngine::limits() const
{
    constexpr std::size_t any = std::numeric_limits<std::size_t>::max();
    return {any, any, {}, {}};
}

Result<> SqliteEngine::prepare(const std::vector<Migration>& migrations) const
{
    if (!QSqlDatabase::isDriverAvailable(driver()))
        return fail(Code::Database, "the SQLite driver of Qt is not installed (Debian package libqt6sql6-sqlite)");
    if (auto usable = prepareSqliteFile(m_config.path); !usable) return usable;
    auto connection = QtSqlConnection::open(shared_from_this());
    Result<> prepared =
        connection ? prepareSqliteSchema(**connection, m_config, migrations) : Result<>(fail(connection));
    if (!prepared) return fail(prepared.error().code, place() + " cannot be used: " + prepared.error().detail);
    return {};
}

void SqliteEngine::configure(QSqlDatabase& database) const
{
    database.setDatabaseName(QString::fromStdString(m_config.path));
    database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(m_config.busyTimeout.count()));
}

Result<> SqliteEngine::setUp(QtSqlConnection& connection) const
{
    for (const char* pragma : {"PRAGMA foreign_keys=ON", "PRAGMA temp_store=MEMORY",
                               m_config.synchronous ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL",
                               "PRAGMA journal_size_limit=16777216"}) {
        if (auto done = connection.run(pragma, {}); !done) return fail(done);
    }
    return {};
}

QVariant SqliteEngine::toVariant(const std::string& text) const
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Result<> SqliteEngine::begin(QtSqlConnection& connection, bool writing) const
{
    if (auto done = connection.run(writing ? "BEGIN IMMEDIATE" : "BEGIN", {}); !done) return fail(done);
    return {};
}

Result<> SqliteEngine::commit(QtSqlConnection& connection) const
{
    if (auto done = connection.run("COMMIT", {}); !done) return fail(done);
    return {};
}

Result<> SqliteEngine::rollBack(QtSqlConnection& connection) const
{
    if (connection.run("ROLLBACK", {})) return {};
    // SQLite ends a transaction by itself after some faults; then a new one can begin, which is all that is asked.
    if (auto done = connection.run("BEGIN", {}); !done) return fail(done);
    if (auto done = connection.run("ROLLBACK", {}); !done) return fail(done);
    return {};
}

/// A write of one page may still fit where the next change would not.
Result<> SqliteEngine::roomIsLeft() const
{
    constexpr std::uintmax_t wanted = 1024 * 1024;
    std::error_code error;
    const auto space = std::filesystem::space(m_config.path, error);
    if (!error && space.available < wanted) return fail(Code::StorageUnavailable, "no room is left on the disk");
    return {};
}

Result<> SqliteEngine::tryWriting(SqlConnection& connection) const
{
    // Writes the file's first page anew.
    if (auto done = connection.run("PRAGMA user_version=1"); !done) return fail(done);
    return {};
}

Error SqliteEngine::toError(const QSqlError& error, const std::string& what) const
{
    return toSqliteError(error, what);
}

bool SqliteEngine::isConstraintViolation(const QSqlError& error) const
{
    return isSqliteConstraint(error);
}

} // namespace iam::store::sql
