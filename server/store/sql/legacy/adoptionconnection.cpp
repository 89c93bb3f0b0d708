// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/adoptionconnection.h"
#include "store/sql/mariadbengine.h"
#include "store/sql/qtsqlconnection.h"

namespace iam::store::sql {

AdoptionConnection::AdoptionConnection(std::shared_ptr<QtSqlConnection> connection, std::string place)
    : m_connection(std::move(connection))
    , m_place(std::move(place))
{
}

AdoptionConnection::~AdoptionConnection() = default;

Result<std::unique_ptr<AdoptionConnection>> AdoptionConnection::open(const MariaDbConfig& config)
{
    // A large table takes its time.
    MariaDbConfig patient = config;
    patient.statementTimeout = patient.answerTimeout = patient.idleTransactionTimeout = std::chrono::hours(1);
    patient.lockTimeout = std::chrono::minutes(1);
    const auto engine = std::make_shared<MariaDbEngine>(patient);
    if (!QSqlDatabase::isDriverAvailable(engine->driver()))
        return fail(Code::Database, "the MariaDB driver of Qt is not installed (Debian package libqt6sql6-mysql)");
    auto connection = QtSqlConnection::open(engine);
    if (!connection) return fail(connection);
    return std::unique_ptr<AdoptionConnection>(new AdoptionConnection(std::move(*connection), engine->place()));
}

SqlConnection& AdoptionConnection::sql()
{
    return *m_connection;
}

Result<> AdoptionConnection::lock()
{
    auto rows = m_connection->query("SELECT GET_LOCK(CONCAT('iam-adopt-', MD5(DATABASE())), 2)", {});
    if (!rows) return fail(rows);
    auto row = rows->next();
    if (!row) return fail(row);
    if (*row && rows->integer(0) == 1) return {};
    return fail(Code::StorageUnavailable, m_place + " is being taken over or given back by another process");
}

Result<> AdoptionConnection::execute(const std::string& statement)
{
    return m_connection->runAtOnce(statement);
}

Result<> AdoptionConnection::executeAll(const std::vector<std::string>& statements)
{
    for (const std::string& statement : statements) {
        if (auto done = execute(statement); !done) return done;
    }
    return {};
}

} // namespace iam::store::sql
