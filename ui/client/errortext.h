// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/error.h"
#include <QString>

namespace iam::client {

// What can go wrong on the way to a server, in the place of a code that the server would have sent.
inline constexpr Code codeUnreachable{1};    ///< no connection: refused, no such host, cut off
inline constexpr Code codeTimedOut{2};       ///< no whole answer in time
inline constexpr Code codeInsecure{3};       ///< TLS failed; the detail says how
inline constexpr Code codeAnswerInvalid{4};  ///< an answer, but not of an IAM server
inline constexpr Code codeAnswerTooLarge{5}; ///< more bytes than allowed
inline constexpr Code codeRedirected{6};     ///< the server sends us elsewhere; never followed
inline constexpr Code codeCancelled{7};      ///< the client was closed, or the user gave up to log in again

/// Whether asking once more may help without any change of what is asked.
[[nodiscard]] bool worthRetrying(const Error& error);
/// One or two sentences in the user's language: what happened and, where it helps, what to do next. Never empty.
/// Faults are not included.
[[nodiscard]] QString errorText(const Error& error);
/// A sentence of the server or of contract/validation.h in the user's language; unknown ones as they are.
[[nodiscard]] QString faultText(const std::string& sentence);
/// errorText() and, line by line, every fault as "field: sentence".
[[nodiscard]] QString fullErrorText(const Error& error);

} // namespace iam::client
