// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "base/secret.h"
#include <cstddef>
#include <string>
#include <string_view>

namespace iam::crypto {

/// HKDF with SHA-256 (RFC 5869): `size` bytes (1 to 8160) that follow from the key, and from which nothing follows
/// about it or about what is derived with another `info`. Code::Encrypt for an empty key or a wrong size.
Result<SecretString> deriveKey(const SecretString& key, std::string_view salt, std::string_view info, std::size_t size);

inline constexpr std::size_t signatureSize = 64;
inline constexpr std::size_t publicKeySize = 32;

/// An Ed25519 key (RFC 8032 §5.1). Thread-safe.
class SigningKey {
public:
    /// The same 32 bytes make the same key. Code::Encrypt for any other size.
    static Result<SigningKey> fromSeed(const SecretString& seed);
    SigningKey(SigningKey&& other) noexcept;
    SigningKey& operator=(SigningKey&& other) noexcept;
    SigningKey(const SigningKey&) = delete;
    SigningKey& operator=(const SigningKey&) = delete;
    ~SigningKey();

    /// 32 raw bytes.
    [[nodiscard]] const std::string& publicKey() const noexcept { return m_public; }
    /// 64 raw bytes.
    [[nodiscard]] std::string sign(std::string_view data) const;

private:
    SigningKey() = default;

    void* m_key = nullptr;
    std::string m_public;
};

/// Whether the owner of the public key signed exactly these bytes. False for keys and signatures of wrong sizes too.
[[nodiscard]] bool verifySignature(std::string_view publicKey, std::string_view data,
                                   std::string_view signature) noexcept;

} // namespace iam::crypto
