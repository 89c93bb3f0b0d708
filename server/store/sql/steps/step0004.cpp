// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/steps/steps.h"

namespace iam::store::sql {

Migration step0004()
{
    return {4,
            "sessions",
            {
                R"(CREATE TABLE sessions (
         id INTEGER PRIMARY KEY AUTOINCREMENT,
         token_id TEXT NOT NULL UNIQUE,
         owner_id INTEGER NOT NULL REFERENCES users (id),
         valid_from INTEGER NOT NULL,
         created_at INTEGER NOT NULL,
         expires_at INTEGER NOT NULL,
         address TEXT NOT NULL,
         user_agent TEXT NOT NULL))",
                "CREATE INDEX sessions_owner ON sessions (owner_id)",
                "CREATE INDEX sessions_expires ON sessions (expires_at)",
            },
            {
                R"(CREATE TABLE IF NOT EXISTS sessions (
         id BIGINT AUTO_INCREMENT PRIMARY KEY,
         token_id VARCHAR(255) NOT NULL UNIQUE,
         owner_id BIGINT NOT NULL,
         valid_from BIGINT NOT NULL,
         created_at BIGINT NOT NULL,
         expires_at BIGINT NOT NULL,
         address VARCHAR(64) NOT NULL,
         user_agent VARCHAR(200) NOT NULL,
         KEY sessions_owner (owner_id),
         KEY sessions_expires (expires_at),
         FOREIGN KEY (owner_id) REFERENCES users (id)
         ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin)",
            }};
}

} // namespace iam::store::sql
