// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/steps/steps.h"

namespace iam::store::sql {

// policy_audit has the names and types that other software reads: removed policies as they were, times as dates (UTC).

Migration step0002()
{
    return {2,
            "objects and versions of changes, removed policies",
            {
                "ALTER TABLE changes ADD COLUMN object_id INTEGER NOT NULL DEFAULT 0",
                "ALTER TABLE changes ADD COLUMN object_version INTEGER NOT NULL DEFAULT 0",
                "CREATE INDEX changes_object ON changes (kind, object_id)",
                R"(CREATE TABLE policy_audit (
         id INTEGER PRIMARY KEY,
         instanceID TEXT,
         name TEXT NOT NULL,
         username TEXT NOT NULL,
         policyShadow TEXT,
         extendShadow TEXT,
         createdAt TEXT NOT NULL,
         updatedAt TEXT NOT NULL,
         deletedAt TEXT NOT NULL))",
                "CREATE INDEX policy_audit_username ON policy_audit (username)",
            },
            {
                "ALTER TABLE changes ADD COLUMN IF NOT EXISTS object_id BIGINT NOT NULL DEFAULT 0",
                "ALTER TABLE changes ADD COLUMN IF NOT EXISTS object_version BIGINT NOT NULL DEFAULT 0",
                "CREATE INDEX IF NOT EXISTS changes_object ON changes (kind(16), object_id)",
                R"(CREATE TABLE IF NOT EXISTS policy_audit (
         id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
         instanceID VARCHAR(64) NULL,
         name VARCHAR(255) NOT NULL,
         username VARCHAR(255) NOT NULL,
         policyShadow LONGTEXT NULL,
         extendShadow LONGTEXT NULL,
         createdAt TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
         updatedAt TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
         deletedAt TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
         KEY policy_audit_username (username)
         ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin)",
            }};
}

} // namespace iam::store::sql
