// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "store/sql/legacy/sharedsums.h"

namespace iam::store::sql {

/// What we know of the rows in the old tables: their versions, and what they said when we last looked. A row that says
/// something else now was changed by an old server: that is recorded as a change by "legacy", at the time it was
/// found, and raises the version. Any thread.
class SharedNotes final : public ForeignChanges {
public:
    /// Both outlive this.
    SharedNotes(SqlDatabase& database, const Clock& clock)
        : m_database(database)
        , m_clock(clock)
    {
    }

    Result<> take(SqlConnection& connection, ObjectKind kind, const std::string& owner,
                  const std::string& name) override;
    Result<> settle(ObjectKind kind, const std::string& owner, const std::string& name) override;

    /// Ids of each kind, in the order of ObjectKind.
    using Ranges = std::array<std::vector<IdRange>, 3>;
    /// Compares the rows of these ids, and records what changed. Returns how many changes that were. Outside of a
    /// read() or write().
    Result<std::uint64_t> compare(const Ranges& ranges);

    // For changes of our own, behind the change of the row.
    /// The row is new: version 1.
    static Result<> added(SqlConnection& connection, ObjectKind kind, std::uint64_t id, const std::string& owner,
                          TimePoint tokensValidFrom = {});
    /// The next version.
    static Result<> changed(SqlConnection& connection, ObjectKind kind, std::uint64_t id);
    /// The same version: nobody outside can tell.
    static Result<> renewed(SqlConnection& connection, ObjectKind kind, std::uint64_t id);
    static Result<> removed(SqlConnection& connection, ObjectKind kind, std::uint64_t id);

private:
    using Ids = std::vector<std::uint64_t>;
    using FindRows = Result<Ids> (*)(SqlConnection&, const SharedTable&, IdRange);

    Result<std::uint64_t> recordRange(ObjectKind kind, IdRange range, FindRows find);
    Result<std::uint64_t> recordAll(ObjectKind kind, const Ids& ids);

    SqlDatabase& m_database;
    const Clock& m_clock;
};

} // namespace iam::store::sql
