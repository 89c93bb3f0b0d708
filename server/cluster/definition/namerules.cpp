// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/definition/namerules.h"
#include <algorithm>

namespace iam::cluster {
namespace {

bool isLetter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isDigit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

/// 1..longest letters, digits and characters of `others`.
bool consistsOf(std::string_view text, std::size_t longest, std::string_view others) noexcept
{
    return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [&](char c) {
        return isLetter(c) || isDigit(c) || others.find(c) != std::string_view::npos;
    });
}

/// Hands each part between separators to `takes`; false as soon as one is not taken.
template <class Takes>
bool allParts(std::string_view text, char separator, Takes takes)
{
    for (std::size_t pos = 0;;) {
        const std::size_t end = std::min(text.find(separator, pos), text.size());
        if (!takes(text.substr(pos, end - pos))) return false;
        if (end == text.size()) return true;
        pos = end + 1;
    }
}

} // namespace

bool isHostLabel(std::string_view text) noexcept
{
    return consistsOf(text, 63, "-") && text.front() != '-' && text.back() != '-';
}

bool isDomain(std::string_view text) noexcept
{
    if (text.size() > 253 || text.find('.') == std::string_view::npos || !allParts(text, '.', isHostLabel))
        return false;
    const std::string_view last = text.substr(text.rfind('.') + 1);
    return !std::all_of(last.begin(), last.end(), isDigit);
}

bool isInterface(std::string_view text) noexcept
{
    return consistsOf(text, 15, "._-") && text != "." && text != "..";
}

bool isWord(std::string_view text) noexcept
{
    return consistsOf(text, 32, "_-") && isLetter(text.front());
}

bool isCookieName(std::string_view text) noexcept
{
    return consistsOf(text, 64, "_");
}

bool isDatabaseName(std::string_view text) noexcept
{
    return consistsOf(text, 32, "_") && isLetter(text.front());
}

bool isPlainPath(std::string_view text) noexcept
{
    return text.starts_with('/') && text.size() <= 255 && allParts(text.substr(1), '/', [](std::string_view part) {
               return consistsOf(part, 255, "._-+@") && part != "." && part != "..";
           });
}

} // namespace iam::cluster
