// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/agent/signedask.h"
#include "cluster/definition/clusterdefinition.h"
#include "contract/clustercodec.h"
#include <functional>

namespace iam::cluster {

/// Where agents hear each other.
inline constexpr const char* observationsPath = "/v1/agent/observations";

/// A word as it travels, and back. `now` and `asked`: what its ages count from.
[[nodiscard]] contract::ClusterWitness toWitness(const Observation& observation, SteadyTime now);
[[nodiscard]] std::optional<Observation> toObservation(const contract::ClusterWitness& witness, SteadyTime asked);

/// What one agent hears from one of the others, by asking it again and again. Ages count from the moment of asking: a
/// slow way makes words older, never younger. One thread.
class PeerLink {
public:
    static constexpr std::chrono::milliseconds timeout{450}; ///< over before it is asked again
    static constexpr std::size_t longestReport = 256 * 1024;

    struct Setup {
        std::string self;
        NodeDefinition peer;
        std::uint16_t port = 0;
    };
    /// Called for each word that was heard, and each that is to be said about the peer itself.
    using Heard = std::function<void(const Observation&)>;

    PeerLink(Setup setup, const ClusterKeySource& keys, const Clock& clock, Heard heard);

    /// Asks, unless it is being asked.
    void ask();
    [[nodiscard]] const std::string& name() const noexcept { return m_setup.peer.name; }
    /// Its node as it told of it, older by now. What is too old is unknown.
    [[nodiscard]] contract::ClusterNode node() const;
    /// What we say of it; nothing before the first answer.
    [[nodiscard]] const std::optional<Observation>& word() const noexcept { return m_word; }
    /// Why nothing is heard from it, one clause; empty: all well.
    [[nodiscard]] const std::string& complaint() const noexcept { return m_complaint; }
    /// Since it was last heard, or since the beginning.
    [[nodiscard]] std::chrono::milliseconds age() const;

private:
    void answered(const SignedAnswer& answer);
    void read(const SignedAnswer& answer);
    void say(const char* what, SteadyTime at);
    void complain(std::string why);

    const Setup m_setup;
    const Clock& m_clock;
    const Heard m_heard;
    SteadyTime m_reportAsked;
    contract::ClusterNode m_node;
    std::optional<std::chrono::milliseconds> m_offset;
    std::optional<Observation> m_word;
    std::string m_complaint;
    SignedAsk m_ask;
};

} // namespace iam::cluster
