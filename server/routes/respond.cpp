// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/respond.h"
#include "base/logging.h"
#include "contract/errortable.h"

namespace iam::routes {

http::Response errorResponse(const Error& error)
{
    const contract::ErrorEntry& entry = contract::errorEntry(error.code);
    if (entry.httpStatus >= 500) qCWarning(lcHttp, "%d: %s", static_cast<int>(error.code), error.detail.c_str());
    else qCDebug(lcHttp, "%d: %s", static_cast<int>(error.code), error.detail.c_str());
    http::Response response = http::Response::json(entry.httpStatus, contract::encodeError(error));
    const bool seconds = !error.detail.empty() && error.detail.find_first_not_of("0123456789") == std::string::npos;
    if (error.code == Code::TooManyAttempts && seconds) response.headers.add("Retry-After", error.detail);
    else if (entry.httpStatus == 503 || entry.httpStatus == 429) response.headers.add("Retry-After", "1");
    return response;
}

http::Response errorResponse(Code code) { return errorResponse(Error{code, {}, {}}); }

http::Response okResponse(std::string json) { return http::Response::json(200, std::move(json)); }

http::Response nullResponse(const Result<>& done) { return done ? okResponse("null") : errorResponse(done.error()); }

service::Expectation expectation(const http::Request& request)
{
    service::Expectation expected;
    for (const std::string_view field : request.headers.all("If-Match")) {
        expected.given = true;
        for (std::size_t pos = 0; pos <= field.size();) {
            const std::size_t end = std::min(field.find(',', pos), field.size());
            std::string_view tag = field.substr(pos, end - pos);
            while (!tag.empty() && (tag.front() == ' ' || tag.front() == '\t')) tag.remove_prefix(1);
            while (!tag.empty() && (tag.back() == ' ' || tag.back() == '\t')) tag.remove_suffix(1);
            if (tag == "*") return {}; // any object will do
            expected.tags.emplace_back(tag);
            pos = end + 1;
        }
    }
    return expected;
}

} // namespace iam::routes
