// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/version.h"
#include "contract/json.h"

namespace iam::routes {

std::string versionJson()
{
    std::string body;
    contract::JsonObjectWriter(body)
        .text("gitVersion", "v" IAM_VERSION)
        .text("gitCommit", IAM_GIT_COMMIT)
        .text("gitTreeState", "")
        .text("buildDate", "1970-01-01T00:00:00Z") // builds are reproducible: they know no time
        .text("goVersion", "")
        .text("compiler", "g++ " __VERSION__)
        .text("platform", "linux/" IAM_ARCHITECTURE);
    return body;
}

Build thisBuild() { return {IAM_VERSION, IAM_GIT_COMMIT, "g++ " __VERSION__}; }

} // namespace iam::routes
