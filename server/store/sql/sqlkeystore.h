// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/keystore.h"
#include "store/sql/sqldatabase.h"

namespace iam::store::sql {

class SqlKeyStore final : public KeyStore {
public:
    explicit SqlKeyStore(SqlDatabase& database)
        : m_database(database)
    {
    }

    Result<std::vector<KeyGeneration>> generations() override;
    Result<> add(const KeyGeneration& generation) override;

private:
    SqlDatabase& m_database;
};

} // namespace iam::store::sql
