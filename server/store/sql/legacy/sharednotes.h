// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "store/sql/legacy/sharedschema.h"

namespace iam::store::sql {

/// By whom the changes were made that the old servers made.
inline constexpr const char* legacyActor = "legacy";

/// What we know of the rows in the old tables: their versions, and what they said when we last looked. A row that says
/// something else now was changed by an old server: that is recorded as a change by `legacyActor`, at the time it was
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

    /// Which rows are compared: all of them, or those that are new, gone, or by their own time changed of late (which
    /// is what a server writes whose clock is right, and costs a fraction).
    enum class Extent { Whole, Recent };
    /// Compares rows of these tables, and records what changed. Returns how many changes that were. Outside of a read()
    /// or write().
    Result<std::uint64_t> compare(const std::array<bool, 3>& kinds, Extent extent);

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

    /// Those that differ from their notes, or are gone, the first of them.
    Result<Ids> findDifferent(ObjectKind kind);
    Result<Ids> findRecent(ObjectKind kind);
    Result<Ids> findGone(ObjectKind kind);
    Result<std::uint64_t> recordAll(ObjectKind kind, const Ids& ids);
    /// Compares one row with its note, and records what became of it. False: nothing.
    Result<bool> record(SqlConnection& connection, ObjectKind kind, std::uint64_t id);
    Result<> recordGone(SqlConnection& connection, ObjectKind kind, std::uint64_t id);
    Result<> recordNew(SqlConnection& connection, ObjectKind kind, std::uint64_t id);
    Result<> recordChanged(SqlConnection& connection, ObjectKind kind, std::uint64_t id);

    SqlDatabase& m_database;
    const Clock& m_clock;
};

} // namespace iam::store::sql
