// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/verdict/observation.h"
#include <deque>
#include <map>
#include <string_view>
#include <vector>

namespace iam::cluster {

/// Why the VIP moved.
enum class Cause { KeepalivedStopped, NginxFault, Interface, AdvertTimeout, PartitionHealed, Planned, Unknown };

/// As in contract::ClusterEvent: "keepalived-stopped", "nginx-fault", "interface", "advert-timeout",
/// "partition-healed", "planned", "unknown".
[[nodiscard]] std::string_view textOf(Cause cause) noexcept;

/// A time without answers through the VIP, as a probe saw it.
struct Interruption {
    Observation::Time from{}; ///< when the first request was sent that failed
    std::chrono::milliseconds length{};
    std::chrono::milliseconds error{}; ///< of `length`, plus or minus
    bool operator==(const Interruption&) const = default;
};

/// The VIP came to another interface, or left the last one.
struct Transition {
    Observation::Time at{};
    std::string from; ///< empty: nobody had it, as far as is known
    std::string to;   ///< empty: nobody has it
    Cause cause = Cause::Unknown;
    std::vector<Observation> evidence; ///< what it was concluded from, in order of time
    std::optional<Interruption> interruption;
};

/// Follows what all witnesses say and concludes each change of the VIP's owner once, with its cause. It waits a little
/// after a change, because words about the cause may come later than the change itself. Not thread-safe; bounded.
class TransitionTracker {
public:
    using Time = Observation::Time;

    /// From a change until it is concluded.
    static constexpr std::chrono::milliseconds patience{2000};
    /// How far before a change its cause may lie (VRRP version 2 with 1 s adverts takes 3.8 s).
    static constexpr std::chrono::seconds lookBack{8};

    explicit TransitionTracker(std::vector<std::string> nodes);

    void observe(const Observation& observation);
    void observe(const Interruption& interruption);
    /// The transitions that are concluded by now, oldest first; each is given out once.
    [[nodiscard]] std::vector<Transition> take(Time now);
    /// When take() will have something; empty: nothing is pending.
    [[nodiscard]] std::optional<Time> due() const;

private:
    struct Change {
        Time at{};
        std::string from, to;
    };
    struct Holding {
        bool held = false;
        Time since{}, last{};
    };
    [[nodiscard]] Transition conclude(const Change& change) const;
    void changed(Time at, std::string to);

    std::vector<std::string> m_nodes;
    std::map<std::string, Holding> m_holdings;
    std::string m_owner;
    std::deque<Observation> m_history; ///< changes of words only, by time
    std::deque<Interruption> m_interruptions;
    std::vector<Change> m_pending;
};

} // namespace iam::cluster
