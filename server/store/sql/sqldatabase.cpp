// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqldatabase.h"
#include "store/sql/qtsqlconnection.h"
#include "store/sql/sqlmigrator.h"
#include <QSqlDatabase>
#include <algorithm>
#include <atomic>
#include <filesystem>

namespace iam::store::sql {

namespace {

/// A write of one page may still fit where the next change would not.
Result<> roomIsLeft(const std::string& path)
{
    constexpr std::uintmax_t wanted = 1024 * 1024;
    std::error_code error;
    const auto space = std::filesystem::space(path, error);
    if (!error && space.available < wanted) return fail(Code::StorageUnavailable, "no room is left on the disk");
    return {};
}

} // namespace

/// What the threads' connections share; the threads hold weak references to it.
struct SqlDatabase::Shared : std::enable_shared_from_this<SqlDatabase::Shared> {
    explicit Shared(SqlConfig c)
        : config(std::move(c))
    {
    }

    const SqlConfig config;
    std::mutex writer; ///< who has it may write
    std::atomic<bool> lastWriteFailed = false;
    std::mutex mutex; ///< guards connections
    std::vector<std::shared_ptr<QtSqlConnection>> connections;

    struct ThreadConnections;
    Result<QtSqlConnection*> connection();
    void forget(const std::shared_ptr<QtSqlConnection>& connection);
};

/// The connections of one thread, one per database. Closes them when the thread ends.
struct SqlDatabase::Shared::ThreadConnections {
    struct Entry {
        std::weak_ptr<Shared> database;
        std::shared_ptr<QtSqlConnection> connection;
    };
    std::vector<Entry> entries;

    ~ThreadConnections()
    {
        for (const Entry& entry : entries) {
            if (const auto database = entry.database.lock()) database->forget(entry.connection);
            entry.connection->close();
        }
    }

    QtSqlConnection* find(const Shared* database)
    {
        for (const Entry& entry : entries) {
            if (entry.database.lock().get() == database && entry.connection->isOpen()) return entry.connection.get();
        }
        return nullptr;
    }

    void dropClosed()
    {
        std::erase_if(entries, [](const Entry& e) { return e.database.expired() || !e.connection->isOpen(); });
    }
};

void SqlDatabase::Shared::forget(const std::shared_ptr<QtSqlConnection>& connection)
{
    const std::lock_guard lock(mutex);
    std::erase(connections, connection);
}

Result<QtSqlConnection*> SqlDatabase::Shared::connection()
{
    static thread_local ThreadConnections mine; // QtSql: a connection is used by the thread that opened it
    if (QtSqlConnection* open = mine.find(this)) return open;
    mine.dropClosed();
    auto opened = QtSqlConnection::open(config);
    if (!opened) return fail(opened);
    {
        const std::lock_guard lock(mutex);
        std::erase_if(connections, [](const auto& c) { return !c->isOpen(); });
        connections.push_back(*opened);
    }
    mine.entries.push_back({weak_from_this(), *opened});
    return opened->get();
}

SqlDatabase::SqlDatabase(std::shared_ptr<Shared> shared)
    : m_shared(std::move(shared))
{
}

SqlDatabase::~SqlDatabase()
{
    const std::lock_guard lock(m_shared->mutex);
    for (const auto& connection : m_shared->connections) connection->close();
    m_shared->connections.clear();
}

Result<std::unique_ptr<SqlDatabase>> SqlDatabase::open(const SqlConfig& config,
                                                       const std::vector<Migration>& migrations)
{
    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QSQLITE"))) {
        return fail(Code::Database, "the SQLite driver of Qt is not installed (Debian package libqt6sql6-sqlite)");
    }
    if (auto usable = prepareFile(config.path); !usable) return fail(usable);
    std::unique_ptr<SqlDatabase> database(new SqlDatabase(std::make_shared<Shared>(config)));
    auto connection = database->m_shared->connection();
    Result<> prepared = connection ? prepareSchema(**connection, config, migrations) : Result<>(fail(connection));
    if (!prepared) {
        return fail(prepared.error().code,
                    "the database " + config.path + " cannot be used: " + prepared.error().detail);
    }
    return database;
}

Result<SqlConnection*> SqlDatabase::begin(bool writing)
{
    auto connection = m_shared->connection();
    if (!connection) return fail(connection);
    QtSqlConnection& mine = **connection;
    if (mine.inTransaction()) return fail(Code::Database, "a transaction inside a transaction");
    std::unique_lock<std::mutex> turn;
    if (writing) turn = std::unique_lock(m_shared->writer);
    if (auto begun = mine.begin(writing); !begun) {
        if (writing) noteWrite(begun.error());
        return fail(begun);
    }
    mine.writerTurn = std::move(turn);
    return &mine;
}

Result<> SqlDatabase::commit(bool writing)
{
    auto connection = m_shared->connection();
    if (!connection) return fail(connection);
    const std::unique_lock<std::mutex> turn = std::move((*connection)->writerTurn);
    Result<> done = (*connection)->commit();
    if (writing) {
        if (done)
            m_shared->lastWriteFailed = false;
        else
            noteWrite(done.error());
    }
    return done;
}

void SqlDatabase::rollBack(SqlConnection& connection) noexcept
{
    auto& mine = static_cast<QtSqlConnection&>(connection);
    const std::unique_lock<std::mutex> turn = std::move(mine.writerTurn);
    mine.rollBack();
}

void SqlDatabase::noteWrite(const Error& error)
{
    if (error.code == Code::StorageUnavailable) m_shared->lastWriteFailed = true;
}

Result<> SqlDatabase::maintain(std::string_view sql)
{
    auto connection = m_shared->connection();
    if (!connection) return fail(connection);
    if ((*connection)->inTransaction()) return fail(Code::Database, "maintenance inside a transaction");
    const std::lock_guard turn(m_shared->writer);
    auto rows = (*connection)->query(sql, {});
    if (!rows) return fail(rows);
    auto more = rows->next(); // some statements do their work row by row
    while (more && *more) more = rows->next();
    if (!more) return fail(more);
    return {};
}

Result<> SqlDatabase::health()
{
    auto readable = read([](SqlConnection& connection) -> Result<> {
        auto rows = connection.query("SELECT COUNT(*) FROM schema_steps");
        if (!rows) return fail(rows);
        if (auto row = rows->next(); !row) return fail(row);
        return {};
    });
    Result<> healthy = readable;
    if (readable && m_shared->lastWriteFailed) healthy = roomIsLeft(m_shared->config.path);
    if (healthy && m_shared->lastWriteFailed) {
        // Writes the file's first page anew: the smallest write there is.
        healthy = write([](SqlConnection& connection) -> Result<> {
            if (auto done = connection.run("PRAGMA user_version=1"); !done) return fail(done);
            return {};
        });
    }
    if (!healthy) return fail(Code::StorageUnavailable, healthy.error().detail);
    return {};
}

} // namespace iam::store::sql
