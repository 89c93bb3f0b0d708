// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/matcher.h"
#include "authz/pattern/translation.h"

namespace iam::authz {

tl::expected<std::unique_ptr<const Matcher>, std::string> compilePattern(const Node& root)
{
    if (!needsBacktracking(root))
        if (auto matcher = compileRe2(toRe2(root))) return matcher;
    std::string why;
    if (auto matcher = compilePcre2(toPcre2(root), why)) return matcher;
    return tl::unexpected(why);
}

} // namespace iam::authz
