// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/recordclient.h"
#include "base/timetext.h"
#include "client/requests.h"

namespace iam::client {

using contract::ChangeRecord;
using contract::DecisionRecord;
using contract::RecordFilter;
using contract::RecordPage;

namespace {

ApiRequest recordRequest(std::string path, const RecordFilter& filter, const std::string& cursor, int limit)
{
    ApiRequest request{.path = std::move(path)};
    const auto add = [&request](const char* name, const std::optional<std::string>& value) {
        if (value) request.query.emplace_back(name, *value);
    };
    if (filter.from) add("from", toRfc3339(*filter.from));
    if (filter.to) add("to", toRfc3339(*filter.to));
    add("owner", filter.owner);
    add("subject", filter.subject);
    add("action", filter.action);
    add("resource", filter.resource);
    if (filter.allowed) add("allowed", *filter.allowed ? "true" : "false");
    add("actor", filter.actor);
    add("text", filter.text);
    if (!cursor.empty()) add("cursor", cursor);
    add("limit", std::to_string(limit));
    return request;
}

} // namespace

Reply<RecordPage<DecisionRecord>> RecordClient::decisions(const RecordFilter& filter, const std::string& cursor,
                                                          int limit) const
{
    return m_api->call<RecordPage<DecisionRecord>>(
        recordRequest("/v1/audit/decisions", filter, cursor, limit),
        [](const ApiAnswer& answer) { return decoded(contract::decodeDecisionRecords(answer.body)); });
}

Reply<RecordPage<ChangeRecord>> RecordClient::changes(const RecordFilter& filter, const std::string& cursor,
                                                      int limit) const
{
    return m_api->call<RecordPage<ChangeRecord>>(
        recordRequest("/v1/audit/changes", filter, cursor, limit),
        [](const ApiAnswer& answer) { return decoded(contract::decodeChangeRecords(answer.body)); });
}

} // namespace iam::client
