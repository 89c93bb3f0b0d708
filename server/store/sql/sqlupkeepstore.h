// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/objectrows.h"
#include "store/upkeepstore.h"

namespace iam::store::sql {

class SqlUpkeepStore final : public UpkeepStore {
public:
    SqlUpkeepStore(SqlDatabase& database, const ObjectRows& rows)
        : m_database(database)
        , m_rows(rows)
    {
    }

    Result<std::uint64_t> removedPolicies(TimePoint before) override;
    Result<std::uint64_t> forgetRemovedPolicies(TimePoint before, std::uint64_t most, const contract::Actor& actor,
                                                TimePoint now) override;
    Result<std::uint64_t> oldChanges(TimePoint before) override;
    Result<std::uint64_t> forgetOldChanges(TimePoint before, std::uint64_t most, const contract::Actor& actor,
                                           TimePoint now) override;
    Result<std::vector<IdleUser>> idleUsers(TimePoint before) override;
    Result<Disabling> disableIdle(std::uint64_t id, TimePoint before, const contract::Actor& actor,
                                  TimePoint now) override;
    Result<std::uint64_t> enabledAdministrators() override;
    Result<std::optional<JobState>> job(const std::string& name) override;
    Result<Turn> beginJob(const std::string& name, TimePoint slot, const std::string& holder, TimePoint now,
                          std::chrono::milliseconds term) override;
    Result<bool> continueJob(const std::string& name, TimePoint slot, const std::string& holder, TimePoint now,
                             std::chrono::milliseconds term) override;
    Result<> finishJob(const std::string& name, TimePoint slot, const std::string& holder, TimePoint now,
                       const std::string& outcome) override;
    Result<TimePoint> latestMoment() override;

private:
    SqlDatabase& m_database;
    const ObjectRows& m_rows;
};

} // namespace iam::store::sql
