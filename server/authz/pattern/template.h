// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/pattern/node.h"
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace iam::authz {

/// The tree of a whole template, or why it is none. Every part must be valid by itself, and then the whole. Text
/// outside the parts stands for itself. The entry must be UTF-8.
[[nodiscard]] tl::expected<NodePtr, std::string> readTemplate(std::string_view entry);

} // namespace iam::authz
