// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/records.h"
#include "store/sql/mariadbconfig.h"
#include "store/sql/sqldatabase.h"
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace iam::store::sql {

/// The history of the schema of such a database.
[[nodiscard]] const std::vector<Migration>& decisionArchiveMigrations();

/// The table decision_records, a row for each decision, in a database of its own where others may read it: times in ms
/// since the epoch, deciders as a JSON array of ids. Any thread; every call blocks.
class SqlDecisionArchive {
public:
    /// As SqlDatabase::open().
    static Result<std::unique_ptr<SqlDecisionArchive>> open(const SqlConfig& config);
    static Result<std::unique_ptr<SqlDecisionArchive>> open(const MariaDbConfig& config);

    /// Stores all of them or nothing; what is there already (the same node, sequence and time: a log that was begun
    /// anew counts from 1 again) is left as it is. How many rows are new. Bytes that are not UTF-8 become U+FFFD.
    /// Code::StorageUnavailable and Code::Database as SqlDatabase; Code::Validation when a record is larger than 8 MiB,
    /// has a node or owner of more than 255 characters, or breaks a rule that somebody gave the table.
    Result<std::uint64_t> add(std::span<const contract::DecisionRecord> records);

private:
    explicit SqlDecisionArchive(std::unique_ptr<SqlDatabase> database)
        : m_database(std::move(database))
    {
    }

    const std::unique_ptr<SqlDatabase> m_database;
};

} // namespace iam::store::sql
