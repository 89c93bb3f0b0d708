// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/secret.h"
#include <QString>

namespace iam::pages {

/// "5 min ago from 10.0.0.7, action read", or "never". Uses are known to the minute.
[[nodiscard]] QString useText(const contract::SecretUse& use, TimePoint now);
/// Local date and time of Unix seconds with their age: "2026-11-22 03:04:05 (in 4 d)".
[[nodiscard]] QString momentText(std::int64_t seconds, TimePoint now);

} // namespace iam::pages
