// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "contract/policy.h"
#include <QString>

namespace iam::models {

[[nodiscard]] QString toText(const std::string& utf8);
/// "2026-11-22 03:04:05" in local time.
[[nodiscard]] QString timeCell(TimePoint time);
/// The same with the zone's offset: "2026-11-22 03:04:05 UTC+08:00".
[[nodiscard]] QString zonedTimeCell(TimePoint time);
/// With milliseconds and the zone's offset.
[[nodiscard]] QString exactTimeCell(TimePoint time);
/// The entries joined by ", "; empty for a list that is absent or empty.
[[nodiscard]] QString listCell(const contract::PatternList& list);
/// A number that sorts as the time does.
[[nodiscard]] qint64 timeKey(TimePoint time);

} // namespace iam::models
