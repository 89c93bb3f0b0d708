// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace iam {

/// Decimal digits with an optional minus; nothing for anything else or beyond the type.
[[nodiscard]] std::optional<std::int64_t> parseInteger(std::string_view text);
/// "true" or "false".
[[nodiscard]] std::optional<bool> parseBoolean(std::string_view text);
/// Go's time.ParseDuration without a sign: numbers with units ns, us, µs, ms, s, m, h in a row, or "0". Nothing for
/// anything else, for more than a hundred years, and for parts of a millisecond.
[[nodiscard]] std::optional<std::chrono::milliseconds> parseDuration(std::string_view text);
/// What parseDuration() takes: "1h30m", "10s", "1500ms" as "1s500ms", "0s".
[[nodiscard]] std::string formatDuration(std::chrono::milliseconds duration);
/// A whole number and a unit: none or "B" for bytes, KiB MiB GiB TiB, kB KB MB GB TB.
[[nodiscard]] std::optional<std::uint64_t> parseSize(std::string_view text);
/// What parseSize() takes, in the largest binary unit that divides it.
[[nodiscard]] std::string formatSize(std::uint64_t bytes);

} // namespace iam
