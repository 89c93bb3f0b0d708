// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/error.h"
#include <QString>
#include <string_view>

namespace iam::widgets {

/// The reader's words for an English sentence of the server or of the shared checks ("at most 45 bytes"). A sentence
/// that the table does not know comes back as it is: never nothing.
[[nodiscard]] QString serverText(std::string_view sentence);

/// An error in words: what happened, and what to do about it (may be empty). Faults are added to `what`, one a line.
struct ErrorText {
    QString what;
    QString advice;
};
[[nodiscard]] ErrorText errorText(const Error& error);

} // namespace iam::widgets
