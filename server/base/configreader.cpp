// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/configreader.h"
#include "base/configvalue.h"
#include "base/text.h"
#include <algorithm>
#include <arpa/inet.h>
#include <limits>
#include <numeric>

namespace iam {
namespace {

const std::string settingName = "--set";

std::string variableName(std::string_view key)
{
    std::string name = "IAM_";
    for (const char c : key) {
        if (c == '.' || c == '-')
            name += '_';
        else
            name += c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    }
    return name;
}

bool isBelow(std::string_view key, std::string_view section)
{
    return key.size() > section.size() && key.starts_with(section) &&
           (key[section.size()] == '.' || key[section.size()] == '[');
}

std::string quoted(std::string_view value)
{
    constexpr std::size_t longest = 60;
    return '"' + std::string(value.substr(0, longest)) + (value.size() > longest ? "…\"" : "\"");
}

std::string joined(const std::vector<std::string>& words)
{
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

std::string trimmed(std::string_view value)
{
    const auto first = value.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return std::string(value.substr(first, value.find_last_not_of(" \t") - first + 1));
}

std::vector<std::string> splitAtCommas(std::string_view value)
{
    std::vector<std::string> parts;
    // A variable or --set may write a list as a file does: [a, b].
    if (value.size() >= 2 && value.front() == '[' && value.back() == ']') value = value.substr(1, value.size() - 2);
    if (trimmed(value).empty()) return parts;
    for (std::size_t pos = 0; pos <= value.size();) {
        const std::size_t comma = std::min(value.find(',', pos), value.size());
        parts.push_back(trimmed(value.substr(pos, comma - pos)));
        pos = comma + 1;
    }
    return parts;
}

bool isAddress(const std::string& text)
{
    // inet_pton(3) would stop at a null byte and call the rest good.
    if (text.find('\0') != std::string::npos) return false;
    in6_addr bytes{};
    return inet_pton(AF_INET, text.c_str(), &bytes) == 1 || inet_pton(AF_INET6, text.c_str(), &bytes) == 1;
}

/// Edits needed to make one of the other (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

} // namespace

ConfigReader::ConfigReader(ConfigFile file, Environment environment, const std::vector<std::string>& settings)
    : m_file(std::move(file))
    , m_environment(std::move(environment))
{
    for (const auto& fault : m_file.faults) addFault(fault.origin, fault.message);
    const ConfigOrigin origin{ConfigOrigin::Kind::Setting, settingName, 0};
    for (const std::string& setting : settings) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos || equals == 0)
            addFault(origin, "is followed by KEY=VALUE");
        else
            m_settings[setting.substr(0, equals)] =
                ConfigValue{ConfigValue::Kind::Scalar, setting.substr(equals + 1), {}, origin};
    }
}

const ConfigValue* ConfigReader::find(std::string_view key)
{
    know(key);
    if (const auto setting = m_settings.find(key); setting != m_settings.end()) return &setting->second;
    const std::string name = variableName(key);
    if (const auto variable = m_environment.find(name); variable != m_environment.end() && !variable->second.empty()) {
        const ConfigValue value{
            ConfigValue::Kind::Scalar, variable->second, {}, {ConfigOrigin::Kind::Variable, name, 0}};
        return &m_fromEnvironment.insert_or_assign(std::string(key), value).first->second;
    }
    const auto found = m_file.values.find(key);
    if (found == m_file.values.end() || found->second.kind == ConfigValue::Kind::Null) return nullptr;
    return &found->second;
}

const std::string* ConfigReader::scalar(std::string_view key)
{
    const ConfigValue* value = find(key);
    if (value == nullptr) return nullptr;
    if (value->kind == ConfigValue::Kind::Scalar) return &value->scalar;
    fault(key,
          value->kind == ConfigValue::Kind::Section ? "takes one value, not a section" : "takes one value, not a list");
    return nullptr;
}

void ConfigReader::boolean(std::string_view key, bool& value)
{
    const std::string* text = scalar(key);
    if (text == nullptr) return;
    if (const auto parsed = parseBoolean(*text))
        value = *parsed;
    else
        fault(key, "must be true or false, not " + quoted(*text));
}

void ConfigReader::integer(std::string_view key, int& value, int least, int most)
{
    const std::string* text = scalar(key);
    if (text == nullptr) return;
    const auto parsed = parseInteger(*text);
    if (parsed && *parsed >= least && *parsed <= most)
        value = static_cast<int>(*parsed);
    else
        fault(key, "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ", not " +
                       quoted(*text));
}

void ConfigReader::port(std::string_view key, std::uint16_t& value)
{
    int number = value;
    integer(key, number, 0, std::numeric_limits<std::uint16_t>::max());
    value = static_cast<std::uint16_t>(number);
}

void ConfigReader::string(std::string_view key, std::string& value, bool mayBeEmpty)
{
    const std::string* text = scalar(key);
    if (text == nullptr) return;
    if (text->empty() && !mayBeEmpty)
        fault(key, "must not be empty");
    else
        value = *text;
}

void ConfigReader::secret(std::string_view key, std::optional<SecretString>& value, std::size_t shortest,
                          std::size_t longest)
{
    const std::string* given = scalar(key);
    if (given == nullptr) return;
    const std::size_t length = text::length(*given);
    if (m_settings.contains(key) && !given->empty())
        fault(key,
              "is a secret, and command lines can be seen by every user of the machine: give it in the file or as " +
                  variableName(key));
    else if (given->empty() && shortest == 0)
        return; // none is meant
    else if (given->empty())
        fault(key, "must not be empty; leave it out to have one made");
    else if (length < shortest || length > longest)
        fault(key, "must have " + std::to_string(shortest) + " to " + std::to_string(longest) + " characters");
    else
        value.emplace(*given);
}

void ConfigReader::duration(std::string_view key, std::chrono::milliseconds& value, std::chrono::milliseconds least,
                            std::chrono::milliseconds most)
{
    const std::string* text = scalar(key);
    if (text == nullptr) return;
    const auto parsed = parseDuration(*text);
    if (!parsed)
        fault(key, "must be a time such as 10s, 500ms or 1h30m, not " + quoted(*text));
    else if (*parsed < least || *parsed > most)
        fault(key, "must be from " + formatDuration(least) + " to " + formatDuration(most) + ", not " + quoted(*text));
    else
        value = *parsed;
}

void ConfigReader::size(std::string_view key, std::uint64_t& value, std::uint64_t least, std::uint64_t most)
{
    const std::string* text = scalar(key);
    if (text == nullptr) return;
    const auto parsed = parseSize(*text);
    if (!parsed)
        fault(key, "must be a size such as 16KiB, 5MiB or 1GiB, not " + quoted(*text));
    else if (*parsed < least || *parsed > most)
        fault(key, "must be from " + formatSize(least) + " to " + formatSize(most) + ", not " + quoted(*text));
    else
        value = *parsed;
}

void ConfigReader::address(std::string_view key, std::string& value)
{
    const std::string* text = scalar(key);
    if (text == nullptr) return;
    if (isAddress(*text))
        value = *text;
    else
        fault(key, "must be an IPv4 or IPv6 address such as 127.0.0.1 or ::1, not " + quoted(*text));
}

void ConfigReader::list(std::string_view key, std::vector<std::string>& value)
{
    const ConfigValue* given = find(key);
    if (given == nullptr) return;
    if (given->kind == ConfigValue::Kind::Section) return fault(key, "takes a list, not a section");
    if (given->kind == ConfigValue::Kind::Sections) return fault(key, "takes a list of plain values, not of sections");
    std::vector<std::string> entries =
        given->kind == ConfigValue::Kind::List ? given->list : splitAtCommas(given->scalar);
    if (std::any_of(entries.begin(), entries.end(), [](const std::string& entry) { return entry.empty(); }))
        return fault(key, "has an empty entry");
    value = std::move(entries);
}

std::size_t ConfigReader::sections(std::string_view key)
{
    // Only its entries are known: the key itself would cover what is unknown below it.
    const auto found = m_file.values.find(key);
    if (found == m_file.values.end() || found->second.kind != ConfigValue::Kind::Sections) {
        const ConfigValue* value = find(key);
        if (value != nullptr && (value->kind != ConfigValue::Kind::List || !value->list.empty()))
            fault(key, "takes a list of sections: each entry begins with \"- \" and has keys of its own");
        return 0;
    }
    std::size_t count = 0;
    while (m_file.values.contains(std::string(key) + '[' + std::to_string(count) + ']')) ++count;
    return count;
}

ConfigValues ConfigReader::below(std::string_view section)
{
    ConfigValues found;
    know(section);
    for (const ConfigValues* values : {&m_file.values, &m_settings}) {
        for (const auto& [key, value] : *values) {
            if (!isBelow(key, section) || key[section.size()] != '.') continue;
            know(key);
            found.insert_or_assign(key.substr(section.size() + 1), value);
        }
    }
    return found;
}

std::optional<std::size_t> ConfigReader::chosen(std::string_view key, const std::vector<std::string>& names)
{
    const std::string* text = scalar(key);
    if (text == nullptr) return {};
    const auto found = std::find(names.begin(), names.end(), *text);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    fault(key, "must be one of " + joined(names) + ", not " + quoted(*text));
    return {};
}

bool ConfigReader::isGiven(std::string_view key) const
{
    if (m_settings.find(key) != m_settings.end()) return true;
    const auto variable = m_environment.find(variableName(key));
    if (variable != m_environment.end() && !variable->second.empty()) return true;
    const auto found = m_file.values.find(key);
    return found != m_file.values.end() && found->second.kind != ConfigValue::Kind::Null;
}

void ConfigReader::fault(std::string_view key, const std::string& message)
{
    const ConfigValue* value = find(key);
    const ConfigOrigin nowhere{ConfigOrigin::Kind::File, "configuration", 0};
    fault(value != nullptr ? value->origin : nowhere, key, message);
}

void ConfigReader::fault(const ConfigOrigin& origin, std::string_view key, const std::string& message)
{
    addFault(origin, std::string(key) + ": " + message);
}

bool ConfigReader::hasFault(std::string_view key) const
{
    return std::any_of(m_faults.begin(), m_faults.end(), [start = std::string(key) + ": "](const Fault& fault) {
        return fault.message.starts_with(start);
    });
}

void ConfigReader::refuseSection(std::string_view section, const std::string& message)
{
    m_refused.emplace_back(section, message);
}

void ConfigReader::addFault(const ConfigOrigin& origin, const std::string& message)
{
    m_faults.push_back({origin, message});
}

std::string ConfigReader::suggestionFor(const std::string& unknown) const
{
    const std::string* best = nullptr;
    std::size_t least = std::max<std::size_t>(2, unknown.size() / 5) + 1;
    for (const std::string& known : m_known) {
        if (isBelow(known, unknown)) return {}; // a section, not a misspelt key
        const bool shortened = known.ends_with('.' + unknown);
        const std::size_t edits = shortened ? 1 : distance(unknown, known);
        if (edits < least) {
            least = edits;
            best = &known;
        }
    }
    return best != nullptr ? "; did you mean " + *best + "?" : std::string();
}

void ConfigReader::reportUnknown(const ConfigValues& values)
{
    std::vector<ConfigValues::const_iterator> unknown;
    std::string covered; // a section that is reported already, or a key that cannot have others below it
    const auto knownBelow = [&](const std::string& section) {
        const auto startsBelow = [&](char separator) {
            const auto next = m_known.upper_bound(section + separator);
            return next != m_known.end() && isBelow(*next, section);
        };
        return startsBelow('.') || startsBelow('[');
    };
    for (auto entry = values.begin(); entry != values.end(); ++entry) {
        const auto& [key, value] = *entry;
        if (!covered.empty() && isBelow(key, covered)) continue;
        const auto refused = std::find_if(m_refused.begin(), m_refused.end(), [&key = key](const auto& section) {
            return key == section.first || isBelow(key, section.first);
        });
        if (refused != m_refused.end()) {
            addFault(value.origin, key + ": " + refused->second);
            covered = key;
        } else if (m_known.contains(key)) {
            covered = key;
        } else if (knownBelow(key)) {
            if (value.kind == ConfigValue::Kind::Scalar || value.kind == ConfigValue::Kind::List)
                addFault(value.origin, key + ": is a section; its keys stand below it");
        } else {
            unknown.push_back(entry);
            covered = key;
        }
    }
    // A file of another program has as many as it has lines.
    std::stable_sort(unknown.begin(), unknown.end(),
                     [](auto a, auto b) { return a->second.origin.line < b->second.origin.line; });
    for (std::size_t i = 0; i < std::min(unknown.size(), mostUnknownKeys); ++i) {
        const auto& [key, value] = *unknown[i];
        const bool section = value.kind == ConfigValue::Kind::Section;
        addFault(value.origin, key + (section ? ": unknown section" : ": unknown key") + suggestionFor(key));
    }
    if (unknown.size() > mostUnknownKeys)
        addFault(unknown[mostUnknownKeys]->second.origin,
                 "and " + std::to_string(unknown.size() - mostUnknownKeys) + " more unknown keys from here on");
}

std::vector<FieldFault> ConfigReader::finish()
{
    reportUnknown(m_file.values);
    reportUnknown(m_settings);
    std::stable_sort(m_faults.begin(), m_faults.end(), [](const Fault& a, const Fault& b) {
        return std::pair(a.origin.kind, a.origin.line) < std::pair(b.origin.kind, b.origin.line);
    });
    std::vector<FieldFault> faults;
    for (const Fault& fault : m_faults) faults.push_back({fault.origin.text(), fault.message});
    return faults;
}

} // namespace iam
