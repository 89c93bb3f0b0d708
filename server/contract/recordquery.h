// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/records.h"
#include <string>
#include <utility>
#include <vector>

namespace iam::contract {

/// One page of records as a client asks for it.
struct RecordQuery {
    RecordFilter filter;
    int limit = defaultRecordLimit; ///< 1 to maxRecordLimit
    std::string cursor;             ///< a page's `next`, or empty for the newest
};

using QueryParameters = std::vector<std::pair<std::string, std::string>>;

/// Reads from, to, owner, subject, action, resource, allowed, actor, kind, name, text, limit and cursor; others are
/// ignored.
/// Code::Bind with the faulty parameter: times must be RFC 3339, allowed true or false, limit 1 to 1000.
Result<RecordQuery> parseRecordQuery(const QueryParameters& parameters);
/// The inverse, for a client.
[[nodiscard]] QueryParameters toParameters(const RecordQuery& query);

} // namespace iam::contract
