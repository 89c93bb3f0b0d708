// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include <optional>
#include <string>
#include <string_view>

namespace iam::service {

/// A token's "jti": a UUID of version 7 (RFC 9562), whose first 48 bits are the moment it was issued. The token's own
/// claims have whole seconds only, too coarse to say whether it is older than a change of the password.
[[nodiscard]] std::string makeTokenId(TimePoint issued);
/// The moment in such an id; nothing for any other text.
[[nodiscard]] std::optional<TimePoint> issuedAt(std::string_view tokenId);

} // namespace iam::service
