// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/storeconfig.h"
#include "base/configvalue.h"

namespace iam::node {
namespace {

using namespace std::chrono_literals;

constexpr const char* mysqlKeys[] = {"mysql.host",
                                     "mysql.username",
                                     "mysql.password",
                                     "mysql.database",
                                     "mysql.max-idle-connections",
                                     "mysql.max-open-connections",
                                     "mysql.max-connection-life-time",
                                     "mysql.log-level",
                                     "mysql.ssl-ca",
                                     "mysql.ssl-cert",
                                     "mysql.ssl-key"};

/// "host:port", "host", "[IPv6]:port" or the path of a Unix socket.
bool takePlace(const std::string& text, store::sql::MariaDbConfig& config)
{
    if (text.starts_with('/')) {
        config.socket = text;
        return text.find(';') == std::string::npos; // the driver's options are joined by it
    }
    std::string host = text;
    std::string port;
    if (host.starts_with('[')) {
        const std::size_t end = host.find(']');
        if (end == std::string::npos || (end + 1 < host.size() && host[end + 1] != ':')) return false;
        if (end + 1 < host.size()) port = host.substr(end + 1);
        host = host.substr(1, end - 1);
    } else if (const std::size_t colon = host.find(':'); colon != std::string::npos) {
        port = host.substr(colon);
        host.resize(colon);
    }
    if (host.empty() || host.find_first_of("/@ ") != std::string::npos) return false;
    config.host = host;
    if (port.empty()) return true;
    const auto number = parseInteger(port.substr(1));
    if (!number || *number < 1 || *number > 65535) return false;
    config.port = static_cast<std::uint16_t>(*number);
    return true;
}

void readFile(ConfigReader& reader, std::string_view key, std::string& path)
{
    reader.string(key, path);
    if (path.find(';') != std::string::npos) reader.fault(key, "must not hold a semicolon");
}

void readTls(ConfigReader& reader, store::sql::MariaDbConfig& config)
{
    readFile(reader, "mysql.ssl-ca", config.sslCa);
    readFile(reader, "mysql.ssl-cert", config.sslCert);
    readFile(reader, "mysql.ssl-key", config.sslKey);
    if (config.sslCert.empty() != config.sslKey.empty()) {
        const bool noCert = config.sslCert.empty();
        reader.fault(noCert ? "mysql.ssl-key" : "mysql.ssl-cert",
                     std::string("needs ") + (noCert ? "ssl-cert" : "ssl-key") + " beside it");
    } else if (!config.sslCert.empty() && config.sslCa.empty()) {
        reader.fault("mysql.ssl-cert", "needs ssl-ca beside it: without it a server without TLS would be taken too");
    }
}

void readMariaDb(ConfigReader& reader, store::sql::MariaDbConfig& config)
{
    using Log = store::sql::MariaDbConfig::Log;
    std::string place;
    reader.string("mysql.host", place);
    if (!place.empty() && !takePlace(place, config))
        reader.fault("mysql.host",
                     "must be HOST:PORT, HOST, [IPV6]:PORT or the path of a socket, not \"" + place + "\"");
    reader.string("mysql.username", config.username);
    if (reader.isGiven("mysql.password")) {
        std::optional<SecretString> password;
        reader.secret("mysql.password", password, 1, 1024);
        if (password) config.password = std::move(*password);
    }
    reader.know("mysql.password");
    reader.string("mysql.database", config.database);
    reader.integer("mysql.max-idle-connections", config.maxIdleConnections, 0, 100'000);
    reader.integer("mysql.max-open-connections", config.maxOpenConnections, 1, 100'000);
    reader.duration("mysql.max-connection-life-time", config.maxConnectionLifetime, 0s, 24h * 365);
    reader.choice<Log>("mysql.log-level", config.log,
                       {{"1", Log::Nothing}, {"2", Log::Errors}, {"3", Log::Slow}, {"4", Log::Everything}});
    readTls(reader, config);
}

} // namespace

void readStoreConfig(ConfigReader& reader, StoreConfig& store)
{
    using Driver = StoreConfig::Driver;
    reader.choice<Driver>("store.driver", store.driver, {{"sqlite", Driver::Sqlite}, {"mysql", Driver::MySql}});
    reader.string("store.sqlite.path", store.sqlitePath);
    reader.boolean("store.shared-with-legacy", store.sharedWithLegacy);
    readMariaDb(reader, store.mariaDb);
    if (store.driver == Driver::Sqlite) {
        if (store.sharedWithLegacy) reader.fault("store.shared-with-legacy", "needs store.driver: mysql");
        for (const char* key : mysqlKeys) store.mariaDbIsUnused = store.mariaDbIsUnused || reader.isGiven(key);
        return;
    }
    for (const auto& [key, value] :
         {std::pair("mysql.username", &store.mariaDb.username), std::pair("mysql.database", &store.mariaDb.database)}) {
        if (value->empty()) reader.fault("store.driver", std::string("mysql needs ") + key);
    }
}

} // namespace iam::node
