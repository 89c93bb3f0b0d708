// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace iam::node {

/// Tells why an option of an old file is not carried over as it was.
using ImportComment = std::function<void(const std::string& key, std::string_view why)>;

/// A YAML double-quoted scalar.
[[nodiscard]] std::string yamlQuoted(std::string_view text);
/// `key:` and an entry a line below it, each line behind `indent`; nothing when there are no entries.
[[nodiscard]] std::string listLines(std::string_view indent, std::string_view key,
                                    const std::vector<std::string>& entries);
/// Text that cannot leave the comment it stands in.
[[nodiscard]] std::string inComment(std::string_view text);
/// Why an option of the old system has no counterpart in this one.
[[nodiscard]] std::string_view fateOf(std::string_view key);

} // namespace iam::node
