// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string_view>

namespace iam::contract {

/// A part of a JSON text, in bytes.
struct JsonRange {
    std::size_t offset = 0;
    std::size_t length = 0;
    bool exact = false; ///< the path leads to it
    bool operator==(const JsonRange&) const = default;
};

/// Where the value at `path` ("actions[2]", "conditions.remoteIP.options.cidr", the names of FieldFault) stands in a
/// JSON text. Member names match as when bodies are read: in any case, of duplicates the last; a name may hold dots.
/// When the path leads nowhere: the opening bracket of the last object or list on the way, or the whole value when it
/// is neither. The text should be JSON; for any other the answer is somewhere inside the text.
[[nodiscard]] JsonRange locateJson(std::string_view text, std::string_view path);

} // namespace iam::contract
