// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/mariadbengine.h"
#include "base/logging.h"
#include "store/sql/mariadberror.h"
#include "store/sql/mariadbschema.h"
#include "store/sql/qtsqlconnection.h"
#include <algorithm>

namespace iam::store::sql {

namespace {

constexpr std::chrono::milliseconds slow{200};

std::string seconds(std::chrono::seconds time)
{
    return std::to_string(time.count());
}

} // namespace

std::string MariaDbEngine::place() const
{
    const std::string server =
        m_config.socket.empty() ? m_config.host + ":" + std::to_string(m_config.port) : m_config.socket;
    return "the database " + m_config.database + " on " + server;
}

const SqlDialect& MariaDbEngine::dialect() const
{
    static constexpr SqlDialect dialect{"GREATEST", "LEAST"};
    return dialect;
}

ConnectionLimits MariaDbEngine::limits() const
{
    return {static_cast<std::size_t>(std::max(1, m_config.maxOpenConnections)),
            static_cast<std::size_t>(std::max(0, m_config.maxIdleConnections)), m_config.maxConnectionLifetime,
            m_config.lockTimeout};
}

Result<> MariaDbEngine::prepare(const std::vector<Migration>& migrations) const
{
    if (!QSqlDatabase::isDriverAvailable(driver()))
        return fail(Code::Database, "the MariaDB driver of Qt is not installed (Debian package libqt6sql6-mysql)");
    // A step may take long in a large database, and a second process waits for the first one to have done it.
    MariaDbConfig patient = m_config;
    patient.statementTimeout = patient.lockTimeout = patient.answerTimeout = std::chrono::hours(1);
    auto connection = QtSqlConnection::open(std::make_shared<MariaDbEngine>(std::move(patient)));
    if (!connection) return fail(connection);
    Result<> prepared = prepareMariaDbSchema(**connection, migrations, m_config.tablePrefix);
    if (!prepared) return fail(prepared.error().code, place() + " cannot be used: " + prepared.error().detail);
    return {};
}

void MariaDbEngine::configure(QSqlDatabase& database) const
{
    std::string options = "CLIENT_FOUND_ROWS=1";
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) options.append(";").append(name).append("=").append(value);
    };
    add("MYSQL_OPT_CONNECT_TIMEOUT", seconds(m_config.connectTimeout));
    add("MYSQL_OPT_READ_TIMEOUT", seconds(m_config.answerTimeout));
    add("MYSQL_OPT_WRITE_TIMEOUT", seconds(m_config.answerTimeout));
    add("SSL_CA", m_config.sslCa);
    add("SSL_CERT", m_config.sslCert);
    add("SSL_KEY", m_config.sslKey);
    add("UNIX_SOCKET", m_config.socket);
    database.setConnectOptions(QString::fromStdString(options));
    // The driver takes "localhost" for the socket of a server that happens to run on this machine.
    const bool isName = m_config.socket.empty() && m_config.host == "localhost";
    database.setHostName(isName                    ? QStringLiteral("127.0.0.1")
                         : m_config.socket.empty() ? QString::fromStdString(m_config.host)
                                                   : QStringLiteral("localhost"));
    database.setPort(m_config.port);
    database.setUserName(QString::fromStdString(m_config.username));
    database.setPassword(QString::fromStdString(m_config.password.reveal()));
    database.setDatabaseName(QString::fromStdString(m_config.database));
}

Result<> MariaDbEngine::setUp(QtSqlConnection& connection) const
{
    if (!m_config.sslCa.empty()) {
        if (auto safe = requireTls(connection); !safe) return safe;
    }
    // What gave way to others is tried again (SqlDatabase::mostTries), and shall not take longer in all.
    const auto lockTimeout = isShared()
                                 ? std::max(m_config.lockTimeout / SqlDatabase::mostTries, std::chrono::seconds(1))
                                 : m_config.lockTimeout;
    for (const std::string& statement :
         {std::string("SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin"),
          std::string("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"),
          std::string("SET SESSION autocommit=1,") + (isShared() ? "" : " time_zone='+00:00',") +
              " sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO,"
              "PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES,ANSI_QUOTES',"
              " max_statement_time=" +
              seconds(m_config.statementTimeout) + ", innodb_lock_wait_timeout=" + seconds(lockTimeout) +
              ", lock_wait_timeout=" + seconds(m_config.lockTimeout) +
              ", idle_transaction_timeout=" + seconds(m_config.idleTransactionTimeout)}) {
        if (auto done = connection.runAtOnce(statement); !done) return done;
    }
    return {};
}

Result<> MariaDbEngine::requireTls(QtSqlConnection& connection) const
{
    // The driver connects in plain text, without a word, to a server that offers no TLS.
    auto rows = connection.query("SHOW STATUS LIKE 'Ssl_cipher'", {});
    if (!rows) return fail(rows);
    auto row = rows->next();
    if (!row) return fail(row);
    if (*row && !rows->text(1).empty()) return {};
    return fail(Code::Database,
                place() + " cannot be used: TLS is asked for (mysql.ssl-ca), and the server offers none");
}

QVariant MariaDbEngine::toVariant(const std::string& text) const
{
    const QString shown = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    const bool isAscii = std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
    return isAscii ? QVariant(shown) : QVariant(shown.toUtf8());
}

Result<> MariaDbEngine::begin(QtSqlConnection& connection, bool writing) const
{
    if (!writing) return connection.runAtOnce("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    // Servers that do not take turns with us write, too: rows are read as they are now, and locked one by one, without
    // the gaps between them.
    if (isShared()) {
        if (auto set = connection.runAtOnce("SET TRANSACTION ISOLATION LEVEL READ COMMITTED"); !set) return set;
    }
    if (auto done = connection.runAtOnce("START TRANSACTION"); !done) return done;
    // A locking read makes no snapshot: the first SELECT behind it does, and sees what the writer before has committed.
    auto rows = connection.query("SELECT id FROM {write_turn} WHERE id = 1 FOR UPDATE", {});
    if (!rows) return fail(rows);
    auto row = rows->next();
    if (!row) return fail(row);
    if (!*row) return fail(Code::Database, "the row that writers lock is missing from the table write_turn");
    return {};
}

Result<> MariaDbEngine::commit(QtSqlConnection& connection) const
{
    auto done = connection.runAtOnce("COMMIT");
    if (!done && connection.isLost())
        return fail(Code::StorageUnavailable, done.error().detail + "; whether the change is stored is not known");
    return done;
}

Result<> MariaDbEngine::rollBack(QtSqlConnection& connection) const
{
    return connection.runAtOnce("ROLLBACK");
}

Result<> MariaDbEngine::tryWriting(SqlConnection& connection) const
{
    if (auto done = connection.run("UPDATE {write_turn} SET tries = tries + 1 WHERE id = 1"); !done) return fail(done);
    return {};
}

Error MariaDbEngine::toError(const QSqlError& error, const std::string& what) const
{
    return toMariaDbError(error, what);
}

bool MariaDbEngine::isConstraintViolation(const QSqlError& error) const
{
    return isMariaDbConstraint(error);
}

bool MariaDbEngine::isLoss(const QSqlError& error) const
{
    return isMariaDbLoss(error);
}

bool MariaDbEngine::isConflict(const QSqlError& error) const
{
    return isShared() && isMariaDbConflict(error);
}

void MariaDbEngine::note(std::string_view sql, std::chrono::nanoseconds time, const QSqlError& error) const
{
    using Log = MariaDbConfig::Log;
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time);
    const int length = static_cast<int>(std::min<std::size_t>(sql.size(), 500));
    if (error.isValid()) {
        if (m_config.log >= (isMariaDbConstraint(error) ? Log::Everything : Log::Errors))
            qCWarning(lcStore, "MariaDB error %d: %.*s", mariaDbCode(error), length, sql.data());
    } else if (ms >= slow && m_config.log >= Log::Slow) {
        qCWarning(lcStore, "slow statement (%lld ms): %.*s", static_cast<long long>(ms.count()), length, sql.data());
    } else if (m_config.log >= Log::Everything) {
        qCInfo(lcStore, "%lld ms: %.*s", static_cast<long long>(ms.count()), length, sql.data());
    }
}

} // namespace iam::store::sql
