// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/gojson.h"
#include "base/text.h"
#include <cmath>
#include <cstdlib>

namespace iam::crypto {

namespace {

constexpr int maxDepth = 64;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

int hexValue(char c)
{
    if (isDigit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// A byte as Go's strconv.Quote shows the rune of that number, in single quotes.
std::string quoted(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
    case '\'':
        return "'\\''";
    case '\\':
        return "'\\\\'";
    case '\a':
        return "'\\a'";
    case '\b':
        return "'\\b'";
    case '\f':
        return "'\\f'";
    case '\n':
        return "'\\n'";
    case '\r':
        return "'\\r'";
    case '\t':
        return "'\\t'";
    case '\v':
        return "'\\v'";
    default:
        break;
    }
    const std::string digits{"0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]};
    if (byte < 0x20 || byte == 0x7f) return "'\\x" + digits + "'";
    if ((byte >= 0x80 && byte <= 0xa0) || byte == 0xad) return "'\\u00" + digits + "'";
    std::string shown = "'";
    text::appendCodePoint(shown, byte);
    return shown + "'";
}

class Scan {
public:
    Scan(std::string_view text, JsonExtent extent, std::string& readable)
        : m_text(text)
        , m_extent(extent)
        , m_out(readable)
    {
    }

    bool run()
    {
        m_out.clear();
        m_out.reserve(m_text.size());
        if (!value(0)) return false;
        skipSpace();
        return m_extent == JsonExtent::First || atEnd() || stop("after top-level value");
    }
    const std::string& fault() const { return m_fault; }
    const std::string& hugeNumber() const { return m_hugeNumber; }

private:
    bool atEnd() const { return m_at == m_text.size(); }
    bool at(char c) const { return !atEnd() && m_text[m_at] == c; }
    bool atDigit() const { return !atEnd() && isDigit(m_text[m_at]); }
    void take() { m_out += m_text[m_at++]; }
    void skipSpace()
    {
        while (!atEnd() && isSpace(m_text[m_at])) ++m_at;
    }

    bool stop(std::string_view context)
    {
        if (!atEnd()) {
            m_fault = "invalid character " + quoted(m_text[m_at]) + " " + std::string(context);
        } else if (m_extent == JsonExtent::Whole) {
            m_fault = "unexpected end of JSON input";
        } else {
            m_fault = m_text.find_first_not_of(" \t\r\n") == std::string_view::npos ? "EOF" : "unexpected EOF";
        }
        return false;
    }

    bool value(int depth)
    {
        skipSpace();
        if (atEnd()) return stop({});
        switch (m_text[m_at]) {
        case '{':
            return composite('}', depth);
        case '[':
            return composite(']', depth);
        case '"':
            return string();
        case 't':
            return literal("true");
        case 'f':
            return literal("false");
        case 'n':
            return literal("null");
        default:
            break;
        }
        if (at('-') || atDigit()) return number();
        return stop("looking for beginning of value");
    }

    bool composite(char close, int depth)
    {
        if (depth == maxDepth) {
            m_fault = "exceeded max depth";
            return false;
        }
        const bool isObject = close == '}';
        take();
        skipSpace();
        if (at(close)) {
            take();
            return true;
        }
        for (;;) {
            if (isObject && !memberName()) return false;
            if (!value(depth + 1)) return false;
            skipSpace();
            if (at(close)) {
                take();
                return true;
            }
            if (!at(',')) return stop(isObject ? "after object key:value pair" : "after array element");
            take();
        }
    }

    bool memberName()
    {
        skipSpace();
        if (!at('"')) return stop("looking for beginning of object key string");
        if (!string()) return false;
        skipSpace();
        if (!at(':')) return stop("after object key");
        take();
        return true;
    }

    bool string()
    {
        take();
        while (!atEnd()) {
            const char c = m_text[m_at];
            if (c == '"') {
                take();
                return true;
            }
            if (static_cast<unsigned char>(c) < 0x20) return stop("in string literal");
            if (c == '\\') {
                ++m_at;
                if (!escape()) return false;
            } else {
                text::appendCodePoint(m_out, text::nextCodePoint(m_text, m_at));
            }
        }
        return stop({});
    }

    bool escape()
    {
        if (atEnd() || std::string_view("bfnrt\\/\"u").find(m_text[m_at]) == std::string_view::npos) {
            return stop("in string escape code");
        }
        if (!at('u')) {
            m_out += '\\';
            take();
            return true;
        }
        ++m_at;
        unsigned unit = 0;
        for (int i = 0; i < 4; ++i, ++m_at) {
            if (atEnd() || hexValue(m_text[m_at]) < 0) return stop("in \\u hexadecimal character escape");
            unit = unit * 16 + static_cast<unsigned>(hexValue(m_text[m_at]));
        }
        const bool high = unit >= 0xd800 && unit < 0xdc00;
        const unsigned second = high ? lowSurrogateHere() : 0;
        if (second != 0) {
            m_at += 6;
            text::appendCodePoint(m_out, 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00));
        } else if (unit < 0x20 || unit == '"' || unit == '\\') {
            m_out += m_text.substr(m_at - 6, 6);
        } else {
            text::appendCodePoint(m_out, unit);
        }
        return true;
    }

    unsigned lowSurrogateHere() const
    {
        if (m_text.size() - m_at < 6 || m_text[m_at] != '\\' || m_text[m_at + 1] != 'u') return 0;
        unsigned unit = 0;
        for (std::size_t i = m_at + 2; i < m_at + 6; ++i) {
            if (hexValue(m_text[i]) < 0) return 0;
            unit = unit * 16 + static_cast<unsigned>(hexValue(m_text[i]));
        }
        return unit >= 0xdc00 && unit < 0xe000 ? unit : 0;
    }

    bool number()
    {
        const std::size_t start = m_at;
        if (at('-')) take();
        if (!atDigit()) return stop("in numeric literal");
        if (at('0')) {
            take();
        } else {
            while (atDigit()) take();
        }
        if (at('.')) {
            take();
            if (!atDigit()) return stop("after decimal point in numeric literal");
            while (atDigit()) take();
        }
        if (at('e') || at('E')) {
            take();
            if (at('+') || at('-')) take();
            if (!atDigit()) return stop("in exponent of numeric literal");
            while (atDigit()) take();
        }
        const std::string digits(m_text.substr(start, m_at - start));
        if (m_hugeNumber.empty() && !std::isfinite(std::strtod(digits.c_str(), nullptr))) m_hugeNumber = digits;
        return true;
    }

    bool literal(std::string_view word)
    {
        for (const char c : word) {
            if (!at(c)) return stop("in literal " + std::string(word) + " (expecting '" + c + "')");
            take();
        }
        return true;
    }

    std::string_view m_text;
    JsonExtent m_extent;
    std::size_t m_at = 0;
    std::string& m_out;
    std::string m_fault;
    std::string m_hugeNumber;
};

} // namespace

std::optional<std::string> goJsonFault(std::string_view text, JsonExtent extent, std::string_view goType,
                                       std::string& readable)
{
    // At the end of a whole text Go's scanner is fed one more blank, which is what an unfinished word or number names.
    const std::string fed = std::string(text) + (extent == JsonExtent::Whole ? " " : "");
    Scan scan(fed, extent, readable);
    if (!scan.run()) return scan.fault();
    std::string_view kind;
    switch (readable.front()) {
    case '{':
        break;
    case 'n':
        return std::nullopt;
    case '[':
        kind = "array";
        break;
    case '"':
        kind = "string";
        break;
    case 't':
    case 'f':
        kind = "bool";
        break;
    default:
        kind = "number";
        break;
    }
    const auto cannot = [](std::string_view what, std::string_view type) {
        return "json: cannot unmarshal " + std::string(what) + " into Go value of type " + std::string(type);
    };
    if (!kind.empty()) return cannot(kind, goType);
    if (!scan.hugeNumber().empty()) return cannot("number " + scan.hugeNumber(), "float64");
    return std::nullopt;
}

} // namespace iam::crypto
