// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/memorystorage.h"
#include "store/memorychangestore.h"
#include "store/memorykeystore.h"
#include "store/memorypolicystore.h"
#include "store/memorysecretstore.h"
#include "store/memorysessionstore.h"
#include "store/memoryuserstore.h"

namespace iam::store {

namespace {

class MemoryStorage final : public Storage {
public:
    UserStore& users() override { return m_users; }
    SecretStore& secrets() override { return m_secrets; }
    PolicyStore& policies() override { return m_policies; }
    ChangeStore& changes() override { return m_changes; }
    SessionStore& sessions() override { return m_sessions; }
    KeyStore& keys() override { return m_keys; }
    Result<> health() override { return {}; }

private:
    MemoryTables m_tables;
    MemoryUserStore m_users{m_tables};
    MemorySecretStore m_secrets{m_tables};
    MemoryPolicyStore m_policies{m_tables};
    MemoryChangeStore m_changes{m_tables};
    MemorySessionStore m_sessions{m_tables};
    MemoryKeyStore m_keys{m_tables};
};

} // namespace

std::unique_ptr<Storage> makeMemoryStorage()
{
    return std::make_unique<MemoryStorage>();
}

} // namespace iam::store
