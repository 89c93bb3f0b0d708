// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "contract/json.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace iam::contract {
namespace {

/// The bytes that may begin something to be escaped.
constexpr std::array<bool, 256> NEEDS_LOOK = [] {
    std::array<bool, 256> needs{};
    for (std::size_t c = 0; c < 0x20; ++c) needs[c] = true;
    for (const unsigned char c : {'"', '\\', '<', '>', '&'}) needs[c] = true;
    needs[0xE2] = true;
    return needs;
}();

/// What is still to be written, so that a deep value needs no deep stack.
struct Task {
    const Json* value; ///< nullptr: write `literal`
    std::string_view literal;
    const std::string* name; ///< a member's name to write first
};

using Member = std::pair<std::string, Json>;

/// The members that count, sorted by name: the last of each name.
std::vector<const Member*> sortedMembers(const Json::Object& object)
{
    std::vector<const Member*> members;
    members.reserve(object.size());
    for (const Member& member : object) members.push_back(&member);
    std::stable_sort(members.begin(), members.end(),
                     [](const Member* a, const Member* b) { return a->first < b->first; });
    std::vector<const Member*> last;
    for (const Member* member : members) {
        if (!last.empty() && last.back()->first == member->first)
            last.back() = member;
        else
            last.push_back(member);
    }
    return last;
}

void writeScalar(std::string& out, const Json& value)
{
    if (value.isNull())
        out += "null";
    else if (const bool* boolean = value.boolean())
        out += *boolean ? "true" : "false";
    else if (const std::string* string = value.string())
        writeJsonString(out, *string);
    else
        writeJsonNumber(out, value.toDouble());
}

/// The usual context: an object of few members without values in values, written without a list of tasks. False for any
/// other value.
bool writeFlatObject(std::string& out, const Json& value)
{
    static constexpr std::size_t most = 16;
    const Json::Object* object = value.object();
    if (object == nullptr || object->size() > most) return false;
    std::array<const Member*, most> members{};
    std::size_t count = 0;
    for (const Member& member : *object) {
        if (member.second.array() != nullptr || member.second.object() != nullptr) return false;
        std::size_t at = count;
        while (at > 0 && member.first < members[at - 1]->first) --at;
        if (at > 0 && members[at - 1]->first == member.first) {
            members[at - 1] = &member; // the last of that name counts
            continue;
        }
        std::copy_backward(members.begin() + at, members.begin() + count, members.begin() + count + 1);
        members[at] = &member;
        ++count;
    }
    out += '{';
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) out += ',';
        writeJsonString(out, members[i]->first);
        out += ':';
        writeScalar(out, members[i]->second);
    }
    out += '}';
    return true;
}

} // namespace

void writeJsonString(std::string& out, std::string_view utf8)
{
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    std::size_t plain = 0; // from here on nothing needed an escape
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto c = static_cast<unsigned char>(utf8[i]);
        if (!NEEDS_LOOK[c]) continue;
        const bool separator =
            c == 0xE2 && (utf8.compare(i, 3, "\xE2\x80\xA8") == 0 || utf8.compare(i, 3, "\xE2\x80\xA9") == 0);
        if (c == 0xE2 && !separator) continue;
        out.append(utf8, plain, i - plain);
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        case 0xE2:
            out += utf8[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
            i += 2;
            break;
        default: // < > & and control characters
            out += "\\u00";
            out += hex[c >> 4];
            out += hex[c & 15];
        }
        plain = i + 1;
    }
    out.append(utf8, plain, utf8.size() - plain);
    out += '"';
}

void writeJsonNumber(std::string& out, double value)
{
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr;
    std::string_view scientific(text,
                                static_cast<std::size_t>(end - text)); // "-d.ddde±dd", the shortest that reads back
    if (scientific.front() == '-') {
        out += '-';
        scientific.remove_prefix(1);
    }
    const std::size_t e = scientific.find('e');
    int exponent = 0;
    const std::string_view sign = scientific.substr(e + 1);
    std::from_chars(sign.data() + (sign.front() == '+' ? 1 : 0), sign.data() + sign.size(), exponent);
    if (value != 0 && (exponent < -6 || exponent >= 21)) {
        out += scientific.substr(0, e);
        out += exponent < 0 ? "e-" : "e+";
        out += std::to_string(std::abs(exponent));
        return;
    }
    std::string digits(scientific.substr(0, 1));
    if (e > 2) digits += scientific.substr(2, e - 2);
    if (exponent < 0) {
        out += "0.";
        out.append(static_cast<std::size_t>(-exponent - 1), '0');
        out += digits;
        return;
    }
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() < whole) digits.append(whole - digits.size(), '0');
    out += std::string_view(digits).substr(0, whole);
    if (digits.size() > whole) {
        out += '.';
        out += std::string_view(digits).substr(whole);
    }
}

void writeJson(std::string& out, const Json& value)
{
    if (writeFlatObject(out, value)) return;
    std::vector<Task> tasks{{&value, {}, nullptr}};
    while (!tasks.empty()) {
        const Task task = tasks.back();
        tasks.pop_back();
        if (task.name != nullptr) {
            writeJsonString(out, *task.name);
            out += ':';
        }
        if (task.value == nullptr) {
            out += task.literal;
        } else if (const Json::Array* array = task.value->array()) {
            out += '[';
            tasks.push_back({nullptr, "]", nullptr});
            for (std::size_t i = array->size(); i-- > 0;) {
                tasks.push_back({&(*array)[i], {}, nullptr});
                if (i > 0) tasks.push_back({nullptr, ",", nullptr});
            }
        } else if (const Json::Object* object = task.value->object()) {
            out += '{';
            tasks.push_back({nullptr, "}", nullptr});
            const auto members = sortedMembers(*object);
            for (std::size_t i = members.size(); i-- > 0;) {
                tasks.push_back({&members[i]->second, {}, &members[i]->first});
                if (i > 0) tasks.push_back({nullptr, ",", nullptr});
            }
        } else {
            writeScalar(out, *task.value);
        }
    }
}

std::string writeJson(const Json& value)
{
    std::string out;
    writeJson(out, value);
    return out;
}

std::string& JsonObjectWriter::raw(std::string_view name)
{
    if (!m_first) m_out += ',';
    m_first = false;
    writeJsonString(m_out, name);
    m_out += ':';
    return m_out;
}

JsonObjectWriter& JsonObjectWriter::text(std::string_view name, std::string_view value)
{
    writeJsonString(raw(name), value);
    return *this;
}

JsonObjectWriter& JsonObjectWriter::number(std::string_view name, std::int64_t value)
{
    raw(name) += std::to_string(value);
    return *this;
}

JsonObjectWriter& JsonObjectWriter::number(std::string_view name, std::uint64_t value)
{
    raw(name) += std::to_string(value);
    return *this;
}

JsonObjectWriter& JsonObjectWriter::boolean(std::string_view name, bool value)
{
    raw(name) += value ? "true" : "false";
    return *this;
}

JsonObjectWriter& JsonObjectWriter::json(std::string_view name, const Json& value)
{
    writeJson(raw(name), value);
    return *this;
}

JsonObjectWriter& JsonObjectWriter::list(std::string_view name, const std::vector<std::string>& values)
{
    std::string& out = raw(name);
    out += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) out += ',';
        writeJsonString(out, values[i]);
    }
    out += ']';
    return *this;
}

} // namespace iam::contract
