// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/jsonlocation.h"
#include "base/text.h"
#include "contract/json.h"
#include <charconv>
#include <string>

namespace iam::contract {
namespace {

/// What was found, and how much of the path was left over: the less, the better.
struct Match {
    JsonRange range;
    std::size_t left = 0;
};

class Locator {
public:
    explicit Locator(std::string_view text)
        : m_text(text)
    {
    }

    Match find(std::size_t at, std::string_view path)
    {
        at = skipSpace(at);
        if (path.empty()) return {{at, skipValue(at) - at, true}, 0};
        if (charAt(at) == '{') return findMember(at, path);
        if (charAt(at) == '[') return findElement(at, path);
        return {{at, skipValue(at) - at, false}, path.size()};
    }

private:
    [[nodiscard]] char charAt(std::size_t at) const { return at < m_text.size() ? m_text[at] : '\0'; }

    [[nodiscard]] std::size_t skipSpace(std::size_t at) const
    {
        while (at < m_text.size() && std::string_view(" \t\r\n").find(m_text[at]) != std::string_view::npos) ++at;
        return at;
    }

    [[nodiscard]] std::size_t skipString(std::size_t at) const
    {
        for (++at; at < m_text.size() && m_text[at] != '"'; ++at)
            if (m_text[at] == '\\') ++at;
        return std::min(at + 1, m_text.size());
    }

    /// Behind the value that starts at `at`; without recursion, whatever its depth.
    [[nodiscard]] std::size_t skipValue(std::size_t at) const
    {
        std::size_t depth = 0;
        while (at < m_text.size()) {
            const char c = m_text[at];
            if (c == '"') {
                at = skipString(at);
            } else if (c == '{' || c == '[') {
                ++depth;
                ++at;
            } else if (c == '}' || c == ']') {
                if (depth == 0) return at;
                --depth;
                ++at;
            } else if (depth == 0) {
                while (at < m_text.size() && std::string_view(",:]} \t\r\n").find(m_text[at]) == std::string_view::npos)
                    ++at;
                return at;
            } else {
                ++at;
            }
            if (depth == 0) return at;
        }
        return at;
    }

    [[nodiscard]] std::string nameAt(std::size_t at, std::size_t end) const
    {
        const std::string_view quoted = m_text.substr(at, end - at);
        if (const auto json = parseJson(quoted); json && json->string() != nullptr) return *json->string();
        return std::string(quoted);
    }

    Match findMember(std::size_t at, std::string_view path)
    {
        Match best{{at, 1, false}, path.size()};
        at = skipSpace(at + 1);
        while (charAt(at) == '"') {
            const std::size_t nameEnd = skipString(at);
            const std::string name = nameAt(at, nameEnd);
            std::size_t value = skipSpace(nameEnd);
            if (charAt(value) != ':') break;
            value = skipSpace(value + 1);
            if (!name.empty() && path.size() >= name.size() &&
                text::equalIgnoringCase(path.substr(0, name.size()), name)) {
                std::string_view rest = path.substr(name.size());
                if (rest.empty() || rest.front() == '.' || rest.front() == '[') {
                    if (!rest.empty() && rest.front() == '.') rest.remove_prefix(1);
                    const Match match = find(value, rest);
                    if (match.left <= best.left) best = match;
                }
            }
            at = skipSpace(skipValue(value));
            if (charAt(at) != ',') break;
            at = skipSpace(at + 1);
        }
        return best;
    }

    Match findElement(std::size_t at, std::string_view path)
    {
        const Match none{{at, 1, false}, path.size()};
        std::size_t wanted = 0;
        const auto read = path.front() == '[' ? std::from_chars(path.data() + 1, path.data() + path.size(), wanted)
                                              : std::from_chars_result{path.data(), std::errc::invalid_argument};
        if (read.ec != std::errc() || read.ptr == path.data() + path.size() || *read.ptr != ']') return none;
        std::string_view rest = path.substr(std::size_t(read.ptr - path.data()) + 1);
        if (!rest.empty() && rest.front() == '.') rest.remove_prefix(1);
        at = skipSpace(at + 1);
        for (std::size_t index = 0; at < m_text.size() && m_text[at] != ']'; ++index) {
            if (index == wanted) return find(at, rest);
            at = skipSpace(skipValue(at));
            if (charAt(at) != ',') break;
            at = skipSpace(at + 1);
        }
        return none;
    }

    std::string_view m_text;
};

} // namespace

JsonRange locateJson(std::string_view text, std::string_view path)
{
    return Locator(text).find(0, path).range;
}

} // namespace iam::contract
