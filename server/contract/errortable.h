// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/error.h"
#include <string>
#include <string_view>
#include <vector>

namespace iam::contract {

/// What the outside sees of a code.
struct ErrorEntry {
    Code code;
    int httpStatus;
    std::string_view message;
};

/// The row of a code; that of Code::Unknown for a code without one.
[[nodiscard]] const ErrorEntry& errorEntry(Code code);
/// Every row, ascending by code.
[[nodiscard]] const std::vector<ErrorEntry>& errorTable();
/// {"code":…,"message":"…"} with "details":[{"field":…,"message":…}] when there are faults.
[[nodiscard]] std::string encodeError(const Error& error);
/// Reads a body of that shape, or {"message":"…"}, or anything: then the code follows from the HTTP status. The
/// message becomes the detail.
[[nodiscard]] Error decodeError(int httpStatus, std::string_view body);

} // namespace iam::contract
