// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/policy.h"
#include "contract/secret.h"
#include "contract/user.h"

namespace iam::contract {

/// One sentence that says what is wrong, or nothing. The console shows the same sentences as the server.
using Complaint = std::optional<std::string>;

inline constexpr std::size_t maxNameLength = 45;

/// Names of users, secrets and policies: letters, digits and - _ . inside, at most 45 bytes; optionally a DNS
/// subdomain and "/" in front.
[[nodiscard]] Complaint checkName(const std::string& name);
/// 8 to 16 countable characters with lower case, upper case, number and punctuation or symbol.
[[nodiscard]] Complaint checkPassword(const std::string& password);
/// 1 to 30 characters.
[[nodiscard]] Complaint checkNickname(const std::string& nickname);
/// A mail address (RFC 5322 addr-spec with a dotted domain) of at most 100 characters.
[[nodiscard]] Complaint checkEmail(const std::string& email);
/// At most 20 characters.
[[nodiscard]] Complaint checkPhone(const std::string& phone);
/// At most 255 bytes.
[[nodiscard]] Complaint checkDescription(const std::string& description);
/// Unix seconds from 0 to 4294967295.
[[nodiscard]] Complaint checkExpires(std::int64_t expires);
/// Seconds from 0 to 90 days.
[[nodiscard]] Complaint checkOverlap(std::int64_t overlap);

/// All faults of a user that is to be created (with its password) or changed (without), in the order of the fields.
[[nodiscard]] std::vector<FieldFault> validateUser(const User& user, bool withPassword);
[[nodiscard]] std::vector<FieldFault> validateSecret(const Secret& secret);

} // namespace iam::contract
