// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "base/secret.h"
#include "crypto/passwordhash.h"
#include <cstddef>
#include <string>
#include <string_view>

namespace iam::crypto {

/// A text that carries secrets from one machine to another, sealed with a passphrase. Three lines and a fourth that
/// notices damage before anybody doubts the passphrase:
///
///     iam-cluster-bundle 1
///     argon2id m=<KiB>,t=<passes>,p=<lanes> <base64 of 16 bytes of salt>
///     aes-256-gcm <base64 of 12 bytes of nonce, the ciphertext and 16 bytes of tag>
///     sha256 <hex digest of the three lines above, their line ends included>
///
/// The key is the 32 bytes that argon2id (RFC 9106) makes of the passphrase; the first two lines are the associated
/// data, so nothing of them can be exchanged either.
inline constexpr std::size_t maxBundleSize = 260 * 1024;
/// Fewer bytes are refused for a passphrase that seals.
inline constexpr std::size_t minPassphraseSize = 12;
/// RFC 9106 §4, the second recommended choice.
inline constexpr Argon2Parameters bundleCost{3, 64 * 1024, 4};

/// Slow on purpose. Code::Validation for a passphrase that is too short or too long, Code::Encrypt for content that is
/// too large.
Result<std::string> sealBundle(const SecretString& content, const SecretString& passphrase,
                               const Argon2Parameters& cost = bundleCost);
/// Slow on purpose; a bundle that asks for an absurd cost is refused. Error::detail is one clear sentence:
/// Code::DecodingFailed when the text is no bundle, of another version or damaged, Code::PasswordIncorrect when it is
/// whole but the passphrase does not open it.
Result<SecretString> openBundle(std::string_view bundle, const SecretString& passphrase);

} // namespace iam::crypto
