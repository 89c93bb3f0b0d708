// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include <algorithm>

namespace iam::text {
namespace {

struct Read {
    char32_t codePoint;
    std::size_t size;
    bool valid;
};

constexpr Read invalidByte{0xFFFD, 1, false};

Read readAt(std::string_view s, std::size_t pos) noexcept
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[pos + i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return {first, 1, true};
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || pos + size > s.size()) return invalidByte;
    char32_t value = first & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return invalidByte;
        value = (value << 6) | (byte(i) & 0x3Fu);
    }
    const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return invalidByte;
    return {value, size, true};
}

char lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

} // namespace

bool isUtf8(std::string_view bytes) noexcept
{
    for (std::size_t pos = 0; pos < bytes.size();) {
        const Read read = readAt(bytes, pos);
        if (!read.valid) return false;
        pos += read.size;
    }
    return true;
}

std::string toUtf8(std::string_view bytes)
{
    if (isUtf8(bytes)) return std::string(bytes);
    std::string out;
    out.reserve(bytes.size() + 16);
    for (std::size_t pos = 0; pos < bytes.size();) appendCodePoint(out, nextCodePoint(bytes, pos));
    return out;
}

char32_t nextCodePoint(std::string_view utf8, std::size_t& pos) noexcept
{
    const Read read = readAt(utf8, pos);
    pos += read.size;
    return read.codePoint;
}

void appendCodePoint(std::string& out, char32_t c)
{
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
    const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

std::size_t length(std::string_view utf8) noexcept
{
    std::size_t count = 0;
    for (std::size_t pos = 0; pos < utf8.size(); ++count) static_cast<void>(nextCodePoint(utf8, pos));
    return count;
}

std::string_view cut(std::string_view utf8, std::size_t bytes) noexcept
{
    if (utf8.size() <= bytes) return utf8;
    while (bytes > 0 && (static_cast<unsigned char>(utf8[bytes]) & 0xC0) == 0x80) --bytes;
    return utf8.substr(0, bytes);
}

std::string lowered(std::string_view ascii)
{
    std::string out(ascii);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

bool equalIgnoringCase(std::string_view a, std::string_view b) noexcept
{
    if (a.size() != b.size()) return false;
    if (a == b) return true; // nearly always what is asked for; compared many bytes at a time
    return std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

} // namespace iam::text
