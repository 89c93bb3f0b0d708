// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/redissection.h"
#include "base/configvalue.h"
#include <array>

namespace iam::node {
namespace {

using Complain = std::function<void(const std::string& key, const std::string& why)>;

constexpr int mostDatabases = 1'000'000;
constexpr int longestTimeout = 60; // seconds

constexpr std::array<const char*, 2> unused{"redis.optimisation-max-idle", "redis.optimisation-max-active"};

/// Takes "host:port" apart, "[::1]:6379" too; without a port the old default stands.
bool takeAddress(const std::string& text, cluster::RedisConfig& redis)
{
    std::string host = text;
    std::uint16_t port = 6379;
    const std::size_t colon = text.rfind(':');
    const bool bracketed = text.starts_with('[');
    if (colon != std::string::npos && (!bracketed || text[colon - 1] == ']')) {
        const auto number = parseInteger(text.substr(colon + 1));
        if (!number || *number < 1 || *number > 65'535) return false;
        port = static_cast<std::uint16_t>(*number);
        host = text.substr(0, colon);
    }
    if (bracketed) {
        if (!host.ends_with(']')) return false;
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string::npos) {
        return false;
    }
    if (host.empty()) return false;
    redis.host = host;
    redis.port = port;
    return true;
}

/// What asks for a Redis that is spoken to in another way than ours. True when there was any.
bool refuseOtherWays(ConfigReader& reader, const Complain& complain)
{
    bool any = false;
    const auto refuse = [&](const char* key, const char* why) {
        any = true;
        complain(key, why);
    };
    bool tls = false;
    reader.boolean("redis.use-ssl", tls);
    if (tls)
        refuse("redis.use-ssl",
               "the server speaks to Redis without TLS: let stunnel on this machine carry it, and name stunnel's "
               "address in redis.host and redis.port");
    bool insecure = false;
    reader.boolean("redis.ssl-insecure-skip-verify", insecure);
    std::string master;
    reader.string("redis.master-name", master);
    if (!master.empty())
        refuse("redis.master-name",
               "the server does not ask Sentinel: name the one Redis in redis.host and redis.port");
    bool cluster = false;
    reader.boolean("redis.enable-cluster", cluster);
    if (cluster)
        refuse("redis.enable-cluster",
               "the server does not use Redis Cluster: name one Redis in redis.host and redis.port");
    return any;
}

/// The keys that both files share.
void readRedis(ConfigReader& reader, cluster::RedisConfig& redis, const Complain& complain)
{
    reader.string("redis.host", redis.host);
    reader.port("redis.port", redis.port);
    std::vector<std::string> addresses;
    reader.list("redis.addrs", addresses);
    if (addresses.size() > 1)
        complain("redis.addrs", "names several: the server uses one Redis");
    else if (addresses.size() == 1 && !takeAddress(addresses.front(), redis))
        complain("redis.addrs", "must be an address such as 10.0.4.20:6379");
    reader.string("redis.username", redis.username);
    std::optional<SecretString> password;
    reader.secret("redis.password", password, 0, 1024);
    if (password) redis.password = std::move(*password);
    reader.integer("redis.database", redis.database, 0, mostDatabases);
    int seconds = 0;
    reader.integer("redis.timeout", seconds, 0, longestTimeout);
    if (seconds > 0) redis.timeout = std::chrono::seconds(seconds);
    for (const char* key : unused) reader.know(key); // there are two connections, whatever these say
}

} // namespace

void readRedisSection(ConfigReader& reader, cluster::RedisConfig& redis)
{
    const Complain fault = [&](const std::string& key, const std::string& why) { reader.fault(key, why); };
    refuseOtherWays(reader, fault);
    readRedis(reader, redis, fault);
    if (!redis.enabled() && reader.isGiven("redis.port"))
        reader.fault("redis.port", "needs redis.host beside it; without it there is no Redis");
}

std::optional<cluster::RedisConfig> readOldRedisSection(ConfigReader& old, const std::string& consequence,
                                                        const Complain& comment)
{
    bool usable = true;
    const Complain leaveOut = [&](const std::string& key, const std::string& why) {
        usable = false;
        comment(key, why + "; the redis section is left out, " + consequence);
    };
    refuseOtherWays(old, leaveOut);
    cluster::RedisConfig redis;
    redis.host = "127.0.0.1";
    readRedis(old, redis, leaveOut);
    for (const char* key : unused)
        if (old.isGiven(key)) comment(key, "there are two connections to Redis, whatever this says");
    if (old.isGiven("redis.ssl-insecure-skip-verify"))
        comment("redis.ssl-insecure-skip-verify", "there is no TLS to Redis");
    return usable ? std::optional(redis) : std::nullopt;
}

} // namespace iam::node
