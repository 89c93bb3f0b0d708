// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/published.h"
#include "crypto/keyedmac.h"
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace iam::crypto {

/// What a log-in token of the apiserver says (JWT, RFC 7519; HS256). Absent texts are empty.
struct LoginClaims {
    std::string issuer = "iam-apiserver";
    std::string audience = "iam.api.marmotedu.com";
    std::string subject;
    std::string identity;
    std::string id; ///< jti; empty in tokens made by servers before this one
    std::chrono::sys_seconds expires{};
    std::optional<std::chrono::sys_seconds> firstIssued; ///< orig_iat
    std::string others = "{}"; ///< JSON object with all other claims, kept when a token is refreshed
};

/// Why a token is not taken, as the client is told: the status and the "message" of the body.
struct TokenRefusal {
    int httpStatus = 401;
    std::string message;
    bool operator==(const TokenRefusal&) const = default;
};

/// Log-in tokens: makes and checks them. Thread-safe.
class LoginTokens {
public:
    static constexpr std::size_t maxTokenSize = 8 * 1024;

    /// Keys for SHA-256: the first signs, a token of any of them is taken. At least one.
    using Keys = std::vector<std::shared_ptr<const HmacKey>>;

    explicit LoginTokens(Keys keys);
    /// One key.
    explicit LoginTokens(HmacKey key);
    /// Exchanges the keys while others issue and verify; nobody waits.
    void publish(Keys keys);

    [[nodiscard]] std::string issue(const LoginClaims& claims) const;
    /// The claims of a token that may be used now; else the refusal, in the words of the Go libraries that clients know
    /// (jwt-go 3.2, gin-jwt 2.6). `iss`, `aud` and `sub` are not checked.
    [[nodiscard]] tl::expected<LoginClaims, TokenRefusal> verify(std::string_view token, TimePoint now) const;
    /// The claims of a token that may be exchanged for a new one: valid, or expired as its only defect, and first
    /// issued not longer ago than `maxRefresh`. Every refusal is a 401.
    [[nodiscard]] tl::expected<LoginClaims, TokenRefusal> verifyForRefresh(std::string_view token, TimePoint now,
                                                                           std::chrono::seconds maxRefresh) const;

private:
    Published<Keys> m_keys;
};

} // namespace iam::crypto
