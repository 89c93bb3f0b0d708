// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the log's thread does: gathers records, packs and stores them, and tries again while storing fails.
#include "base/logging.h"
#include "records/blockbuilder.h"
#include "records/decisionlog.h"
#include <algorithm>
#include <limits>
#include <utility>

namespace iam::records {

// Without the lock until the bell rings or `end` has come.
void DecisionLog::listen(std::unique_lock<std::mutex>& lock, std::optional<Doorbell::TimePoint> end)
{
    lock.unlock();
    m_bell.wait(end);
    lock.lock();
}

bool DecisionLog::nothingWaits() const
{
    return m_pending.empty() && m_packed.empty();
}

// Waits for records; false when the thread has to end.
bool DecisionLog::awaitRecords(std::unique_lock<std::mutex>& lock)
{
    for (collect(); !m_stopping && nothingWaits(); collect()) {
        m_asleep = true;
        if (m_queue.empty()) listen(lock, {}); // who adds from now on rings
        m_asleep = false;
        m_storeAt = Doorbell::Clock::now() + m_config.linger;
    }
    if (!m_stopping) return true;
    if (m_failing && std::chrono::steady_clock::now() >= m_stopUntil) return false;
    return !nothingWaits() || m_held > 0; // held, but not there yet: it comes at once
}

// A little at a time and then a look at the bell: meanwhile others may have the processor.
void DecisionLog::work()
{
    std::unique_lock lock(m_mutex);
    while (awaitRecords(lock)) {
        if (nothingWaits()) {
            lock.unlock();
            std::this_thread::yield();
            lock.lock();
            continue;
        }
        if (m_failing) {
            const auto end = Doorbell::Clock::now() + m_backOff;
            while (m_flushing == 0 && Doorbell::Clock::now() < end) listen(lock, end);
            collect();
        }
        const bool gathers = m_config.durability == DecisionLogConfig::Durability::Interval && !m_failing &&
                             !m_stopping && m_flushing == 0 && Doorbell::Clock::now() < m_storeAt;
        if (const Result<> done = gathers ? workSome(lock) : workAll(lock); !done)
            recoverFrom(lock, done.error());
        else if (gathers && !isBehind())
            listen(lock, m_storeAt);
    }
    const std::size_t left = m_pending.count() + m_packed.records();
    if (left > 0) qCWarning(lcRecords, "%zu decision records could not be stored before the end", left);
}

/// Stores or packs some, when there is enough of it.
Result<> DecisionLog::workSome(std::unique_lock<std::mutex>& lock)
{
    if (m_packed.packedBytes() >= m_config.storeBytes || m_packed.bytes() + m_pieceBytes > m_batchBytes)
        return store(lock);
    if (unpacked() < m_pieceBytes) return {};
    return pack(lock, m_pieceBytes, isBehind() ? Pace::Hurried : Pace::Yielding);
}

Result<> DecisionLog::workAll(std::unique_lock<std::mutex>& lock)
{
    if (m_packed.bytes() < m_batchBytes) {
        if (auto packed = pack(lock, m_batchBytes - m_packed.bytes(), Pace::Hurried); !packed) return packed;
    }
    return store(lock);
}

std::size_t DecisionLog::unpacked() const
{
    return m_held - m_packed.bytes();
}

bool DecisionLog::isBehind() const
{
    return unpacked() >= 4 * m_pieceBytes;
}

// Makes blocks of the oldest records; without the lock while it works.
Result<> DecisionLog::pack(std::unique_lock<std::mutex>& lock, std::size_t maxBytes, Pace pace)
{
    PendingRecords::Batch batch = m_pending.take(maxBytes);
    if (batch.empty()) return {};
    m_packed.addWaiting(batch);
    m_taken = batch.items.size();
    lock.unlock();
    auto blocks = buildBlocks(m_packer, batch.items, m_config.blockRecords, pace);
    lock.lock();
    m_taken = 0;
    if (!blocks) {
        m_pending.putBack(std::move(batch));
        return fail(blocks);
    }
    m_packed.add(std::move(*blocks), batch);
    lock.unlock();
    for (auto& item : batch.items) m_spares.giveBack(std::move(item));
    lock.lock();
    return {};
}

Result<> DecisionLog::store(std::unique_lock<std::mutex>& lock)
{
    if (m_packed.empty()) return {};
    PackedRecords packed = std::exchange(m_packed, {});
    m_taken = packed.records();
    lock.unlock();
    const Result<> stored = m_store.append(packed.blocks(), packed.gaps());
    lock.lock();
    m_taken = 0;
    if (stored)
        settle(lock, std::move(packed));
    else
        m_packed = std::move(packed);
    return stored;
}

void DecisionLog::settle(std::unique_lock<std::mutex>& lock, PackedRecords stored)
{
    if (m_failing) {
        qCInfo(lcRecords, "Decision records are stored again; dropped so far: %llu, refused: %llu",
               static_cast<unsigned long long>(m_dropped), static_cast<unsigned long long>(m_refused));
    }
    m_failing = false;
    m_backOff = firstBackOff;
    m_storeAt = Doorbell::Clock::now() + m_config.linger;
    m_settledThrough = std::max(m_settledThrough, stored.lastSequence());
    m_held -= stored.bytes();
    m_stored += stored.records();
    m_storedBytes += stored.packedBytes();
    m_settled.notify_all();
    lock.unlock();
    auto waiting = stored.takeWaiting();
    callAll(waiting, {});
    lock.lock();
}

void DecisionLog::recoverFrom(std::unique_lock<std::mutex>& lock, const Error& error)
{
    if (!m_failing) qCWarning(lcRecords, "Decision records cannot be stored: %s", error.detail.c_str());
    m_failing = true;
    m_lastError = error.detail;
    ++m_failures;
    // The first attempt of a new round comes soon, later ones slower and slower.
    m_backOff = std::min(m_backOff * 2, m_config.maxBackOff);
    Result<> outcome;
    if (m_config.onFull == DecisionLogConfig::OnFull::Refuse &&
        m_config.durability == DecisionLogConfig::Durability::Sync) {
        // These decisions are not given, so there is nothing to be remembered of them but their numbers.
        const auto refused = m_packed.giveUp(std::numeric_limits<std::size_t>::max(), m_clock.now(), "refused");
        m_held -= refused.bytes;
        m_refused += refused.records;
        outcome = fail(Code::StorageUnavailable, error.detail);
    }
    auto waiting = m_packed.takeWaiting();
    m_settled.notify_all();
    lock.unlock();
    callAll(waiting, outcome);
    lock.lock();
}

} // namespace iam::records
