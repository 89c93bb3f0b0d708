// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/base64.h"
#include <array>
#include <cstdint>

namespace iam::crypto {

namespace {

constexpr std::string_view standardAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view urlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t none = 0xff;

constexpr std::array<std::uint8_t, 256> inverse(std::string_view alphabet)
{
    std::array<std::uint8_t, 256> table{};
    table.fill(none);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return table;
}

constexpr auto standardValues = inverse(standardAlphabet);
constexpr auto urlValues = inverse(urlAlphabet);

std::string encode(std::string_view bytes, std::string_view alphabet, bool padded)
{
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = bytes.size() - i;
        std::uint32_t group = static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << 16;
        if (left > 1) group |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i + 1])) << 8;
        if (left > 2) group |= static_cast<unsigned char>(bytes[i + 2]);
        out += alphabet[group >> 18];
        out += alphabet[(group >> 12) & 63];
        if (left > 1) out += alphabet[(group >> 6) & 63];
        if (left > 2) out += alphabet[group & 63];
        if (padded && left < 3) out.append(3 - left, '=');
    }
    return out;
}

// Text without padding. Strict: the bits that the last character has too many must be zero.
std::optional<std::string> decode(std::string_view text, const std::array<std::uint8_t, 256>& values)
{
    if (text.size() % 4 == 1) return std::nullopt;
    std::string out(text.size() * 3 / 4, '\0');
    char* next = out.data();
    std::uint32_t bits = 0;
    unsigned count = 0;
    std::uint8_t seen = 0; // `none` leaves a bit that no value has
    for (const char c : text) {
        const std::uint8_t value = values[static_cast<unsigned char>(c)];
        seen |= value;
        bits = (bits << 6) | value;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        *next++ = static_cast<char>((bits >> count) & 0xff);
    }
    if (seen == none || (bits & ((1U << count) - 1)) != 0) return std::nullopt;
    return out;
}

} // namespace

std::string toBase64(std::string_view bytes)
{
    return encode(bytes, standardAlphabet, true);
}

std::string toBase64Url(std::string_view bytes)
{
    return encode(bytes, urlAlphabet, false);
}

std::optional<std::string> fromBase64(std::string_view text)
{
    if (text.size() % 4 != 0) return std::nullopt;
    for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
    return decode(text, standardValues);
}

std::optional<std::string> fromBase64Url(std::string_view text)
{
    return decode(text, urlValues);
}

tl::expected<std::string, std::size_t> fromBase64UrlLikeGo(std::string_view unpadded)
{
    std::string text(unpadded);
    if (text.size() % 4 != 0) text.append(4 - text.size() % 4, '=');
    const auto skipLineEnds = [&text](std::size_t at) {
        while (at < text.size() && (text[at] == '\n' || text[at] == '\r')) ++at;
        return at;
    };

    std::string out;
    std::array<std::uint8_t, 4> group{};
    std::size_t filled = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const char c = text[at++];
        const std::uint8_t value = urlValues[static_cast<unsigned char>(c)];
        if (value != none) {
            group[filled++] = value;
            if (filled == 4) {
                out += static_cast<char>(group[0] << 2 | group[1] >> 4);
                out += static_cast<char>(group[1] << 4 | group[2] >> 2);
                out += static_cast<char>(group[2] << 6 | group[3]);
                filled = 0;
            }
            continue;
        }
        if (c == '\n' || c == '\r') continue;
        if (c != '=' || filled < 2) return tl::unexpected(at - 1);
        if (filled == 2) { // a second '=' has to follow
            at = skipLineEnds(at);
            if (at == text.size()) return tl::unexpected(text.size());
            if (text[at] != '=') return tl::unexpected(at - 1);
            ++at;
        }
        at = skipLineEnds(at);
        if (at < text.size()) return tl::unexpected(at); // something behind the padding
        out += static_cast<char>(group[0] << 2 | group[1] >> 4);
        if (filled == 3) out += static_cast<char>(group[1] << 4 | group[2] >> 2);
        return out;
    }
    if (filled != 0) return tl::unexpected(at - filled);
    return out;
}

} // namespace iam::crypto
