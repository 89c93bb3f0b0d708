// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "../recordsamples.h"
#include <vector>

namespace iam::test {

/// `count` records of node-a, numbered from `first` on.
inline std::vector<contract::DecisionRecord> sampleRecords(int first, int count)
{
    std::vector<contract::DecisionRecord> records;
    for (int i = first; i < first + count; ++i) {
        records.push_back(sampleRecord(TimePoint(std::chrono::milliseconds(1'700'000'000'000 + i)), i));
        records.back().sequence = static_cast<std::uint64_t>(i);
    }
    return records;
}

} // namespace iam::test
