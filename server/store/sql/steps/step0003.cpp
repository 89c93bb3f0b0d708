// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/steps/steps.h"

namespace iam::store::sql {

Migration step0003()
{
    return {3,
            "secrets: enabled, last use, previous key",
            {
                "ALTER TABLE secrets ADD COLUMN enabled INTEGER NOT NULL DEFAULT 1",
                "ALTER TABLE secrets ADD COLUMN last_used_at INTEGER",
                "ALTER TABLE secrets ADD COLUMN last_used_address TEXT",
                "ALTER TABLE secrets ADD COLUMN last_used_action TEXT",
                "ALTER TABLE secrets ADD COLUMN previous_secret_id TEXT",
                "ALTER TABLE secrets ADD COLUMN previous_sealed_key TEXT",
                "ALTER TABLE secrets ADD COLUMN previous_expires INTEGER",
                "ALTER TABLE secrets ADD COLUMN previous_last_used_at INTEGER",
                "ALTER TABLE secrets ADD COLUMN previous_last_used_address TEXT",
                "ALTER TABLE secrets ADD COLUMN previous_last_used_action TEXT",
                "CREATE UNIQUE INDEX secrets_previous_secret_id ON secrets (previous_secret_id)",
            },
            {
                R"(ALTER TABLE secrets
         ADD COLUMN IF NOT EXISTS enabled INT NOT NULL DEFAULT 1,
         ADD COLUMN IF NOT EXISTS last_used_at BIGINT,
         ADD COLUMN IF NOT EXISTS last_used_address VARCHAR(64),
         ADD COLUMN IF NOT EXISTS last_used_action VARCHAR(255),
         ADD COLUMN IF NOT EXISTS previous_secret_id VARCHAR(255),
         ADD COLUMN IF NOT EXISTS previous_sealed_key TEXT,
         ADD COLUMN IF NOT EXISTS previous_expires BIGINT,
         ADD COLUMN IF NOT EXISTS previous_last_used_at BIGINT,
         ADD COLUMN IF NOT EXISTS previous_last_used_address VARCHAR(64),
         ADD COLUMN IF NOT EXISTS previous_last_used_action VARCHAR(255))",
                "CREATE UNIQUE INDEX IF NOT EXISTS secrets_previous_secret_id ON secrets (previous_secret_id)",
            }};
}

} // namespace iam::store::sql
