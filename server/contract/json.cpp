// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json.h"
#include "base/text.h"
#include <nlohmann/json.hpp>

namespace iam::contract {
namespace {

/// Moves the children that have children of their own out of `value`.
void takeNested(Json& value, std::vector<Json>& out)
{
    const auto nested = [](const Json& child) {
        return (child.array() != nullptr && !child.array()->empty()) ||
               (child.object() != nullptr && !child.object()->empty());
    };
    if (Json::Array* array = value.array()) {
        for (Json& child : *array)
            if (nested(child)) out.push_back(std::move(child));
    } else if (Json::Object* object = value.object()) {
        for (auto& [name, child] : *object)
            if (nested(child)) out.push_back(std::move(child));
    }
}

/// Builds a Json from the parser's events; the parser itself does not recurse.
class Builder {
public:
    explicit Builder(int maxDepth)
        : m_maxDepth(maxDepth)
    {
    }

    bool null() { return put(Json()); }
    bool boolean(bool value) { return put(Json(value)); }
    bool number_integer(std::int64_t value) { return put(Json(value)); }
    bool number_unsigned(std::uint64_t value)
    {
        return value <= std::uint64_t{INT64_MAX} ? put(Json(static_cast<std::int64_t>(value))) : put(Json(value));
    }
    bool number_float(double value, const std::string&) { return put(Json(value)); }
    bool string(std::string& value) { return put(Json(std::move(value))); }
    bool binary(std::vector<std::uint8_t>&) { return false; }
    bool start_object(std::size_t) { return open(Json(Json::Object{})); }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(Json(Json::Array{})); }
    bool end_array() { return close(); }
    bool key(std::string& name)
    {
        m_names.back() = std::move(name);
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& exception)
    {
        std::string message = exception.what();
        // "[json.exception.parse_error.101] parse error at line 1, column 2: what is wrong"
        if (const auto colon = message.find(": "); colon != std::string::npos) message.erase(0, colon + 2);
        m_fault = JsonSyntaxFault{position == 0 ? 0 : position - 1, std::move(message)};
        return false;
    }

    Json take() { return std::move(m_root); }
    [[nodiscard]] const std::optional<JsonSyntaxFault>& fault() const { return m_fault; }

private:
    bool put(Json value)
    {
        if (m_stack.empty())
            m_root = std::move(value);
        else if (Json::Array* array = m_stack.back().array())
            array->push_back(std::move(value));
        else
            m_stack.back().object()->emplace_back(std::move(m_names.back()), std::move(value));
        return true;
    }
    bool open(Json container)
    {
        if (static_cast<int>(m_stack.size()) >= m_maxDepth) {
            m_fault = JsonSyntaxFault{0, "nested deeper than " + std::to_string(m_maxDepth) + " levels"};
            return false;
        }
        m_stack.push_back(std::move(container));
        m_names.emplace_back();
        return true;
    }
    bool close()
    {
        Json done = std::move(m_stack.back());
        m_stack.pop_back();
        m_names.pop_back();
        return put(std::move(done));
    }

    const int m_maxDepth;
    Json m_root;
    std::vector<Json> m_stack;
    std::vector<std::string> m_names; ///< the pending member name of each open container
    std::optional<JsonSyntaxFault> m_fault;
};

/// The value of the four hex digits at `pos`, or -1.
int hex4(std::string_view text, std::size_t pos)
{
    if (pos + 4 > text.size()) return -1;
    int value = 0;
    for (std::size_t i = pos; i < pos + 4; ++i) {
        const char c = text[i];
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

/// Replaces escapes of half a surrogate pair by the escape of U+FFFD; the length stays.
std::string withoutLoneSurrogates(std::string text)
{
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (text[i] != '\\') continue;
        if (text[i + 1] != 'u') {
            ++i; // an escaped backslash must not start the next escape
            continue;
        }
        const int unit = hex4(text, i + 2);
        if (unit < 0xD800 || unit > 0xDFFF) continue;
        const bool pair = unit <= 0xDBFF && text.compare(i + 6, 2, "\\u") == 0 && hex4(text, i + 8) >= 0xDC00 &&
                          hex4(text, i + 8) <= 0xDFFF;
        if (pair)
            i += 11;
        else
            text.replace(i + 2, 4, "fffd");
    }
    return text;
}

/// Where `text` is no JSON, or, when it must be one `whole` value, where something stands behind that.
std::optional<JsonSyntaxFault> read(std::string_view text, Builder& builder, bool whole)
{
    std::string clean;
    if (!text::isUtf8(text)) text = clean = text::toUtf8(text);
    if (text.find("\\u") != std::string_view::npos) text = clean = withoutLoneSurrogates(std::string(text));
    // The parser would skip a byte order mark, which JSON must not have (RFC 8259 §8.1).
    if (text.starts_with("\xEF\xBB\xBF")) return JsonSyntaxFault{0, "a byte order mark"};
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder, nlohmann::json::input_format_t::json, whole))
        return builder.fault().value_or(JsonSyntaxFault{0, "not JSON"});
    // The parser takes a zero byte for the end of the text; inside of a value it has refused it.
    const std::size_t zero = whole ? text.find('\0') : std::string_view::npos;
    if (zero != std::string_view::npos) return JsonSyntaxFault{zero, "a zero byte"};
    return std::nullopt;
}

Result<Json> parse(std::string_view text, int maxDepth, bool whole)
{
    Builder builder(maxDepth);
    if (const auto fault = read(text, builder, whole)) {
        const std::string place = "not JSON at byte " + std::to_string(fault->offset);
        return fail(Code::Bind, place, {{"", place + ": " + fault->message}});
    }
    return builder.take();
}

} // namespace

Json::~Json()
{
    std::vector<Json> stack;
    takeNested(*this, stack);
    while (!stack.empty()) {
        const std::size_t size = stack.size();
        Json value = std::move(stack[size - 1]);
        stack.pop_back();
        takeNested(value, stack);
    }
}

double Json::toDouble() const noexcept
{
    if (const auto* value = std::get_if<std::int64_t>(&m_value)) return static_cast<double>(*value);
    if (const auto* value = std::get_if<std::uint64_t>(&m_value)) return static_cast<double>(*value);
    if (const auto* value = std::get_if<double>(&m_value)) return *value;
    return 0;
}

const Json* Json::find(std::string_view name) const noexcept
{
    const Object* members = object();
    if (members == nullptr) return nullptr;
    for (auto it = members->rbegin(); it != members->rend(); ++it)
        if (it->first == name) return &it->second;
    return nullptr;
}

void Json::set(std::string_view name, Json value)
{
    if (object() == nullptr) m_value = Object{};
    Object& members = *object();
    std::erase_if(members, [&](const auto& member) { return member.first == name; });
    members.emplace_back(std::string(name), std::move(value));
}

Result<Json> parseJson(std::string_view text, int maxDepth)
{
    return parse(text, maxDepth, false);
}
Result<Json> parseWholeJson(std::string_view text, int maxDepth)
{
    return parse(text, maxDepth, true);
}

std::optional<JsonSyntaxFault> checkJsonSyntax(std::string_view text)
{
    Builder builder(maxJsonDepth);
    return read(text, builder, true);
}

} // namespace iam::contract
