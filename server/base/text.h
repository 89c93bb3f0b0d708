// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace iam::text {

/// Whether `bytes` is UTF-8 as RFC 3629 has it (no surrogates, no overlong forms).
[[nodiscard]] bool isUtf8(std::string_view bytes) noexcept;
/// `bytes` with every byte that does not belong to valid UTF-8 replaced by U+FFFD, one per byte (Go's rule).
[[nodiscard]] std::string toUtf8(std::string_view bytes);
/// Reads the code point at `pos` and moves `pos` behind it. Invalid bytes give U+FFFD and move by one.
[[nodiscard]] char32_t nextCodePoint(std::string_view utf8, std::size_t& pos) noexcept;
/// Appends a code point as UTF-8; surrogates and values beyond U+10FFFF become U+FFFD.
void appendCodePoint(std::string& out, char32_t codePoint);
/// The number of code points.
[[nodiscard]] std::size_t length(std::string_view utf8) noexcept;
/// The first `bytes` of valid UTF-8, or up to three fewer so as not to end within a character; all of a shorter text.
[[nodiscard]] std::string_view cut(std::string_view utf8, std::size_t bytes) noexcept;
/// ASCII letters only; other bytes stay.
[[nodiscard]] std::string lowered(std::string_view ascii);
[[nodiscard]] bool equalIgnoringCase(std::string_view a, std::string_view b) noexcept;

} // namespace iam::text
