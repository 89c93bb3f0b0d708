// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/sqldatabase.h"

namespace iam::store::sql {

/// The history of the schema, oldest step first.
[[nodiscard]] std::vector<Migration> schema();

} // namespace iam::store::sql
