// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/prefixedsteps.h"
#include <regex>

namespace iam::store::sql {

namespace {

const std::regex& tableNamed()
{
    static const std::regex table("((?:CREATE TABLE IF NOT EXISTS|ALTER TABLE|REFERENCES|INSERT IGNORE INTO|ON) )"
                                  "(users|secrets|policies|changes|revoked_tokens|policy_audit|sessions|"
                                  "key_generations|schema_steps|write_turn)\\b");
    return table;
}

} // namespace

std::string withPrefix(const std::string& statement, const std::string& prefix)
{
    return std::regex_replace(statement, tableNamed(), "$1" + prefix + "$2");
}

std::vector<std::string> statementsAbout(const std::set<std::string>& tables, const Migration& step,
                                         const std::string& prefix)
{
    std::vector<std::string> statements;
    for (const std::string& statement : step.mariadb) {
        std::smatch found;
        if (std::regex_search(statement, found, tableNamed()) && tables.contains(found[2]))
            statements.push_back(withPrefix(statement, prefix));
    }
    return statements;
}

} // namespace iam::store::sql
