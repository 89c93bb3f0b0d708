// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqlstorage.h"
#include "store/sql/mariadbconfig.h"
#include "store/sql/ownrows.h"
#include "store/sql/sqlchangestore.h"
#include "store/sql/sqlkeystore.h"
#include "store/sql/sqlpolicystore.h"
#include "store/sql/sqlschema.h"
#include "store/sql/sqlsecretstore.h"
#include "store/sql/sqlsessionstore.h"
#include "store/sql/sqlupkeepstore.h"
#include "store/sql/sqluserstore.h"

namespace iam::store::sql {

namespace {

class SqlStorage final : public Storage {
public:
    explicit SqlStorage(std::unique_ptr<SqlDatabase> database)
        : m_database(std::move(database))
    {
    }

    UserStore& users() override { return m_users; }
    SecretStore& secrets() override { return m_secrets; }
    PolicyStore& policies() override { return m_policies; }
    ChangeStore& changes() override { return m_changes; }
    SessionStore& sessions() override { return m_sessions; }
    KeyStore& keys() override { return m_keys; }
    UpkeepStore* upkeep() override { return &m_upkeep; }
    Result<> health() override { return m_database->health(); }

private:
    const std::unique_ptr<SqlDatabase> m_database;
    OwnUserRows m_userRows;
    OwnSecretRows m_secretRows;
    OwnPolicyRows m_policyRows;
    const ObjectRows m_rows{m_userRows, m_secretRows, m_policyRows, nullptr};
    SqlUserStore m_users{*m_database, m_rows};
    SqlSecretStore m_secrets{*m_database, m_rows};
    SqlPolicyStore m_policies{*m_database, m_rows};
    SqlChangeStore m_changes{*m_database};
    SqlSessionStore m_sessions{*m_database};
    SqlKeyStore m_keys{*m_database};
    SqlUpkeepStore m_upkeep{*m_database, m_rows};
};

template <class Config>
Result<std::unique_ptr<Storage>> openStorage(const Config& config)
{
    auto database = SqlDatabase::open(config, schema());
    if (!database) return fail(database);
    return std::make_unique<SqlStorage>(std::move(*database));
}

} // namespace

Result<std::unique_ptr<Storage>> openSqlStorage(const SqlConfig& config)
{
    return openStorage(config);
}

Result<std::unique_ptr<Storage>> openSqlStorage(const MariaDbConfig& config)
{
    return openStorage(config);
}

} // namespace iam::store::sql
