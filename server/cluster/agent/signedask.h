// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/agent/clusterkeysource.h"
#include "cluster/observe/httpask.h"
#include <functional>
#include <optional>

namespace iam::cluster {

/// What became of a signed question.
struct SignedAnswer {
    enum class Outcome {
        Answered, ///< status 200, signed by whom we asked
        Refused,  ///< signed, but another status; the body is one sentence
        Forged,   ///< an answer that nobody signed who may: another key, another node, no agent at all
        Silent,   ///< no answer
        Unasked,  ///< not the other side's doing
    };
    Outcome outcome = Outcome::Unasked;
    SteadyTime askedAt{};
    std::string body;
    std::string reason;                                   ///< when not Answered, one clause
    std::optional<std::chrono::milliseconds> clockOffset; ///< its wall clock minus ours, ± half of the way
    std::chrono::milliseconds clockError{};
};

/// Asks one agent, one question at a time, signed with the cluster's key; believes only signed answers. Signs with the
/// time of the other side's clock once that is known, so that a clock that is set wrongly, even by hours, does not keep
/// agents from hearing each other. Its thread needs an event loop.
class SignedAsk {
public:
    using Done = std::function<void(const SignedAnswer&)>;

    struct Who {
        std::string sender;   ///< us
        std::string answerer; ///< whom we ask; empty: any holder of the key
    };
    /// `done` is called once for every get(), never from within it. `keys` and `clock` outlive this.
    SignedAsk(HttpAsk::Config config, Who who, const ClusterKeySource& keys, const Clock& clock, Done done);

    /// Nothing happens while a question is open, or without a key.
    void get(const std::string& target);
    [[nodiscard]] bool asking() const noexcept { return m_ask.asking(); }

private:
    void heard(const HttpWord& word);
    void judge(const HttpWord& word, SignedAnswer& answer);

    const Who m_who;
    const ClusterKeySource& m_keys;
    const Clock& m_clock;
    const Done m_done;
    std::shared_ptr<const ProofKeys> m_signedWith;
    std::string m_nonce;
    std::chrono::milliseconds m_offset{0}; ///< of the other side's clock
    HttpAsk m_ask;
};

} // namespace iam::cluster
