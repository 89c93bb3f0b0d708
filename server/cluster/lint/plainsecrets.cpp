// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/plainsecrets.h"
#include "base/configsource.h"
#include "base/text.h"
#include "cluster/lint/facts.h"
#include "cluster/lint/inilines.h"
#include <optional>
#include <sstream>

namespace iam::cluster {
namespace {

bool namesSecret(const std::string& name)
{
    const std::string lowered = text::lowered(name);
    if (lowered.ends_with("_file") || lowered.ends_with("-file")) return false;
    return lowered.find("password") != std::string::npos || lowered.find("secret") != std::string::npos ||
           lowered.ends_with("key");
}

/// Of "Environment=A=1 PASSWORD=x": PASSWORD.
std::optional<std::string> secretOfEnvironment(const std::string& value)
{
    std::istringstream words(value);
    for (std::string word; words >> word;) {
        word.erase(0, word.find_first_not_of("\"'"));
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || equals + 1 >= word.size() || word[equals + 1] == '"') continue;
        if (namesSecret(word.substr(0, equals))) return word.substr(0, equals);
    }
    return std::nullopt;
}

/// Of a line of a redis.conf.
std::optional<std::string> secretOfRedis(const IniLine& line)
{
    if ((line.key == "requirepass" || line.key == "masterauth") && line.value != "\"\"") return line.key;
    if (line.key == "user" && line.value.find(" >") != std::string::npos) return line.key;
    return std::nullopt;
}

/// "IDENTIFIED BY 'x'" and "SET @password = 'x'"; a value that is put together from a variable is none.
std::optional<std::string> secretOfSql(const std::string& line)
{
    const std::string lowered = text::lowered(line);
    const std::size_t start = lowered.find_first_not_of(" \t");
    if (start == std::string::npos || lowered.compare(start, 2, "--") == 0 || lowered[start] == '#')
        return std::nullopt;
    for (const std::string word : {"identified by", "password"}) {
        for (std::size_t at = lowered.find(word); at != std::string::npos; at = lowered.find(word, at + 1)) {
            const std::size_t quote = lowered.find_first_not_of(" \t:=(", at + word.size());
            if (quote == std::string::npos || (lowered[quote] != '\'' && lowered[quote] != '"')) continue;
            const std::size_t end = lowered.find(lowered[quote], quote + 1);
            if (end == std::string::npos || end == quote + 1 || lowered[quote + 1] == ',') continue;
            return line.substr(at, word.size());
        }
    }
    return std::nullopt;
}

} // namespace

std::vector<PlainSecret> plainSecrets(const std::string& path, const std::string& text)
{
    std::vector<PlainSecret> found;
    if (path == agentConfigPath) {
        const ConfigFile config = parseConfig(text, path);
        const auto key = config.values.find("cluster.key");
        if (key != config.values.end() && !key->second.scalar.empty())
            found.push_back({key->second.origin.line, "cluster.key"});
        return found;
    }
    if (path.ends_with(".sql")) {
        std::istringstream lines(text);
        int number = 0;
        for (std::string line; std::getline(lines, line);) {
            ++number;
            if (const auto name = secretOfSql(line)) found.push_back({number, *name});
        }
        return found;
    }
    const bool environment = path.starts_with("/etc/iam-server/") && path.ends_with(".env");
    const bool unit = path.starts_with("/etc/systemd/");
    const bool redis = path.starts_with("/etc/redis/");
    const bool mariadb = path.starts_with("/etc/mysql/") && path.ends_with(".cnf");
    if (!environment && !unit && !redis && !mariadb) return found;
    for (const IniLine& line : iniLines(text, path)) {
        if (line.value.empty()) continue;
        std::optional<std::string> name;
        if (environment && namesSecret(line.key)) name = line.key;
        if (unit && line.key == "Environment") name = secretOfEnvironment(line.value);
        if (redis) name = secretOfRedis(line);
        if (mariadb && (line.key == "password" || line.key == "loose-password")) name = line.key;
        if (name) found.push_back({line.line, *name});
    }
    return found;
}

} // namespace iam::cluster
