// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/secret.h"
#include <cstdint>
#include <optional>
#include <string>

namespace iam::store::sql {

// The rows of the system that this one replaces, as they stand in its tables user, secret, policy and policy_audit:
// nothing is checked, nothing is repaired. Texts there have no character beyond U+FFFF (MySQL's three-byte utf8).

/// What all four tables have.
struct LegacyMetadata {
    std::uint64_t id = 0;
    std::optional<std::string> instanceId;
    std::string name;
    std::optional<std::string> extendShadow; ///< JSON, when it is well
    std::optional<TimePoint> createdAt;      ///< whole seconds; nothing: the zero date
    std::optional<TimePoint> updatedAt;      ///< likewise
    bool operator==(const LegacyMetadata&) const = default;
};

struct LegacyUser {
    LegacyMetadata metadata;
    std::optional<std::int64_t> status; ///< 1: may log in
    std::string nickname;
    std::string passwordHash; ///< bcrypt, when it is well
    std::string email;
    std::optional<std::string> phone;
    std::int64_t isAdmin = 0;
    std::optional<TimePoint> loginedAt; ///< nothing: NULL or the zero date
};

/// The user whom the tables' collation (no regard to case, accents and trailing blanks) takes `username` for.
struct LegacyOwner {
    std::uint64_t id = 0;
    std::string name; ///< as the user's row has it
};

struct LegacySecret {
    LegacyMetadata metadata;
    std::string username;
    std::optional<LegacyOwner> owner; ///< nothing: there is no such user
    std::string secretId;
    SecretString secretKey; ///< plain
    std::int64_t expires = 0;
    std::string description;
};

struct LegacyPolicy {
    LegacyMetadata metadata;
    std::string username;
    std::optional<LegacyOwner> owner; ///< nothing: there is no such user
    std::optional<std::string> policyShadow;
};

struct LegacyRemovedPolicy {
    LegacyMetadata metadata;
    std::string username;
    std::optional<std::string> policyShadow;
    std::optional<TimePoint> deletedAt;
};

} // namespace iam::store::sql
