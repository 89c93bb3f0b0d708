// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/template.h"
#include "authz/pattern/measure.h"
#include "authz/pattern/parser.h"
#include "authz/quote.h"
#include "base/text.h"
#include <algorithm>
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

tl::expected<std::unique_ptr<const Matcher>, std::string> compile(std::string_view entry, const Node& root,
                                                                  Alphabet alphabet)
{
    auto matcher = compilePattern(root, alphabet);
    if (!matcher) return tl::unexpected("template " + quoted(entry) + " is not supported: " + matcher.error());
    return matcher;
}

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

} // namespace

Template::Template(std::string entry)
    : m_entry(std::move(entry))
{
    if (!text::isUtf8(m_entry)) m_entry = text::toUtf8(m_entry);
}

Template::~Template() = default;

const Template::Form& Template::form(Alphabet alphabet) const
{
    Form& form = alphabet == Alphabet::Ascii ? m_ascii : m_unicode;
    std::call_once(form.once, [this, alphabet, &form] {
        const auto root = read(m_entry); // again: most templates never get here, and the tree is large
        form.longestText = longestText(**root);
        if (auto matcher = compile(m_entry, **root, alphabet))
            form.matcher = std::move(*matcher);
        else
            form.fault = matcher.error();
    });
    return form;
}

MatchResult Template::match(const std::string& needle, std::string& fault) const
{
    std::call_once(m_readOnce, [this] {
        if (const auto root = read(m_entry); !root) m_fault = root.error();
    });
    if (!m_fault.empty()) {
        fault = m_fault;
        return MatchResult::LimitReached;
    }
    // The text before the first part stands for itself whatever options the parts set.
    const std::size_t literal = m_entry.find('<');
    if (needle.compare(0, literal, m_entry, 0, literal) != 0) return MatchResult::No;

    const Form& asked = form(isAscii(needle) ? Alphabet::Ascii : Alphabet::Unicode);
    if (!asked.matcher) {
        fault = asked.fault;
        return MatchResult::LimitReached;
    }
    constexpr std::size_t maxBytesPerRune = 4;
    if (needle.size() / maxBytesPerRune > asked.longestText) return MatchResult::No;
    const MatchResult result =
        text::isUtf8(needle) ? asked.matcher->search(needle) : asked.matcher->search(text::toUtf8(needle));
    if (result == MatchResult::LimitReached) fault = "match limit reached on template " + quoted(m_entry);
    return result;
}

std::optional<std::string> Template::check(const std::string& entry)
{
    const auto root = read(entry);
    if (!root) return root.error();
    for (const Alphabet alphabet : {Alphabet::Ascii, Alphabet::Unicode})
        if (const auto matcher = compile(entry, **root, alphabet); !matcher) return matcher.error();
    return std::nullopt;
}

} // namespace iam::authz
