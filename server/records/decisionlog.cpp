// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/decisionlog.h"
#include "base/logging.h"
#include "records/blockbuilder.h"
#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

namespace iam::records {

namespace {

constexpr std::chrono::milliseconds firstBackOff{50};
constexpr std::size_t maxField = 1024 * 1024;

/// How much is stored at once. At most half of the queue: what is being stored cannot be dropped, and while a full disk
/// holds it up, the other half must have room for the newest records.
std::size_t batchBytes(const DecisionLogConfig& config)
{
    return std::min<std::size_t>(4 * 1024 * 1024, config.maxQueueBytes / 2);
}

void cut(std::string& text)
{
    if (text.size() <= maxField) return;
    std::size_t size = maxField;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size; // not within a UTF-8 sequence
    text.resize(size);
}

// One enormous request must not fill a block beyond what is read back.
void cut(contract::DecisionRecord& record)
{
    if (record.context.size() > maxField) {
        record.context = "{\"omitted\":\"context of " + std::to_string(record.context.size()) + " bytes\"}";
    }
    for (std::string* text : {&record.owner, &record.subject, &record.action, &record.resource, &record.reason,
                              &record.requestId, &record.node}) {
        cut(*text);
    }
    std::size_t deciders = 0;
    std::size_t kept = 0;
    while (kept < record.deciders.size() && deciders <= maxField) deciders += record.deciders[kept++].size() + 1;
    if (deciders > maxField) record.deciders.resize(kept - 1);
}

void callAll(std::vector<Stored>& callbacks, const Result<>& outcome)
{
    for (const Stored& stored : callbacks) stored(outcome);
}

} // namespace

DecisionLog::DecisionLog(DecisionLogConfig config, store::RecordBlockStore& store, const Clock& clock,
                         SequenceFile sequence)
    : m_config(std::move(config))
    , m_store(store)
    , m_clock(clock)
    , m_batchBytes(batchBytes(m_config))
    , m_pieceBytes(std::max<std::size_t>(std::min(m_batchBytes, m_config.pieceBytes), 1))
    , m_ringBytes(std::bit_floor(std::max<std::size_t>(m_pieceBytes / 2, 1)))
    , m_sequence(std::move(sequence))
{
}

Result<std::unique_ptr<DecisionLog>> DecisionLog::open(DecisionLogConfig config, store::RecordBlockStore& store,
                                                       const Clock& clock)
{
    const auto statistics = store.statistics();
    if (!statistics) return fail(statistics);
    auto sequence = SequenceFile::open(config.sequencePath);
    if (!sequence) return fail(sequence);
    std::unique_ptr<DecisionLog> log(new DecisionLog(std::move(config), store, clock, std::move(*sequence)));
    log->start(statistics->lastSequence);
    return log;
}

void DecisionLog::start(std::uint64_t lastStored)
{
    const std::uint64_t lastGiven = m_sequence.last();
    if (lastGiven > lastStored && !m_sequence.isNew()) {
        m_lost = lastGiven - lastStored;
        qCWarning(lcRecords, "%llu decision records were lost when the last run ended without notice",
                  static_cast<unsigned long long>(m_lost));
        const store::RecordGap gap{lastStored + 1, m_lost, m_clock.now(), "crash"};
        // At once, so that a crash right after this start does not count the same records again.
        if (m_store.append({}, {gap}))
            lastStored = lastGiven;
        else
            m_pending.addGap(gap);
    } else if (lastGiven < lastStored && !m_sequence.isNew()) {
        qCWarning(lcRecords, "The counter of decision records is behind the records: what the last run may have lost "
                             "cannot be told");
    }
    const std::uint64_t last = std::max(lastGiven, lastStored);
    m_settledThrough = lastStored;
    m_sequence.setLast(last);
    m_pending.startAt(last + 1);
    m_backOff = firstBackOff;
    m_storeAt = Doorbell::Clock::now() + m_config.linger;
    m_thread = std::thread([this] { work(); });
}

DecisionLog::~DecisionLog()
{
    stop();
}

/// Whether the record, whose bytes are held already, may come in; makes room for it. Without room it is lost.
Result<> DecisionLog::admit(PendingRecords::Item& item)
{
    const bool refuses = m_config.onFull == DecisionLogConfig::OnFull::Refuse;
    if (m_stopping) return fail(Code::ServerBusy, "the decision log is stopping");
    const bool full = m_held > m_config.maxQueueBytes;
    if (!full && !(refuses && m_failing)) return {};

    std::vector<Stored> dropped;
    {
        const std::lock_guard lock(m_mutex);
        if (refuses) {
            ++m_refused;
            if (m_failing) return fail(Code::StorageUnavailable, "decision records cannot be stored: " + m_lastError);
            return fail(Code::ServerBusy, "too many decision records wait to be stored");
        }
        collect();
        const std::size_t held = m_held;
        if (held <= m_config.maxQueueBytes) return {};
        if (m_dropped == 0) qCWarning(lcRecords, "The queue of decision records is full: the oldest are dropped");
        item.lost = held - dropOldest(held - m_config.maxQueueBytes, dropped) > m_config.maxQueueBytes;
        if (item.lost) ++m_dropped;
    }
    callAll(dropped, {});
    return {};
}

/// How many bytes that freed.
std::size_t DecisionLog::dropOldest(std::size_t wanted, std::vector<Stored>& dropped)
{
    auto freed = m_packed.giveUp(wanted, m_clock.now(), "dropped");
    if (freed.bytes < wanted) {
        const auto more = m_pending.dropOldest(wanted - freed.bytes, m_clock.now(), dropped);
        freed.bytes += more.bytes;
        freed.records += more.records;
    }
    m_held -= freed.bytes;
    m_dropped += freed.records;
    return freed.bytes;
}

Result<> DecisionLog::append(contract::DecisionRecord&& record, Stored&& stored)
{
    cut(record);
    auto item = m_spares.take();
    item->bytes = PendingRecords::sizeOf(record);
    // First, so that the thread does not end while a record may still come.
    const std::size_t before = m_held.fetch_add(item->bytes);
    if (auto admitted = admit(*item); !admitted) {
        m_held -= item->bytes;
        return admitted;
    }
    record.sequence = item->sequence = m_sequence.take();
    item->time = record.time;
    const bool sync = m_config.durability == DecisionLogConfig::Durability::Sync && !item->lost;
    Stored answerNow;
    (sync ? item->stored : answerNow) = std::move(stored);
    if (item->lost) {
        item->time = m_clock.now();
        m_held -= std::exchange(item->bytes, 0);
    } else {
        packRecord(record, item->packed);
        item->owner = record.owner;
    }
    const bool enough = (before ^ (before + item->bytes)) >= m_ringBytes; // another multiple of it is reached
    m_queue.add(std::move(item));
    if (enough || (m_asleep && m_asleep.exchange(false))) m_bell.ring();
    if (answerNow) answerNow({});
    return {};
}

/// Brings what was handed over in among the others; with the lock.
void DecisionLog::collect() const
{
    m_queue.takeEach([this](PendingRecords::ItemPtr&& item) { m_pending.add(std::move(item)); });
}

Result<> DecisionLog::flush()
{
    std::unique_lock lock(m_mutex);
    const std::uint64_t target = m_sequence.last();
    const std::uint64_t failuresBefore = m_failures;
    ++m_flushing;
    m_bell.ring();
    m_settled.wait(lock, [&] {
        const bool nothingLeft = m_queue.empty() && m_pending.count() == 0 && nothingWaits() && m_taken == 0;
        return m_settledThrough >= target || nothingLeft || m_failures != failuresBefore;
    });
    --m_flushing;
    if (m_failures != failuresBefore) return fail(Code::StorageUnavailable, m_lastError);
    return {};
}

void DecisionLog::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopping) m_stopUntil = std::chrono::steady_clock::now() + m_config.stopPatience;
        m_stopping = true;
    }
    m_bell.ring();
    if (m_thread.joinable()) m_thread.join();
}

Result<store::RemovedRecords> DecisionLog::applyRetention(TimePoint now)
{
    std::optional<TimePoint> notBefore;
    if (m_config.retention.count() > 0) notBefore = now - m_config.retention;
    std::optional<std::uint64_t> maxSize;
    if (m_config.maxSize > 0) maxSize = m_config.maxSize;
    auto removed = m_store.retain(notBefore, maxSize);
    if (removed && removed->blocks > 0) {
        qCInfo(lcRecords, "Removed %llu decision records by age or size",
               static_cast<unsigned long long>(removed->records));
    }
    return removed;
}

DecisionLogHealth DecisionLog::health() const
{
    const std::lock_guard lock(m_mutex);
    collect();
    return {!m_failing,
            m_lastError,
            m_pending.count() + m_packed.records() + m_taken,
            m_held,
            m_sequence.last(),
            m_dropped,
            m_refused,
            m_lost,
            m_stored,
            m_storedBytes};
}

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
        else if (gathers && unpacked() < 4 * m_pieceBytes)
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
    return unpacked() >= m_pieceBytes ? pack(lock, m_pieceBytes) : Result<>();
}

Result<> DecisionLog::workAll(std::unique_lock<std::mutex>& lock)
{
    if (m_packed.bytes() < m_batchBytes) {
        if (auto packed = pack(lock, m_batchBytes - m_packed.bytes()); !packed) return packed;
    }
    return store(lock);
}

std::size_t DecisionLog::unpacked() const
{
    return m_held - m_packed.bytes();
}

// Makes blocks of the oldest records; without the lock while it works.
Result<> DecisionLog::pack(std::unique_lock<std::mutex>& lock, std::size_t maxBytes)
{
    PendingRecords::Batch batch = m_pending.take(maxBytes);
    if (batch.empty()) return {};
    m_packed.addWaiting(batch);
    m_taken = batch.items.size();
    lock.unlock();
    auto blocks = buildBlocks(m_packer, batch.items, m_config.blockRecords);
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
