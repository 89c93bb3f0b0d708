// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/bus/message.h"
#include <deque>
#include <unordered_set>

namespace iam::cluster {

/// Says what a message is worth. Whoever may write to the channel can send anything: what is not signed by us, or is
/// old or a repetition, is worth no more than a hint.
class MessageScreen {
public:
    enum class Worth {
        Nothing, ///< no message of this channel
        Own,     ///< this process sent it
        Trusted, ///< signed, fresh and new
        Hint     ///< all others: something may have changed
    };
    struct Verdict {
        Worth worth = Worth::Nothing;
        Origin origin{}; ///< when it is Trusted
    };

    /// A message is fresh when its time is no further from ours than this, either way.
    static constexpr std::chrono::milliseconds freshness = std::chrono::seconds(60);

    /// `ownNonces` is how the nonces of this process begin. The clock outlives this.
    MessageScreen(std::string ownNonces, MessageKeySource keys, const Clock& clock);

    /// On one thread.
    [[nodiscard]] Verdict judge(std::string_view text);

private:
    struct Heard {
        TimePoint time;
        std::string nonce;
    };
    static constexpr std::size_t maxHeard = 20'000;

    /// False when it was there already.
    bool remember(const Origin& origin, TimePoint now);

    const std::string m_ownNonces;
    const MessageKeySource m_keys;
    const Clock& m_clock;
    std::deque<Heard> m_heard; ///< in the order of hearing
    std::unordered_set<std::string> m_nonces;
};

} // namespace iam::cluster
