// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/serverconfig.h"
#include "base/bytes.h"
#include "node/keyfiles.h"
#include "node/redissection.h"
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace iam::node {
namespace {

constexpr std::chrono::milliseconds tenYears = 24h * 3650;
constexpr int maxCount = 1'000'000;

std::string hostName()
{
    std::array<char, 256> name{};
    if (gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "localhost";
    return name.data();
}

void readRoles(ConfigReader& reader, ServerConfig& config)
{
    constexpr const char* all = "apiserver, authz-server, agent, pump and watcher";
    std::vector<std::string> roles{"apiserver", "authz-server"};
    reader.list("roles", roles);
    config.runApiServer = config.runAuthzServer = false;
    for (const std::string& role : roles) {
        if (role == "apiserver")
            config.runApiServer = true;
        else if (role == "authz-server")
            config.runAuthzServer = true;
        else if (role == "agent")
            config.runAgent = true;
        else if (role == "pump")
            config.runPump = true;
        else if (role == "watcher")
            config.runWatcher = true;
        else
            reader.fault("roles", "\"" + role + "\" is no role; there are " + all);
    }
    if (roles.empty()) reader.fault("roles", std::string("names no role; there are ") + all);
}

void readListeners(ConfigReader& reader, const std::string& section, ListenConfig& insecure, SecureConfig& secure)
{
    reader.address(section + ".insecure.bind-address", insecure.bindAddress);
    reader.port(section + ".insecure.bind-port", insecure.bindPort);
    const std::string certKey = section + ".secure.tls.cert-key.";
    reader.address(section + ".secure.bind-address", secure.bindAddress);
    reader.port(section + ".secure.bind-port", secure.bindPort);
    reader.string(certKey + "cert-file", secure.certFile);
    reader.string(certKey + "private-key-file", secure.privateKeyFile);
    if (secure.certFile.empty() != secure.privateKeyFile.empty()) {
        const bool noCert = secure.certFile.empty();
        reader.fault(certKey + (noCert ? "private-key-file" : "cert-file"),
                     std::string("needs ") + (noCert ? "cert-file" : "private-key-file") + " beside it");
    } else if (!secure.enabled() && reader.isGiven(section + ".secure.bind-port")) {
        reader.fault(section + ".secure.bind-port",
                     "needs secure.tls.cert-key.cert-file and private-key-file; without them nothing listens with TLS");
    }
}

void readJwt(ConfigReader& reader, JwtConfig& jwt)
{
    reader.secret("jwt.key", jwt.key, 6, 32);
    reader.duration("jwt.timeout", jwt.timeout, 1s, tenYears);
    reader.duration("jwt.max-refresh", jwt.maxRefresh, 0s, tenYears);
    reader.string("jwt.realm", jwt.realm, false);
}

void readLog(ConfigReader& reader, LogConfig& log)
{
    reader.choice<std::string>("log.level", log.level,
                               {{"debug", "debug"}, {"info", "info"}, {"warn", "warn"}, {"error", "error"}});
    reader.choice<std::string>("log.format", log.format, {{"console", "console"}, {"json", "json"}});
    reader.list("log.output-paths", log.outputPaths);
    if (std::find(log.outputPaths.begin(), log.outputPaths.end(), "stdout") != log.outputPaths.end())
        reader.fault("log.output-paths", "stdout carries the ready line only; use stderr or a file");
}

void readRecords(ConfigReader& reader, RecordsConfig& records)
{
    int days = static_cast<int>(records.retention.count());
    reader.integer("records.retention-days", days, 1, 36'500);
    records.retention = std::chrono::days(days);
    reader.size("records.max-size", records.maxSize, MiB, 1024 * GiB);
    using Durability = RecordsConfig::Durability;
    using OnFull = RecordsConfig::OnFull;
    reader.choice<Durability>("records.durability", records.durability,
                              {{"interval", Durability::Interval}, {"sync", Durability::Sync}});
    reader.choice<OnFull>("records.on-full", records.onFull, {{"drop", OnFull::Drop}, {"refuse", OnFull::Refuse}});
}

void readAnalytics(ConfigReader& reader, AnalyticsConfig& analytics, const cluster::RedisConfig& redis)
{
    reader.boolean("analytics.enable-legacy-queue", analytics.enableLegacyQueue);
    reader.integer("analytics.records-buffer-size", analytics.recordsBufferSize, 1, maxCount);
    reader.integer("analytics.max-list-length", analytics.maxListLength, 0, 1'000'000'000);
    reader.duration("analytics.flush-interval", analytics.flushInterval, 1ms, 1s);
    if (analytics.enableLegacyQueue && !redis.enabled())
        reader.fault("analytics.enable-legacy-queue", "needs redis.host: the old system's list is in Redis");
    for (const char* old : {"enable", "pool-size", "storage-expiration-time", "enable-detailed-recording"})
        reader.refuseSection(std::string("analytics.") + old, "belongs to a file of the system this one replaces; "
                                                              "iam-server import-config converts such a file");
}

void readSecrets(ConfigReader& reader, SecretsConfig& secrets)
{
    using Reveal = SecretsConfig::Reveal;
    reader.integer("secrets.max-per-user", secrets.maxPerUser, 1, maxCount);
    reader.choice<Reveal>("secrets.reveal", secrets.reveal, {{"once", Reveal::Once}, {"always", Reveal::Always}});
}

/// An origin exactly as browsers send it (RFC 6454 §6.2): scheme, host, perhaps a port, nothing behind.
Result<std::string> toOrigin(const std::string& text)
{
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!text.starts_with(scheme) || text.size() == scheme.size()) continue;
        if (text.find_first_of("/?#@* \t", scheme.size()) == std::string::npos) return text;
    }
    return fail(Code::Validation);
}

void readNetworks(ConfigReader& reader, std::string_view key, std::vector<http::Network>& networks)
{
    reader.list<http::Network>(
        key, networks, [](const std::string& text) { return http::Network::parse(text); },
        "an address or a block of addresses such as 10.0.4.0/24");
}

void readServing(ConfigReader& reader, ServingConfig& server)
{
    readNetworks(reader, "server.trusted-proxies", server.trustedProxies);
    reader.string("server.node-name", server.nodeName, false);
    int threads = static_cast<int>(server.ioThreads);
    reader.integer("server.io-threads", threads, 0, 256);
    server.ioThreads = static_cast<unsigned>(threads);
    reader.duration("server.drain-timeout", server.drainTimeout, 0s, 10min);
    reader.list<std::string>("server.cors-origins", server.corsOrigins, toOrigin,
                             "an origin such as https://console.example.com");
}

void readCount(ConfigReader& reader, std::string_view key, std::size_t& value)
{
    int number = static_cast<int>(value);
    reader.integer(key, number, 1, maxCount);
    value = static_cast<std::size_t>(number);
}

void readLimits(ConfigReader& reader, http::Limits& limits)
{
    reader.size("limits.max-header-bytes", limits.header, KiB, MiB);
    reader.size("limits.max-body-bytes", limits.body, KiB, GiB);
    reader.size("limits.max-total-body-bytes", limits.allBodies, KiB, 1024 * GiB);
    if (limits.allBodies < limits.body)
        reader.fault("limits.max-total-body-bytes",
                     "is smaller than limits.max-body-bytes: no such body could come in");
    reader.duration("limits.header-timeout", limits.headerTime, 100ms, 1h);
    reader.duration("limits.idle-timeout", limits.idleTime, 100ms, 24h);
    reader.duration("limits.write-timeout", limits.writeStall, 100ms, 1h);
    reader.size("limits.min-body-rate", limits.bodyRate, 0, GiB);
    reader.duration("limits.body-grace", limits.bodyGrace, 100ms, 1h);
    readCount(reader, "limits.max-connections", limits.connections);
    readCount(reader, "limits.max-pending-per-address", limits.silentPerAddress);
    readCount(reader, "limits.max-pipelined", limits.pipeline);
    readCount(reader, "limits.max-waiting-requests", limits.normalInFlight);
    readCount(reader, "limits.max-waiting-logins", limits.loginInFlight);
    readCount(reader, "limits.max-waiting-decisions", limits.decisionInFlight);
}

void readAuth(ConfigReader& reader, AuthConfig& auth)
{
    reader.integer("auth.max-failures-per-account", auth.maxFailuresPerAccount, 1, maxCount);
    reader.integer("auth.max-failures-per-address", auth.maxFailuresPerAddress, 1, maxCount);
    reader.duration("auth.failure-window", auth.failureWindow, 1s, 24h);
    reader.string("auth.password.blocklist-file", auth.password.blocklistFile);
    reader.integer("auth.password.min-score", auth.password.minScore, 0, 4);
    reader.integer("auth.hash-threads", auth.hashThreads, 1, 64);
    reader.integer("auth.hash-queue", auth.hashQueue, 1, maxCount);
}

/// Two listeners on one port would be found out only when the second one starts.
void checkPorts(ConfigReader& reader, const ServerConfig& config)
{
    struct Taken {
        std::string key;
        std::string address;
        std::uint16_t port;
    };
    std::vector<Taken> taken;
    const auto take = [&](const std::string& key, const std::string& address, std::uint16_t port) {
        if (port == 0) return;
        for (const Taken& other : taken)
            if (other.port == port && other.address == address)
                return reader.fault(key, "is the same as " + other.key + " on the same address");
        taken.push_back({key, address, port});
    };
    const auto takeBoth = [&](const std::string& section, const ListenConfig& insecure, const SecureConfig& secure) {
        take(section + ".insecure.bind-port", insecure.bindAddress, insecure.bindPort);
        if (secure.enabled()) take(section + ".secure.bind-port", secure.bindAddress, secure.bindPort);
    };
    if (config.runApiServer) takeBoth("apiserver", config.apiServer.insecure, config.apiServer.secure);
    if (config.runAuthzServer) takeBoth("authz-server", config.authzServer.insecure, config.authzServer.secure);
    if (config.runPump) take("pump.bind-port", config.pump.bindAddress, config.pump.bindPort);
    if (config.runWatcher) take("watcher.bind-port", config.watcher.bindAddress, config.watcher.bindPort);
}

void refuseOthers(ConfigReader& reader)
{
    for (const std::string_view section :
         {"insecure", "secure", "grpc", "rpcserver", "client-ca-file", "feature", "pumps"})
        reader.refuseSection(section, "belongs to a file of the system this one replaces; "
                                      "iam-server import-config converts such a file");
}

/// Directories from the command line and the environment, which no key names.
void placeData(ConfigReader& reader, const ServerOptions& options, const Environment& environment, ServerConfig& config,
               std::vector<FieldFault>& faults)
{
    namespace fs = std::filesystem;
    const std::string given = options.dataDir.empty() ? defaultDataDir(environment) : options.dataDir;
    std::error_code error;
    const fs::path dataDir = given.empty() ? fs::path() : fs::absolute(given, error).lexically_normal();
    if (dataDir.empty() || error) {
        faults.push_back({"--data-dir", "there is no place for the data: give --data-dir, or set STATE_DIRECTORY, "
                                        "XDG_DATA_HOME or HOME"});
        return;
    }
    config.dataDir = dataDir.string();
    while (config.dataDir.size() > 1 && config.dataDir.ends_with('/')) config.dataDir.pop_back();
    std::string& keyFile = config.cluster.key.keyFile;
    keyFile = (fs::path(config.dataDir) / (keyFile.empty() ? clusterKeyFile : keyFile)).lexically_normal().string();
    const fs::path database = config.store.sqlitePath.empty() ? "iam.db" : config.store.sqlitePath;
    config.store.sqlitePath = (fs::path(config.dataDir) / database).lexically_normal().string();
    if (config.store.sqlitePath.ends_with('/')) reader.fault("store.sqlite.path", "names a directory, not a file");
}

} // namespace

ServingConfig::ServingConfig()
    : trustedProxies{*http::Network::parse("127.0.0.0/8"), *http::Network::parse("::1/128")}
    , nodeName(hostName())
{
}

std::string defaultDataDir(const Environment& environment)
{
    const auto variable = [&](std::string_view name) {
        const auto found = environment.find(name);
        return found == environment.end() ? std::string() : found->second;
    };
    // systemd.exec(5): several state directories are separated by colons.
    const std::string state = variable("STATE_DIRECTORY");
    if (!state.empty()) return state.substr(0, state.find(':'));
    // The XDG base directory specification: relative paths are to be ignored.
    if (const std::string data = variable("XDG_DATA_HOME"); data.starts_with('/')) return data + "/iam-server";
    if (const std::string home = variable("HOME"); home.starts_with('/')) return home + "/.local/share/iam-server";
    return {};
}

Result<ServerConfig> readServerConfig(const ServerOptions& options, const Environment& environment)
{
    return readServerConfig(options.configFile.empty() ? ConfigFile()
                                                       : readConfigFile(options.configFile, ConfigLists::OfSections),
                            options, environment);
}

Result<ServerConfig> readServerConfig(ConfigFile file, const ServerOptions& options, const Environment& environment)
{
    ConfigReader reader(std::move(file), environment, options.settings);
    ServerConfig config;
    readRoles(reader, config);
    readListeners(reader, "apiserver", config.apiServer.insecure, config.apiServer.secure);
    reader.boolean("apiserver.open-registration", config.apiServer.openRegistration);
    readListeners(reader, "authz-server", config.authzServer.insecure, config.authzServer.secure);
    reader.duration("authz-server.max-staleness", config.authzServer.maxStaleness, 1s, 24h);
    reader.boolean("authz-server.require-exp", config.authzServer.requireExp);
    reader.boolean("authz-server.check-audience", config.authzServer.checkAudience);
    reader.integer("authz-server.token-cache", config.authzServer.tokenCache, 0, 1'000'000);
    readStoreConfig(reader, config.store);
    readRedisSection(reader, config.redis);
    readJwt(reader, config.jwt);
    readLog(reader, config.log);
    readRecords(reader, config.records);
    readAnalytics(reader, config.analytics, config.redis);
    readSecrets(reader, config.secrets);
    readServing(reader, config.server);
    readLimits(reader, config.limits);
    readAuth(reader, config.auth);
    readNetworks(reader, "metrics.allow", config.metrics.allow);
    readClusterSection(reader, config.cluster, config.runAgent);
    const std::vector<FieldFault> sinkFaults = readPumpSection(reader, config.pump, config.runPump);
    readWatcherSection(reader, config.watcher);
    if (config.pump.drainLegacyQueue && !config.redis.enabled())
        reader.fault("pump.drain-legacy-queue", "needs redis.host: the old system's list is in Redis");
    checkPorts(reader, config);
    refuseOthers(reader);
    if (const auto password = environment.find("IAM_ADMIN_PASSWORD");
        password != environment.end() && !password->second.empty())
        config.adminPassword.emplace(password->second);

    std::vector<FieldFault> placeFaults;
    placeData(reader, options, environment, config, placeFaults);
    std::vector<FieldFault> faults = reader.finish();
    faults.insert(faults.end(), sinkFaults.begin(), sinkFaults.end());
    faults.insert(faults.end(), placeFaults.begin(), placeFaults.end());
    if (!faults.empty()) return fail(Code::Validation, "the configuration has faults", std::move(faults));
    return config;
}

std::vector<FieldFault> checkFiles(const ServerConfig& config)
{
    std::vector<FieldFault> faults;
    const auto check = [&](const std::string& key, const std::string& path) {
        if (path.empty()) return;
        const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        struct stat status {};
        if (fd < 0)
            faults.push_back({key, path + ": " + std::strerror(errno)});
        else if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
            faults.push_back({key, path + ": is not a file"});
        if (fd >= 0) ::close(fd);
    };
    const auto checkSecure = [&](const std::string& section, const SecureConfig& secure) {
        check(section + ".secure.tls.cert-key.cert-file", secure.certFile);
        check(section + ".secure.tls.cert-key.private-key-file", secure.privateKeyFile);
    };
    if (config.runAgent) check("cluster.definition", config.cluster.agent.definitionFile);
    check("auth.password.blocklist-file", config.auth.password.blocklistFile);
    if (config.runApiServer) checkSecure("apiserver", config.apiServer.secure);
    if (config.runAuthzServer) checkSecure("authz-server", config.authzServer.secure);
    if (config.store.driver == StoreConfig::Driver::MySql) {
        check("mysql.ssl-ca", config.store.mariaDb.sslCa);
        check("mysql.ssl-cert", config.store.mariaDb.sslCert);
        check("mysql.ssl-key", config.store.mariaDb.sslKey);
    }
    return faults;
}

} // namespace iam::node
