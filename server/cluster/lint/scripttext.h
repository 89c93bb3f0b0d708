// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace iam::cluster {

/// What a check script (or an inline command) does, as far as its text tells.
class ScriptText {
public:
    struct Place {
        int line = 0; ///< from 1; 0: nowhere
        std::string text;
    };

    explicit ScriptText(std::string_view text);

    /// The first line with one of the words as a command or argument of its own; line 0 when there is none.
    [[nodiscard]] Place findWord(const std::vector<std::string_view>& words) const;
    /// The first line that holds the text; line 0 when there is none.
    [[nodiscard]] Place findText(std::string_view text) const;
    /// Every host (and port) that is asked: of URLs, /dev/tcp, telnet and nc. Variables are replaced where the script
    /// sets them plainly.
    [[nodiscard]] std::vector<Place> hosts() const;
    /// Hosts given to ping.
    [[nodiscard]] std::vector<Place> pinged() const;

    [[nodiscard]] Place asksHttp() const;
    [[nodiscard]] Place asksTcp() const;
    [[nodiscard]] Place asksProcess() const;
    /// Whether it limits its own time (curl -m, wget -T, nc -w, timeout).
    [[nodiscard]] bool limitsTime() const;

private:
    std::vector<std::string> m_lines; ///< without comments, variables replaced
};

} // namespace iam::cluster
