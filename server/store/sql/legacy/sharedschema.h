// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/objectrows.h"
#include <array>

namespace iam::store::sql {

// What lies beside the tables user, secret, policy and policy_audit of the old servers while these go on using them:
// tables of ours, and views that show the old tables as our own would be. The old tables are not altered.

/// What the names of all of it begin with.
inline constexpr std::string_view sharedPrefix = "iamx_";

/// The history of what is ours, oldest step first. The first one notes every row that is there.
[[nodiscard]] std::vector<Migration> sharedSchema();

/// One of the old tables, and the table in which we note what we know of its rows.
struct SharedTable {
    ObjectKind kind;
    std::string_view name;  ///< of the old table, and of the kind in change records
    std::string_view notes; ///< columns id, owner, name, version, fingerprint, and some of each kind's own
    std::string_view owner; ///< the column of the old table that says whose a row is
    /// What a row "r" says, times left out: a log-in at an old server changes these.
    std::string_view content;

    /// Of what a row says. It stands for ever in the notes: a step that computes them anew goes with another one.
    [[nodiscard]] std::string fingerprint() const { return "UNHEX(MD5(" + std::string(content) + "))"; }
};
/// In the order of ObjectKind.
[[nodiscard]] const std::array<SharedTable, 3>& sharedTables();
[[nodiscard]] const SharedTable& sharedTable(ObjectKind kind);

} // namespace iam::store::sql
