// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/sqlschema.h"
#include "store/sql/steps/steps.h"

namespace iam::store::sql {

std::vector<Migration> schema()
{
    return {step0001(), step0002(), step0003(), step0004(), step0005(), step0006()};
}

} // namespace iam::store::sql
