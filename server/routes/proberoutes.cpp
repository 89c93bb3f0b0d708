// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/proberoutes.h"
#include "contract/json.h"
#include "routes/respond.h"
#include "routes/version.h"

namespace iam::routes {
namespace {

std::string wordsFor(const ReadinessCheck& check)
{
    if (!check.ready || check.warning) return check.detail;
    return check.shown ? "ok; " + check.detail : "ok";
}

http::Response readyResponse(const std::vector<ReadinessCheck>& checks)
{
    const bool ready =
        std::all_of(checks.begin(), checks.end(), [](const ReadinessCheck& check) { return check.ready; });
    std::string body;
    {
        contract::JsonObjectWriter object(body);
        object.text("status", ready ? "ok" : "not ready");
        contract::JsonObjectWriter list(object.raw("checks"));
        for (const ReadinessCheck& check : checks) list.text(check.name, wordsFor(check));
    }
    return http::Response::json(ready ? 200 : 503, std::move(body));
}

} // namespace

std::vector<http::Route> probeRoutes(Readiness readiness, std::string health)
{
    using enum http::Method;
    using enum http::LimitClass;
    return {
        {Get, "/healthz", http::Auth::none(), Probe,
         [health = std::move(health)](const http::ExchangePtr& exchange) { exchange->reply(okResponse(health)); }},
        {Get, "/readyz", http::Auth::none(), Probe,
         [readiness = std::move(readiness)](const http::ExchangePtr& exchange) {
             exchange->reply(readyResponse(readiness()));
         }},
        {Get, "/version", http::Auth::none(), Probe,
         [](const http::ExchangePtr& exchange) { exchange->reply(okResponse(versionJson())); }},
    };
}

} // namespace iam::routes
