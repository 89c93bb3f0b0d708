// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/changestore.h"
#include "store/sql/sqldatabase.h"

namespace iam::store::sql {

class SqlChangeStore final : public ChangeStore {
public:
    explicit SqlChangeStore(SqlDatabase& database)
        : m_database(database)
    {
    }

    Result<contract::RecordPage<contract::ChangeRecord>> query(const contract::RecordFilter& filter,
                                                               const std::string& cursor, int limit) override;
    Result<std::uint64_t> lastId() override;
    Result<std::vector<ChangeMark>> since(std::uint64_t id, std::size_t limit) override;

private:
    SqlDatabase& m_database;
};

} // namespace iam::store::sql
