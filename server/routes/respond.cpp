// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/respond.h"
#include "base/logging.h"
#include "contract/errortable.h"
#include <charconv>

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

std::optional<std::uint64_t> expectedVersion(const http::Request& request)
{
    const std::string* field = request.headers.find("If-Match");
    if (field == nullptr || *field == "*") return std::nullopt;
    std::string_view tag = *field;
    if (tag.size() < 2 || tag.front() != '"' || tag.back() != '"') return 0;
    tag = tag.substr(1, tag.size() - 2);
    std::uint64_t version = 0;
    const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), version);
    return error == std::errc() && end == tag.data() + tag.size() ? version : 0;
}

} // namespace iam::routes
