// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/eventsquery.h"
#include "base/configvalue.h"
#include "base/timetext.h"
#include "contract/records.h"

namespace iam::routes {

Result<EventsQuery> parseEventsQuery(const http::Query& query)
{
    EventsQuery parsed;
    const std::string* from = query.find("from");
    const auto begin = from != nullptr ? cluster::parseEventsFrom(*from) : std::nullopt;
    if (!begin)
        return fail(Code::Bind, {}, {{"from", "must be a time such as 2026-01-31T12:00:00Z or an event's number"}});
    parsed.from = *begin;
    if (const std::string* limit = query.find("limit")) {
        const auto number = parseInteger(*limit);
        if (!number || *number < 1 || *number > contract::maxRecordLimit)
            return fail(Code::Bind, {}, {{"limit", "must be 1 to " + std::to_string(contract::maxRecordLimit)}});
        parsed.limit = static_cast<std::size_t>(*number);
    }
    return parsed;
}

std::string toText(const EventsQuery& query)
{
    const TimePoint* time = std::get_if<TimePoint>(&query.from);
    return "from=" + (time != nullptr ? toRfc3339(*time) : std::to_string(std::get<std::uint64_t>(query.from))) +
           "&limit=" + std::to_string(query.limit);
}

} // namespace iam::routes
