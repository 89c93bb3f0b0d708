// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "samples.h"
#include "store/memorystorage.h"
#include "store/sql/sqlschema.h"
#include "store/sql/sqlstorage.h"
#include "support/verifyresult.h"
#include <QTemporaryDir>
#include <QTest>

namespace iam::store {

/// One storage of the engine that the test runs with: the same suite for each.
class StorageFixture {
public:
    static void engines()
    {
        QTest::addColumn<bool>("sqlite");
        QTest::newRow("memory") << false;
        QTest::newRow("sqlite") << true;
    }

    void open()
    {
        QFETCH_GLOBAL(bool, sqlite);
        m_isSqlite = sqlite;
        m_storage.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        if (!sqlite) {
            m_storage = makeMemoryStorage();
            return;
        }
        auto opened = sql::openSqlStorage({.path = path()});
        VERIFY_OK(opened);
        m_storage = std::move(*opened);
    }

    Storage* operator->() { return m_storage.get(); }
    bool isSqlite() const { return m_isSqlite; }

    /// Writes around the stores, as other software might have.
    Result<> raw(std::string_view statement)
    {
        auto database = sql::SqlDatabase::open({.path = path()}, sql::schema());
        if (!database) return fail(database);
        return (*database)->write([&](sql::SqlConnection& connection) -> Result<> {
            if (auto done = connection.run(statement); !done) return fail(done);
            return {};
        });
    }

private:
    std::string path() const { return m_folder->filePath(QStringLiteral("iam.db")).toStdString(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Storage> m_storage;
    bool m_isSqlite = false;
};

} // namespace iam::store
