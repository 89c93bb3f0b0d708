// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/steps/steps.h"

namespace iam::store::sql {

Migration step0005()
{
    return {5,
            "generations of the shared keys",
            {
                R"(CREATE TABLE key_generations (
         number INTEGER PRIMARY KEY,
         fingerprint TEXT NOT NULL,
         sealed TEXT NOT NULL,
         created_at INTEGER NOT NULL,
         active_from INTEGER NOT NULL))",
            },
            {
                R"(CREATE TABLE IF NOT EXISTS key_generations (
         number BIGINT NOT NULL PRIMARY KEY,
         fingerprint VARCHAR(512) NOT NULL,
         sealed TEXT NOT NULL,
         created_at BIGINT NOT NULL,
         active_from BIGINT NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin)",
            }};
}

} // namespace iam::store::sql
