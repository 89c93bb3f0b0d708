// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace iam::contract {

/// A JSON value as it was read: object members keep their order and their duplicates, integers stay integers.
class Json {
public:
    using Array = std::vector<Json>;
    using Object = std::vector<std::pair<std::string, Json>>;
    enum class Kind { Null, Boolean, Integer, Unsigned, Real, String, Array, Object };

    Json() = default;
    Json(const Json&) = default;
    Json(Json&&) noexcept = default;
    Json& operator=(const Json&) = default;
    Json& operator=(Json&&) noexcept = default;
    /// Without recursion, so that a deep value cannot exhaust the stack.
    ~Json();

    Json(bool value)
        : m_value(value)
    {
    }
    Json(int value)
        : m_value(std::int64_t{value})
    {
    }
    Json(std::int64_t value)
        : m_value(value)
    {
    }
    Json(std::uint64_t value)
        : m_value(value)
    {
    }
    Json(double value)
        : m_value(value)
    {
    }
    Json(std::string value)
        : m_value(std::move(value))
    {
    }
    Json(const char* value)
        : m_value(std::string(value))
    {
    }
    Json(Array value)
        : m_value(std::move(value))
    {
    }
    Json(Object value)
        : m_value(std::move(value))
    {
    }

    [[nodiscard]] Kind kind() const noexcept { return static_cast<Kind>(m_value.index()); }
    [[nodiscard]] bool isNull() const noexcept { return kind() == Kind::Null; }
    [[nodiscard]] bool isNumber() const noexcept
    {
        return kind() == Kind::Integer || kind() == Kind::Unsigned || kind() == Kind::Real;
    }
    /// The value when it is of that kind, else nullptr.
    [[nodiscard]] const bool* boolean() const noexcept { return std::get_if<bool>(&m_value); }
    [[nodiscard]] const std::string* string() const noexcept { return std::get_if<std::string>(&m_value); }
    [[nodiscard]] const Array* array() const noexcept { return std::get_if<Array>(&m_value); }
    [[nodiscard]] Array* array() noexcept { return std::get_if<Array>(&m_value); }
    [[nodiscard]] const Object* object() const noexcept { return std::get_if<Object>(&m_value); }
    [[nodiscard]] Object* object() noexcept { return std::get_if<Object>(&m_value); }
    /// Integers in int64's range (written without fraction or exponent), else nullptr.
    [[nodiscard]] const std::int64_t* integer() const noexcept { return std::get_if<std::int64_t>(&m_value); }
    /// Integers beyond int64's range, up to uint64's, else nullptr.
    [[nodiscard]] const std::uint64_t* bigInteger() const noexcept { return std::get_if<std::uint64_t>(&m_value); }
    /// Any number as a double; 0 for other kinds.
    [[nodiscard]] double toDouble() const noexcept;

    /// The last member of that exact name, or nullptr (also when this is no object).
    [[nodiscard]] const Json* find(std::string_view name) const noexcept;
    /// Replaces every member of that name, or appends one. Turns anything else into an object.
    void set(std::string_view name, Json value);

    bool operator==(const Json&) const = default;

private:
    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, Array, Object> m_value;
};

inline constexpr int maxJsonDepth = 10000;

/// Where and why a text is not JSON.
struct JsonSyntaxFault {
    std::size_t offset = 0; ///< in bytes, of the first byte that does not fit
    std::string message;    ///< one clause, without the place
};

/// Nothing when `text` is one JSON value and white space.
[[nodiscard]] std::optional<JsonSyntaxFault> checkJsonSyntax(std::string_view text);

/// Reads exactly one JSON value from the start of `text` and ignores what follows it. Bytes that are not UTF-8 and
/// lone surrogate escapes become U+FFFD. Not JSON, nothing at all, numbers beyond double, or deeper than
/// `maxDepth`: Code::Bind with the place in `faults`.
Result<Json> parseJson(std::string_view text, int maxDepth = maxJsonDepth);
/// As parseJson(), but only white space may follow the value.
Result<Json> parseWholeJson(std::string_view text, int maxDepth = maxJsonDepth);

/// Appends `value` without white space, object members sorted bytewise, the last of duplicates only, numbers as
/// doubles in the shortest form, and `< > &` U+2028 U+2029 escaped: what Go's encoding/json writes for a map.
void writeJson(std::string& out, const Json& value);
[[nodiscard]] std::string writeJson(const Json& value);
/// Appends a quoted and escaped string.
void writeJsonString(std::string& out, std::string_view utf8);
/// Appends a double the way Go's encoding/json does.
void writeJsonNumber(std::string& out, double value);

/// Writes an object member by member, in the given order, and closes it when it dies.
class JsonObjectWriter {
public:
    explicit JsonObjectWriter(std::string& out)
        : m_out(out)
    {
        m_out += '{';
    }
    ~JsonObjectWriter() { m_out += '}'; }
    JsonObjectWriter(const JsonObjectWriter&) = delete;
    JsonObjectWriter& operator=(const JsonObjectWriter&) = delete;

    JsonObjectWriter& text(std::string_view name, std::string_view value);
    JsonObjectWriter& number(std::string_view name, std::int64_t value);
    JsonObjectWriter& number(std::string_view name, std::uint64_t value);
    JsonObjectWriter& number(std::string_view name, int value) { return number(name, std::int64_t{value}); }
    JsonObjectWriter& boolean(std::string_view name, bool value);
    JsonObjectWriter& json(std::string_view name, const Json& value);
    JsonObjectWriter& list(std::string_view name, const std::vector<std::string>& values);
    /// Writes the name and the colon; the caller appends the value to what is returned.
    std::string& raw(std::string_view name);

private:
    std::string& m_out;
    bool m_first = true;
};

} // namespace iam::contract
