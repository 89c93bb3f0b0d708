// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/sqlsink.h"

namespace iam::records {

namespace {

void readSqlite(ConfigReader& reader, store::sql::SqlConfig& config)
{
    reader.string("path", config.path, false);
    if (config.path.empty() && !reader.hasFault("path")) reader.fault("path", "names the database file and is missing");
}

void readMariaDb(ConfigReader& reader, store::sql::MariaDbConfig& config)
{
    reader.string("host", config.host, false);
    reader.port("port", config.port);
    std::optional<SecretString> password;
    reader.secret("password", password, 0, 1024);
    if (password) config.password = std::move(*password);
    const std::pair<const char*, std::string*> texts[] = {
        {"socket", &config.socket}, {"username", &config.username}, {"database", &config.database},
        {"ssl_ca", &config.sslCa},  {"ssl_cert", &config.sslCert},  {"ssl_key", &config.sslKey}};
    for (const auto& [key, value] : texts) {
        reader.string(key, *value);
        if (value->find(';') != std::string::npos) reader.fault(key, "must not hold a semicolon");
    }
    if (config.database.empty()) reader.fault("database", "names a database of its own and is missing");
    if (config.sslCert.empty() != config.sslKey.empty())
        reader.fault(config.sslCert.empty() ? "ssl_cert" : "ssl_key", "is missing beside the other one of the two");
    if (!config.sslCert.empty() && config.sslCa.empty())
        reader.fault("ssl_ca", "is missing: without it a server without TLS would be taken too");
}

} // namespace

SqlOptions SqlOptions::read(ConfigReader& reader)
{
    SqlOptions options;
    reader.choice<Driver>("driver", options.driver, {{"sqlite", Driver::Sqlite}, {"mysql", Driver::Mysql}});
    if (!reader.isGiven("driver")) reader.fault("driver", "is missing: sqlite or mysql");
    if (options.driver == Driver::Sqlite)
        readSqlite(reader, options.sqlite);
    else
        readMariaDb(reader, options.mariaDb);
    return options;
}

SqlSink::SqlSink(SqlOptions options, std::chrono::milliseconds timeout)
    : m_options(std::move(options))
{
    m_options.sqlite.busyTimeout = timeout;
    auto& mariaDb = m_options.mariaDb;
    mariaDb.connectTimeout = mariaDb.statementTimeout = mariaDb.lockTimeout = mariaDb.answerTimeout =
        std::max(std::chrono::ceil<std::chrono::seconds>(timeout), std::chrono::seconds(1));
}

Result<> SqlSink::open()
{
    if (m_archive) return {};
    auto opened = m_options.driver == SqlOptions::Driver::Sqlite
                      ? store::sql::SqlDecisionArchive::open(m_options.sqlite)
                      : store::sql::SqlDecisionArchive::open(m_options.mariaDb);
    if (!opened) return fail(opened);
    m_archive = std::move(*opened);
    return {};
}

Result<> SqlSink::write(std::span<const contract::DecisionRecord> records)
{
    Result<> ready = open();
    if (ready) {
        const auto added = m_archive->add(records);
        if (added) return {};
        if (added.error().code == Code::Validation) return fail(added);
        ready = fail(added);
    }
    // A refused account or a missing right is for the operator to mend: until then nothing is given up.
    return fail(Code::StorageUnavailable, ready.error().detail);
}

} // namespace iam::records
