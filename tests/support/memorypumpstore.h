// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/pumpstore.h"
#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <tuple>
#include <utility>

namespace iam::test {

/// The promise of PumpStore in memory, with a disk that can fail.
class MemoryPumpStore final : public store::PumpStore {
public:
    Result<bool> takeLease(const std::string& source, const std::string& holder, const store::MachineTime& now,
                           std::chrono::milliseconds term) override
    {
        const std::lock_guard lock(m_mutex);
        ++m_leaseCalls;
        if (m_failing) return fail(Code::StorageUnavailable, "input/output error");
        Lease& lease = m_leases[source];
        if (lease.holder != holder && lease.boot == now.boot && lease.until > now.since &&
            lease.until <= now.since + lease.term) {
            return false;
        }
        lease = {holder, now.boot, now.since + term, term};
        return true;
    }
    Result<> dropLease(const std::string& source, const std::string& holder) override
    {
        const std::lock_guard lock(m_mutex);
        if (Lease& lease = m_leases[source]; lease.holder == holder) lease.until = {};
        return {};
    }
    Result<> dropLeases() override
    {
        const std::lock_guard lock(m_mutex);
        for (auto& [source, lease] : m_leases) lease.until = {};
        return {};
    }
    Result<std::optional<contract::SinkPosition>> position(const std::string& source, const std::string& sink) override
    {
        const std::lock_guard lock(m_mutex);
        if (m_failing) return fail(Code::StorageUnavailable, "input/output error");
        const auto found = m_positions.find({source, sink});
        if (found == m_positions.end()) return std::optional<contract::SinkPosition>();
        return std::optional(found->second);
    }
    Result<> save(const std::string& source, const std::string& sink, const std::string& holder,
                  const contract::SinkPosition& position) override
    {
        const std::lock_guard lock(m_mutex);
        if (m_failing) return fail(Code::StorageUnavailable, "no space left on device");
        if (m_leases[source].holder != holder) return fail(Code::ObjectChanged, "another pump has taken over");
        m_positions[{source, sink}] = position;
        m_changed.notify_all();
        return {};
    }
    Result<> report(const std::string& source, const std::vector<contract::SinkStatus>& reports) override
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_reports, [&](const contract::SinkStatus& report) { return report.source == source; });
        m_reports.insert(m_reports.end(), reports.begin(), reports.end());
        return {};
    }
    Result<std::vector<contract::SinkStatus>> reports() override
    {
        const std::lock_guard lock(m_mutex);
        std::vector<contract::SinkStatus> found = m_reports;
        std::sort(found.begin(), found.end(),
                  [](const auto& a, const auto& b) { return std::tie(a.source, a.sink) < std::tie(b.source, b.sink); });
        for (contract::SinkStatus& report : found) {
            const std::uint64_t before = report.position.sequence;
            report.position = positionOf(report.source, report.sink);
            const std::uint64_t settled = report.position.sequence - std::min(before, report.position.sequence);
            report.lagRecords -= std::min(settled, report.lagRecords);
        }
        return found;
    }

    /// Gives the lease to somebody else, whoever holds it.
    void seizeLease(const std::string& source, const std::string& holder, const store::MachineTime& now,
                    std::chrono::milliseconds term)
    {
        const std::lock_guard lock(m_mutex);
        m_leases[source] = {holder, now.boot, now.since + term, term};
    }
    /// How often somebody asked for a lease.
    int leaseCalls()
    {
        const std::lock_guard lock(m_mutex);
        return m_leaseCalls;
    }
    void setFailing(bool failing)
    {
        const std::lock_guard lock(m_mutex);
        m_failing = failing;
    }
    /// Waits until the sink's position is at the sequence or beyond; false after 20 s.
    bool await(const std::string& source, const std::string& sink, std::uint64_t sequence)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(20),
                                  [&] { return positionOf(source, sink).sequence >= sequence; });
    }
    contract::SinkPosition at(const std::string& source, const std::string& sink)
    {
        const std::lock_guard lock(m_mutex);
        return positionOf(source, sink);
    }

private:
    contract::SinkPosition positionOf(const std::string& source, const std::string& sink) const
    {
        const auto found = m_positions.find({source, sink});
        return found == m_positions.end() ? contract::SinkPosition() : found->second;
    }
    struct Lease {
        std::string holder;
        std::string boot;
        std::chrono::milliseconds until{};
        std::chrono::milliseconds term{};
    };
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<std::string, Lease> m_leases;
    std::map<std::pair<std::string, std::string>, contract::SinkPosition> m_positions;
    std::vector<contract::SinkStatus> m_reports;
    bool m_failing = false;
    int m_leaseCalls = 0;
};

} // namespace iam::test
