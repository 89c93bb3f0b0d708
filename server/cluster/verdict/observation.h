// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace iam::cluster {

/// What a witness can say. In text: "address", "vrrp", "vip-answer", "nginx", "peer", "gateway", "agent".
enum class Fact {
    Address,   ///< "held" or "absent": the VIP on the witness's interface (rtnetlink(7))
    Vrrp,      ///< "MASTER", "BACKUP", "FAULT", "STOP", "UNKNOWN": what its keepalived said of itself
    VipAnswer, ///< the node whose signature came back through the VIP, or "none": nobody answered in time, or "forged"
    Nginx,     ///< "answers" or "silent": the witness's own nginx
    Peer,      ///< "reachable" or "unreachable"; `about` names the peer
    Gateway,   ///< "reachable" or "unreachable"
    Agent,     ///< "started", "stopped" or "draining" (an operator wants the VIP away): the witness itself
};

/// The word above. Whether a witness may say `says` of it (VipAnswer: any word, it is a name).
[[nodiscard]] std::string_view textOf(Fact fact) noexcept;
[[nodiscard]] std::optional<Fact> factOf(std::string_view text) noexcept;
[[nodiscard]] bool hasWord(Fact fact, std::string_view says) noexcept;

/// One thing one witness saw at one moment. Times are of the collector's steady clock: a witness's wall clock does not
/// matter. Whoever collects takes the earliest moment that is possible ("asked at"), never "received at", so that a
/// delay can only make an observation older.
struct Observation {
    using Time = std::chrono::steady_clock::time_point;
    std::string witness; ///< a node's name, or "console" for an observer outside
    Fact fact = Fact::Address;
    std::string about; ///< Peer only
    std::string says;
    Time at{};                 ///< when it was so
    std::optional<Time> since; ///< since when the witness has seen it so without a break; empty: not known
    bool operator==(const Observation&) const = default;
};

} // namespace iam::cluster
