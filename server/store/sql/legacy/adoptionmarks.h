// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/legacy/adoptiontables.h"
#include <map>

namespace iam::store::sql {

/// Marks from this number on are of the way back.
inline constexpr int firstStepBack = 101;

/// How far a change of form has come, and what was decided for it: the tables adoption_steps and adoption_decisions.
/// They exist from the first step of taking a database over until it is given back.
class AdoptionMarks {
public:
    explicit AdoptionMarks(AdoptionConnection& connection)
        : m_connection(connection)
    {
    }

    /// Makes the tables when they are not there.
    Result<> begin();
    /// The marks that are set, with what was noted with each; none when there are no tables.
    Result<std::map<int, std::string>> read();
    Result<> set(int step, const std::string& name, const std::string& note);
    /// Forgets the mark of that step and of all behind it.
    Result<> forgetFrom(int step);

    /// Decisions by what they are about; as they were read.
    Result<std::map<std::string, std::string>> decisions();
    Result<> setDecisions(const std::map<std::string, std::string>& decisions);

    /// Removes both tables.
    Result<> end();

private:
    AdoptionConnection& m_connection;
};

} // namespace iam::store::sql
