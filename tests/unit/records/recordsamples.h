// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "contract/records.h"
#include <atomic>
#include <string>

namespace iam::test {

class FakeClock final : public Clock {
public:
    TimePoint now() const override { return TimePoint(std::chrono::milliseconds(m_now)); }
    std::chrono::steady_clock::time_point steadyNow() const override
    {
        return std::chrono::steady_clock::time_point(std::chrono::milliseconds(m_now));
    }
    void advance(std::chrono::milliseconds by) { m_now += by.count(); }

private:
    std::atomic<std::int64_t> m_now = 1'700'000'000'000;
};

inline contract::DecisionRecord sampleRecord(TimePoint time, int number = 0, const std::string& owner = "colin")
{
    contract::DecisionRecord record;
    record.time = time;
    record.owner = owner;
    record.subject = "users:peter";
    record.action = number % 2 == 0 ? "read" : "delete";
    record.resource = "resources:articles:" + std::to_string(number);
    record.context = R"({"remoteIP":"192.168.0.5","username":"colin"})";
    record.allowed = number % 3 == 0;
    record.reason = record.allowed ? "" : "Request was denied by default";
    if (record.allowed) record.deciders = {"policy-a", "policy-b"};
    record.requestId = "5f0c6a8e-1d2c-4b7a-9d3e-" + std::to_string(100000000000 + number);
    record.node = "node-a";
    record.snapshot = 4711;
    return record;
}

} // namespace iam::test
