// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/qtsqlconnection.h"
#include <condition_variable>

namespace iam::store::sql {

/// The connections of one database. QtSql wants a connection to be used by the thread that opened it, so each thread
/// keeps its own; where their number is limited, one that is not in use makes room for another thread's. Any thread.
class ConnectionSet : public std::enable_shared_from_this<ConnectionSet> {
public:
    explicit ConnectionSet(std::shared_ptr<const SqlEngine> engine);
    /// The calling thread's connection, opened when it has none or one that is too old. Not inside a transaction of
    /// this thread: Code::Database. Code::StorageUnavailable when all connections stay in use.
    Result<QtSqlConnection*> take();
    /// The thread does not need it at the moment. One that is closed is forgotten.
    void giveBack(QtSqlConnection& connection) noexcept;
    /// When nobody uses any.
    void closeAll();

    [[nodiscard]] const SqlEngine& engine() const noexcept { return *m_engine; }

private:
    struct ThreadConnections;
    void forget(const QtSqlConnection* connection);
    void remove(const QtSqlConnection* connection); ///< with the mutex
    bool closeIdle();                               ///< with the mutex
    [[nodiscard]] bool isUsable(const QtSqlConnection& connection) const;

    const std::shared_ptr<const SqlEngine> m_engine;
    const ConnectionLimits m_limits;
    std::mutex m_mutex; ///< guards what follows, and QtSqlConnection::inUse
    std::condition_variable m_freed;
    std::vector<std::shared_ptr<QtSqlConnection>> m_open;
    std::size_t m_opening = 0;
};

} // namespace iam::store::sql
