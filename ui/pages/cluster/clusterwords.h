// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/clusterstate.h"
#include "widgets/headline.h"

namespace iam::pages {

/// How the VIP stands: a sentence, what it rests on or what is missing, and its tone.
struct VipWords {
    widgets::Tone tone = widgets::Tone::Neutral;
    QString title;
    QString text;
};
[[nodiscard]] VipWords vipWords(const models::ClusterState& state);
[[nodiscard]] widgets::Tone toneOf(contract::VipVerdict verdict);

/// What is broken now, the worst first; one line that says so when nothing is.
[[nodiscard]] QList<widgets::RemarkList::Remark> brokenNow(const models::ClusterState& state);
/// The last time the VIP moved, in one line; `event` may be nullptr.
[[nodiscard]] QString lastMove(const contract::ClusterEvent* event, TimePoint now);

/// "MASTER, 3 h 5 min"; the state alone when nobody knows since when.
[[nodiscard]] QString vrrpText(const contract::NodeVrrp& vrrp, TimePoint now);
[[nodiscard]] widgets::Tone vrrpTone(const contract::NodeVrrp& vrrp);
/// "API server", "decision server".
[[nodiscard]] QString serviceName(const std::string& name);
/// "database" and "Redis" as they are called here.
[[nodiscard]] QString dependencyName(const std::string& name);

} // namespace iam::pages
