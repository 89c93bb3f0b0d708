// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/agent/clusterkeysource.h"
#include "cluster/definition/clusterdefinition.h"
#include "cluster/observe/httpask.h"
#include "cluster/verdict/observation.h"
#include <functional>

namespace iam::cluster {

/// Asks through the VIP who has it: each time on a new connection with a new nonce, so that nothing but a fresh answer
/// of the node that is behind the VIP at that moment counts. One thread.
class VipWitness {
public:
    static constexpr std::chrono::milliseconds timeout{450}; ///< over before it is asked again

    using Said = std::function<void(const Observation&)>;

    /// `self`: who says so. `keys` and `clock` outlive this.
    VipWitness(std::string self, const ClusterDefinition& definition, const ClusterKeySource& keys, const Clock& clock,
               Said said);

    /// Asks, unless it is being asked.
    void ask();
    /// The latest; nothing before the first answer.
    [[nodiscard]] const std::optional<Observation>& word() const noexcept { return m_word; }

private:
    void answered(const HttpWord& word);

    const std::string m_self;
    const ClusterKeySource& m_keys;
    const Said m_said;
    std::string m_nonce;
    std::optional<Observation> m_word;
    HttpAsk m_ask;
};

} // namespace iam::cluster
