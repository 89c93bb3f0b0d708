// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "cluster/agent/journalreader.h"
#include "http/message.h"

namespace iam::routes {

/// Which events of a journal are asked for.
struct EventsQuery {
    cluster::EventsFrom from;
    std::size_t limit = 100; ///< 1 to 1000
};

/// Reads from (RFC 3339 or a number) and limit. Code::Bind with the faulty parameter; from must be there.
Result<EventsQuery> parseEventsQuery(const http::Query& query);
/// What the same is read from.
[[nodiscard]] std::string toText(const EventsQuery& query);

} // namespace iam::routes
