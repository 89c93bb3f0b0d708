// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/decisionlog.h"
#include "base/logging.h"
#include <algorithm>
#include <bit>
#include <utility>

namespace iam::records {

namespace {

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

} // namespace iam::records
