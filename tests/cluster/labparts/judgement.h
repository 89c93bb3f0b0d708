// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "recording.h"

namespace iam::lab {

/// What one run showed, as one object:
///   scenario, profile, owner (before), run, targets; actions; checks;
///   outage_ms: the longest run of failures, from the first request that failed to the first good one after it,
///   requests
///     sent together counting as one that fails when one of them does; failed, failed_by_error; failed_of_a_kind: of
///     the kind (api, authz) that more failed of, because both are sent at once and one moment costs both; requests;
///   owners: [{"at_ms","nodes"}] which kernels had the VIP; notices;
///   claims: [{"at_ms","node","code","verdict","owner"}] changes only; answered, unanswered: how many of the
///     questions for it; unsettled: how many answers were not "confirmed";
///   wrong_ms: how long at most a node was said to be the confirmed owner although it was not the only one to have the
///     address or did not answer through it; double_noticed_ms: from two kernels having the VIP to somebody's "double"
///     or "disputed" (null: there were never two, "never": nobody said so);
///   transitions: [{"from","to","cause","interruption_ms","error_ms"}] of the journal;
///   missed: the targets and checks that were not kept.
/// Times are counted from the first fault.
[[nodiscard]] Json judge(const Recording& recording);

} // namespace iam::lab
