// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <optional>
#include <string_view>

namespace iam::crypto {

/// SipHash-2-4 with 128 bits (Aumasson and Bernstein, "SipHash: a fast short-input PRF") under a random key that nobody
/// else has: by it a process knows texts again which it does not want to keep, at a fifth of what HMAC costs. Nothing
/// to store or to send. One thread at a time.
class ShortMac {
public:
    using Value = std::array<unsigned char, 16>;

    /// With a new key.
    ShortMac();
    ~ShortMac();
    ShortMac(const ShortMac&) = delete;
    ShortMac& operator=(const ShortMac&) = delete;

    /// Nothing when this OpenSSL does not have it.
    [[nodiscard]] std::optional<Value> of(std::string_view text);

private:
    void* m_keyed = nullptr; ///< null: not available
};

} // namespace iam::crypto
