// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "base/secret.h"
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace iam::crypto {

/// What one argon2id hash costs. The default takes about 40 ms and 19 MiB (OWASP's minimum).
struct Argon2Parameters {
    std::uint32_t passes = 2;
    std::uint32_t memoryKib = 19 * 1024;
    std::uint32_t lanes = 1;
};

/// What one bcrypt hash costs: 2 to the power of this. The default takes about 60 ms and is that of the old system.
struct BcryptParameters {
    int cost = 10;
};

/// How passwords are hashed: bcrypt only where servers that know nothing else read the hashes, too.
using PasswordScheme = std::variant<Argon2Parameters, BcryptParameters>;

/// The argon2id hash of a password with a fresh 16-byte salt, as a PHC string ("$argon2id$v=19$m=…,t=…,p=…$salt$hash").
/// Slow on purpose: never on an I/O thread. Thread-safe, like everything here.
Result<std::string> hashPassword(const SecretString& password, const Argon2Parameters& parameters = {});

/// The bcrypt hash of a password with a fresh salt, as "$2a$", which every implementation knows. Only the first 72
/// bytes count. Code::Validation with the fault on "password" for a zero byte in it: implementations differ about what
/// then counts. Slow on purpose.
Result<std::string> hashPassword(const SecretString& password, const BcryptParameters& parameters);

/// Whether the password fits the hash: argon2id (PHC) or bcrypt ($2a$, $2b$, $2y$; only the first 72 bytes count, as in
/// every bcrypt). A text that is neither, is damaged or asks for an absurd cost is Code::Encrypt. Slow on purpose.
Result<bool> verifyPassword(const SecretString& password, const std::string& hash);

/// Whether a hash should be made anew at the next log-in: not argon2id, or cheaper than `parameters`.
[[nodiscard]] bool needsRehash(std::string_view hash, const Argon2Parameters& parameters = {});
/// The same where bcrypt is wanted: not bcrypt.
[[nodiscard]] bool needsRehash(std::string_view hash, const BcryptParameters& parameters);

/// Spends the time of one verification, for names that do not exist, so that timing does not tell them apart.
void verifyAgainstNothing(const SecretString& password, const Argon2Parameters& parameters = {});
void verifyAgainstNothing(const SecretString& password, const BcryptParameters& parameters);

} // namespace iam::crypto
