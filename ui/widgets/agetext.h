// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include <QString>

namespace iam::widgets {

/// "just now", "5 min ago", "3 h ago", "12 d ago", "in 4 d"; beyond 60 days the date alone.
[[nodiscard]] QString ageText(TimePoint time, TimePoint now);
/// Local date and time to the second in the reader's locale order, ISO like: "2026-11-22 03:04:05".
[[nodiscard]] QString timeText(TimePoint time);
/// timeText() with the age: "2026-11-22 03:04:05 (in 4 d)"; beyond 60 days without it.
[[nodiscard]] QString timeAndAgeText(TimePoint time, TimePoint now);
/// timeText() with milliseconds and the zone's offset, for tool tips and details.
[[nodiscard]] QString exactTimeText(TimePoint time);

} // namespace iam::widgets
