// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace iam::crypto {

/// RFC 4648 §4, with padding.
[[nodiscard]] std::string toBase64(std::string_view bytes);
/// RFC 4648 §5 without padding, as JWS has it.
[[nodiscard]] std::string toBase64Url(std::string_view bytes);
/// Only the one text that toBase64 makes of some bytes is taken.
[[nodiscard]] std::optional<std::string> fromBase64(std::string_view text);
/// Only the one text that toBase64Url makes of some bytes is taken.
[[nodiscard]] std::optional<std::string> fromBase64Url(std::string_view text);

/// RFC 4648 §5, padded or not, the way Go's decoder of padded text reads it after missing padding was added: line ends
/// are skipped, unused bits ignored. The failure is the input byte that Go's error names.
[[nodiscard]] tl::expected<std::string, std::size_t> fromBase64UrlLikeGo(std::string_view text);

} // namespace iam::crypto
