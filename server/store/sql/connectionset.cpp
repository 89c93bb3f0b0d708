// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/connectionset.h"
#include <algorithm>

namespace iam::store::sql {

/// The connections of one thread, one per database. Closes them when the thread ends.
struct ConnectionSet::ThreadConnections {
    struct Entry {
        std::weak_ptr<ConnectionSet> set;
        std::shared_ptr<QtSqlConnection> connection;
    };
    std::vector<Entry> entries;

    ~ThreadConnections()
    {
        for (const Entry& entry : entries) {
            if (const auto set = entry.set.lock()) set->forget(entry.connection.get());
            entry.connection->close();
        }
    }

    QtSqlConnection* find(const ConnectionSet* set)
    {
        for (const Entry& entry : entries) {
            if (entry.set.lock().get() == set && entry.connection->isOpen()) return entry.connection.get();
        }
        return nullptr;
    }

    void dropClosed()
    {
        std::erase_if(entries, [](const Entry& e) { return e.set.expired() || !e.connection->isOpen(); });
    }
};

ConnectionSet::ConnectionSet(std::shared_ptr<const SqlEngine> engine)
    : m_engine(std::move(engine))
    , m_limits(m_engine->limits())
{
}

Result<QtSqlConnection*> ConnectionSet::take()
{
    static thread_local ThreadConnections mine;
    QtSqlConnection* const own = mine.find(this);
    if (own && own->inTransaction()) return fail(Code::Database, "a transaction inside a transaction");
    {
        std::unique_lock lock(m_mutex);
        if (own && isUsable(*own)) {
            own->inUse = true;
            return own;
        }
        if (own) {
            own->close();
            remove(own);
        }
        const auto roomIsThere = [this] { return m_open.size() + m_opening < m_limits.open || closeIdle(); };
        if (!m_freed.wait_for(lock, m_limits.patience, roomIsThere)) {
            return fail(Code::StorageUnavailable, "all " + std::to_string(m_limits.open) + " connections to " +
                                                      m_engine->place() + " are in use");
        }
        ++m_opening;
    }
    mine.dropClosed();
    auto opened = QtSqlConnection::open(m_engine);
    const std::lock_guard lock(m_mutex);
    --m_opening;
    if (!opened) {
        m_freed.notify_one();
        return fail(opened);
    }
    (*opened)->inUse = true;
    m_open.push_back(*opened);
    mine.entries.push_back({weak_from_this(), *opened});
    return opened->get();
}

void ConnectionSet::giveBack(QtSqlConnection& connection) noexcept
{
    const std::lock_guard lock(m_mutex);
    connection.inUse = false;
    const auto idle = std::count_if(m_open.begin(), m_open.end(), [](const auto& c) { return !c->inUse; });
    if (static_cast<std::size_t>(idle) > m_limits.idle) connection.close();
    if (!connection.isOpen()) remove(&connection);
    m_freed.notify_one();
}

void ConnectionSet::closeAll()
{
    const std::lock_guard lock(m_mutex);
    for (const auto& connection : m_open) connection->close();
    m_open.clear();
}

void ConnectionSet::forget(const QtSqlConnection* connection)
{
    const std::lock_guard lock(m_mutex);
    remove(connection);
    m_freed.notify_one();
}

void ConnectionSet::remove(const QtSqlConnection* connection)
{
    std::erase_if(m_open, [&](const auto& c) { return c.get() == connection; });
}

bool ConnectionSet::closeIdle()
{
    const auto idle = std::find_if(m_open.begin(), m_open.end(), [](const auto& c) { return !c->inUse; });
    if (idle == m_open.end()) return false;
    (*idle)->close();
    m_open.erase(idle);
    return true;
}

bool ConnectionSet::isUsable(const QtSqlConnection& connection) const
{
    return connection.isOpen() && (m_limits.lifetime.count() == 0 || connection.age() < m_limits.lifetime);
}

} // namespace iam::store::sql
