// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "service/decisionservice.h"
#include <atomic>

namespace iam::service {

/// Gathers the decisions of one batch. settle() may be called from any threads, once for each place.
class DecisionBatch {
public:
    /// `decided` is called by the last settle().
    DecisionBatch(std::size_t count, DecisionService::BatchDecided decided)
        : m_results(count)
        , m_decided(std::move(decided))
        , m_open(count)
    {
    }

    void settle(std::size_t place, Result<contract::Decision> decision)
    {
        m_results[place] = std::move(decision);
        if (m_open.fetch_sub(1, std::memory_order_acq_rel) == 1) m_decided(std::move(m_results));
    }

private:
    std::vector<Result<contract::Decision>> m_results;
    const DecisionService::BatchDecided m_decided;
    std::atomic<std::size_t> m_open;
};

} // namespace iam::service
