// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/check/messages.h"
#include "base/configvalue.h"
#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace iam::cluster {
namespace {

using Weight = ProgramMessage::Weight;

std::vector<std::string> linesOf(const std::string& output)
{
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < output.size();) {
        const std::size_t end = std::min(output.find('\n', at), output.size());
        if (end > at) lines.push_back(output.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

bool hasAny(const std::string& text, std::initializer_list<std::string_view> parts)
{
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return text.find(part) != std::string::npos; });
}

int number(const std::string& digits)
{
    return static_cast<int>(parseInteger(digits).value_or(0));
}

void cutFullStop(std::string& text)
{
    while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.pop_back();
}

} // namespace

std::vector<ProgramMessage> nginxMessages(const std::string& output)
{
    std::vector<ProgramMessage> messages;
    for (const std::string& line : linesOf(output)) {
        // "nginx: [emerg] TEXT in FILE:LINE"; the same lines with a time are what was logged as well.
        if (!line.starts_with("nginx: [")) continue;
        const std::size_t close = line.find("] ");
        if (close == std::string::npos) continue;
        ProgramMessage message;
        const std::string level = line.substr(8, close - 8);
        message.text = line.substr(close + 2);
        const std::size_t in = message.text.rfind(" in /");
        const std::size_t colon = message.text.rfind(':');
        if (in != std::string::npos && colon != std::string::npos && colon > in) {
            message.file = message.text.substr(in + 4, colon - in - 4);
            message.line = number(message.text.substr(colon + 1));
            message.text.erase(in);
        }
        cutFullStop(message.text);
        if (level == "warn" || level == "notice") message.weight = Weight::Warning;
        if (hasAny(message.text,
                   {"host not found", "could not be resolved", "getpwnam(", "getgrnam(", "Permission denied",
                    "cannot load certificate", "Cannot assign requested address", "mkdir()", "could not open error log",
                    "dlopen()", "the \"user\" directive makes sense only"}))
            message.weight = Weight::Machine;
        messages.push_back(std::move(message));
    }
    return messages;
}

std::vector<ProgramMessage> keepalivedMessages(const std::string& output)
{
    std::vector<ProgramMessage> messages;
    for (std::string text : linesOf(output)) {
        ProgramMessage message;
        // "(FILE: Line 12) TEXT", and without a file for the first one.
        const std::size_t close = text.find(") ");
        const std::size_t word = text.find("Line ");
        if (text.starts_with('(') && word != std::string::npos && close != std::string::npos && word < close) {
            if (word > 3) message.file = text.substr(1, word - 3);
            message.line = number(text.substr(word + 5, close - word - 5));
            text.erase(0, close + 2);
        }
        cutFullStop(text);
        if (text.empty() || hasAny(text, {"since own interface", "Configuration file", "Opening file"})) continue;
        message.aboutScriptSecurity = hasAny(text, {"SECURITY VIOLATION", "default user", "script_security"});
        message.aboutScripts =
            hasAny(text, {"track script", "Unsafe permissions", "not executable", "not found/accessible"});
        if (hasAny(text, {"gnoring", "ounding", "runcat", "learing", "SECURITY VIOLATION", "deprecated", "will be"}))
            message.weight = Weight::Warning;
        if (hasAny(text, {"nknown interface", "nterface doesn't exist", "no such interface"}) ||
            (text.find("nterface") != std::string::npos && text.find("not exist") != std::string::npos))
            message.weight = Weight::Interface;
        message.text = std::move(text);
        const bool twice = std::any_of(messages.begin(), messages.end(), [&](const ProgramMessage& one) {
            return one.text == message.text && one.line == message.line;
        });
        if (!twice) messages.push_back(std::move(message));
    }
    return messages;
}

} // namespace iam::cluster
