// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/bodystream.h"
#include "http/message.h"
#include <string>

namespace iam::http {

/// An answer on its way to the wire.
struct Answer {
    Response response;
    std::string requestId;
    bool secure = false;                           ///< adds Strict-Transport-Security
    bool bare = false;                             ///< without request id, security and cache fields: slash redirects
    bool last = false;                             ///< the server drains: the connection closes once all is answered
    std::shared_ptr<StreamLease> stream = nullptr; ///< not null: the body goes on, and the connection closes behind it
};

/// Appends the answer as HTTP/1.1. `head`: without the body, with its length. A field with a line break or another
/// control character in it is left out: nobody outside can add fields to an answer.
void appendAnswer(std::string& out, const Answer& answer, bool head, bool keepAlive);

/// The current second as RFC 9110 IMF-fixdate: "Sun, 06 Nov 1994 08:49:37 GMT".
[[nodiscard]] std::string_view httpDateNow();

} // namespace iam::http
