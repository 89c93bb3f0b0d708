// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "node/adoption/adoptionfinding.h"
#include "store/sql/legacy/adoptiontables.h"
#include <map>
#include <optional>
#include <set>

namespace iam::node {

/// What can be known of the passwords without knowing them. The old system does not store when one was set; the row was
/// written at that moment or later, so the password is at least as old as the row.
struct PasswordFacts {
    std::map<int, std::uint64_t> bcryptCosts; ///< how many have which cost
    std::uint64_t unusable = 0;               ///< no bcrypt hash: nobody can log in with it
    std::uint64_t untouchedForAYear = 0;
    std::uint64_t untouchedForThreeYears = 0;
    std::optional<TimePoint> oldest; ///< of the rows
};

struct AdoptionSurvey {
    std::vector<store::sql::TableFacts> tables;
    std::uint64_t disabledUsers = 0;
    std::uint64_t administrators = 0; ///< who may log in
    std::uint64_t neverLoggedIn = 0;
    PasswordFacts passwords;
    std::vector<std::string> wideColumns; ///< that may hold characters beyond U+FFFF; none in the old system's schema
    std::uint64_t textsBeyondThreeBytes = 0; ///< that do
    std::vector<std::string> notes;          ///< of the tables as such, a sentence each
    std::vector<AdoptionFinding> findings;   ///< by table, id and kind
    std::set<std::string> takenNames;        ///< "secret/s0" of all owners, ASCII letters in lower case

    [[nodiscard]] std::uint64_t undecided() const;
    /// Whether a row of that table, whoever's it is, has the name.
    [[nodiscard]] bool hasName(const std::string& table, const std::string& name) const;
};

/// Reads all rows in one unchanging state of the database, which it leaves as it is; needs no right but SELECT.
/// `tables` says how they are called. Code::Validation when it is no old database.
Result<AdoptionSurvey> surveyOldDatabase(store::sql::AdoptionConnection& connection,
                                         const store::sql::LegacyTables& tables, TimePoint now);

} // namespace iam::node
