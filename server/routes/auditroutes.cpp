// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/auditroutes.h"
#include "contract/codec.h"
#include "routes/callerprincipal.h"
#include "routes/respond.h"

namespace iam::routes {

std::vector<http::Route> auditRoutes(service::AuditService& audit, Workers workers, const http::Auth& login)
{
    using enum http::Method;
    using enum http::LimitClass;
    return {
        {Get, "/v1/audit/decisions", login, Normal,
         onPool(workers.storage, [&audit](http::Exchange& x) {
             const auto query = contract::parseRecordQuery(x.request().query.pairs());
             if (!query) return errorResponse(query.error());
             return listResponse(audit.decisions(callerOf(x.request()), *query), contract::encodeDecisionRecords);
         })},
        {Get, "/v1/audit/changes", login, Normal,
         onPool(workers.storage, [&audit](http::Exchange& x) {
             const auto query = contract::parseRecordQuery(x.request().query.pairs());
             if (!query) return errorResponse(query.error());
             return listResponse(audit.changes(callerOf(x.request()), *query), contract::encodeChangeRecords);
         })},
    };
}

} // namespace iam::routes
