// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cluster/lint/nginxmodel.h"
#include <algorithm>
#include <re2/re2.h>

namespace iam::cluster {
namespace {

bool regexMatches(const LocationMatch& match, const std::string& path)
{
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(match.modifier == "~");
    options.set_max_mem(1 << 20);
    const re2::RE2 pattern(match.path, options);
    return pattern.ok() && re2::RE2::PartialMatch(path, pattern);
}

/// The locations of one level by nginx's order; null when none answers.
const Statement* chosen(const Statement& level, const std::string& path)
{
    const Statement* prefix = nullptr;
    std::size_t length = 0;
    std::vector<std::pair<const Statement*, LocationMatch>> patterns;
    for (const Statement& one : level.children) {
        if (one.name != "location" || !one.isBlock) continue;
        LocationMatch match = matchOf(one);
        if (match.modifier == "=") {
            if (match.path == path) return &one;
        } else if (match.modifier.starts_with('~')) {
            patterns.emplace_back(&one, std::move(match));
        } else if (match.modifier != "@" && path.starts_with(match.path) &&
                   (prefix == nullptr || match.path.size() > length)) {
            prefix = &one;
            length = match.path.size();
        }
    }
    if (prefix != nullptr && matchOf(*prefix).modifier == "^~") return prefix;
    for (const auto& [location, match] : patterns)
        if (regexMatches(match, path)) return location;
    return prefix;
}

bool isRefusal(const Statement& answer)
{
    const std::string code = answer.value();
    return code.size() == 3 && (code.front() == '4' || code == "301" || code == "302" || code == "204");
}

} // namespace

LocationMatch matchOf(const Statement& location)
{
    static constexpr const char* modifiers[] = {"=", "^~", "~*", "~"};
    LocationMatch match;
    const std::string first = location.value();
    if (location.arguments.size() > 1) {
        match.modifier = first;
        match.path = location.arguments[1];
        return match;
    }
    match.path = first;
    if (first.starts_with('@')) {
        match.modifier = "@";
        return match;
    }
    for (const char* modifier : modifiers)
        if (first.starts_with(modifier) && !first.starts_with('/')) {
            match.modifier = modifier;
            match.path = first.substr(match.modifier.size());
            break;
        }
    return match;
}

Scope locationFor(const VirtualServer& server, const std::string& path)
{
    Scope scope = server.scope;
    while (const Statement* next = chosen(*scope.back(), path)) scope.push_back(next);
    return scope;
}

bool isOpen(const Scope& location)
{
    for (std::size_t i = 1; i < location.size(); ++i) {
        if (location[i]->child("internal") != nullptr) return false;
        if (const Statement* answer = location[i]->child("return"); answer != nullptr && isRefusal(*answer))
            return false;
    }
    // allow and deny are inherited together: the nearest level that has either counts.
    for (std::size_t i = location.size(); i-- > 0;) {
        const auto denies = location[i]->all("deny");
        if (std::any_of(denies.begin(), denies.end(), [](const Statement* one) { return one->value() == "all"; }))
            return false;
        if (!denies.empty() || location[i]->child("allow") != nullptr) break;
    }
    for (const char* guard : {"auth_basic", "auth_request", "auth_jwt"})
        if (const Statement* asked = effective(location, guard); asked != nullptr && asked->value() != "off")
            return false;
    if (const Statement* asked = effective(location, "ssl_verify_client"); asked != nullptr && asked->value() == "on")
        return false;
    return true;
}

} // namespace iam::cluster
