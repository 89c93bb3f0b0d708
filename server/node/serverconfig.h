// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/configreader.h"
#include "base/logging.h"
#include "base/result.h"
#include "base/secret.h"
#include "cluster/bus/redisconfig.h"
#include "http/address.h"
#include "http/limits.h"
#include "node/clustersection.h"
#include "node/pumpsection.h"
#include "node/storeconfig.h"
#include "node/watchersection.h"
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace iam::node {

using namespace std::chrono_literals;

/// Where one listener listens.
struct ListenConfig {
    std::string bindAddress = "127.0.0.1";
    std::uint16_t bindPort = 0; ///< 0: a free one
};

/// The TLS listener beside the plain one. It exists only when a certificate is named.
struct SecureConfig {
    std::string bindAddress = "0.0.0.0";
    std::uint16_t bindPort = 0; ///< 0: a free one
    std::string certFile;       ///< tls.cert-key.cert-file, PEM
    std::string privateKeyFile; ///< tls.cert-key.private-key-file, PEM

    [[nodiscard]] bool enabled() const noexcept { return !certFile.empty(); }
};

struct ApiServerConfig {
    ListenConfig insecure{"127.0.0.1", 8080};
    SecureConfig secure{"0.0.0.0", 8443, {}, {}};
    bool openRegistration = false; ///< whether anybody may create an account
};

struct AuthzServerConfig {
    ListenConfig insecure{"127.0.0.1", 9090};
    SecureConfig secure{"0.0.0.0", 9443, {}, {}};
    std::chrono::milliseconds maxStaleness = 10s; ///< a snapshot older than this makes /readyz say so
    bool requireExp = true;                       ///< tokens without "exp" are refused
    bool checkAudience = true;                    ///< tokens with another "aud" are refused
    int tokenCache = 4096; ///< verified tokens that each I/O thread remembers; 0: each request's is verified anew
};

struct JwtConfig {
    std::optional<SecretString> key; ///< 6..32 characters; absent: a random one is made once and kept with the data
    std::chrono::milliseconds timeout = 1h;
    std::chrono::milliseconds maxRefresh = 1h;
    std::string realm = "iam jwt";
};

struct RecordsConfig {
    enum class Durability { Interval, Sync };
    enum class OnFull { Drop, Refuse };
    std::chrono::days retention{30};
    std::uint64_t maxSize = std::uint64_t{1} << 30; ///< bytes of records.db
    Durability durability = Durability::Interval;   ///< Sync: a record is on disk before its answer leaves
    OnFull onFull = OnFull::Drop;                   ///< disk or queue full: drop records and count, or refuse decisions
};

/// Sharing decisions with the pump of the system this one replaces, through its list in Redis.
struct AnalyticsConfig {
    bool enableLegacyQueue = false;               ///< every decision goes there, too
    int recordsBufferSize = 16'384;               ///< records that wait; further ones are dropped and counted
    int maxListLength = 1'000'000;                ///< of the list in Redis; 0: any
    std::chrono::milliseconds flushInterval{200}; ///< how long records are gathered
};

struct SecretsConfig {
    enum class Reveal { Once, Always };
    int maxPerUser = 10;
    Reveal reveal = Reveal::Once; ///< Always: secretKey stands in every answer, as in the old system
};

struct ServingConfig {
    ServingConfig();
    std::vector<http::Network> trustedProxies; ///< default: 127.0.0.0/8 and ::1
    std::string nodeName;                      ///< default: the host name; stands in every record
    unsigned ioThreads = 0;                    ///< 0: one per core, at most eight
    std::chrono::milliseconds drainTimeout = 8s;
    std::vector<std::string> corsOrigins; ///< none: no CORS headers at all
};

/// What new passwords must be, besides having all kinds of characters.
struct PasswordConfig {
    std::string blocklistFile; ///< passwords that are refused, one a line; empty: none
    int minScore = 0;          ///< of zxcvbn, 0 to 4
};

/// Failed log-ins, counted by account and by address.
struct AuthConfig {
    int maxFailuresPerAccount = 10;
    int maxFailuresPerAddress = 50;
    std::chrono::milliseconds failureWindow = 5min;
    PasswordConfig password;
    int hashThreads = 1; ///< password hashes computed at once
    int hashQueue = 64;  ///< log-ins that may wait; more get 503
};

struct MetricsConfig {
    std::vector<http::Network> allow; ///< besides loopback
};

/// Everything one server is told, with the defaults it has without any file. Plain values, const after reading.
struct ServerConfig {
    bool runApiServer = true;                  ///< roles
    bool runAuthzServer = true;                ///< roles
    bool runAgent = false;                     ///< roles
    bool runPump = false;                      ///< roles
    bool runWatcher = false;                   ///< roles
    std::string dataDir;                       ///< absolute
    std::optional<SecretString> adminPassword; ///< IAM_ADMIN_PASSWORD: for the account made at the first start
    ApiServerConfig apiServer;
    AuthzServerConfig authzServer;
    StoreConfig store;
    cluster::RedisConfig redis;
    JwtConfig jwt;
    LogConfig log;
    RecordsConfig records;
    AnalyticsConfig analytics;
    SecretsConfig secrets;
    ServingConfig server;
    http::Limits limits;
    AuthConfig auth;
    MetricsConfig metrics;
    ClusterSection cluster; ///< its key file with its whole path
    PumpSection pump;
    WatcherSection watcher;

    /// Whether something runs that needs the store.
    [[nodiscard]] bool serves() const noexcept { return runApiServer || runAuthzServer; }
};

/// What the command line says about the configuration.
struct ServerOptions {
    std::string configFile;            ///< --config; empty: no file
    std::string dataDir;               ///< --data-dir; empty: see defaultDataDir()
    std::vector<std::string> settings; ///< --set KEY=VALUE, in order; the last one of a key wins
};

/// $STATE_DIRECTORY (the first entry of it), or $XDG_DATA_HOME/iam-server, or $HOME/.local/share/iam-server.
/// Empty when the environment names none of them.
[[nodiscard]] std::string defaultDataDir(const Environment& environment);

/// Reads the configuration: default < file < environment < settings. On failure the error's `faults` hold every
/// fault that was found, in the order of file lines, then variables, then settings; `field` says where ("iam.yaml:12",
/// "IAM_JWT_TIMEOUT", "--set"), `message` begins with the key. No fault repeats a secret value.
/// Looks at no file but the configuration's own: see checkFiles().
Result<ServerConfig> readServerConfig(const ServerOptions& options, const Environment& environment);
/// The same of a file that was read already; options.configFile is not looked at.
Result<ServerConfig> readServerConfig(ConfigFile file, const ServerOptions& options, const Environment& environment);

/// What the configuration names on disk and is not there or cannot be read (TLS certificates and keys). Empty: all
/// well.
[[nodiscard]] std::vector<FieldFault> checkFiles(const ServerConfig& config);

} // namespace iam::node
