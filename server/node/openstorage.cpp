// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/openstorage.h"
#include "base/logging.h"
#include "store/sql/legacy/sharedstorage.h"
#include "store/sql/sqlstorage.h"
#include <csignal>
#include <thread>

namespace iam::node {
namespace {

constexpr std::chrono::seconds between{1};
constexpr int roundsPerLine = 5;

/// SIGTERM and SIGINT are blocked while a server starts; they must not wait for the database.
bool isAskedToEnd()
{
    sigset_t waiting;
    ::sigemptyset(&waiting);
    ::sigpending(&waiting);
    return ::sigismember(&waiting, SIGTERM) == 1 || ::sigismember(&waiting, SIGINT) == 1;
}

Result<std::unique_ptr<store::Storage>> openMariaDb(const StoreConfig& config, const store::sql::KeySeal& seal)
{
    static const SystemClock clock;
    return config.sharedWithLegacy ? store::sql::openSharedStorage(config.mariaDb, seal, clock)
                                   : store::sql::openSqlStorage(config.mariaDb);
}

} // namespace

crypto::PasswordScheme passwordScheme(const ServerConfig& config)
{
    if (config.store.sharedWithLegacy) return crypto::BcryptParameters{};
    return crypto::Argon2Parameters{};
}

Result<std::unique_ptr<store::Storage>> openStorage(const ServerConfig& config, std::chrono::seconds patience,
                                                    const store::sql::KeySeal& seal)
{
    if (!sharesDatabase(config)) return store::sql::openSqlStorage({.path = config.store.sqlitePath});
    const auto end = std::chrono::steady_clock::now() + patience;
    for (int round = 0;; ++round) {
        auto storage = openMariaDb(config.store, seal);
        if (storage || storage.error().code != Code::StorageUnavailable) return storage;
        if (std::chrono::steady_clock::now() + between > end || isAskedToEnd()) return storage;
        if (round % roundsPerLine == 0) qCWarning(lcStore, "waiting: %s", storage.error().detail.c_str());
        std::this_thread::sleep_for(between);
    }
}

bool sharesDatabase(const ServerConfig& config)
{
    return config.store.driver != StoreConfig::Driver::Sqlite;
}

} // namespace iam::node
