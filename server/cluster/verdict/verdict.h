// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/verdict/evidencepool.h"
#include "contract/cluster.h"

namespace iam::cluster {

/// A change of the owner takes this long to be said by everybody (keepalived tells its FIFO some 20 to 70 ms after it
/// set the address, ARP caches follow within 40 ms): words that contradict within it make a verdict unknown, and only
/// words that stand longer make it disputed.
inline constexpr std::chrono::milliseconds settling{300};

/// Who has the VIP at `now`, concluded by the rules in README.md from the words that are fresh. Never Confirmed without
/// fresh proof. `witnesses` are the fresh words about address, VRRP, answers through the VIP and nginx, with their age.
[[nodiscard]] contract::ClusterVip verdict(const EvidencePool& pool, EvidencePool::Time now);

/// The same verdict shown `elapsed` later without anything new: witnesses are that much older, and a verdict whose
/// proof is no longer fresh becomes Unknown. For whoever keeps an answer and shows it on.
[[nodiscard]] contract::ClusterVip agedBy(contract::ClusterVip vip, contract::Age elapsed);

} // namespace iam::cluster
