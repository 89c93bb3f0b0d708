// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/pumpview.h"
#include "store/sql/sqlpumpstore.h"
#include <algorithm>
#include <filesystem>

namespace iam::node {

Result<std::vector<contract::SinkStatus>> PumpView::sinks()
{
    store::PumpStore* opened = nullptr;
    {
        const std::lock_guard lock(m_mutex);
        std::error_code error;
        if (!m_store && !std::filesystem::exists(m_database, error)) return std::vector<contract::SinkStatus>();
        if (!m_store) {
            auto store = store::sql::openSqlPumpStore({.path = m_database, .synchronous = false});
            if (!store) return fail(store);
            m_store = std::move(*store);
        }
        opened = m_store.get();
    }
    auto reports = opened->reports();
    if (!reports) return reports;
    const TimePoint now = m_clock.now();
    // By a clock that was put back nothing is older than now.
    for (contract::SinkStatus& sink : *reports)
        sink.age = std::max<std::chrono::milliseconds>(now - sink.written, std::chrono::milliseconds(0));
    return reports;
}

} // namespace iam::node
