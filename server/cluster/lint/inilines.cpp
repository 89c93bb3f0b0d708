// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/inilines.h"
#include <algorithm>

namespace iam::cluster {
namespace {

std::string trimmed(const std::string& text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

} // namespace

std::vector<IniLine> iniLines(const std::string& text, const std::string& file)
{
    std::vector<IniLine> lines;
    int number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = trimmed(text.substr(at, end - at));
        at = end + 1;
        ++number;
        if (line.empty() || line.front() == '#' || line.front() == ';' || line.front() == '[') continue;
        const std::size_t split = line.find_first_of("= \t");
        if (split == std::string::npos) {
            lines.push_back({file, number, line, {}});
            continue;
        }
        const std::size_t value = line.find_first_not_of("= \t", split);
        lines.push_back(
            {file, number, line.substr(0, split), value == std::string::npos ? std::string() : line.substr(value)});
    }
    return lines;
}

std::optional<IniLine> lastLine(const NodeFiles& node, const std::string& folder, const std::string& ending,
                                const std::vector<std::string>& keys)
{
    std::optional<IniLine> last;
    for (const auto& [path, file] : node.files) {
        if (!path.starts_with(folder) || !path.ends_with(ending)) continue;
        for (IniLine& line : iniLines(file.text, path))
            if (std::find(keys.begin(), keys.end(), line.key) != keys.end()) last = std::move(line);
    }
    return last;
}

} // namespace iam::cluster
