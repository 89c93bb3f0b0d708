// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/steps/steps.h"

namespace iam::store::sql {

Migration step0006()
{
    return {6,
            "jobs",
            {
                R"(CREATE TABLE jobs (
         name TEXT PRIMARY KEY,
         holder TEXT NOT NULL,
         slot INTEGER NOT NULL,
         until INTEGER NOT NULL,
         finished INTEGER NOT NULL,
         touched INTEGER NOT NULL,
         outcome TEXT NOT NULL) WITHOUT ROWID)",
                "CREATE INDEX changes_time ON changes (time)",
            },
            {
                R"(CREATE TABLE IF NOT EXISTS jobs (
         name VARCHAR(255) NOT NULL PRIMARY KEY,
         holder VARCHAR(255) NOT NULL,
         slot BIGINT NOT NULL,
         until BIGINT NOT NULL,
         finished INT NOT NULL,
         touched BIGINT NOT NULL,
         outcome TEXT NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin)",
                "CREATE INDEX IF NOT EXISTS changes_time ON changes (time)",
            }};
}

} // namespace iam::store::sql
