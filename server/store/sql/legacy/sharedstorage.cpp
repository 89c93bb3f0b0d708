// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/sharedstorage.h"
#include "store/sql/legacy/sharedrows.h"
#include "store/sql/legacy/sharedwatch.h"
#include "store/sql/sqlchangestore.h"
#include "store/sql/sqlkeystore.h"
#include "store/sql/sqlpolicystore.h"
#include "store/sql/sqlsecretstore.h"
#include "store/sql/sqlsessionstore.h"
#include "store/sql/sqluserstore.h"

namespace iam::store::sql {

namespace {

class SharedStorage final : public Storage {
public:
    SharedStorage(std::unique_ptr<SqlDatabase> database, KeySeal seal, const Clock& clock)
        : m_database(std::move(database))
        , m_notes(*m_database, clock)
        , m_secrets(m_clearSecrets, std::move(seal))
    {
    }

    UserStore& users() override { return m_users; }
    SecretStore& secrets() override { return m_secrets; }
    PolicyStore& policies() override { return m_policies; }
    ChangeStore& changes() override { return m_changes; }
    SessionStore& sessions() override { return m_sessions; }
    KeyStore& keys() override { return m_keys; }
    Result<> health() override
    {
        auto healthy = m_database->health();
        return healthy ? m_watch.health() : healthy;
    }

private:
    const std::unique_ptr<SqlDatabase> m_database;
    SharedNotes m_notes;
    SharedUserRows m_userRows;
    SharedSecretRows m_secretRows;
    SharedPolicyRows m_policyRows;
    const ObjectRows m_rows{m_userRows, m_secretRows, m_policyRows, &m_notes};
    SqlUserStore m_users{*m_database, m_rows};
    SqlSecretStore m_clearSecrets{*m_database, m_rows};
    ClearKeyStore m_secrets;
    SqlPolicyStore m_policies{*m_database, m_rows};
    SqlChangeStore m_changes{*m_database};
    SqlSessionStore m_sessions{*m_database};
    SqlKeyStore m_keys{*m_database};
    SharedWatch m_watch{*m_database, m_notes}; ///< the last member: its thread uses the others
};

} // namespace

Result<std::unique_ptr<Storage>> openSharedStorage(const MariaDbConfig& config, KeySeal seal, const Clock& clock)
{
    if (!seal.seal || !seal.open) {
        const char* none = "the keys that seal secrets are not open";
        seal.seal = [none](auto&, auto&) -> Result<std::string> { return fail(Code::Database, none); };
        seal.open = [none](auto&, auto&) -> Result<SecretString> { return fail(Code::Database, none); };
    }
    MariaDbConfig shared = config;
    shared.tablePrefix = sharedPrefix;
    auto database = SqlDatabase::open(shared, sharedSchema());
    if (!database) return fail(database);
    return std::make_unique<SharedStorage>(std::move(*database), std::move(seal), clock);
}

const std::vector<std::string>& sharedLimits()
{
    static const std::vector<std::string> limits = {
        "Secret keys lie in the clear in the database, and so do previous keys of a rotation.",
        "Passwords are hashed with bcrypt, not with argon2id.",
        "The old servers do not know of revoked tokens, ended sessions and the rotation's previous keys: a token that "
        "is"
        " dead here lives on there until its end, and a rotated secret's previous key is taken here only.",
        "A secret cannot be disabled; a disabled or removed user's tokens and secrets are refused here at once, but an"
        " old authz-server takes a disabled user's secrets on.",
        "Names of secrets and policies that an old server made twice stay one object here, the oldest.",
        "Changes by the old servers are recorded when they are found, by nobody known (\"legacy\"), without what was"
        " before when that was never recorded; several within a moment are one.",
        "Tokens of a user end when an old server changes the password or the status, as soon as that is found.",
        "Dates of users, secrets and policies are whole seconds; a new user counts as logged in at its creation.",
        "Nicknames, addresses, phones and descriptions hold no characters beyond U+FFFF.",
        "The watcher's jobs do not run: nothing is forgotten because of its age, and no idle user is disabled.",
        "An old server can disable the last administrator, and save over changes that were made here meanwhile.",
    };
    return limits;
}

} // namespace iam::store::sql
