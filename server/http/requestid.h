// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

namespace iam::http {

/// 1 to 128 visible ASCII characters: what is taken over from a client, and is safe in a log line and a header.
[[nodiscard]] bool isRequestId(std::string_view text) noexcept;

} // namespace iam::http
