// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/schemahistory.h"

namespace iam::store::sql {

Result<AppliedSteps> readAppliedSteps(SqlConnection& connection)
{
    AppliedSteps applied;
    auto rows = connection.query("SELECT number, name FROM {schema_steps} ORDER BY number");
    if (!rows) return fail(rows);
    auto more = rows->next();
    for (; more && *more; more = rows->next()) applied.emplace_back(static_cast<int>(rows->integer(0)), rows->text(1));
    if (!more) return fail(more);
    return applied;
}

Result<> checkHistory(const AppliedSteps& applied, const std::vector<Migration>& known)
{
    const int newest = known.empty() ? 0 : known.back().number;
    for (std::size_t i = 0; i < applied.size(); ++i) {
        if (i >= known.size()) {
            return fail(Code::Database, "it was made by a newer version of this software (its schema is at step " +
                                            std::to_string(applied.back().first) + ", this version knows " +
                                            std::to_string(newest) + ")");
        }
        if (applied[i].first != known[i].number || applied[i].second != known[i].name) {
            return fail(Code::Database, "it holds something else: its schema step " + std::to_string(applied[i].first) +
                                            " is \"" + applied[i].second + "\"");
        }
    }
    return {};
}

} // namespace iam::store::sql
