// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "verbs.h"
#include <iostream>

namespace iam::app {

int printVersion(const VerbArguments&)
{
    std::cout << "iam-server " IAM_VERSION "\n";
    return exitGood;
}

int printHelp(const VerbArguments&)
{
    std::cout << "iam-server: identity and access management, " IAM_VERSION "\n\n";
    for (const Verb& verb : verbs()) {
        std::cout << "  iam-server";
        if (!verb.name.empty()) std::cout << ' ' << verb.name;
        if (!verb.synopsis.empty()) std::cout << ' ' << verb.synopsis;
        std::cout << "\n      " << verb.purpose << '\n';
    }
    std::cout << R"(
Configuration: default < file < environment < --set. The variable of a key is IAM_ and the key in upper case with
_ for . and -, so jwt.timeout is IAM_JWT_TIMEOUT; an empty variable counts as none. Command lines can be seen by every
user of the machine: --set takes no key and no password. IAM_ADMIN_PASSWORD is the password of the account
"admin" that the first start makes.

Data: --data-dir, or $STATE_DIRECTORY, or $XDG_DATA_HOME/iam-server, or ~/.local/share/iam-server.

With store.driver=mysql the data lie in a MariaDB database: mysql.host, username, password, database. mysql.ssl-ca
asks for TLS and names who may have signed the server's certificate; that the certificate names the host is NOT
checked, so let that authority sign database servers only. Roles may then be processes of their own. With
store.shared-with-legacy=true the database is that of servers of the old system, which go on using it.

decide answers each request with one line: {"allowed":…,"reason":…,"deciders":[…]}. With --explain the line is what
POST /v1/authz/explain answers: the decision, which policies had to be looked at, which entry or condition of each
matched, missed or failed and the value that a condition saw, and the policies that came nearest to matching.

Exit codes: 0 good, 1 it failed, 2 the configuration or the command line is wrong.
)";
    return exitGood;
}

} // namespace iam::app
