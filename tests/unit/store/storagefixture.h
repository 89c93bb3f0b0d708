// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "samples.h"
#include "store/memorystorage.h"
#include "store/sql/legacy/sharedschema.h"
#include "store/sql/legacy/sharedstorage.h"
#include "store/sql/mariadbconfig.h"
#include "store/sql/sqlrows.h"
#include "store/sql/sqlschema.h"
#include "store/sql/sqlstorage.h"
#include "support/legacydatabase.h"
#include "support/mariadbserver.h"
#include "support/verifyresult.h"
#include <QTemporaryDir>
#include <QTest>

namespace iam::store {

/// One storage of the engine that the test runs with: the same suite for each. On MariaDB each is a database of its own
/// of one server, which ends with this; "shared" is one with the tables of the system that this one replaces.
class StorageFixture {
public:
    static void engines()
    {
        QTest::addColumn<QString>("engine");
        for (const char* engine : {"memory", "sqlite", "mariadb", "shared"}) QTest::newRow(engine) << QString::fromLatin1(engine);
    }

    void open()
    {
        QFETCH_GLOBAL(QString, engine);
        m_engine = engine;
        m_storage.reset();
        if (engine == u"memory") {
            m_storage = makeMemoryStorage();
            return;
        }
        m_folder = std::make_unique<QTemporaryDir>();
        if (isMariaDb()) {
            if (!test::MariaDbServer::isInstalled()) QSKIP("mariadb-server is not installed");
            if (!m_server) {
                m_server = std::make_unique<test::MariaDbServer>();
                QVERIFY2(m_server->start(), m_server->log().constData());
            }
            m_database = isShared() ? makeOldDatabase() : m_server->makeDatabase().toStdString();
        }
        const sql::KeySeal noSeal{[](const SecretString& key, auto&) -> Result<std::string> { return key.reveal(); },
                                  [](auto& text, auto&) -> Result<SecretString> { return SecretString(text); }};
        auto opened = isShared()    ? sql::openSharedStorage(mariaDb(), noSeal, m_clock)
                      : isMariaDb() ? sql::openSqlStorage(mariaDb())
                                    : sql::openSqlStorage(sqlite());
        VERIFY_OK(opened);
        m_storage = std::move(*opened);
    }

    Storage* operator->() { return m_storage.get(); }
    /// Whether other software could write to it.
    bool isSql() const { return m_engine != u"memory"; }
    /// Whether users, secrets and policies lie in tables of our own.
    bool isOwn() const { return isSql() && !isShared(); }
    /// Whether they lie in those of the old system.
    bool isShared() const { return m_engine == u"shared"; }
    /// What becomes of a time in a row of these: the old system's are whole seconds.
    TimePoint kept(TimePoint time) const { return isShared() ? std::chrono::floor<std::chrono::seconds>(time) : time; }

    /// Writes around the stores, as other software might have. Tables of ours that every SQL engine has in braces.
    Result<> raw(std::string_view statement)
    {
        auto opened = database();
        if (!opened) return fail(opened);
        return (*opened)->write([&](sql::SqlConnection& connection) -> Result<> {
            if (auto done = connection.run(statement); !done) return fail(done);
            return {};
        });
    }

    /// The first column of what a SELECT finds, around the stores.
    Result<Names> rows(std::string_view statement)
    {
        auto opened = database();
        if (!opened) return fail(opened);
        return (*opened)->read([&](sql::SqlConnection& connection) -> Result<Names> {
            Names found;
            auto done = sql::forEachRow(connection, statement, {}, [&](const sql::SqlRows& row) -> Result<> {
                found.push_back(row.text(0));
                return {};
            });
            if (!done) return fail(done);
            return found;
        });
    }

private:
    Result<std::unique_ptr<sql::SqlDatabase>> database() const
    {
        if (!isMariaDb()) return sql::SqlDatabase::open(sqlite(), sql::schema());
        sql::MariaDbConfig config = mariaDb();
        if (isShared()) config.tablePrefix = sql::sharedPrefix;
        return sql::SqlDatabase::open(config, isShared() ? sql::sharedSchema() : sql::schema());
    }
    bool isMariaDb() const { return m_engine == u"mariadb" || isShared(); }
    /// An empty one, whose ids begin with 1.
    std::string makeOldDatabase()
    {
        const test::LegacyDatabase made(*m_server);
        for (const char* table : {"user", "secret", "policy"})
            made.run(QStringLiteral("ALTER TABLE `%1` AUTO_INCREMENT = 1").arg(QLatin1String(table)));
        return made.name().toStdString();
    }
    sql::SqlConfig sqlite() const { return {.path = m_folder->filePath(QStringLiteral("iam.db")).toStdString()}; }
    sql::MariaDbConfig mariaDb() const
    {
        sql::MariaDbConfig config;
        config.port = m_server->port();
        config.username = test::MariaDbServer::username;
        config.password = SecretString(test::MariaDbServer::password);
        config.database = m_database;
        return config;
    }

    QString m_engine;
    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::MariaDbServer> m_server;
    std::string m_database;
    std::unique_ptr<Storage> m_storage;
};

} // namespace iam::store
