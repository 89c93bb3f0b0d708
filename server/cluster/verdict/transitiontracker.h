// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/verdict/observation.h"
#include <deque>
#include <map>
#include <string_view>
#include <tuple>
#include <vector>

namespace iam::cluster {

/// Why the VIP moved.
enum class Cause { KeepalivedStopped, NginxFault, Interface, AdvertTimeout, PartitionHealed, Planned, Unknown };

/// As in contract::ClusterEvent: "keepalived-stopped", "nginx-fault", "interface", "advert-timeout",
/// "partition-healed", "planned", "unknown".
[[nodiscard]] std::string_view textOf(Cause cause) noexcept;

/// A time without answers through the VIP, as a probe saw it.
struct SeenInterruption {
    Observation::Time from{}; ///< when the first request was sent that failed
    std::chrono::milliseconds length{};
    std::chrono::milliseconds error{}; ///< of `length`, plus or minus
    bool operator==(const SeenInterruption&) const = default;
};

/// The VIP came to another interface, came back to the one it left, or left the last one.
struct Transition {
    Observation::Time at{};
    std::string from; ///< empty: nobody had it, as far as is known
    std::string to;   ///< empty: nobody has it
    Cause cause = Cause::Unknown;
    std::vector<Observation> evidence; ///< what changed around it, in order of time
    std::optional<SeenInterruption> interruption;
};

/// Follows what all witnesses say and concludes each change of the VIP's owner once, with its cause. It waits a little
/// after a change, because words about the cause may come later than the change itself. What it learns first about a
/// node is no change. Not thread-safe; bounded.
class TransitionTracker {
public:
    using Time = Observation::Time;

    /// From when a change is known until it is concluded.
    static constexpr std::chrono::milliseconds patience{2000};
    /// How far before a change its cause may lie (VRRP version 2 with 1 s adverts takes up to 3.8 s).
    static constexpr std::chrono::seconds lookBack{8};

    void observe(const Observation& observation);
    void observe(const SeenInterruption& interruption);
    /// The transitions that are concluded by now, oldest first; each is given out once.
    [[nodiscard]] std::vector<Transition> take(Time now);
    /// When take() will have something; empty: nothing is pending.
    [[nodiscard]] std::optional<Time> due() const;

private:
    using Key = std::tuple<Fact, std::string, std::string>;
    struct Change {
        Time at{}, known{};
        std::string from, to;
    };
    struct Holding {
        bool held = false;
        Time since{}, until{}; ///< first and last moment known of it
    };
    void remember(const Observation& observation);
    void gained(const Observation& word, Time since);
    void lost(const Observation& word, Time since);
    void changed(Change change);
    [[nodiscard]] Transition conclude(const Change& change) const;
    [[nodiscard]] Cause causeOf(const Change& change, Time left) const;
    [[nodiscard]] const Observation* lastBefore(const std::string& witness, Fact fact, Time end) const;
    [[nodiscard]] bool said(const std::string& witness, Fact fact, std::string_view says, Time from, Time to) const;
    [[nodiscard]] std::optional<Time> leftAt(const std::string& node, Time after) const;
    [[nodiscard]] std::optional<SeenInterruption> interruptionOf(Time begin, Time end) const;

    std::map<std::string, Holding> m_holdings;
    std::map<Key, Observation> m_latest;
    std::string m_owner;
    std::deque<Observation> m_history; ///< words that differ from the one before
    std::deque<SeenInterruption> m_interruptions;
    std::deque<Change> m_pending;
};

} // namespace iam::cluster
