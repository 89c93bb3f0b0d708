// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/listquery.h"
#include <algorithm>
#include <charconv>

namespace iam::contract {
namespace {

/// Go's strconv.ParseInt(text, 10, 64): an optional sign and digits; empty counts as 0 for form values.
std::optional<std::int64_t> parseInteger(std::string_view text)
{
    if (text.empty()) return 0;
    if (text.front() == '+') {
        text.remove_prefix(1);
        if (text.empty() || text.front() == '-') return std::nullopt;
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

struct Term {
    std::string key;
    std::string op;
    std::string value;
};

/// Takes the backslashes out of a value; nothing when one escapes what must not be, or "=" stands bare.
std::optional<std::string> unescape(std::string_view value)
{
    std::string out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '\\') {
            if (++i == value.size() || std::string_view("\\,=").find(value[i]) == std::string_view::npos)
                return std::nullopt;
        } else if (value[i] == '=') {
            return std::nullopt;
        }
        out += value[i];
    }
    return out;
}

std::optional<Term> parseTerm(std::string_view term)
{
    for (std::size_t i = 0; i < term.size(); ++i) {
        if (term[i] == '\\') {
            ++i;
            continue;
        }
        for (const std::string_view op : {"!=", "==", "="}) {
            if (term.substr(i, op.size()) != op) continue;
            auto value = unescape(term.substr(i + op.size()));
            if (!value) return std::nullopt;
            return Term{std::string(term.substr(0, i)), std::string(op), std::move(*value)};
        }
    }
    return std::nullopt;
}

std::vector<std::string> splitTerms(std::string_view selector)
{
    std::vector<std::string> terms;
    std::string current;
    for (std::size_t i = 0; i < selector.size(); ++i) {
        if (selector[i] == ',') {
            terms.push_back(std::move(current));
            current.clear();
            continue;
        }
        current += selector[i];
        if (selector[i] == '\\' && i + 1 < selector.size()) current += selector[++i];
    }
    terms.push_back(std::move(current));
    return terms;
}

/// The value of the first "name=" term in the order of the sorted terms; nothing when there is none.
Result<std::optional<std::string>> nameTermOf(const std::string& selector)
{
    std::vector<std::string> terms = splitTerms(selector);
    std::sort(terms.begin(), terms.end());
    std::optional<std::string> name;
    for (const std::string& text : terms) {
        if (text.empty()) continue;
        const auto term = parseTerm(text);
        if (!term) {
            return fail(Code::Bind, "malformed fieldSelector",
                        {{"fieldSelector", "must be terms such as name=value, separated by commas"}});
        }
        if (!name && term->key == "name" && term->op != "!=") name = term->value;
    }
    return name;
}

} // namespace

Result<ListQuery> parseListQuery(const std::vector<std::pair<std::string, std::string>>& parameters)
{
    ListQuery query;
    std::vector<FieldFault> faults;
    const auto value = [&](std::string_view name) -> const std::string* {
        for (const auto& [key, text] : parameters)
            if (key == name) return &text;
        return nullptr;
    };
    const auto integer = [&](std::string_view name) -> std::optional<std::int64_t> {
        const std::string* text = value(name);
        if (text == nullptr) return std::nullopt;
        const auto number = parseInteger(*text);
        if (!number) faults.push_back({std::string(name), "must be an integer"});
        return number;
    };
    if (const auto offset = integer("offset"); offset && *offset > 0)
        query.offset = static_cast<std::uint64_t>(*offset);
    if (const auto limit = integer("limit")) {
        if (*limit > 0)
            query.limit = static_cast<std::uint64_t>(*limit);
        else
            query.limit.reset();
    }
    static_cast<void>(integer("TimeoutSeconds"));
    const std::string* selector = value("fieldSelector");
    if (selector == nullptr) selector = value("fieldselector");
    if (selector != nullptr && !selector->empty()) {
        auto name = nameTermOf(*selector);
        if (!name)
            faults.push_back(name.error().faults.front());
        else
            query.nameContains = std::move(*name);
    }
    if (!faults.empty()) return fail(Code::Bind, "bad list parameter", std::move(faults));
    return query;
}

Result<std::optional<WhichUsers>> parseWhichUsers(const std::vector<std::pair<std::string, std::string>>& parameters)
{
    for (const auto& [key, text] : parameters) {
        if (key != "status" || text.empty()) continue;
        for (const WhichUsers which : {WhichUsers::Enabled, WhichUsers::Disabled, WhichUsers::All})
            if (text == nameOf(which)) return std::optional(which);
        return fail(Code::Bind, "bad list parameter", {{"status", "must be enabled, disabled or all"}});
    }
    return std::optional<WhichUsers>();
}

std::string_view nameOf(WhichUsers which)
{
    switch (which) {
    case WhichUsers::Enabled:
        return "enabled";
    case WhichUsers::Disabled:
        return "disabled";
    case WhichUsers::All:
        break;
    }
    return "all";
}

} // namespace iam::contract
