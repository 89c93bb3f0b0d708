// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/openapiroutes.h"
#include "routes/openapidocument.h"
#include "routes/respond.h"
#include <algorithm>

namespace iam::routes {
namespace {

/// Whether the client has this one already (RFC 9110 §13.1.2).
bool isKnown(const http::Request& request, const std::string& tag)
{
    const std::vector<std::string_view> fields = request.headers.all("If-None-Match");
    return std::any_of(fields.begin(), fields.end(), [&](std::string_view field) {
        return field == "*" || field.find(tag) != std::string_view::npos; // a tag holds no quote but its own two
    });
}

} // namespace

std::vector<http::Route> openApiRoutes()
{
    return {{http::Method::Get, "/openapi.json", http::Auth::none(), http::LimitClass::Probe,
             [tag = '"' + std::string(openApiTag()) + '"'](const http::ExchangePtr& exchange) {
                 http::Response response = okResponse(std::string(openApiDocument()));
                 if (isKnown(exchange->request(), tag)) response = {304, {}, {}, {}};
                 response.headers.add("Cache-Control", "no-cache"); // to be kept, but asked about each time
                 response.headers.add("ETag", tag);
                 exchange->reply(std::move(response));
             }}};
}

} // namespace iam::routes
