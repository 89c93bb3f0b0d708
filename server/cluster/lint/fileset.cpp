// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/fileset.h"

namespace iam::cluster {
namespace {

/// Whether `c` is in the set that begins behind the [ at `at`; moves `at` behind its ]. Nothing when it has no end.
std::optional<bool> setHolds(std::string_view pattern, std::size_t& at, char c) noexcept
{
    std::size_t i = at;
    const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
    if (negated) ++i;
    const std::size_t first = i;
    bool holds = false;
    for (; i < pattern.size() && (pattern[i] != ']' || i == first); ++i) {
        if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
            holds = holds || (pattern[i] <= c && c <= pattern[i + 2]);
            i += 2;
        } else {
            holds = holds || pattern[i] == c;
        }
    }
    if (i == pattern.size()) return std::nullopt;
    at = i + 1;
    return holds != negated;
}

} // namespace

bool globMatches(std::string_view pattern, std::string_view text) noexcept
{
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t starText = 0;
    while (t < text.size()) {
        bool matched = false;
        std::size_t next = p;
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            starText = t;
            continue;
        }
        if (p < pattern.size()) {
            next = p + 1;
            if (pattern[p] == '?') {
                matched = text[t] != '/';
            } else if (pattern[p] == '[') {
                const auto held = setHolds(pattern, next, text[t]);
                matched = held ? *held && text[t] != '/' : text[t] == '[';
            } else {
                matched = pattern[p] == text[t];
            }
        }
        if (matched) {
            p = next;
            ++t;
        } else if (star != std::string_view::npos && text[starText] != '/') {
            p = star + 1;
            t = ++starText;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

std::string folderOf(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

const NodeFile* NodeFiles::file(const std::string& path) const
{
    const auto found = files.find(path);
    return found == files.end() ? nullptr : &found->second;
}

std::vector<std::string> NodeFiles::matching(const std::string& pattern) const
{
    std::vector<std::string> found;
    for (const auto& [path, file] : files)
        if (globMatches(pattern, path)) found.push_back(path);
    return found;
}

bool NodeFiles::coversFolder(const std::string& folder) const
{
    for (const auto& [path, file] : files)
        if (folderOf(path) == folder) return true;
    return false;
}

std::string NodeFiles::shownAs(const std::string& path) const
{
    const NodeFile* known = file(path);
    return known == nullptr || known->shownAs.empty() ? path : known->shownAs;
}

} // namespace iam::cluster
