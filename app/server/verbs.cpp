// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "verbs.h"
#include <iostream>

namespace iam::app {

const std::vector<Verb>& verbs()
{
    static const std::vector<Verb> table{
        {"", "[--config FILE.yaml] [--data-dir DIR] [--set KEY=VALUE]…", "serves until it is told to end", serve},
        {"admin", "reset-password [--config FILE.yaml] [--data-dir DIR] [--set KEY=VALUE]…",
         "gives admin the password in IAM_ADMIN_PASSWORD, or a random one", administer},
        {"admin", "rotate-encryption-key [--config FILE.yaml] [--data-dir DIR] [--set KEY=VALUE]…",
         "makes a new key for the secrets in a SQLite database whose server is stopped", administer},
        {"adopt", "--check [DATABASE] [--json] [--decisions FILE] [--config FILE.yaml] [--set KEY=VALUE]…",
         "reads a database of the Go system (mysql://USER@HOST:PORT/NAME) and tells what is in it and what stands in "
         "the "
         "way, changing nothing; FILE gets what is to be decided",
         adopt},
        {"adopt", "--finish [DATABASE] [--json] [--decisions FILE] [--backup-dir DIR] [--config FILE.yaml] [--data-dir DIR]…",
         "takes that database over: a dump first, then step by step; run again, it goes on where it was ended", adopt},
        {"adopt", "--back [DATABASE] [--json] [--lock-accounts] [--backup-dir DIR] [--config FILE.yaml] [--data-dir DIR]…",
         "gives it back to the Go system with what was changed since, or names what the old form cannot hold", adopt},
        {"adopt", "--forget [DATABASE] [--config FILE.yaml]…",
         "removes the old tables, kept as adopted_…; there is no way back then but a dump", adopt},
        {"bench", "--policies FILE [--requests FILE]",
         "times decisions by policies (a JSON array) in this process, with and without the index: single decisions' "
         "median and p99, time to compile and to change one policy, memory; requests (JSON lines) are made from the "
         "policies when none are given",
         bench},
        {"check-config", "[--config FILE.yaml] [--data-dir DIR] [--set KEY=VALUE]…",
         "reads the configuration, names every fault of it, and ends", checkConfig},
        {"cluster", "VERB [OPTION]…",
         "the files and keys of several nodes behind one address; \"iam-server cluster\" tells more", manageCluster},
        {"decide", "--policies FILE --requests FILE [--explain]",
         "answers requests (JSON lines) by policies (a JSON array) without a server; - is standard input", decide},
        {"import-config", "OLD.yaml --role apiserver|authz-server|pump|watcher",
         "prints a configuration of the Go system in this one's form", importConfig},
        {"watcher", "--dry-run [--config FILE.yaml] [--data-dir DIR] [--set KEY=VALUE]…",
         "prints what the role watcher would do now, and changes nothing; with SQLite while its server is stopped", watch},
        {"--version", "", "prints the version", printVersion},
        {"--help", "", "prints this", printHelp},
    };
    return table;
}

int refuseArguments(std::string_view sentence)
{
    std::cerr << "iam-server: " << sentence << "; see iam-server --help\n";
    return exitConfiguration;
}

} // namespace iam::app
