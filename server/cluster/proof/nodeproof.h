// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "cluster/proof/proofkeys.h"
#include <cstdint>
#include <string>
#include <string_view>

namespace iam::cluster {

/// Where a node's agent answers whoever asks through its nginx: GET with ?nonce=.
inline constexpr const char* nodeProofPath = "/.well-known/iam-node";

/// "This is node n1, and it heard your nonce": what comes back from nodeProofPath. Signed over
/// "iam-node\n" node "\n" nonce "\n" time_ms.
struct NodeProof {
    std::string node;
    std::string nonce;
    TimePoint time{};      ///< by the node's wall clock; only shown, the nonce is what makes the proof fresh
    std::string signature; ///< see ProofKeys
    bool operator==(const NodeProof&) const = default;
};

/// 16 to 64 of A-Z a-z 0-9 - _.
[[nodiscard]] bool isProofNonce(std::string_view nonce) noexcept;

[[nodiscard]] NodeProof proveNode(const ProofKeys& keys, std::string node, std::string nonce, TimePoint now);

/// {"node":"n1","nonce":"…","time_ms":1234,"signature":"…"}
[[nodiscard]] std::string encodeNodeProof(const NodeProof& proof);
/// Of at most 4 KiB. Code::AnswerInvalid for anything else.
Result<NodeProof> decodeNodeProof(std::string_view body);

/// The node that proved itself for exactly this nonce. Code::AnswerInvalid when the body is no proof,
/// Code::SignatureInvalid when it is of another nonce or not signed by a holder of the cluster's key.
Result<std::string> verifiedNode(std::string_view body, std::string_view verifyKey, std::string_view nonce);

} // namespace iam::cluster
