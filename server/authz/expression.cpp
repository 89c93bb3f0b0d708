// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/expression.h"
#include "authz/needle.h"
#include "base/text.h"
#include <algorithm>
#include <re2/re2.h>
#include <set>

namespace iam::authz {

namespace {

// Most expressions are small; the automaton takes whatever it may. The last is for what is large, but Go takes it.
constexpr std::int64_t expressionMemories[] = {std::int64_t{1} << 18, std::int64_t{1} << 23, std::int64_t{1} << 26};

constexpr std::int64_t expressionSteps = 20;
constexpr std::int64_t repairedBytesPerStep = 2;
constexpr std::int64_t smallSize = 16; // places of a program whose automaton stays small
constexpr std::int64_t smallStepsPerKiB = 256;
constexpr std::int64_t placeStepsPerKiB = 400; // of each place

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// RE2 and Go's regexp share a grammar but for what is refused here: \C (any byte), (?<name>…), and names of groups
// with more than ASCII letters, digits and underscores, or the same one twice.
bool isTakenByGo(std::string_view expression)
{
    std::set<std::string_view> names;
    bool inClass = false;
    for (std::size_t i = 0; i < expression.size(); ++i) {
        const std::string_view rest = expression.substr(i);
        if (rest.starts_with("\\Q")) {
            const std::size_t end = expression.find("\\E", i + 2);
            if (inClass) return false;
            if (end == std::string_view::npos) return true;
            i = end + 1;
        } else if (rest.front() == '\\') {
            if (rest.starts_with("\\C")) return false;
            ++i;
        } else if (inClass) {
            if (rest.starts_with("[:")) {
                const std::size_t end = expression.find(":]", i + 2);
                if (end != std::string_view::npos) i = end + 1;
            } else if (rest.front() == ']') {
                inClass = false;
            }
        } else if (rest.front() == '[') {
            inClass = true;
            if (rest.starts_with("[^")) ++i;
            if (i + 1 < expression.size() && expression[i + 1] == ']') ++i;
        } else if (rest.starts_with("(?<")) {
            return false;
        } else if (rest.starts_with("(?P<")) {
            const std::size_t end = expression.find('>', i + 4);
            if (end == std::string_view::npos) return false;
            const std::string_view name = expression.substr(i + 4, end - i - 4);
            if (!std::all_of(name.begin(), name.end(), isNameCharacter) || !names.insert(name).second) return false;
            i = end;
        }
    }
    return true;
}

} // namespace

std::optional<Expression> Expression::compile(const std::string& expression, std::string& why)
{
    if (!isTakenByGo(expression)) {
        why = "invalid escape or group";
        return std::nullopt;
    }
    for (const std::int64_t memory : expressionMemories) {
        RE2::Options options;
        options.set_max_mem(memory);
        options.set_log_errors(false);
        auto compiled = std::make_shared<const RE2>(expression, options);
        if (compiled->ok()) return Expression(std::move(compiled));
        why = compiled->error();
        if (compiled->error_code() != RE2::ErrorPatternTooLarge) break;
    }
    return std::nullopt;
}

bool Expression::matches(std::string_view text, Effort& effort) const
{
    const std::int64_t size = m_compiled->ProgramSize();
    const std::int64_t steps = size <= smallSize ? smallStepsPerKiB : size * placeStepsPerKiB;
    if (!effort.spend(expressionSteps + static_cast<std::int64_t>(text.size()) * steps / 1024)) return false;
    std::string repaired;
    if (Needle needle(text); !needle.isUtf8(effort)) {
        if (!effort.spend(static_cast<std::int64_t>(text.size()) / repairedBytesPerStep)) return false;
        repaired = text::toUtf8(text);
        text = repaired;
    }
    if (effort.isSpent()) return false;
    return m_compiled->Match(re2::StringPiece(text.data(), text.size()), 0, text.size(), RE2::UNANCHORED, nullptr, 0);
}

} // namespace iam::authz
