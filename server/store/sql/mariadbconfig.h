// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/secret.h"
#include <chrono>
#include <cstdint>
#include <string>

namespace iam::store::sql {

/// One database of a MariaDB server (10.6 or newer), and how patient we are with it.
struct MariaDbConfig {
    enum class Log { Nothing, Errors, Slow, Everything }; ///< which statements are logged; never their values

    std::string host = "127.0.0.1"; ///< name or address; not used with a socket
    std::uint16_t port = 3306;
    std::string socket; ///< path of a Unix socket, instead of host and port
    std::string username;
    SecretString password;
    std::string database;
    /// Not empty: the database is that of servers of the old system. What the names of our own tables begin with;
    /// dates of the other tables are in the time zone of the database's server.
    std::string tablePrefix{};

    /// PEM file with the authorities that may have signed the server's certificate. Given: a connection without TLS is
    /// refused. The driver checks the chain but NOT that the certificate names the host: use an authority that signs
    /// database servers only.
    std::string sslCa;
    std::string sslCert; ///< our own certificate, PEM, when the server asks for one
    std::string sslKey;  ///< its key

    int maxOpenConnections = 100; ///< at once; a thread that finds none free waits up to `lockTimeout`
    int maxIdleConnections = 100; ///< kept open while nobody uses them
    std::chrono::milliseconds maxConnectionLifetime{
        10'000}; ///< older ones are opened anew between transactions; 0: never

    // The driver counts whole seconds.
    std::chrono::seconds connectTimeout{5};
    std::chrono::seconds statementTimeout{10}; ///< the server ends a statement that takes longer
    std::chrono::seconds lockTimeout{8};       ///< how long to wait for the writer's turn
    std::chrono::seconds answerTimeout{15};    ///< a server that is silent for so long inside a statement is given up
    std::chrono::seconds idleTransactionTimeout{20}; ///< the server ends a transaction whose node is silent for so long
    Log log = Log::Slow;
};

} // namespace iam::store::sql
