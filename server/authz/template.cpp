// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/template.h"
#include "authz/pattern/parser.h"
#include "authz/quote.h"
#include "base/text.h"
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

// Every part must be valid by itself, and then the whole.
tl::expected<NodePtr, std::string> read(std::string_view entry)
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

tl::expected<std::unique_ptr<const Matcher>, std::string> compile(std::string_view entry, const Node& root)
{
    auto matcher = compilePattern(root);
    if (!matcher) return tl::unexpected("template " + quoted(entry) + " is not supported: " + matcher.error());
    return matcher;
}

} // namespace

Template::Template(std::string entry)
    : m_entry(std::move(entry))
{
    if (!text::isUtf8(m_entry)) m_entry = text::toUtf8(m_entry);
}

Template::~Template() = default;

MatchResult Template::match(const std::string& needle, std::string& fault) const
{
    std::call_once(m_readOnce, [this] {
        if (const auto root = read(m_entry); !root) m_readFault = root.error();
    });
    if (!m_readFault.empty()) {
        fault = m_readFault;
        return MatchResult::LimitReached;
    }
    // The text before the first part stands for itself whatever options the parts set.
    const std::size_t literal = m_entry.find('<');
    if (needle.compare(0, literal, m_entry, 0, literal) != 0) return MatchResult::No;

    std::call_once(m_compileOnce, [this] {
        const auto root = read(m_entry); // again: most templates never get here, and the tree is large
        if (auto matcher = compile(m_entry, **root))
            m_matcher = std::move(*matcher);
        else
            m_compileFault = matcher.error();
    });
    if (!m_matcher) {
        fault = m_compileFault;
        return MatchResult::LimitReached;
    }
    const MatchResult result =
        text::isUtf8(needle) ? m_matcher->search(needle) : m_matcher->search(text::toUtf8(needle));
    if (result == MatchResult::LimitReached) fault = "match limit reached on template " + quoted(m_entry);
    return result;
}

std::optional<std::string> Template::check(const std::string& entry)
{
    const auto root = read(entry);
    if (!root) return root.error();
    const auto matcher = compile(entry, **root);
    if (!matcher) return matcher.error();
    return std::nullopt;
}

} // namespace iam::authz
