// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/error.h"
#include <QString>
#include <string_view>

namespace iam::client {

/// The reader's words for an English sentence of the server or of the shared checks ("must not be empty"). A sentence
/// that the table does not know comes back as it is: never nothing.
[[nodiscard]] QString serverText(std::string_view sentence);

/// A failure in words: what happened, and what to do about it (may be empty).
struct ErrorText {
    QString what;
    QString advice;
};
/// Faults are added to `what`, one a line, as "field: sentence".
[[nodiscard]] ErrorText errorText(const Error& error);
/// Whether asking once more may help without any change of what is asked.
[[nodiscard]] bool worthRetrying(const Error& error);

} // namespace iam::client
