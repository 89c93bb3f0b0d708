// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "base/secret.h"
#include <string>
#include <vector>

namespace iam::crypto {

/// Keys that sign log-in tokens, oldest first, each 64 printable ASCII characters; as text one a line.
using TokenKeys = std::vector<SecretString>;

/// 64 random alphanumeric characters (381 bits).
[[nodiscard]] SecretString newTokenKey();
/// At least one key, or Code::Encrypt.
Result<TokenKeys> parseTokenKeys(const SecretString& text);
[[nodiscard]] SecretString serializeTokenKeys(const TokenKeys& keys);
/// Adds those that are not there yet behind the others; whether there were any.
bool addMissingTokenKeys(TokenKeys& keys, const TokenKeys& others);

/// Absent: Code::SecretNotFound. Wrong permissions, size or content: Code::Encrypt, with path and fault.
Result<TokenKeys> loadTokenKeys(const std::string& path);
/// Makes a file of one new key (0600, atomically, on the disk) when there is none: two processes that start together
/// get the same one.
Result<TokenKeys> loadOrCreateTokenKeys(const std::string& path);

} // namespace iam::crypto
