// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "base/secret.h"
#include <array>
#include <atomic>
#include <string>
#include <string_view>

namespace iam::crypto {

enum class HmacAlgorithm { Sha256, Sha384, Sha512 };

/// A key prepared for HMAC (RFC 2104). Thread-safe: every use takes a context of its own, kept ones first.
/// Making one costs a few µs; a use costs little more than the hash itself.
class HmacKey {
public:
    /// An empty key is refused (Code::Encrypt).
    static Result<HmacKey> make(HmacAlgorithm algorithm, const SecretString& key);
    HmacKey(HmacKey&& other) noexcept;
    HmacKey& operator=(HmacKey&& other) noexcept;
    HmacKey(const HmacKey&) = delete;
    HmacKey& operator=(const HmacKey&) = delete;
    ~HmacKey();

    /// The raw bytes of the MAC: 32, 48 or 64 of them.
    [[nodiscard]] std::string mac(std::string_view data) const;
    /// Compares in constant time.
    [[nodiscard]] bool verify(std::string_view data, std::string_view mac) const;
    [[nodiscard]] HmacAlgorithm algorithm() const noexcept { return m_algorithm; }

private:
    HmacKey() = default;
    void release() noexcept;

    HmacAlgorithm m_algorithm = HmacAlgorithm::Sha256;
    void* m_keyed = nullptr; ///< never used itself, only copied
    mutable std::array<std::atomic<void*>, 4> m_spare{};
};

/// SHA-256 of the bytes, 32 raw bytes.
[[nodiscard]] std::string sha256(std::string_view data);

} // namespace iam::crypto
