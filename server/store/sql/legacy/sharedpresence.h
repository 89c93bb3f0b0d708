// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/legacy/adoptiontables.h"
#include <chrono>

namespace iam::store::sql {

// The table iamx_servers says which servers of ours share an old database: whoever changes its form waits for their
// end. One that was killed counts as running until it has not been seen for a while.

inline constexpr std::chrono::seconds presenceEvery{4};
inline constexpr std::chrono::seconds presenceLasts{15};

/// Says in the database that this process shares it. One thread at a time.
class SharedPresence {
public:
    /// `database` outlives this.
    explicit SharedPresence(SqlDatabase& database);
    /// Says that it shares it no more.
    ~SharedPresence();
    SharedPresence(const SharedPresence&) = delete;
    SharedPresence& operator=(const SharedPresence&) = delete;

    /// To be called at least every presenceEvery.
    Result<> renew();

private:
    SqlDatabase& m_database;
    const std::string m_name; ///< stands in SQL as it is
    bool m_shown = false;
};

/// "HOST process 123, seen 4 s ago", for each that shares the database at present.
Result<std::vector<std::string>> readSharingServers(SqlConnection& connection, const DatabaseTables& tables);

} // namespace iam::store::sql
