// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqldatabase.h"
#include "store/sql/connectionset.h"
#include "store/sql/mariadbengine.h"
#include "store/sql/sqliteengine.h"

namespace iam::store::sql {

SqlDatabase::SqlDatabase(std::shared_ptr<ConnectionSet> connections)
    : m_connections(std::move(connections))
{
}

SqlDatabase::~SqlDatabase()
{
    m_connections->closeAll();
}

Result<std::unique_ptr<SqlDatabase>> SqlDatabase::openWith(std::shared_ptr<const SqlEngine> engine,
                                                           const std::vector<Migration>& migrations)
{
    if (auto prepared = engine->prepare(migrations); !prepared) return fail(prepared);
    return std::unique_ptr<SqlDatabase>(new SqlDatabase(std::make_shared<ConnectionSet>(std::move(engine))));
}

Result<std::unique_ptr<SqlDatabase>> SqlDatabase::open(const SqlConfig& config,
                                                       const std::vector<Migration>& migrations)
{
    return openWith(std::make_shared<SqliteEngine>(config), migrations);
}

Result<std::unique_ptr<SqlDatabase>> SqlDatabase::open(const MariaDbConfig& config,
                                                       const std::vector<Migration>& migrations)
{
    return openWith(std::make_shared<MariaDbEngine>(config), migrations);
}

Result<SqlConnection*> SqlDatabase::begin(bool writing)
{
    Result<QtSqlConnection*> taken = m_connections->take();
    if (!taken) return fail(taken);
    Result<> begun = (*taken)->begin(writing);
    // The turn of a writer who is slow, or waits for others, is waited for as long as without them.
    for (int tries = 1; !begun && (*taken)->gaveWay() && tries < mostTries; ++tries) begun = (*taken)->begin(writing);
    if (!begun && (*taken)->isLost()) {
        // It may have died long ago, while nobody used it. Nothing of this transaction has happened.
        m_connections->giveBack(**taken);
        taken = m_connections->take();
        if (taken) begun = (*taken)->begin(writing);
    }
    if (!taken) begun = fail(taken);
    if (!begun) {
        if (taken) m_connections->giveBack(**taken);
        if (writing) noteWrite(begun.error());
        return fail(begun);
    }
    return *taken;
}

Result<> SqlDatabase::commit(SqlConnection& connection, bool writing)
{
    auto& mine = static_cast<QtSqlConnection&>(connection);
    Result<> done = mine.commit();
    m_connections->giveBack(mine);
    if (!writing) return {}; // what was read is whole, whatever became of the connection
    if (done)
        m_lastWriteFailed = false;
    else
        noteWrite(done.error());
    return done;
}

void SqlDatabase::rollBack(SqlConnection& connection) noexcept
{
    auto& mine = static_cast<QtSqlConnection&>(connection);
    mine.rollBack();
    m_connections->giveBack(mine);
}

bool SqlDatabase::gaveWay(const SqlConnection& connection)
{
    return static_cast<const QtSqlConnection&>(connection).gaveWay();
}

void SqlDatabase::noteWrite(const Error& error)
{
    if (error.code == Code::StorageUnavailable) m_lastWriteFailed = true;
}

Result<> SqlDatabase::maintain(std::string_view sql)
{
    const auto taken = m_connections->take();
    if (!taken) return fail(taken);
    const auto turn = m_connections->engine().writerTurn();
    const auto runAll = [&]() -> Result<> {
        auto rows = (*taken)->query(sql, {});
        if (!rows) return fail(rows);
        auto more = rows->next(); // some statements do their work row by row
        while (more && *more) more = rows->next();
        if (!more) return fail(more);
        return {};
    };
    Result<> done = runAll();
    m_connections->giveBack(**taken);
    return done;
}

Result<> SqlDatabase::health()
{
    auto readable = read([](SqlConnection& connection) -> Result<> {
        auto rows = connection.query("SELECT COUNT(*) FROM {schema_steps}");
        if (!rows) return fail(rows);
        if (auto row = rows->next(); !row) return fail(row);
        return {};
    });
    const SqlEngine& engine = m_connections->engine();
    Result<> healthy = readable;
    if (readable && m_lastWriteFailed) healthy = engine.roomIsLeft();
    if (healthy && m_lastWriteFailed)
        healthy = write([&](SqlConnection& connection) { return engine.tryWriting(connection); });
    if (!healthy) return fail(Code::StorageUnavailable, healthy.error().detail);
    return {};
}

} // namespace iam::store::sql
