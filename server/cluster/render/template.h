// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <string>
#include <string_view>

namespace iam::cluster {

using TemplateValues = std::map<std::string, std::string, std::less<>>;

/// `text` with every @NAME@ replaced by its value; what has none stays. Values are not looked at again. A line that
/// consists of one @NAME@ takes whole lines: its value ends with a line feed, or is empty and the line disappears.
[[nodiscard]] std::string fillTemplate(std::string_view text, const TemplateValues& values);

} // namespace iam::cluster
