// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/sqldatabase.h"
#include <set>

namespace iam::store::sql {

// Our own schema's first six steps with tables that are called otherwise. They are frozen, and so is this: each of
// their statements names tables behind a few words only.

/// A statement of these steps about tables of other names.
[[nodiscard]] std::string withPrefix(const std::string& statement, const std::string& prefix);

/// Those of a step's statements for MariaDB that are about one of these tables, with the prefix.
[[nodiscard]] std::vector<std::string> statementsAbout(const std::set<std::string>& tables, const Migration& step,
                                                       const std::string& prefix);

} // namespace iam::store::sql
