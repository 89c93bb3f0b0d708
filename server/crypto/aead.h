// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "base/secret.h"
#include <string>
#include <string_view>

namespace iam::crypto {

inline constexpr std::size_t aeadKeySize = 32;

/// AES-256-GCM (NIST SP 800-38D) with a fresh nonce: 12 bytes of nonce, the ciphertext, 16 bytes of tag. The
/// associated data are protected, but not in it. Code::Encrypt when the cipher is not available.
Result<std::string> aeadSeal(const SecretString& key, const SecretString& plaintext, std::string_view associatedData);
/// Code::Encrypt on any change of bytes, associated data or key.
Result<SecretString> aeadOpen(const SecretString& key, std::string_view sealed, std::string_view associatedData);

} // namespace iam::crypto
