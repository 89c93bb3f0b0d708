// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

namespace iam::authz {

/// The text in double quotes as Go's %q writes it: backslash escapes for quotes, backslashes and what cannot be shown.
[[nodiscard]] std::string quoted(std::string_view utf8);

} // namespace iam::authz
