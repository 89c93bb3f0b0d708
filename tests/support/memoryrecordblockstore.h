// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/recordblockstore.h"
#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace iam::test {

/// The promise of RecordBlockStore in memory, with a disk that can be full and a door that can be shut.
class MemoryRecordBlockStore final : public store::RecordBlockStore {
public:
    Result<> append(const std::vector<store::RecordBlock>& blocks, const std::vector<store::RecordGap>& gaps) override
    {
        std::unique_lock lock(m_mutex);
        ++m_attempts;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return !m_shut; });
        if (m_full) return fail(Code::StorageUnavailable, "no space left on device");
        for (const store::RecordBlock& block : blocks) {
            m_blocks[block.position] = block;
            m_last = std::max(m_last, block.lastSequence);
        }
        for (const store::RecordGap& gap : gaps) {
            m_gaps[gap.firstSequence] = gap;
            m_last = std::max(m_last, gap.firstSequence + gap.count - 1);
        }
        return {};
    }

    Result<std::vector<store::RecordBlock>> find(const store::BlockQuery& query, int limit) override
    {
        const std::lock_guard lock(m_mutex);
        std::vector<store::RecordBlock> found;
        for (auto it = m_blocks.rbegin(); it != m_blocks.rend() && found.size() < static_cast<std::size_t>(limit);
             ++it) {
            const store::RecordBlock& block = it->second;
            const auto& owners = block.owners;
            if ((query.notAfter && block.position > *query.notAfter) ||
                (query.to && block.position.begin >= *query.to) || (query.from && block.end < *query.from) ||
                (query.owner && std::find(owners.begin(), owners.end(), *query.owner) == owners.end())) {
                continue;
            }
            found.push_back(block);
            found.back().owners.clear();
            ++m_read;
        }
        return found;
    }

    Result<std::vector<store::RecordGap>> gaps(int limit) override
    {
        const std::lock_guard lock(m_mutex);
        std::vector<store::RecordGap> found;
        for (auto it = m_gaps.rbegin(); it != m_gaps.rend() && found.size() < static_cast<std::size_t>(limit); ++it) {
            found.push_back(it->second);
        }
        return found;
    }

    Result<store::RecordsAfter> after(std::uint64_t sequence, int limit) override
    {
        const std::lock_guard lock(m_mutex);
        if (m_unreadable) return fail(Code::StorageUnavailable, "input/output error");
        store::RecordsAfter found{m_log, {}, {}, std::max(m_last, sequence), m_last, {}};
        std::map<std::uint64_t, const store::RecordBlock*> bySequence;
        for (const auto& [position, block] : m_blocks) bySequence[position.firstSequence] = &block;
        if (!bySequence.empty()) found.lastTime = bySequence.rbegin()->second->end;
        for (const auto& [first, block] : bySequence) {
            if (block->lastSequence <= sequence) continue;
            found.blocks.push_back(*block);
            found.blocks.back().owners.clear();
            if (found.blocks.size() < static_cast<std::size_t>(limit)) continue;
            found.through = block->lastSequence;
            break;
        }
        for (const auto& [first, gap] : m_gaps) {
            if (first + gap.count - 1 > sequence && first <= found.through) found.gaps.push_back(gap);
        }
        return found;
    }

    Result<store::RecordStatistics> statistics() override
    {
        const std::lock_guard lock(m_mutex);
        store::RecordStatistics statistics{m_last, 0, m_blocks.size(), 0};
        for (const auto& [position, block] : m_blocks) {
            statistics.records += block.count;
            statistics.bytes += block.bytes.size();
        }
        return statistics;
    }

    Result<store::RemovedRecords> retain(std::optional<TimePoint> notBefore,
                                         std::optional<std::uint64_t> maxBytes) override
    {
        const std::lock_guard lock(m_mutex);
        store::RemovedRecords removed;
        std::uint64_t bytes = 0;
        for (const auto& [position, block] : m_blocks) bytes += block.bytes.size();
        for (auto it = m_blocks.begin(); it != m_blocks.end();) {
            const bool old = notBefore && it->second.end < *notBefore;
            if (!old && !(maxBytes && bytes > *maxBytes)) {
                ++it;
                continue;
            }
            bytes -= it->second.bytes.size();
            ++removed.blocks;
            removed.records += it->second.count;
            it = m_blocks.erase(it);
        }
        if (notBefore) std::erase_if(m_gaps, [&](const auto& gap) { return gap.second.noticed < *notBefore; });
        return removed;
    }

    void setFull(bool full)
    {
        const std::lock_guard lock(m_mutex);
        m_full = full;
    }
    /// While unreadable, after() fails.
    void setUnreadable(bool unreadable)
    {
        const std::lock_guard lock(m_mutex);
        m_unreadable = unreadable;
    }
    /// As if somebody had removed the log's file: another one stands in its place.
    void beginAnew(const std::string& log)
    {
        const std::lock_guard lock(m_mutex);
        m_log = log;
        m_blocks.clear();
        m_gaps.clear();
        m_last = 0;
    }
    /// While shut, append() waits.
    void setShut(bool shut)
    {
        const std::lock_guard lock(m_mutex);
        m_shut = shut;
        m_changed.notify_all();
    }
    /// Waits until append() has been called so many times in all.
    void awaitAttempts(int count)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_attempts >= count; });
    }
    int attempts() const
    {
        const std::lock_guard lock(m_mutex);
        return m_attempts;
    }
    /// Blocks handed out by find() so far.
    int blocksRead() const
    {
        const std::lock_guard lock(m_mutex);
        return m_read;
    }
    void damage(const store::BlockPosition& position)
    {
        const std::lock_guard lock(m_mutex);
        auto& bytes = m_blocks.at(position).bytes;
        bytes[bytes.size() / 2] ^= 0x20;
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<store::BlockPosition, store::RecordBlock> m_blocks;
    std::map<std::uint64_t, store::RecordGap> m_gaps;
    std::uint64_t m_last = 0;
    std::string m_log = "log";
    bool m_unreadable = false;
    bool m_full = false;
    bool m_shut = false;
    int m_attempts = 0;
    int m_read = 0;
};

} // namespace iam::test
