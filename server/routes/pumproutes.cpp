// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/pumproutes.h"
#include "routes/callerprincipal.h"
#include "routes/respond.h"
#include "routes/workers.h"

namespace iam::routes {
namespace {

constexpr const char* path = "/v1/pump";

http::Response answer(const SinkStatuses& statuses)
{
    const auto sinks = statuses();
    if (!sinks) return errorResponse(sinks.error());
    return okResponse(contract::encodeSinkStatuses(*sinks));
}

} // namespace

std::vector<http::Route> pumpRoutes(SinkStatuses statuses, WorkerPool& pool, const http::Auth& login)
{
    return {{http::Method::Get, path, login, http::LimitClass::Normal,
             onPool(pool, [statuses = std::move(statuses)](http::Exchange& exchange) {
                 if (!callerOf(exchange.request()).administrator)
                     return errorResponse(
                         Error{Code::PermissionDenied, "only administrators may see how the pump does", {}});
                 return answer(statuses);
             })}};
}

std::vector<http::Route> ownPumpRoutes(SinkStatuses statuses, WorkerPool& pool, const http::Auth& readers)
{
    return {{http::Method::Get, path, readers, http::LimitClass::Probe,
             onPool(pool, [statuses = std::move(statuses)](http::Exchange&) { return answer(statuses); })}};
}

} // namespace iam::routes
