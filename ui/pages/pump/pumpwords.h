// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/pumpstate.h"
#include "widgets/headline.h"

namespace iam::pages {

/// Whether everything arrives: a sentence, what it rests on or what to do, and its tone.
struct PumpWords {
    widgets::Tone tone = widgets::Tone::Neutral;
    QString title;
    QString text;
};
/// Of a state with at least one sink.
[[nodiscard]] PumpWords pumpWords(const models::PumpState& state);
/// What else there is to know of single sinks, the worst first: those that fail or are behind beside the headline's
/// one, dead letters, and records that could not be had.
[[nodiscard]] QList<widgets::RemarkList::Remark> pumpRemarks(const models::PumpState& state);
/// Who pumps, and how old all this is, in one line.
[[nodiscard]] QString pumpedBy(const models::PumpState& state);

/// How one sink does, in a sentence.
[[nodiscard]] QString sinkSentence(const contract::SinkStatus& sink, std::chrono::milliseconds heard);

} // namespace iam::pages
