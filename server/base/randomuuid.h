// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>

namespace iam {

/// A UUID (RFC 9562, version 4) from the kernel's random numbers, in lower case:
/// "f47ac10b-58cc-4372-a567-0e02b2c3d479". Throws std::system_error when the system cannot give randomness. Any thread.
[[nodiscard]] std::string randomUuid();

} // namespace iam
