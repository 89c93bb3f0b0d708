// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace iam::crypto {

enum class JsonExtent {
    Whole, ///< one value and nothing behind it (Go's json.Unmarshal)
    First, ///< whatever follows the first value is ignored (Go's json.Decoder)
};

/// What Go's encoding/json would say about the text, when it would refuse to read it into a map of type `goType`.
/// Clients of log-in tokens see these words. Nothing: it is an object (or null), and `readable` is the same text with
/// what Go repairs repaired: bytes that are not UTF-8 and lone surrogates are U+FFFD. More than 64 levels are refused.
std::optional<std::string> goJsonFault(std::string_view text, JsonExtent extent, std::string_view goType,
                                       std::string& readable);

} // namespace iam::crypto
