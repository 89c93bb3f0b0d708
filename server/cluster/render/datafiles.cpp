// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/render/rendering.h"

namespace iam::cluster {
namespace {

constexpr std::string_view mariadbFile = R"(
[mysqld]
# For the machines of the cluster; programs on this one use the socket.
bind-address = @ADDRESS@
port = @DATABASE_PORT@
# Accounts are granted by address; a name server that is silent must not hold up connections.
skip-name-resolve
# Each server opens up to 100 connections.
max_connections = @CONNECTIONS@
character-set-server = utf8mb4
# What was acknowledged is on the disk.
innodb_flush_log_at_trx_commit = 1
@TLS@
)";

constexpr std::string_view mariadbTls = R"(# The certificate is to be signed by @AUTHORITY@, and names this machine.
ssl_ca = @AUTHORITY@
ssl_cert = /etc/mysql/tls/iam-database.pem
ssl_key = /etc/mysql/tls/iam-database.key
require_secure_transport = ON
)";

constexpr std::string_view grantsFile = R"(--
-- The database and its account, from each machine that runs our servers. The password stands in no file and no command
-- line; bash asks for it and its own printf hands it on (no quotes and no backslashes in it):
--   read -rs PASSWORD; (printf "SET @iam_password='%s';\n" "$PASSWORD"; cat mariadb-grants.sql) | mariadb
-- The same password goes to /etc/iam-server/iam-server.env as IAM_MYSQL_PASSWORD. Run again it sets a new password.
CREATE DATABASE IF NOT EXISTS `@DATABASE_NAME@` CHARACTER SET utf8mb4;
@ACCOUNTS@
)";

constexpr std::string_view grantPart = R"(
CREATE USER IF NOT EXISTS '@USER@'@'@FROM@' ACCOUNT LOCK;
EXECUTE IMMEDIATE CONCAT('ALTER USER \'@USER@\'@\'@FROM@\' IDENTIFIED BY ', QUOTE(@iam_password), '@REQUIRE@ ACCOUNT UNLOCK');
GRANT ALL PRIVILEGES ON `@DATABASE_NAME@`.* TO '@USER@'@'@FROM@';
)";

constexpr std::string_view redisFile = R"(#
# Loaded by the last line of /etc/redis/redis.conf: include /etc/redis/iam.conf
bind 127.0.0.1 @ADDRESS@
port @REDIS_PORT@
protected-mode yes
# What was heard of revoked keys outlives a restart; a second of it at most is lost.
appendonly yes
appendfsync everysec
# One line, "requirepass …", in a file of mode 0640, owner root, group redis. Without it Redis does not start.
include /etc/redis/iam-password.conf
)";

} // namespace

void renderData(Rendering& out)
{
    const ClusterDefinition& definition = out.definition();
    TemplateValues values = out.values();
    if (const DatabaseDefinition& database = definition.database; out.hosts(database)) {
        values["DATABASE_NAME"] = database.name;
        values["DATABASE_PORT"] = std::to_string(database.port);
        values["CONNECTIONS"] = std::to_string(definition.backends.size() * 100 + 50);
        const bool tls = !database.tlsAuthority.empty();
        values["TLS"] = tls ? fillTemplate(mariadbTls, {{"AUTHORITY", database.tlsAuthority}}) : std::string();
        std::string accounts;
        for (const std::string& address : out.backendAddresses())
            accounts += fillTemplate(grantPart, {{"USER", database.user},
                                                 {"FROM", address},
                                                 {"REQUIRE", tls ? " REQUIRE SSL" : ""},
                                                 {"DATABASE_NAME", database.name}});
        values["ACCOUNTS"] = accounts;
        out.add("/etc/mysql/mariadb.conf.d/60-iam.cnf", mariadbFile, values);
        out.add("/etc/iam-server/mariadb-grants.sql", grantsFile, values, 0644, "--");
    }
    if (!definition.redis.host.empty() && out.hosts(definition.redis)) {
        values["REDIS_PORT"] = std::to_string(definition.redis.port);
        out.add("/etc/redis/iam.conf", redisFile, values);
    }
}

} // namespace iam::cluster
