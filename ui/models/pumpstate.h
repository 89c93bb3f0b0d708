// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/pump.h"
#include "models/listmodel.h"
#include <chrono>
#include <optional>
#include <vector>

namespace iam::models {

/// What is known of a pump at one moment.
struct PumpState {
    std::vector<contract::SinkStatus> sinks;        ///< as last answered
    std::optional<std::chrono::milliseconds> heard; ///< since that answer; nothing: there was none
    std::optional<Error> error;                     ///< why the last question failed
};

/// How long an answer, and what a pump told of itself, is taken for the truth.
inline constexpr std::chrono::seconds answerGoodFor{5};
inline constexpr std::chrono::seconds reportGoodFor{15};
/// What waits for less than this is on its way.
inline constexpr std::chrono::seconds lagAllowed{5};

enum class SinkHealth {
    UpToDate,
    Behind,   ///< it takes records, but the oldest that waits is older than lagAllowed
    Failing,  ///< it takes nothing, and is tried again
    Starting, ///< the pump has not come to it yet
    Stopped,  ///< the pump was ended
    Silent,   ///< nothing was heard of the pump for longer than reportGoodFor
};

/// Whether it is too long ago that the server answered.
[[nodiscard]] bool isUncertain(const PumpState& state);
/// `heard` is that of the PumpState, here and below.
[[nodiscard]] SinkHealth healthOf(const contract::SinkStatus& sink, std::chrono::milliseconds heard);
[[nodiscard]] Tone toneOf(SinkHealth health);
/// Whether nobody holds the lease: the pump was stopped, or is gone.
[[nodiscard]] bool withoutPump(SinkHealth health);
/// How long ago the pump said so.
[[nodiscard]] std::chrono::milliseconds reportAge(const contract::SinkStatus& sink, std::chrono::milliseconds heard);
/// The age of the oldest record that waits; it grows while nothing is taken.
[[nodiscard]] std::chrono::milliseconds lagOf(const contract::SinkStatus& sink, std::chrono::milliseconds heard);
/// Until the next attempt; nothing when none is announced, 0 while one is under way.
[[nodiscard]] std::optional<std::chrono::milliseconds> nextTryIn(const contract::SinkStatus& sink,
                                                                 std::chrono::milliseconds heard);
/// Records that could not be had, of all causes.
[[nodiscard]] std::uint64_t missing(const contract::SinkPosition& position);
/// Records made since counting began: those that are settled and those that wait.
[[nodiscard]] std::uint64_t produced(const contract::SinkStatus& sink);

} // namespace iam::models
