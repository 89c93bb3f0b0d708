// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/recordclient.h"
#include "client/requests.h"
#include "contract/recordquery.h"

namespace iam::client {

using contract::ChangeRecord;
using contract::DecisionRecord;
using contract::RecordFilter;
using contract::RecordPage;

namespace {

ApiRequest recordRequest(std::string path, const RecordFilter& filter, const std::string& cursor, int limit)
{
    ApiRequest request{.path = std::move(path)};
    request.query = contract::toParameters({.filter = filter, .limit = limit, .cursor = cursor});
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
