// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/sharedschema.h"
#include "store/sql/legacy/prefixedsteps.h"
#include "store/sql/steps/steps.h"

namespace iam::store::sql {

namespace {

constexpr std::string_view userContent =
    "CONCAT_WS(CHAR(0), r.name, r.status, r.nickname, r.password, r.email, COALESCE(r.phone, ''), r.isAdmin,"
    " COALESCE(r.extendShadow, ''))";
constexpr std::string_view secretContent =
    "CONCAT_WS(CHAR(0), r.name, r.username, r.secretID, r.secretKey, r.expires, r.description,"
    " COALESCE(r.extendShadow, ''))";
constexpr std::string_view policyContent =
    "CONCAT_WS(CHAR(0), r.name, r.username, COALESCE(r.policyShadow, ''), COALESCE(r.extendShadow, ''))";

constexpr std::string_view tableKind = " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin";

std::string makeTable(std::string_view columns)
{
    return "CREATE TABLE IF NOT EXISTS " + std::string(columns) + std::string(tableKind);
}

std::string makeView(std::string_view text)
{
    return "CREATE OR REPLACE SQL SECURITY INVOKER VIEW " + std::string(text);
}

/// Notes the rows that are there. What the old servers made before we came is no change.
std::string noteAll(const char* notes, const char* columns, const char* values, ObjectKind kind, const char* from)
{
    return std::string("INSERT IGNORE INTO ") + notes + " (id, owner, name, version, fingerprint" + columns +
           ") SELECT r.id, " + values + ", " + sharedTable(kind).fingerprint() + from;
}

/// Those about the tables that are the same beside the old ones as in a database of our own.
std::vector<std::string> ownStatements(const Migration& step)
{
    return statementsAbout({"changes", "revoked_tokens", "key_generations"}, step, std::string(sharedPrefix));
}

Migration sharedStep1()
{
    Migration step{1, "beside the tables of the old servers", {}, {}};
    step.mariadb = {
        makeTable(R"(iamx_user_notes (
         id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
         owner VARCHAR(255) NOT NULL,
         name VARCHAR(255) NOT NULL,
         version BIGINT NOT NULL,
         fingerprint BINARY(16) NOT NULL,
         enabled INT NOT NULL,
         password_mark BINARY(16) NOT NULL,
         tokens_valid_from BIGINT NOT NULL))"),
        makeTable(R"(iamx_secret_notes (
         id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
         owner VARCHAR(255) NOT NULL,
         name VARCHAR(255) NOT NULL,
         version BIGINT NOT NULL,
         fingerprint BINARY(16) NOT NULL,
         last_used_at BIGINT,
         last_used_address VARCHAR(64),
         last_used_action VARCHAR(255),
         previous_secret_id VARCHAR(255) UNIQUE,
         previous_key TEXT,
         previous_expires BIGINT,
         previous_last_used_at BIGINT,
         previous_last_used_address VARCHAR(64),
         previous_last_used_action VARCHAR(255)))"),
        makeTable(R"(iamx_policy_notes (
         id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
         owner VARCHAR(255) NOT NULL,
         name VARCHAR(255) NOT NULL,
         version BIGINT NOT NULL,
         fingerprint BINARY(16) NOT NULL))"),
        // No foreign key: it would keep the old servers from removing users.
        makeTable(R"(iamx_sessions (
         id BIGINT AUTO_INCREMENT PRIMARY KEY,
         token_id VARCHAR(255) NOT NULL UNIQUE,
         owner_id BIGINT NOT NULL,
         valid_from BIGINT NOT NULL,
         created_at BIGINT NOT NULL,
         expires_at BIGINT NOT NULL,
         address VARCHAR(64) NOT NULL,
         user_agent VARCHAR(200) NOT NULL,
         KEY sessions_owner (owner_id),
         KEY sessions_expires (expires_at)))"),
        // Dates leave these as text, in the time zone of the database's server: what the old servers read and take for
        // their own local time. A row that is not noted yet has version 0.
        makeView(R"(iamx_users AS SELECT r.id AS id, NULLIF(r.instanceID, '') AS instance_id, r.name AS name,
         COALESCE(r.status, 0) AS status, r.nickname AS nickname, r.password AS password_hash, r.email AS email,
         r.phone AS phone, r.isAdmin AS is_admin, r.extendShadow AS extend,
         NULLIF(CAST(r.loginedAt AS CHAR), '0000-00-00 00:00:00') AS logined_at,
         COALESCE(n.tokens_valid_from, 0) AS tokens_valid_from, CAST(r.createdAt AS CHAR) AS created_at,
         CAST(r.updatedAt AS CHAR) AS updated_at, COALESCE(n.version, 0) AS version
         FROM `user` r LEFT JOIN iamx_user_notes n ON n.id = r.id)"),
        makeView(R"(iamx_secrets AS SELECT r.id AS id, NULLIF(r.instanceID, '') AS instance_id, u.id AS owner_id,
         r.name AS name, r.secretID AS secret_id, r.secretKey AS sealed_key, r.expires AS expires,
         r.description AS description, 1 AS enabled, r.extendShadow AS extend,
         CAST(r.createdAt AS CHAR) AS created_at, CAST(r.updatedAt AS CHAR) AS updated_at,
         COALESCE(n.version, 0) AS version, n.last_used_at AS last_used_at,
         n.last_used_address AS last_used_address, n.last_used_action AS last_used_action,
         n.previous_secret_id AS previous_secret_id, n.previous_key AS previous_sealed_key,
         n.previous_expires AS previous_expires, n.previous_last_used_at AS previous_last_used_at,
         n.previous_last_used_address AS previous_last_used_address,
         n.previous_last_used_action AS previous_last_used_action
         FROM `secret` r JOIN `user` u ON u.name = r.username LEFT JOIN iamx_secret_notes n ON n.id = r.id)"),
        makeView(R"(iamx_policies AS SELECT r.id AS id, NULLIF(r.instanceID, '') AS instance_id, u.id AS owner_id,
         r.name AS name, COALESCE(r.policyShadow, '') AS document, r.extendShadow AS extend,
         CAST(r.createdAt AS CHAR) AS created_at, CAST(r.updatedAt AS CHAR) AS updated_at,
         COALESCE(n.version, 0) AS version
         FROM `policy` r JOIN `user` u ON u.name = r.username LEFT JOIN iamx_policy_notes n ON n.id = r.id)"),
        noteAll("iamx_user_notes", ", enabled, password_mark, tokens_valid_from", "r.name, r.name, 1", ObjectKind::User,
                ", COALESCE(r.status, 0) = 1, UNHEX(MD5(r.password)), 0 FROM `user` r"),
        noteAll("iamx_secret_notes", "", "COALESCE(u.name, r.username), r.name, 1", ObjectKind::Secret,
                " FROM `secret` r LEFT JOIN `user` u ON u.name = r.username"),
        noteAll("iamx_policy_notes", "", "COALESCE(u.name, r.username), r.name, 1", ObjectKind::Policy,
                " FROM `policy` r LEFT JOIN `user` u ON u.name = r.username"),
    };
    for (const Migration& own : {step0001(), step0002(), step0005()}) {
        const auto same = ownStatements(own);
        step.mariadb.insert(step.mariadb.end(), same.begin(), same.end());
    }
    return step;
}

Migration sharedStep2()
{
    Migration step{2, "servers that share the tables", {}, {}};
    step.mariadb = {
        makeTable(R"(iamx_servers (
         name VARCHAR(255) NOT NULL PRIMARY KEY,
         seen_at BIGINT NOT NULL))"),
    };
    return step;
}

Migration sharedStep3()
{
    return {3, "changes by their time", {}, ownStatements(step0006())};
}

} // namespace

std::vector<Migration> sharedSchema()
{
    return {sharedStep1(), sharedStep2(), sharedStep3()};
}

const std::array<SharedTable, 3>& sharedTables()
{
    static constexpr std::array<SharedTable, 3> tables{
        SharedTable{ObjectKind::User, "user", "iamx_user_notes", "name", userContent},
        SharedTable{ObjectKind::Secret, "secret", "iamx_secret_notes", "username", secretContent},
        SharedTable{ObjectKind::Policy, "policy", "iamx_policy_notes", "username", policyContent},
    };
    return tables;
}

const SharedTable& sharedTable(ObjectKind kind)
{
    return sharedTables()[static_cast<std::size_t>(kind)];
}

} // namespace iam::store::sql
