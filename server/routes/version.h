// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>

namespace iam::routes {

/// What GET /version answers: the fields that clients of this API compare (gitVersion, gitCommit, gitTreeState) and
/// how the program was built.
[[nodiscard]] std::string versionJson();

} // namespace iam::routes
