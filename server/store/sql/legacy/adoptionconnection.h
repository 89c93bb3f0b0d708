// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/mariadbconfig.h"
#include "store/sql/sqldatabase.h"
#include <memory>

namespace iam::store::sql {

class QtSqlConnection;

/// One patient connection to a database whose tables are taken over or given back. Opening it changes nothing and
/// needs no right but SELECT. One thread.
class AdoptionConnection {
public:
    /// Errors as SqlDatabase::open() for a MariaDbConfig.
    static Result<std::unique_ptr<AdoptionConnection>> open(const MariaDbConfig& config);
    ~AdoptionConnection();

    [[nodiscard]] SqlConnection& sql();
    [[nodiscard]] const std::string& place() const noexcept { return m_place; } ///< "the database …"

    /// Takes the lock that lets one process at a time change the form of this database; the server frees it when the
    /// connection ends, however it ends. Code::StorageUnavailable when another process has it.
    Result<> lock();

    /// One statement, outside of a transaction.
    Result<> execute(const std::string& statement);
    Result<> executeAll(const std::vector<std::string>& statements);

    /// Runs `work(SqlConnection&)`, which returns a Result, against one unchanging state of the database.
    template <class Work>
    auto read(Work&& work) -> std::invoke_result_t<Work, SqlConnection&>
    {
        return transact("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY", std::forward<Work>(work));
    }
    /// Runs `work(SqlConnection&)` in a transaction: all of it is stored when this returns a value, else nothing.
    template <class Work>
    auto write(Work&& work) -> std::invoke_result_t<Work, SqlConnection&>
    {
        return transact("START TRANSACTION", std::forward<Work>(work));
    }

    /// Runs `work(SqlConnection&)`, which returns a Result, in a transaction of which nothing is stored. Tables without
    /// transactions store it all the same.
    template <class Work>
    auto rehearse(Work&& work) -> std::invoke_result_t<Work, SqlConnection&>
    {
        if (auto begun = execute("START TRANSACTION"); !begun) return fail(begun);
        auto result = std::forward<Work>(work)(sql());
        static_cast<void>(execute("ROLLBACK")); // a lost connection has rolled back already
        return result;
    }

private:
    AdoptionConnection(std::shared_ptr<QtSqlConnection> connection, std::string place);

    template <class Work>
    auto transact(const char* begin, Work&& work) -> std::invoke_result_t<Work, SqlConnection&>
    {
        if (auto begun = execute(begin); !begun) return fail(begun);
        auto result = std::forward<Work>(work)(sql());
        if (!result) {
            static_cast<void>(execute("ROLLBACK")); // a lost connection has rolled back already
            return result;
        }
        if (auto done = execute("COMMIT"); !done) return fail(done);
        return result;
    }

    const std::shared_ptr<QtSqlConnection> m_connection;
    const std::string m_place;
};

} // namespace iam::store::sql
