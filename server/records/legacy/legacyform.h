// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/records.h"
#include "records/legacy/legacyrecord.h"
#include <optional>

namespace iam::records {

/// The policies that a record of the old form tells besides the decision: JSON arrays.
struct LegacyPolicies {
    std::string all = "[]";
    std::string deciders = "[]";
};

/// The record as the old system would have made it; nothing when that records no such decision: one of a user
/// without policies, or one that failed. Both times are cut to whole seconds, the record's; what has no place in the
/// old form (request id, node, snapshot) is left out.
[[nodiscard]] std::optional<LegacyRecord> toLegacy(const contract::DecisionRecord& record, LegacyPolicies policies);

/// What a record of the old form tells about the decision; of its policies the ids of the deciders only. `sequence`,
/// request id, node and snapshot are left for the caller. Code::DecodingFailed when it cannot have been made by a
/// decision: another effect than "allow" and "deny", a request or deciders that are not in JSON, a time outside of the
/// years 1970 to 9999.
Result<contract::DecisionRecord> fromLegacy(const LegacyRecord& record);

} // namespace iam::records
