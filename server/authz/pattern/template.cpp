// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/template.h"
#include "authz/pattern.h"
#include "authz/pattern/parser.h"
#include "authz/quote.h"
#include <optional>
#include <vector>

namespace iam::authz {

namespace {

struct Span {
    std::size_t first; // of the opening bracket
    std::size_t last;  // of the closing one
};

// The outermost <…>; nothing when they do not pair up.
std::optional<std::vector<Span>> spans(std::string_view entry)
{
    std::vector<Span> found;
    std::size_t depth = 0;
    std::size_t first = 0;
    for (std::size_t i = 0; i < entry.size(); ++i) {
        if (entry[i] == '<') {
            if (++depth == 1) first = i;
        } else if (entry[i] == '>') {
            if (depth == 0) return std::nullopt;
            if (--depth == 0) found.push_back({first, i});
        }
    }
    if (depth != 0) return std::nullopt;
    return found;
}

void appendEscaped(std::string& pattern, std::string_view literal)
{
    for (char c : literal) {
        if (std::string_view("\\.+*?()|[]{}^$").find(c) != std::string_view::npos) pattern += '\\';
        pattern += c;
    }
}

} // namespace

tl::expected<NodePtr, std::string> readTemplate(std::string_view entry)
{
    if (entry.size() > maxTemplateBytes)
        return tl::unexpected("template longer than " + std::to_string(maxTemplateBytes) + " bytes");
    const auto parts = spans(entry);
    if (!parts) return tl::unexpected("Unbalanced braces in \"" + quoted(entry) + "\"");
    std::string pattern = "^";
    std::size_t end = 0;
    for (const Span& part : *parts) {
        const std::string_view expression = entry.substr(part.first + 1, part.last - part.first - 1);
        appendEscaped(pattern, entry.substr(end, part.first - end));
        pattern += '(';
        pattern += expression;
        pattern += ')';
        end = part.last + 1;
        if (auto alone = parsePattern('^' + std::string(expression) + '$'); !alone)
            return tl::unexpected(alone.error());
    }
    appendEscaped(pattern, entry.substr(end));
    pattern += '$';
    return parsePattern(pattern);
}

} // namespace iam::authz
