// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/records.h"
#include "store/recordblockstore.h"
#include <atomic>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>

namespace iam::records {

/// Searches the stored decisions. Thread-safe; every call blocks (it reads and unpacks blocks).
class DecisionReader {
public:
    /// The store outlives the reader.
    explicit DecisionReader(store::RecordBlockStore& store);

    /// One page, newest first. `limit` is brought into [1, maxRecordLimit]; `cursor` is empty or a former page's
    /// `next`, anything else is Code::Bind with the fault on "cursor". Records that appear meanwhile never shift the
    /// pages. A call looks into a bounded number of blocks: a page of a rare match may hold few items or none, and
    /// still have a `next`. `actor` does not restrict decisions. Damaged blocks are passed over, logged once and
    /// counted.
    Result<contract::RecordPage<contract::DecisionRecord>> query(const contract::RecordFilter& filter,
                                                                 const std::string& cursor, int limit);
    /// Blocks found damaged since the start.
    [[nodiscard]] std::uint64_t damagedBlocks() const noexcept { return m_damaged; }

private:
    void noteDamage(const store::RecordBlock& block, const Error& error);

    store::RecordBlockStore& m_store;
    std::atomic<std::uint64_t> m_damaged = 0;
    std::mutex m_mutex;
    std::set<store::BlockPosition> m_known; ///< damaged blocks already logged
};

} // namespace iam::records
