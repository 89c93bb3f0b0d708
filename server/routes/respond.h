// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "http/exchange.h"
#include "http/message.h"
#include "service/expectation.h"
#include <optional>
#include <string>

namespace iam::routes {

/// The answer for a failure: the code's status and fixed text, Retry-After where the client should come again. The
/// detail goes to the log.
[[nodiscard]] http::Response errorResponse(const Error& error);
[[nodiscard]] http::Response errorResponse(Code code);
/// 200 with a JSON body.
[[nodiscard]] http::Response okResponse(std::string json);
/// 200 with the body `null`, or the failure.
[[nodiscard]] http::Response nullResponse(const Result<>& done);

/// 200 with the object's JSON and its id and version as the entity tag (RFC 9110 §8.8.3), or the failure.
template <class T, class Encode>
[[nodiscard]] http::Response objectResponse(const Result<T>& object, Encode encode)
{
    if (!object) return errorResponse(object.error());
    http::Response response = okResponse(encode(*object));
    response.headers.add("ETag", service::entityTag(object->metadata));
    return response;
}

/// 200 with a list's JSON, or the failure.
template <class T, class Encode>
[[nodiscard]] http::Response listResponse(const Result<T>& list, Encode encode)
{
    if (!list) return errorResponse(list.error());
    return okResponse(encode(*list));
}

/// The tags of If-Match (RFC 9110 §13.1.1). Tags that are none of ours match no object.
[[nodiscard]] service::Expectation expectation(const http::Request& request);

} // namespace iam::routes
