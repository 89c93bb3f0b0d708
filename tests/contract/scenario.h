// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/json.h"
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace iam::test {

/// What one member of an answer must be.
struct Expectation {
    enum class Kind { Equal, Absent, Present, Like };
    Kind kind = Kind::Equal;
    contract::Json value; ///< Equal: this value; Like: a text, the regular expression that the whole must match
};

/// One thing that somebody does, and what must come of it. Texts may hold variables: see README.md.
struct Step {
    std::string where;          ///< "users.yaml:12"
    std::set<std::string> only; ///< the clients that can do it; empty: all
    std::string operation;
    contract::Json arguments = contract::Json(contract::Json::Object{});
    int status = 200;
    std::optional<int> code;            ///< of the error body
    std::optional<std::string> message; ///< of a body that has nothing else
    std::optional<contract::Json> whole;
    std::vector<std::pair<std::string, Expectation>> members; ///< by "a.b.0.c"
    std::vector<std::pair<std::string, std::string>> keep;    ///< variable, member
};

/// Steps on data of their own.
struct Scenario {
    std::string where;
    std::string title;
    std::set<std::string> only;
    std::string actor; ///< who does what says nothing else; empty: nobody
    std::vector<std::string> users;
    std::string secretOwner; ///< empty: nobody
    std::vector<Step> steps;
};

/// Whether anything of the scenario is for clients of that kind.
[[nodiscard]] bool concerns(const Scenario& scenario, const std::string& kind);

struct ScenarioList {
    std::vector<Scenario> scenarios;
    std::string fault; ///< the first one, with its place; empty when all is well
};

/// All scenarios of the *.yaml files in that folder, file by file in the order of their names.
[[nodiscard]] ScenarioList readScenarios(const std::string& folder);

} // namespace iam::test
