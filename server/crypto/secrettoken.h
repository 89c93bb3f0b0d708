// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include "crypto/keyedmac.h"
#include <chrono>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

namespace iam::crypto {

/// A token that a client signed with one of its access keys, taken apart but not yet believed.
struct SecretToken {
    HmacAlgorithm algorithm = HmacAlgorithm::Sha256;
    std::string keyId; ///< "kid" of the header: which access key has to be asked
    std::string_view signedPart;
    std::string_view payload;
    std::string_view signature;
};

/// Takes apart a compact JWS (RFC 7515) of at most 8 KiB with alg HS256, HS384 or HS512 and a text as kid.
/// The result points into `token`. Failures are Code::SignatureInvalid; the detail says why, for the log.
Result<SecretToken> readSecretToken(std::string_view token);

struct SecretTokenRules {
    bool requireExpiry = true;
    bool checkAudience = true; ///< an absent aud is taken; a text or a list must hold `audience`
    std::string audience = "iam.authz.marmotedu.com";
};

/// From when until when a token holds, by its claims; in seconds since the epoch, no leeway.
struct SecretTokenTimes {
    double begins = -std::numeric_limits<double>::infinity(); ///< the later one of iat and nbf
    double ends = std::numeric_limits<double>::infinity();    ///< exp

    [[nodiscard]] bool holdAt(TimePoint now) const noexcept;
};

/// The key of an access key, ready to check tokens. Thread-safe.
class SecretTokenKey {
public:
    /// An empty key is refused.
    static Result<SecretTokenKey> make(SecretString key);
    SecretTokenKey(SecretTokenKey&&) noexcept;
    SecretTokenKey& operator=(SecretTokenKey&&) noexcept;
    ~SecretTokenKey();

    /// Checks signature, exp, iat, nbf (numbers, whole seconds, no leeway) and aud; returns what holdAt() may be asked
    /// of the same token later. Failures are Code::SignatureInvalid; the detail says why, for the log.
    Result<SecretTokenTimes> verify(const SecretToken& token, TimePoint now, const SecretTokenRules& rules) const;

private:
    struct Private;
    explicit SecretTokenKey(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

/// A token as clients make it: HS256, kid, and the claims iss, aud, iat, nbf, exp. For our own clients and tests.
Result<std::string> issueSecretToken(std::string_view keyId, const SecretString& key, std::string_view audience,
                                     TimePoint issued, std::chrono::seconds lifetime);

} // namespace iam::crypto
