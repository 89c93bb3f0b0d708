// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>

namespace iam::routes {

/// What GET /version answers: the fields that clients of this API compare (gitVersion, gitCommit, gitTreeState) and
/// how the program was built.
[[nodiscard]] std::string versionJson();

/// Which program this is.
struct Build {
    std::string version;  ///< "0.1.0"
    std::string revision; ///< the source's commit, empty when it was not built from a repository
    std::string compiler;
};
[[nodiscard]] Build thisBuild();

} // namespace iam::routes
