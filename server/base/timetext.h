// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include <optional>
#include <string>
#include <string_view>

namespace iam {

/// RFC 3339 in UTC with exactly three decimals: "2026-11-22T03:04:05.678Z".
[[nodiscard]] std::string toRfc3339(TimePoint time);
/// RFC 3339 in the server's local offset, decimals without trailing zeros, as Go's encoding/json writes time.Time.
[[nodiscard]] std::string toRfc3339Local(TimePoint time);
/// The same without decimals (Go's time.RFC3339).
[[nodiscard]] std::string toRfc3339LocalSeconds(TimePoint time);
/// Reads RFC 3339 (any offset, up to nine decimals, cut to ms). Nothing for anything else, also for impossible dates.
[[nodiscard]] std::optional<TimePoint> fromRfc3339(std::string_view text);

/// "2026-01-31 12:00:00", the server's local wall clock in whole seconds, as SQL databases write dates.
[[nodiscard]] std::string toLocalDateTime(TimePoint time);
/// Reads that; decimals behind it are left out. Nothing for anything else, also for the zero date; of an hour that
/// the clock shows twice the system chooses one.
[[nodiscard]] std::optional<TimePoint> fromLocalDateTime(std::string_view text);

} // namespace iam
