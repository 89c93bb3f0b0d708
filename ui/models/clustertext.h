// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/cluster.h"
#include <QString>

namespace iam::models {

// The words of a cluster in the reader's language.

/// "confirmed", "on two nodes", "disputed", "nobody has it", "unknown".
[[nodiscard]] QString verdictWord(contract::VipVerdict verdict);
/// "0.4 s", "12 s", "3 min 20 s", "2 h 5 min".
[[nodiscard]] QString durationText(std::chrono::milliseconds duration);
/// "0.46 s ± 0.11 s"; "none seen (± 0.11 s)" for zero; empty when nobody measured it.
[[nodiscard]] QString interruptionText(const contract::ClusterEvent& event);
/// "nginx on n1 did not answer", a clause without a full stop; words of a later server as they are.
[[nodiscard]] QString causeText(const contract::ClusterEvent& event);
/// "10.0.4.99 moved from n1 to n2" and the like, without the address: "n1 → n2".
[[nodiscard]] QString happeningText(const contract::ClusterEvent& event);
/// What a witness speaks of: "interface", "answer".
[[nodiscard]] QString factText(const contract::ClusterWitness& witness);
/// The same at length, where a word does not explain itself: "the virtual address on its own interface".
[[nodiscard]] QString factExplanation(const contract::ClusterWitness& witness);
/// What it says: "has it", "MASTER", "n1 answered".
[[nodiscard]] QString saysText(const contract::ClusterWitness& witness);
/// Its name, or "this computer".
[[nodiscard]] QString witnessName(const std::string& node);
/// "61/s", "0.4/s"; "–" for nothing known.
[[nodiscard]] QString rateText(const std::optional<double>& perSecond);
/// "4.2 ms"; "–".
[[nodiscard]] QString millisecondsText(const std::optional<double>& milliseconds);
/// "50 %"; "–".
[[nodiscard]] QString shareText(const std::optional<double>& share);

} // namespace iam::models
