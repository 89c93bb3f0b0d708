// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/passwordrules.h"
#include "base/logging.h"
#include "base/text.h"
#include "contract/passwordstrength.h"
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace iam::service {
namespace {

// What contract::checkPassword() refuses anyway need not be kept: fewer than 8 characters, or more bytes than 16
// characters can have (characters that it does not count, such as letters of other scripts, are not for lists).
constexpr std::size_t shortest = 8;
constexpr std::size_t longest = 64;

} // namespace

Result<PasswordRules> PasswordRules::load(const std::string& blocklistFile, int minStrength)
{
    PasswordRules rules;
    rules.m_minStrength = minStrength;
    if (blocklistFile.empty()) return rules;
    const auto unreadable = [&](const std::string& why) {
        return fail(Code::Validation, "the list of refused passwords " + blocklistFile + " cannot be read: " + why);
    };
    std::error_code error;
    if (!std::filesystem::is_regular_file(blocklistFile, error))
        return unreadable(error ? error.message() : "it is not a file");
    std::ifstream file(blocklistFile, std::ios::binary);
    if (!file) return unreadable(std::strerror(errno));
    std::size_t size = 0;
    for (std::string line; std::getline(file, line);) {
        size += line.size() + 1;
        if (size > largestBlocklist) return unreadable("it is larger than 64 MiB");
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.size() >= shortest && line.size() <= longest) rules.m_blocked.insert(text::lowered(line));
    }
    if (file.bad()) return unreadable("input/output error");
    qCInfo(lcAuth, "%zu passwords are refused because of %s", rules.m_blocked.size(), blocklistFile.c_str());
    return rules;
}

contract::Complaint PasswordRules::check(const std::string& password, const contract::User& user) const
{
    if (m_blocked.contains(text::lowered(password))) return "must not be a password that is known to be used";
    if (m_minStrength > 0 &&
        contract::passwordStrength(password, {user.metadata.name, user.nickname, user.email}) < m_minStrength)
        return "must be harder to guess";
    return std::nullopt;
}

} // namespace iam::service
