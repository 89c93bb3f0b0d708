// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
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
    explicit PumpView(std::string database)
        : m_database(std::move(database))
    {
    }
    /// Nothing while no pump has ever run here. Blocks.
    Result<std::vector<contract::SinkStatus>> sinks();

private:
    const std::string m_database;
    std::mutex m_mutex;
    std::unique_ptr<store::PumpStore> m_store;
};

} // namespace iam::node
