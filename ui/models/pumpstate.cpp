// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/pumpstate.h"
#include <algorithm>

namespace iam::models {

using contract::SinkStatus;
using std::chrono::milliseconds;

namespace {

/// A server may say anything; ages are added up.
milliseconds sane(milliseconds age)
{
    return std::clamp<milliseconds>(age, milliseconds(0), std::chrono::years(100));
}

} // namespace

bool isUncertain(const PumpState& state)
{
    return state.error || !state.heard || *state.heard > answerGoodFor;
}

milliseconds reportAge(const SinkStatus& sink, milliseconds heard)
{
    return sane(sink.age) + heard;
}

SinkHealth healthOf(const SinkStatus& sink, milliseconds heard)
{
    if (sink.state == "stopped") return SinkHealth::Stopped;
    if (reportAge(sink, heard) > reportGoodFor) return SinkHealth::Silent;
    if (sink.state == "retrying") return SinkHealth::Failing;
    if (sink.state == "standby") return SinkHealth::Starting;
    return sink.lagRecords > 0 && sane(sink.lag) > lagAllowed ? SinkHealth::Behind : SinkHealth::UpToDate;
}

Tone toneOf(SinkHealth health)
{
    switch (health) {
    case SinkHealth::UpToDate:
        return Tone::Success;
    case SinkHealth::Behind:
        return Tone::Warning;
    case SinkHealth::Starting:
        return Tone::Neutral;
    case SinkHealth::Failing:
    case SinkHealth::Stopped:
    case SinkHealth::Silent:
        break;
    }
    return Tone::Error;
}

bool withoutPump(SinkHealth health)
{
    return health == SinkHealth::Stopped || health == SinkHealth::Silent;
}

milliseconds lagOf(const SinkStatus& sink, milliseconds heard)
{
    if (sink.lagRecords == 0) return milliseconds(0);
    const SinkHealth health = healthOf(sink, heard);
    const bool stuck = health == SinkHealth::Failing || withoutPump(health);
    return sane(sink.lag) + (stuck ? reportAge(sink, heard) : milliseconds(0));
}

std::optional<milliseconds> nextTryIn(const SinkStatus& sink, milliseconds heard)
{
    if (!sink.nextTryAt || healthOf(sink, heard) != SinkHealth::Failing) return std::nullopt;
    return std::max<milliseconds>(*sink.nextTryAt - (sink.written + reportAge(sink, heard)), milliseconds(0));
}

std::uint64_t missing(const contract::SinkPosition& position)
{
    std::uint64_t sum = 0;
    for (const auto& [cause, records] : position.holes) sum += records;
    return sum;
}

std::uint64_t produced(const SinkStatus& sink)
{
    return sink.position.sequence - sink.position.since + sink.lagRecords;
}

} // namespace iam::models
