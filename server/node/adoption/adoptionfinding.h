// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace iam::node {

/// What is to be known, or to be decided, about one row of an old database.
struct AdoptionFinding {
    std::string table; ///< "user", "secret", "policy"
    std::uint64_t id = 0;
    std::string kind;                 ///< "duplicate-name", …; see adoptionsurvey.cpp
    std::string about;                ///< "s0 of alice"
    std::string message;              ///< one clause
    std::vector<std::string> choices; ///< "rename", "keep", "drop", …; none: nothing stands in the way
    std::string proposal;             ///< a decision that neither loses nor widens anything; empty: a person must say

    [[nodiscard]] bool needsDecision() const noexcept { return !choices.empty(); }
    /// "duplicate-name.secret-23": how decisions call it.
    [[nodiscard]] std::string key() const { return kind + '.' + table + '-' + std::to_string(id); }
};

} // namespace iam::node
