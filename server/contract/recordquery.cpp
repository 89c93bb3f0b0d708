// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/recordquery.h"
#include "base/timetext.h"
#include <charconv>

namespace iam::contract {

Result<RecordQuery> parseRecordQuery(const QueryParameters& parameters)
{
    RecordQuery query;
    std::vector<FieldFault> faults;
    const auto readTime = [&](const std::string& name, const std::string& text, std::optional<TimePoint>& time) {
        time = fromRfc3339(text);
        if (!time) faults.push_back({name, "must be a time such as 2026-01-31T12:00:00Z"});
    };
    for (const auto& [name, text] : parameters) {
        if (text.empty() && name != "subject" && name != "action" && name != "resource") continue;
        if (name == "from")
            readTime(name, text, query.filter.from);
        else if (name == "to")
            readTime(name, text, query.filter.to);
        else if (name == "owner")
            query.filter.owner = text;
        else if (name == "subject")
            query.filter.subject = text;
        else if (name == "action")
            query.filter.action = text;
        else if (name == "resource")
            query.filter.resource = text;
        else if (name == "actor")
            query.filter.actor = text;
        else if (name == "kind")
            query.filter.kind = text;
        else if (name == "name")
            query.filter.name = text;
        else if (name == "text")
            query.filter.text = text;
        else if (name == "cursor")
            query.cursor = text;
        else if (name == "allowed") {
            if (text == "true" || text == "false")
                query.filter.allowed = text == "true";
            else
                faults.push_back({name, "must be true or false"});
        } else if (name == "limit") {
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), query.limit);
            if (error != std::errc() || end != text.data() + text.size() || query.limit < 1 ||
                query.limit > maxRecordLimit)
                faults.push_back({name, "must be an integer from 1 to 1000"});
        }
    }
    if (!faults.empty()) return fail(Code::Bind, "bad record parameter", std::move(faults));
    return query;
}

QueryParameters toParameters(const RecordQuery& query)
{
    QueryParameters parameters;
    const auto add = [&](const char* name, const std::optional<std::string>& value) {
        if (value) parameters.emplace_back(name, *value);
    };
    const RecordFilter& filter = query.filter;
    if (filter.from) parameters.emplace_back("from", toRfc3339(*filter.from));
    if (filter.to) parameters.emplace_back("to", toRfc3339(*filter.to));
    add("owner", filter.owner);
    add("subject", filter.subject);
    add("action", filter.action);
    add("resource", filter.resource);
    if (filter.allowed) parameters.emplace_back("allowed", *filter.allowed ? "true" : "false");
    add("actor", filter.actor);
    add("kind", filter.kind);
    add("name", filter.name);
    add("text", filter.text);
    parameters.emplace_back("limit", std::to_string(query.limit));
    if (!query.cursor.empty()) parameters.emplace_back("cursor", query.cursor);
    return parameters;
}

} // namespace iam::contract
