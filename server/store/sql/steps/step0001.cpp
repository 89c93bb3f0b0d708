// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/steps/steps.h"

namespace iam::store::sql {

Migration step0001()
{
    return {1,
            "users, secrets, policies, changes, revoked tokens",
            {
                R"(CREATE TABLE users (
         id INTEGER PRIMARY KEY AUTOINCREMENT,
         instance_id TEXT UNIQUE,
         name TEXT NOT NULL COLLATE NOCASE UNIQUE,
         status INTEGER NOT NULL,
         nickname TEXT NOT NULL,
         password_hash TEXT NOT NULL,
         email TEXT NOT NULL,
         phone TEXT NOT NULL,
         is_admin INTEGER NOT NULL,
         extend TEXT,
         logined_at INTEGER,
         tokens_valid_from INTEGER NOT NULL,
         created_at INTEGER NOT NULL,
         updated_at INTEGER NOT NULL,
         version INTEGER NOT NULL))",
                R"(CREATE TABLE secrets (
         id INTEGER PRIMARY KEY AUTOINCREMENT,
         instance_id TEXT UNIQUE,
         owner_id INTEGER NOT NULL REFERENCES users (id),
         name TEXT NOT NULL COLLATE NOCASE,
         secret_id TEXT NOT NULL UNIQUE,
         sealed_key TEXT NOT NULL,
         expires INTEGER NOT NULL,
         description TEXT NOT NULL,
         extend TEXT,
         created_at INTEGER NOT NULL,
         updated_at INTEGER NOT NULL,
         version INTEGER NOT NULL))",
                "CREATE INDEX secrets_owner_name ON secrets (owner_id, name)",
                R"(CREATE TABLE policies (
         id INTEGER PRIMARY KEY AUTOINCREMENT,
         instance_id TEXT UNIQUE,
         owner_id INTEGER NOT NULL REFERENCES users (id),
         name TEXT NOT NULL COLLATE NOCASE,
         document TEXT NOT NULL,
         extend TEXT,
         created_at INTEGER NOT NULL,
         updated_at INTEGER NOT NULL,
         version INTEGER NOT NULL))",
                "CREATE INDEX policies_owner_name ON policies (owner_id, name)",
                R"(CREATE TABLE changes (
         id INTEGER PRIMARY KEY AUTOINCREMENT,
         time INTEGER NOT NULL,
         actor TEXT NOT NULL,
         address TEXT NOT NULL,
         request_id TEXT NOT NULL,
         kind TEXT NOT NULL,
         action TEXT NOT NULL,
         owner TEXT NOT NULL,
         name TEXT NOT NULL,
         before_json TEXT NOT NULL,
         after_json TEXT NOT NULL))",
                "CREATE INDEX changes_owner ON changes (owner)",
                R"(CREATE TABLE revoked_tokens (
         token_id TEXT PRIMARY KEY,
         owner TEXT NOT NULL,
         until INTEGER NOT NULL) WITHOUT ROWID)",
            },
            {}};
}

} // namespace iam::store::sql
