// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "contract/pump.h"
#include "store/pumpstore.h"
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace iam::node {

inline constexpr const char* pumpDatabase = "pump.db"; ///< in pumpFolder()

/// What the pump of this node, in whatever process, last told of its sinks. Thread-safe.
class PumpView {
public:
    /// The clock outlives it.
    PumpView(std::string database, const Clock& clock)
        : m_database(std::move(database))
        , m_clock(clock)
    {
    }
    /// Nothing while no pump has ever run here. Blocks.
    Result<std::vector<contract::SinkStatus>> sinks();

private:
    const std::string m_database;
    const Clock& m_clock;
    std::mutex m_mutex;
    std::unique_ptr<store::PumpStore> m_store;
};

} // namespace iam::node
