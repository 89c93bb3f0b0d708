// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message.h"
#include "base/text.h"
#include <algorithm>
#include <array>

namespace iam::http {

namespace {

constexpr std::array<std::pair<std::string_view, Method>, 7> METHODS{{{"GET", Method::Get},
                                                                      {"HEAD", Method::Head},
                                                                      {"POST", Method::Post},
                                                                      {"PUT", Method::Put},
                                                                      {"PATCH", Method::Patch},
                                                                      {"DELETE", Method::Delete},
                                                                      {"OPTIONS", Method::Options}}};

int hexDigit(char c) noexcept
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::optional<std::string> decoded(std::string_view text, bool plusIsSpace)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plusIsSpace) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return out;
}

/// Most names differ in their lengths already.
bool isNamed(const Headers::Field& field, std::string_view name) noexcept
{
    return field.first.size() == name.size() && text::equalIgnoringCase(field.first, name);
}

} // namespace

Method methodFromText(std::string_view text) noexcept
{
    for (const auto& [name, method] : METHODS)
        if (name == text) return method;
    return Method::Other;
}

std::string_view methodText(Method method) noexcept
{
    for (const auto& [name, known] : METHODS)
        if (known == method) return name;
    return "OTHER";
}

void Headers::set(std::string_view name, std::string value)
{
    std::erase_if(m_fields, [name](const Field& field) { return text::equalIgnoringCase(field.first, name); });
    m_fields.emplace_back(std::string(name), std::move(value));
}

const std::string* Headers::find(std::string_view name) const noexcept
{
    for (const Field& field : m_fields)
        if (isNamed(field, name)) return &field.second;
    return nullptr;
}

std::string_view Headers::value(std::string_view name) const noexcept
{
    const std::string* found = find(name);
    return found != nullptr ? std::string_view(*found) : std::string_view();
}

std::vector<std::string_view> Headers::all(std::string_view name) const
{
    std::vector<std::string_view> values;
    for (const auto& [known, value] : m_fields)
        if (text::equalIgnoringCase(known, name)) values.push_back(value);
    return values;
}

std::size_t Headers::count(std::string_view name) const noexcept
{
    return static_cast<std::size_t>(
        std::count_if(m_fields.begin(), m_fields.end(), [name](const Field& field) { return isNamed(field, name); }));
}

Query Query::parse(std::string_view raw)
{
    Query query;
    while (!raw.empty()) {
        const std::size_t end = std::min(raw.find('&'), raw.size());
        const std::string_view pair = raw.substr(0, end);
        raw.remove_prefix(std::min(end + 1, raw.size()));
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        auto name = decoded(pair.substr(0, equals), true);
        auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), true);
        if (name && value) query.m_pairs.emplace_back(std::move(*name), std::move(*value));
    }
    return query;
}

const std::string* Query::find(std::string_view name) const noexcept
{
    for (const auto& [known, value] : m_pairs)
        if (known == name) return &value;
    return nullptr;
}

std::vector<std::string_view> Query::all(std::string_view name) const
{
    std::vector<std::string_view> values;
    for (const auto& [known, value] : m_pairs)
        if (known == name) values.push_back(value);
    return values;
}

std::optional<std::string> percentDecoded(std::string_view text)
{
    return decoded(text, false);
}

std::string_view Request::pathParam(std::string_view name) const noexcept
{
    for (const auto& [known, value] : pathParams)
        if (known == name) return value;
    return {};
}

} // namespace iam::http
