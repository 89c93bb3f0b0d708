// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstring>
#include <string_view>

namespace iam::authz {

/// Where `wanted` first begins in `text`, at `from` (at most the size) or behind it; npos when nowhere. In linear
/// time, which string_view::find() does not promise.
[[nodiscard]] inline std::size_t findText(std::string_view text, std::string_view wanted, std::size_t from = 0)
{
    if (wanted.empty()) return from;
    const void* found = ::memmem(text.data() + from, text.size() - from, wanted.data(), wanted.size());
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) : std::string_view::npos;
}

} // namespace iam::authz
