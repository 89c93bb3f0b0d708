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
            {
                R"(CREATE TABLE IF NOT EXISTS users (
         id BIGINT AUTO_INCREMENT PRIMARY KEY,
         instance_id VARCHAR(64) UNIQUE,
         name VARCHAR(255) CHARACTER SET ascii COLLATE ascii_general_nopad_ci NOT NULL UNIQUE,
         status INT NOT NULL,
         nickname TEXT NOT NULL,
         password_hash TEXT NOT NULL,
         email TEXT NOT NULL,
         phone TEXT NOT NULL,
         is_admin INT NOT NULL,
         extend LONGTEXT,
         logined_at BIGINT,
         tokens_valid_from BIGINT NOT NULL,
         created_at BIGINT NOT NULL,
         updated_at BIGINT NOT NULL,
         version BIGINT NOT NULL
         ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin)",
                R"(CREATE TABLE IF NOT EXISTS secrets (
         id BIGINT AUTO_INCREMENT PRIMARY KEY,
         instance_id VARCHAR(64) UNIQUE,
         owner_id BIGINT NOT NULL,
         name VARCHAR(255) CHARACTER SET ascii COLLATE ascii_general_nopad_ci NOT NULL,
         secret_id VARCHAR(255) NOT NULL UNIQUE,
         sealed_key TEXT NOT NULL,
         expires BIGINT NOT NULL,
         description TEXT NOT NULL,
         extend LONGTEXT,
         created_at BIGINT NOT NULL,
         updated_at BIGINT NOT NULL,
         version BIGINT NOT NULL,
         KEY secrets_owner_name (owner_id, name),
         FOREIGN KEY (owner_id) REFERENCES users (id)
         ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin)",
                R"(CREATE TABLE IF NOT EXISTS policies (
         id BIGINT AUTO_INCREMENT PRIMARY KEY,
         instance_id VARCHAR(64) UNIQUE,
         owner_id BIGINT NOT NULL,
         name VARCHAR(255) CHARACTER SET ascii COLLATE ascii_general_nopad_ci NOT NULL,
         document LONGTEXT NOT NULL,
         extend LONGTEXT,
         created_at BIGINT NOT NULL,
         updated_at BIGINT NOT NULL,
         version BIGINT NOT NULL,
         KEY policies_owner_name (owner_id, name),
         FOREIGN KEY (owner_id) REFERENCES users (id)
         ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin)",
                R"(CREATE TABLE IF NOT EXISTS changes (
         id BIGINT AUTO_INCREMENT PRIMARY KEY,
         time BIGINT NOT NULL,
         actor TEXT NOT NULL,
         address TEXT NOT NULL,
         request_id TEXT NOT NULL,
         kind TEXT NOT NULL,
         action TEXT NOT NULL,
         owner VARCHAR(255) NOT NULL,
         name TEXT NOT NULL,
         before_json LONGTEXT NOT NULL,
         after_json LONGTEXT NOT NULL,
         KEY changes_owner (owner)
         ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin)",
                R"(CREATE TABLE IF NOT EXISTS revoked_tokens (
         token_id VARCHAR(255) PRIMARY KEY,
         owner VARCHAR(255) NOT NULL,
         until BIGINT NOT NULL
         ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin)",
            }};
}

} // namespace iam::store::sql
