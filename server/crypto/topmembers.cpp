// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/topmembers.h"
#include <nlohmann/json.hpp>

namespace iam::crypto {

namespace {

constexpr int maxDepth = 32;

// What nlohmann's parser calls (its SAX interface); false stops it.
class TopMembers {
public:
    using Kind = JsonMember::Kind;

    explicit TopMembers(std::span<JsonMember> wanted)
        : m_wanted(wanted)
    {
    }

    bool null() { return scalar(Kind::Null); }
    bool boolean(bool /*value*/) { return scalar(Kind::Other); }
    bool number_integer(std::int64_t value) { return number(static_cast<double>(value)); }
    bool number_unsigned(std::uint64_t value) { return number(static_cast<double>(value)); }
    bool number_float(double value, const std::string& /*text*/) { return number(value); }
    bool binary(std::vector<std::uint8_t>& /*value*/) { return false; }
    bool string(std::string& value)
    {
        if (m_depth == 2 && m_member != nullptr && m_member->kind == Kind::Texts) {
            m_member->texts.push_back(std::move(value));
            return true;
        }
        if (m_depth == 1 && m_member != nullptr) m_member->texts.assign(1, std::move(value));
        return scalar(Kind::Text);
    }
    bool start_object(std::size_t /*size*/) { return m_depth == 0 ? ++m_depth == 1 : open(Kind::Other); }
    bool start_array(std::size_t /*size*/) { return m_depth != 0 && open(Kind::Texts); }
    bool end_object() { return --m_depth >= 0; }
    bool end_array() { return --m_depth >= 0; }
    bool key(std::string& name)
    {
        if (m_depth != 1) return true;
        m_member = nullptr;
        for (JsonMember& member : m_wanted) {
            if (member.name != name) continue;
            member = JsonMember{member.name};
            m_member = &member;
        }
        return true;
    }
    bool parse_error(std::size_t /*place*/, const std::string& /*token*/, const nlohmann::json::exception& /*fault*/)
    {
        return false;
    }

private:
    bool number(double value)
    {
        if (m_depth == 1 && m_member != nullptr) m_member->number = value;
        return scalar(Kind::Number);
    }
    // A value at the top belongs to the member; one within a list makes that more than a list of texts.
    bool scalar(Kind kind)
    {
        if (m_depth == 0) return false;
        if (m_member != nullptr) m_member->kind = m_depth == 1 ? kind : Kind::Other;
        return true;
    }
    bool open(Kind kind)
    {
        if (m_depth == maxDepth) return false;
        const bool proceed = scalar(kind);
        ++m_depth;
        return proceed;
    }

    std::span<JsonMember> m_wanted;
    JsonMember* m_member = nullptr;
    int m_depth = 0;
};

} // namespace

bool readTopMembers(std::string_view json, std::span<JsonMember> wanted)
{
    TopMembers reader(wanted);
    return nlohmann::json::sax_parse(json.begin(), json.end(), &reader);
}

} // namespace iam::crypto
