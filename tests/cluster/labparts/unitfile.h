// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <string>
#include <vector>

namespace iam::lab {

/// One line of Exec…=, ready to be run.
struct Command {
    bool mayFail = false;           ///< prefix "-"
    std::vector<std::string> words; ///< the program first
};

/// What a unit file and its drop-ins say together (systemd.unit(5), systemd.syntax(7)): later files add to lists, an
/// empty value begins a list anew, the last value of a plain setting wins. Sections are not told apart; no name of
/// [Unit], [Service] and [Install] that is used here stands in two of them.
class UnitFile {
public:
    /// Reads NAME.service from the first of `folders` that has it, and NAME.service.d/*.conf from all of them, the
    /// later folders of the list first. `found` is false when there is no such unit.
    static UnitFile read(const std::string& name, const std::vector<std::string>& folders);

    [[nodiscard]] bool found() const { return m_found; }
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] std::vector<std::string> list(const std::string& key) const;
    [[nodiscard]] std::string value(const std::string& key, const std::string& otherwise = {}) const;
    /// "1min 30s", "500ms", "5": in seconds.
    [[nodiscard]] double seconds(const std::string& key, double otherwise) const;
    /// Environment= and the files of EnvironmentFile=.
    [[nodiscard]] std::map<std::string, std::string> environment() const;
    /// `extra`: variables beside those of environment(), MAINPID for instance.
    [[nodiscard]] std::vector<Command> commands(const std::string& key,
                                                const std::map<std::string, std::string>& extra = {}) const;

private:
    void readFile(const std::string& path);
    [[nodiscard]] std::string specified(const std::string& text) const;

    std::string m_name;
    bool m_found = false;
    std::map<std::string, std::vector<std::string>> m_values;
};

/// Words between blanks; quotes and backslashes as in systemd.service(5).
[[nodiscard]] std::vector<std::string> wordsOf(const std::string& text);

} // namespace iam::lab
