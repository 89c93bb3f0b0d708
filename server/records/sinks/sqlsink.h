// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/configreader.h"
#include "records/sinks/sink.h"
#include "store/sql/mariadbconfig.h"
#include "store/sql/sqldecisionarchive.h"
#include <memory>

namespace iam::records {

struct SqlOptions {
    enum class Driver { Sqlite, Mysql };
    Driver driver = Driver::Sqlite; ///< driver: sqlite | mysql
    store::sql::SqlConfig sqlite;   ///< path
    /// host, port, socket, username, password, database, ssl_ca, ssl_cert, ssl_key
    store::sql::MariaDbConfig mariaDb;

    static SqlOptions read(ConfigReader& reader);
};

/// The table decision_records of a database of its own (store/sql/sqldecisionarchive.h). What comes twice is stored
/// once.
class SqlSink final : public Sink {
public:
    SqlSink(SqlOptions options, std::chrono::milliseconds timeout);

    Result<> write(std::span<const contract::DecisionRecord> records) override;

private:
    Result<> open();

    SqlOptions m_options;
    std::unique_ptr<store::sql::SqlDecisionArchive> m_archive; ///< null until it could be opened
};

} // namespace iam::records
