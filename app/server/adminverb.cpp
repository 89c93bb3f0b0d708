// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "configarguments.h"
#include "crypto/keyfile.h"
#include "node/administrator.h"
#include "node/keyrotation.h"
#include "node/servernode.h"
#include "verbs.h"
#include <cstdio>
#include <iostream>

namespace iam::app {

namespace {

int rotateEncryptionKey(const node::ServerConfig& config)
{
    const SystemClock clock;
    if (auto done = node::rotateEncryptionKey(config, clock); !done) {
        std::cerr << "iam-server: " << done.error().detail << '\n';
        return exitFailed;
    }
    std::cerr << "There is a new encryption key. The next start seals the secrets with it; the old one stays in "
              << config.dataDir << "/encryption.keys, for backups of the database.\n";
    return exitGood;
}

int resetPassword(const node::ServerConfig& config)
{
    // Never from the command line, where other users could see it.
    const SecretString password = config.adminPassword ? *config.adminPassword : node::randomPassword();
    const SystemClock clock;
    if (auto done = node::resetAdminPassword(config, password, clock); !done) {
        std::cerr << "iam-server: " << done.error().detail << '\n';
        return exitFailed;
    }
    if (config.adminPassword) {
        std::cerr << "The password of admin is now the one in IAM_ADMIN_PASSWORD.\n";
        return exitGood;
    }
    const std::string file = node::initialPasswordPath(config.dataDir);
    if (auto written = crypto::createPrivateFile(file, SecretString(password.reveal() + "\n")); !written) {
        std::cerr << "iam-server: the password was reset but cannot be left in " << file << ": "
                  << written.error().detail << '\n';
        return exitFailed;
    }
    std::cerr << "The new password of admin is in " << file << "; the file goes when the password is changed.\n";
    return exitGood;
}

} // namespace

int administer(const VerbArguments& arguments)
{
    const std::string what = arguments.empty() ? std::string() : arguments.front();
    if (what != "reset-password" && what != "rotate-encryption-key")
        return refuseArguments("the verb admin needs: reset-password or rotate-encryption-key");
    const auto parsed = Arguments::parse({arguments.begin() + 1, arguments.end()}, configRules());
    if (!parsed) return refuseArguments(parsed.error().detail);
    const auto config = readConfig(*parsed);
    if (!config) return exitConfiguration;
    return what == "reset-password" ? resetPassword(*config) : rotateEncryptionKey(*config);
}

} // namespace iam::app
