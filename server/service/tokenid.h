// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include <optional>
#include <string>
#include <string_view>

namespace iam::service {

/// A token's "jti": a UUID of version 8 (RFC 9562), random but for its first 48 bits, which say under which
/// Account::tokensValidFrom the token was made. The moment of issue would not do: a log-in or refresh that began with
/// the old password may end after the change of it, and clocks can be set back.
[[nodiscard]] std::string makeTokenId(TimePoint tokensValidFrom);
/// The tokensValidFrom in such an id; nothing for any other text.
[[nodiscard]] std::optional<TimePoint> tokensValidFromOf(std::string_view tokenId);

} // namespace iam::service
