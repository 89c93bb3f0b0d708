// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "cluster/proof/noncememory.h"
#include "cluster/proof/proofkeys.h"
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace iam::cluster {

// How agents, and a server and its agent, know each other's requests and answers: HMAC-SHA256 under the cluster's key.

/// A request's own fields of HTTP.
inline constexpr const char* senderField = "X-Iam-Sender";
inline constexpr const char* timeField = "X-Iam-Time"; ///< ms since 1970 by the signer's wall clock
inline constexpr const char* nonceField = "X-Iam-Nonce";
inline constexpr const char* signatureField = "X-Iam-Signature";

/// By how much a request's time may differ from the receiver's wall clock, either way.
inline constexpr std::chrono::milliseconds messageWindow = std::chrono::seconds(30);

/// What is signed of a request.
struct RequestText {
    std::string_view method; ///< "GET"
    std::string_view target; ///< path and query, as sent
    std::string_view body;
};

/// The fields as they travel, for requests and answers. An answer has no nonce of its own: it is signed over the
/// request's.
struct MessageStamp {
    std::string sender; ///< 1 to 64 of A-Z a-z 0-9 . - _
    std::string time;
    std::string nonce;
    std::string signature;
};

[[nodiscard]] MessageStamp signRequest(const ProofKeys& keys, std::string sender, const RequestText& request,
                                       TimePoint time, std::string nonce);
/// `nonce`: the request's.
[[nodiscard]] MessageStamp signAnswer(const ProofKeys& keys, std::string sender, int status, std::string_view body,
                                      TimePoint time, std::string_view nonce);

/// When the answerer's wall clock said so; nothing unless `sender` signed this answer to the request with that nonce.
[[nodiscard]] std::optional<TimePoint> verifyAnswer(const ProofKeys& keys, const MessageStamp& stamp,
                                                    std::string_view sender, int status, std::string_view body,
                                                    std::string_view nonce);

enum class Refusal {
    None,
    Unsigned, ///< fields missing or malformed, or signed with another key
    Clock,    ///< its time is outside of the window
    Replayed,
    Full, ///< too many within the window
};
/// One sentence, without anything that came in.
[[nodiscard]] const char* refusalText(Refusal refusal) noexcept;

/// Takes each signed request once. Not thread-safe.
class RequestGate {
public:
    static constexpr std::size_t most = 16'384;

    RequestGate()
        : m_nonces(2 * messageWindow + std::chrono::seconds(1), most)
    {
    }

    /// Only what is signed by a holder of the key costs memory.
    [[nodiscard]] Refusal check(const ProofKeys& keys, const RequestText& request, const MessageStamp& stamp,
                                const Clock& clock);

private:
    NonceMemory m_nonces;
};

} // namespace iam::cluster
