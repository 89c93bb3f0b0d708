// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <cstdint>
#include <string>

namespace iam::store {

/// The place in the change records behind `id`, as text that means nothing to a client.
[[nodiscard]] std::string encodeChangeCursor(std::uint64_t id);
/// The id back; the largest one for an empty text. Code::Bind with the fault on "cursor" for anything else.
Result<std::uint64_t> decodeChangeCursor(const std::string& cursor);

} // namespace iam::store
