// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/adoption/adoptionrules.h"
#include "base/text.h"
#include "contract/codec.h"
#include "contract/json.h"
#include "contract/validation.h"
#include <algorithm>
#include <cstdio>

namespace iam::node {

namespace {

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

constexpr std::size_t bcryptSize = 60;
constexpr int mostBcryptCost = 16;
constexpr std::size_t longestStorable = 255;

/// Escapes every character from `first` on.
std::string escapedFrom(char32_t first, const std::string& json)
{
    std::string escaped;
    for (std::size_t at = 0; at < json.size();) {
        const std::size_t start = at;
        const char32_t c = text::nextCodePoint(json, at);
        char escape[24];
        if (c < first) {
            escaped.append(json, start, at - start);
        } else if (c < 0x10000) {
            std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
            escaped += escape;
        } else {
            const auto rest = static_cast<unsigned>(c - 0x10000);
            std::snprintf(escape, sizeof escape, "\\u%04x\\u%04x", 0xD800 + (rest >> 10), 0xDC00 + (rest & 0x3FF));
            escaped += escape;
        }
    }
    return escaped;
}

} // namespace

std::string freshName(const std::string& name, std::uint64_t id)
{
    const std::string tail = "-" + std::to_string(id);
    std::string fresh;
    for (const char c : name)
        if (isPlain(c) || ((c == '-' || c == '_' || c == '.') && !fresh.empty())) fresh += c;
    fresh.resize(std::min(fresh.size(), contract::maxNameLength - tail.size()));
    return fresh.empty() ? "n" + tail : fresh + tail;
}

bool isStorableName(const std::string& name)
{
    return !name.empty() && name.size() <= longestStorable &&
           std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool isReadableExtend(const std::optional<std::string>& extendShadow)
{
    if (!extendShadow || extendShadow->empty()) return true;
    const auto json = contract::parseWholeJson(*extendShadow);
    return json && (json->isNull() || json->object() != nullptr);
}

std::optional<int> bcryptCost(const std::string& hash)
{
    const auto digit = [&](std::size_t at) { return hash[at] >= '0' && hash[at] <= '9'; };
    const auto letter = [](char c) { return isPlain(c) || c == '.' || c == '/'; };
    if (hash.size() != bcryptSize ||
        !(hash.starts_with("$2a$") || hash.starts_with("$2b$") || hash.starts_with("$2y$")))
        return std::nullopt;
    if (!digit(4) || !digit(5) || hash[6] != '$' || !std::all_of(hash.begin() + 7, hash.end(), letter))
        return std::nullopt;
    const int cost = (hash[4] - '0') * 10 + (hash[5] - '0');
    return cost >= 4 && cost <= mostBcryptCost ? std::optional(cost) : std::nullopt;
}

Result<contract::PolicyDocument> readDocument(const std::optional<std::string>& policyShadow)
{
    if (!policyShadow || policyShadow->empty()) return fail(Code::Validation, "policyShadow is empty");
    const auto json = contract::parseWholeJson(*policyShadow);
    if (!json) return fail(Code::Validation, "policyShadow is no JSON");
    auto document = contract::decodePolicyDocument(*json);
    if (document) return document;
    std::string words = document.error().detail;
    for (const FieldFault& fault : document.error().faults)
        words += (words.empty() ? "" : "; ") + fault.field + " " + fault.message;
    return fail(Code::Validation, words);
}

bool isBeyondThreeBytes(const std::string& text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xF0; });
}

std::string withinThreeBytes(const std::string& json)
{
    return escapedFrom(0x10000, json);
}

std::string withinAscii(const std::string& json)
{
    return escapedFrom(0x80, json);
}

} // namespace iam::node
