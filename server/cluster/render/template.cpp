// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/render/template.h"
#include <algorithm>

namespace iam::cluster {
namespace {

bool isNameCharacter(char c)
{
    return (c >= 'A' && c <= 'Z') || c == '_';
}

} // namespace

std::string fillTemplate(std::string_view text, const TemplateValues& values)
{
    std::string out;
    for (std::size_t pos = 0; pos < text.size();) {
        const std::size_t at = std::min(text.find('@', pos), text.size());
        out += text.substr(pos, at - pos);
        if (at == text.size()) break;
        std::size_t end = at + 1;
        while (end < text.size() && isNameCharacter(text[end])) ++end;
        const auto value =
            end < text.size() && text[end] == '@' ? values.find(text.substr(at + 1, end - at - 1)) : values.end();
        if (value == values.end()) {
            out += '@';
            pos = at + 1;
            continue;
        }
        const bool startsLine = out.empty() || out.back() == '\n';
        out += value->second;
        pos = end + 1;
        // Whole lines end themselves.
        if (startsLine && pos < text.size() && text[pos] == '\n') ++pos;
    }
    return out;
}

} // namespace iam::cluster
