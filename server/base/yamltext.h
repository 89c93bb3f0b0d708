// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

namespace iam::text {

/// A single-quoted scalar of YAML 1.2 (7.3.2); control characters become blanks.
[[nodiscard]] std::string yamlQuoted(std::string_view text);

} // namespace iam::text
