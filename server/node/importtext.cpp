// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/importtext.h"
#include "base/text.h"
#include <algorithm>
#include <array>

namespace iam::node {
namespace {

struct Fate {
    std::string_view key; ///< the key, or the section it stands in
    std::string_view why;
};

// What becomes of the old options that have no counterpart. The first row that fits counts.
constexpr std::array<Fate, 22> withoutCounterpart{{
    {"server.mode", "the server has one mode"},
    {"server.healthz", "/healthz is always there"},
    {"server.middlewares", "the steps of a request are fixed; for CORS name the origins in server.cors-origins"},
    {"server.max-ping-count", "the old system read it nowhere"},
    {"grpc", "there is no gRPC service: the authz-server reads the store"},
    {"rpcserver", "there is no gRPC service: the authz-server reads the store"},
    {"client-ca-file", "there is no gRPC service: the authz-server reads the store"},
    {"redis", "the old system read it nowhere"},
    {"feature.profiling", "there is no profiling route"},
    {"feature.enable-metrics", "whom /metrics answers is said by metrics.allow; loopback always may"},
    {"analytics",
     "every decision is recorded, see records.retention-days, max-size, durability, on-full; a pump of the "
     "old system gets them, too, with analytics.enable-legacy-queue"},
    {"log.name", "log lines are named by their category"},
    {"log.development", "log lines have one form"},
    {"log.enable-color", "log lines have no colour"},
    {"log.disable-color", "log lines have no colour"},
    {"log.disable-caller", "log lines name their category, not the source line"},
    {"log.enable-caller", "log lines name their category, not the source line"},
    {"log.disable-stacktrace", "log lines have no stack traces"},
    {"log.error-output-paths", "errors go where the other lines go"},
    {"purge-delay", "records are pumped as they come"},
    {"watcher", "not an option of the old system either"},
    {"health-check-path", "the path is always /healthz"},
}};

} // namespace

std::string yamlQuoted(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t c = text::nextCodePoint(text, at);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
            out += "\\x";
            out += digits[c / 16];
            out += digits[c % 16];
        } else {
            out += text.substr(begin, at - begin);
        }
    }
    return out + '"';
}

std::string listLines(std::string_view indent, std::string_view key, const std::vector<std::string>& entries)
{
    std::string lines;
    if (entries.empty()) return lines;
    lines.append(indent).append(key).append(":\n");
    for (const std::string& entry : entries) lines.append(indent).append("  - ").append(yamlQuoted(entry)).append("\n");
    return lines;
}

std::string inComment(std::string_view text)
{
    std::string out(text);
    std::replace_if(
        out.begin(), out.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, '?');
    return out;
}

std::string_view fateOf(std::string_view key)
{
    for (const Fate& fate : withoutCounterpart) {
        const bool inside =
            key.size() > fate.key.size() && (key[fate.key.size()] == '.' || key[fate.key.size()] == '-');
        if (key == fate.key || (key.starts_with(fate.key) && inside)) return fate.why;
    }
    return "not an option of the old system either";
}

} // namespace iam::node
