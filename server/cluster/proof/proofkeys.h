// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "base/secret.h"
#include "crypto/keyedmac.h"
#include "crypto/signature.h"
#include <string>
#include <string_view>
#include <vector>

namespace iam::cluster {

/// What the agents of a cluster sign with, all made of the key that the nodes share (HKDF, RFC 5869). While that key is
/// exchanged there are two: both sign and either is taken, so that it does not matter which node has the new one first.
/// Immutable, so thread-safe.
class ProofKeys {
public:
    static constexpr std::size_t most = 2;

    /// Of the present key, then the one before it. Code::Encrypt for none, more than `most`, or an empty one.
    static Result<ProofKeys> derive(const std::vector<SecretString>& clusterKeys);

    /// "base64url" of HMAC-SHA256, one for each key, parted by dots.
    [[nodiscard]] std::string mac(std::string_view data) const;
    /// Whether one of the parts is right under one of the keys. At most `most` parts are looked at.
    [[nodiscard]] bool verifyMac(std::string_view data, std::string_view text) const;
    /// Ed25519 signatures in the same form.
    [[nodiscard]] std::string sign(std::string_view data) const;
    /// The public keys in the same form: what verifySigned() takes. Fit for everybody to see.
    [[nodiscard]] const std::string& verifyKey() const noexcept { return m_verifyKey; }

private:
    ProofKeys() = default;

    std::vector<crypto::HmacKey> m_macs;
    std::vector<crypto::SigningKey> m_signing;
    std::string m_verifyKey;
};

/// Whether one of the signatures was made with the private part of one of the public keys (see ProofKeys).
[[nodiscard]] bool verifySigned(std::string_view verifyKey, std::string_view data, std::string_view signature);

} // namespace iam::cluster
