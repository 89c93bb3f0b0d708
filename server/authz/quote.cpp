// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/quote.h"
#include "authz/unicode/runeset.h"
#include "base/text.h"
#include <cstdio>

namespace iam::authz {

std::string quoted(std::string_view utf8)
{
    std::string out = "\"";
    for (std::size_t position = 0; position < utf8.size();) {
        const std::size_t start = position;
        const char32_t rune = text::nextCodePoint(utf8, position);
        char hex[16] = {};
        switch (rune) {
        case '"':
            out += "\\\"";
            continue;
        case '\\':
            out += "\\\\";
            continue;
        case '\a':
            out += "\\a";
            continue;
        case '\b':
            out += "\\b";
            continue;
        case '\f':
            out += "\\f";
            continue;
        case '\n':
            out += "\\n";
            continue;
        case '\r':
            out += "\\r";
            continue;
        case '\t':
            out += "\\t";
            continue;
        case '\v':
            out += "\\v";
            continue;
        default:
            break;
        }
        const bool invalid = rune == 0xFFFD && position == start + 1; // a stray byte
        if (invalid)
            std::snprintf(hex, sizeof(hex), "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(utf8[start])));
        else if (isPrintable(rune))
            out += utf8.substr(start, position - start);
        else if (rune < ' ' || rune == 0x7f)
            std::snprintf(hex, sizeof(hex), "\\x%02x", static_cast<unsigned>(rune));
        else
            std::snprintf(hex, sizeof(hex), rune < 0x10000 ? "\\u%04x" : "\\U%08x", static_cast<unsigned>(rune));
        out += hex;
    }
    out += '"';
    return out;
}

} // namespace iam::authz
