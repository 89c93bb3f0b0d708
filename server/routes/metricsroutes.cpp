// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/metricsroutes.h"
#include "routes/respond.h"
#include "routes/workers.h"

namespace iam::routes {

NetworkAuthenticator::NetworkAuthenticator(std::vector<http::Network> allowed)
    : m_allowed(std::move(allowed))
{
}

void NetworkAuthenticator::authenticate(const http::ExchangePtr& exchange, std::function<void()> next)
{
    const http::Request& request = exchange->request();
    const bool allowed =
        request.client.isLoopback() ? !request.forwarded : http::containsAddress(m_allowed, request.client);
    if (allowed) return next();
    exchange->reply(errorResponse(Error{Code::PermissionDenied, "not from " + request.client.toString(), {}}));
}

std::vector<http::Route> metricsRoutes(MetricsText text, WorkerPool& pool, const http::Auth& readers)
{
    return {{http::Method::Get, "/metrics", readers, http::LimitClass::Probe,
             onPool(pool, [text = std::move(text)](http::Exchange&) {
                 http::Response response = okResponse(text());
                 response.contentType = "text/plain; version=0.0.4; charset=utf-8";
                 return response;
             })}};
}

} // namespace iam::routes
