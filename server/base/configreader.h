// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/configsource.h"
#include "base/result.h"
#include "base/secret.h"
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace iam {

/// So many unknown keys are named one by one.
inline constexpr std::size_t mostUnknownKeys = 100;

/// Takes typed values out of the sources: default < file < environment < settings. Every getter names one key,
/// leaves `value` alone when no source gives the key, and writes down a fault when what is given cannot be taken.
/// A key that no getter asked for is unknown, and that is a fault too. One thread; lives while main reads.
class ConfigReader {
public:
    /// `file` may hold faults of its own (syntax, keys given twice); they are reported with the others.
    ConfigReader(ConfigFile file, Environment environment, const std::vector<std::string>& settings);

    void boolean(std::string_view key, bool& value);
    void integer(std::string_view key, int& value, int least, int most);
    /// 0..65535.
    void port(std::string_view key, std::uint16_t& value);
    /// Any text; `mayBeEmpty` as it says.
    void string(std::string_view key, std::string& value, bool mayBeEmpty = true);
    /// Length in code points. The value never shows in a fault. From the file or the environment only: a command line
    /// is no place for it. With `shortest` 0 an empty one is none.
    void secret(std::string_view key, std::optional<SecretString>& value, std::size_t shortest, std::size_t longest);
    /// Go's form: "1h30m", "10s", "500ms", "1.5h", "0".
    void duration(std::string_view key, std::chrono::milliseconds& value, std::chrono::milliseconds least,
                  std::chrono::milliseconds most);
    /// Bytes: "512", "16KiB", "5MiB", "1GiB", also "kB", "MB", "GB" for powers of ten.
    void size(std::string_view key, std::uint64_t& value, std::uint64_t least, std::uint64_t most);
    /// An IPv4 or IPv6 address.
    void address(std::string_view key, std::string& value);
    /// A YAML list of plain values, or one text with commas.
    void list(std::string_view key, std::vector<std::string>& value);
    /// A list whose entries `parse` takes; an entry that it refuses is a fault: the entry, then "must be " and `what`.
    template <class T>
    void list(std::string_view key, std::vector<T>& value, const std::function<Result<T>(const std::string&)>& parse,
              const std::string& what)
    {
        if (!isGiven(key)) return know(key);
        std::vector<std::string> entries;
        list(key, entries);
        std::vector<T> taken;
        for (const std::string& entry : entries) {
            if (auto parsed = parse(entry))
                taken.push_back(std::move(*parsed));
            else
                fault(key, "\"" + entry + "\" must be " + what);
        }
        value = std::move(taken);
    }
    /// How many entries a list of sections has; their keys are then KEY[0].NAME and so on. Absent or empty: none.
    [[nodiscard]] std::size_t sections(std::string_view key);
    /// What the file and the settings give below a section, for somebody else to read: by the keys without the section's
    /// ("csv_dir" of "meta.csv_dir"), each with its origin. All of it counts as known.
    [[nodiscard]] ConfigValues below(std::string_view section);
    /// One of the words; gives its position. `value` keeps its default when the key is absent.
    template <class Enum>
    void choice(std::string_view key, Enum& value, const std::vector<std::pair<std::string, Enum>>& words)
    {
        std::vector<std::string> names;
        for (const auto& word : words) names.push_back(word.first);
        if (const auto found = chosen(key, names)) value = words[*found].second;
    }

    /// Whether some source gives the key (null in the file counts as absent, an empty variable too).
    [[nodiscard]] bool isGiven(std::string_view key) const;
    /// Marks a key as known without reading it.
    void know(std::string_view key) { m_known.emplace(key); }
    [[nodiscard]] bool isKnown(std::string_view key) const { return m_known.contains(key); }
    /// Adds a fault at the place that gave the key (or at the key itself when none did).
    void fault(std::string_view key, const std::string& message);
    /// The same at another place.
    void fault(const ConfigOrigin& origin, std::string_view key, const std::string& message);
    /// Whether a fault of just this key was found.
    [[nodiscard]] bool hasFault(std::string_view key) const;
    /// Keys at or below `section` get this message instead of "unknown".
    void refuseSection(std::string_view section, const std::string& message);

    /// Reports the unknown keys (the first mostUnknownKeys of them, and how many more there are) and gives all faults:
    /// the file's by line, then variables, then settings.
    [[nodiscard]] std::vector<FieldFault> finish();

private:
    struct Fault {
        ConfigOrigin origin;
        std::string message;
    };

    /// The value with the highest precedence, or null. Marks the key as known.
    const ConfigValue* find(std::string_view key);
    const std::string* scalar(std::string_view key);
    std::optional<std::size_t> chosen(std::string_view key, const std::vector<std::string>& names);
    void addFault(const ConfigOrigin& origin, const std::string& message);
    std::string suggestionFor(const std::string& unknown) const;
    void reportUnknown(const ConfigValues& values);

    ConfigFile m_file;
    Environment m_environment;
    ConfigValues m_fromEnvironment; ///< filled as keys are asked for: only known keys have a variable
    ConfigValues m_settings;
    std::set<std::string, std::less<>> m_known;
    std::vector<std::pair<std::string, std::string>> m_refused; ///< section, message
    std::vector<Fault> m_faults;
};

} // namespace iam
