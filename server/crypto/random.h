// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/secret.h"
#include <cstddef>
#include <string>
#include <string_view>

namespace iam::crypto {

// All from the operating system's seeded generator; a system that cannot give randomness ends the process.

/// The 62 characters of secret ids and secret keys.
inline constexpr std::string_view alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890";

[[nodiscard]] std::string randomBytes(std::size_t count);
/// `length` characters of `alphabet` (1 to 256 different bytes), each equally likely.
[[nodiscard]] std::string randomText(std::size_t length, std::string_view alphabet = alphanumeric);
/// What a new access key of a user consists of: an id of 36 and a key of 32 alphanumeric characters.
[[nodiscard]] std::string newSecretId();
[[nodiscard]] SecretString newSecretKey();

} // namespace iam::crypto
