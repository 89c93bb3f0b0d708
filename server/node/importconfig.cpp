// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/importconfig.h"
#include "base/configreader.h"
#include "base/configvalue.h"
#include "http/address.h"
#include "node/importsinks.h"
#include "node/importtext.h"
#include "node/redissection.h"
#include "node/serverconfig.h"
#include <algorithm>
#include <map>

namespace iam::node {
namespace {

/// One old file on its way into our form.
class Conversion {
public:
    Conversion(ConfigFile old, ImportRole role)
        : m_values(old.values)
        , m_reader(std::move(old), {}, {})
        , m_role(role)
    {
    }

    Result<std::string> run(const std::string& name)
    {
        const std::string section(nameOf(m_role));
        m_text = "# Converted from " + inComment(name) + " of the old " + section + ".\n" +
                 "# To run several roles in one process, which SQLite asks for, name them here and put the sections of "
                 "the\n" +
                 "# other files beside this one.\n" + "roles: [" + section + "]\n" + section + ":\n";
        std::vector<FieldFault> sinkFaults;
        if (m_role == ImportRole::Watcher) {
            takeWatcher();
        } else if (m_role == ImportRole::Pump) {
            takePump(sinkFaults);
        } else {
            takeInsecure();
            takeSecure();
        }
        if (m_role != ImportRole::Pump) takeMySql();
        if (m_role != ImportRole::Watcher && m_role != ImportRole::Pump) takeJwt();
        takeLog();
        if (m_role != ImportRole::Pump) m_text += redisLines();
        takeRest();
        std::vector<FieldFault> faults = m_reader.finish();
        faults.insert(faults.end(), sinkFaults.begin(), sinkFaults.end());
        if (!faults.empty()) return fail(Code::Validation, "the old configuration has faults", std::move(faults));
        std::string ours = m_text + comments();
        // What is wrong in a way that only our reader knows is told by the lines of what it would have read.
        auto config =
            readServerConfig(parseConfig(ours, "the converted file", ConfigLists::OfSections), {{}, "/", {}}, {});
        if (!config)
            return fail(Code::Validation, "the old configuration has faults", std::move(config.error().faults));
        return ours;
    }

private:
    void comment(const std::string& key, std::string_view why)
    {
        const auto found = m_values.find(key);
        const int line = found != m_values.end() ? found->second.origin.line : 0;
        const std::string where = line > 0 ? " (line " + std::to_string(line) + ")" : "";
        m_comments.emplace(line, "#   " + inComment(key) + where + ": " + std::string(why) + "\n");
    }

    std::string comments() const
    {
        if (m_comments.empty()) return {};
        std::string text = "\n# Not carried over as it was:\n";
        for (const auto& [line, entry] : m_comments) text += entry;
        return text;
    }

    void takeInsecure()
    {
        // The old defaults are written out: its authz-server listened on 8080 unless told otherwise.
        std::string address = "127.0.0.1";
        std::uint16_t port = 8080;
        m_reader.address("insecure.bind-address", address);
        m_reader.port("insecure.bind-port", port);
        m_text +=
            "  insecure:\n    bind-address: " + yamlQuoted(address) + "\n    bind-port: " + std::to_string(port) + '\n';
    }

    /// Where the old process told its health; `place` unless it says otherwise. What the old code had then is written
    /// out: it listened everywhere.
    void takePlace(std::string place)
    {
        m_reader.string("health-check-address", place);
        std::string address = place.substr(0, place.rfind(':'));
        const auto port = parseInteger(place.substr(std::min(place.size(), address.size() + 1)));
        if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
        if (address.empty()) address = "0.0.0.0";
        if (address == "localhost") address = "127.0.0.1";
        const http::Address parsed = http::Address::parse(address);
        if (place.find(':') == std::string::npos || !port || *port < 0 || *port > 65'535 || parsed.isNull())
            m_reader.fault("health-check-address", "must be an address and a port such as 0.0.0.0:5050");
        else
            m_text +=
                "  bind-address: " + yamlQuoted(parsed.toString()) + "\n  bind-port: " + std::to_string(*port) + '\n';
    }

    void takePump(std::vector<FieldFault>& sinkFaults)
    {
        takePlace("0.0.0.0:7070");
        const std::string redis = redisLines();
        if (!redis.empty())
            m_text +=
                "  # The list in Redis that old authz-servers fill. Decisions of a server of this kind come from\n"
                "  # its log in --data-dir: leave its analytics.enable-legacy-queue off, or they come twice.\n"
                "  drain-legacy-queue: true\n";
        m_text += importSinks(
            m_reader, m_values, [this](const std::string& key, std::string_view why) { comment(key, why); },
            sinkFaults);
        m_text += redis;
    }

    void takeWatcher()
    {
        // It disabled nobody unless told so.
        takePlace("0.0.0.0:5050");
        int reserve = 180;
        m_reader.integer("watcher.clean.max-reserve-days", reserve, 0, 36'500);
        int idle = 0;
        m_reader.integer("watcher.task.max-inactive-days", idle, 0, 36'500);
        m_text += "  clean:\n    max-reserve-days: " + std::to_string(reserve) +
                  "\n  task:\n    max-inactive-days: " + std::to_string(idle) + '\n';
        if (idle > 0)
            comment("watcher.task.max-inactive-days",
                    "is carried over; the old watcher never did it: see what it would do with iam-server watcher "
                    "--dry-run");
    }

    void takeSecure()
    {
        std::string address = "0.0.0.0";
        std::string directory;
        std::string pair = "iam";
        std::string certFile;
        std::string keyFile;
        std::uint16_t port = 8443;
        m_reader.address("secure.bind-address", address);
        m_reader.port("secure.bind-port", port);
        m_reader.string("secure.tls.cert-dir", directory);
        m_reader.string("secure.tls.pair-name", pair);
        m_reader.string("secure.tls.cert-key.cert-file", certFile);
        m_reader.string("secure.tls.cert-key.private-key-file", keyFile);
        if (certFile.empty() && keyFile.empty() && !directory.empty()) {
            certFile = directory + '/' + pair + ".crt";
            keyFile = directory + '/' + pair + ".key";
        }
        if (certFile.empty() != keyFile.empty()) {
            const std::string given = certFile.empty() ? "private-key-file" : "cert-file";
            m_reader.fault("secure.tls.cert-key." + given, "stands alone; TLS needs cert-file and private-key-file");
        } else if (certFile.empty()) {
            comment("secure", "names no certificate, so nothing listens with TLS; name one in secure.tls.cert-key");
        } else if (port == 0) {
            comment("secure.bind-port", "0 meant no TLS, so the secure section is left out");
        } else {
            m_text += "  secure:\n    bind-address: " + yamlQuoted(address) +
                      "\n    bind-port: " + std::to_string(port) +
                      "\n    tls:\n      cert-key:\n        cert-file: " + yamlQuoted(certFile) +
                      "\n        private-key-file: " + yamlQuoted(keyFile) + '\n';
        }
    }

    void takeMySql()
    {
        std::string lines;
        for (const char* name : {"host", "username", "password", "database"}) {
            std::string value;
            m_reader.string(std::string("mysql.") + name, value);
            if (!value.empty()) lines.append("  ").append(name).append(": ").append(yamlQuoted(value)).append("\n");
        }
        for (const char* name : {"max-idle-connections", "max-open-connections"}) {
            int number = -1;
            m_reader.integer(std::string("mysql.") + name, number, 0, 100'000);
            if (number > 0) lines.append("  ").append(name).append(": ").append(std::to_string(number)).append("\n");
        }
        lines += durationLine("mysql.max-connection-life-time", "max-connection-life-time", std::chrono::seconds(0));
        int level = 0;
        m_reader.integer("mysql.log-level", level, 1, 4);
        if (level > 0) lines += "  log-level: " + std::to_string(level) + '\n';
        if (lines.empty()) return;
        m_text += "store:\n  driver: mysql\nmysql:\n" + lines;
        comment("mysql.database", "is carried over, but the old system's tables are not taken in: name a new, empty "
                                  "database, or let both work on it with store.shared-with-legacy: true");
    }

    void takeJwt()
    {
        std::string lines;
        std::string realm;
        m_reader.string("jwt.realm", realm);
        if (!realm.empty()) lines += "  realm: " + yamlQuoted(realm) + '\n';
        const auto key = m_values.find("jwt.key");
        if (key != m_values.end() && key->second.kind == ConfigValue::Kind::Scalar && key->second.scalar.empty()) {
            m_reader.know("jwt.key");
            comment("jwt.key", "was empty, so anybody could forge tokens; left out, a random key is made and kept");
        } else {
            std::optional<SecretString> secret;
            m_reader.secret("jwt.key", secret, 6, 32);
            if (secret) lines += "  key: " + yamlQuoted(secret->reveal()) + '\n';
        }
        lines += durationLine("jwt.timeout", "timeout", std::chrono::seconds(1));
        lines += durationLine("jwt.max-refresh", "max-refresh", std::chrono::seconds(0));
        if (!lines.empty()) m_text += "jwt:\n" + lines;
    }

    /// Go's configuration reader takes a bare number for nanoseconds.
    std::string durationLine(const std::string& key, const std::string& name, std::chrono::milliseconds least)
    {
        constexpr std::chrono::milliseconds most = std::chrono::hours(24) * 3650;
        const auto found = m_values.find(key);
        if (found == m_values.end() || found->second.kind == ConfigValue::Kind::Null) return {};
        if (const auto number = parseInteger(found->second.scalar)) {
            m_reader.know(key);
            const std::chrono::milliseconds duration(*number / 1'000'000);
            if (duration >= least && duration <= most) return "  " + name + ": " + formatDuration(duration) + '\n';
        }
        std::chrono::milliseconds duration{-1};
        m_reader.duration(key, duration, least, most);
        return duration.count() < 0 ? std::string() : "  " + name + ": " + formatDuration(duration) + '\n';
    }

    void takeLog()
    {
        std::string lines;
        std::string level;
        m_reader.choice<std::string>("log.level", level,
                                     {{"debug", "debug"},
                                      {"info", "info"},
                                      {"warn", "warn"},
                                      {"error", "error"},
                                      {"dpanic", "error"},
                                      {"panic", "error"},
                                      {"fatal", "error"}});
        if (!level.empty()) lines += "  level: " + level + '\n';
        const auto given = m_values.find("log.level");
        if (given != m_values.end() && !level.empty() && given->second.scalar != level)
            comment("log.level", "is error now, the highest level there is");
        std::string format;
        m_reader.choice<std::string>("log.format", format, {{"console", "console"}, {"json", "json"}});
        if (!format.empty()) lines += "  format: " + format + '\n';
        lines += outputPathLines();
        if (!lines.empty()) m_text += "log:\n" + lines;
    }

    std::string outputPathLines()
    {
        std::vector<std::string> old;
        m_reader.list("log.output-paths", old);
        std::vector<std::string> paths;
        for (const std::string& path : old) {
            const std::string ours = path == "stdout" ? "stderr" : path;
            if (path == "stdout")
                comment("log.output-paths", "stdout carries the ready line only; stderr stands for it");
            if (std::find(paths.begin(), paths.end(), ours) == paths.end()) paths.push_back(ours);
        }
        return listLines("  ", "output-paths", paths);
    }

    /// The redis section, or nothing.
    std::string redisLines()
    {
        const auto first = m_values.lower_bound("redis.");
        const bool given = first != m_values.end() && first->first.starts_with("redis.");
        if (!given && m_role != ImportRole::Pump) return {};
        if (m_role == ImportRole::Watcher) {
            for (auto value = first; value != m_values.end() && value->first.starts_with("redis."); ++value) {
                m_reader.know(value->first);
                comment(value->first, "watchers take turns through the database");
            }
            return {};
        }
        const auto redis =
            readOldRedisSection(m_reader,
                                m_role == ImportRole::Pump ? "what old authz-servers put there is not drained"
                                                           : "changes are found in the database alone",
                                [this](const std::string& key, const std::string& why) { comment(key, why); });
        if (!redis) return {};
        std::string lines =
            "redis:\n  host: " + yamlQuoted(redis->host) + "\n  port: " + std::to_string(redis->port) + '\n';
        if (!redis->username.empty()) lines += "  username: " + yamlQuoted(redis->username) + '\n';
        if (!redis->password.empty()) lines += "  password: " + yamlQuoted(redis->password.reveal()) + '\n';
        if (redis->database != 0) lines += "  database: " + std::to_string(redis->database) + '\n';
        const auto seconds = std::chrono::floor<std::chrono::seconds>(redis->timeout).count();
        if (m_reader.isGiven("redis.timeout")) lines += "  timeout: " + std::to_string(seconds) + '\n';
        return lines;
    }

    /// Every key that nobody asked for is no fault here, but a comment.
    void takeRest()
    {
        for (const auto& [key, value] : m_values) {
            if (m_reader.isKnown(key)) continue;
            m_reader.know(key);
            const bool leaf = value.kind == ConfigValue::Kind::Scalar || value.kind == ConfigValue::Kind::List;
            if (leaf) comment(key, fateOf(key));
        }
    }

    ConfigValues m_values;
    ConfigReader m_reader;
    ImportRole m_role;
    std::string m_text;
    std::multimap<int, std::string> m_comments; ///< by line of the old file
};

} // namespace

std::string_view nameOf(ImportRole role)
{
    switch (role) {
    case ImportRole::ApiServer:
        return "apiserver";
    case ImportRole::AuthzServer:
        return "authz-server";
    case ImportRole::Pump:
        return "pump";
    case ImportRole::Watcher:
        break;
    }
    return "watcher";
}

Result<std::string> importConfig(std::string_view oldYaml, const std::string& name, ImportRole role)
{
    return Conversion(parseConfig(oldYaml, name), role).run(name);
}

Result<std::string> importConfigFile(const std::string& path, ImportRole role)
{
    return Conversion(readConfigFile(path), role).run(path);
}

} // namespace iam::node
