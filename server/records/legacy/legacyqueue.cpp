// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/legacy/legacyqueue.h"
#include "base/logging.h"
#include "records/legacy/legacylist.h"
#include "records/pendingrecords.h"

namespace iam::records {

namespace {

constexpr std::chrono::seconds ping{1};

} // namespace

LegacyQueue::LegacyQueue(cluster::RedisConfig redis, LegacyQueueConfig config, std::unique_ptr<PolicyTexts> policies)
    : m_config(config)
    , m_policies(std::move(policies))
    , m_thread(std::move(redis), "handing decisions to the old system's list in Redis at ",
               [this](cluster::RedisLink& link, const std::stop_token& stop) { return serve(link, stop); })
{
}

LegacyQueue::~LegacyQueue()
{
    stop();
}

void LegacyQueue::add(contract::DecisionRecord&& record)
{
    const std::size_t bytes = PendingRecords::sizeOf(record);
    const std::size_t before = m_records.fetch_add(1);
    const bool few = !m_stopped && before < m_config.maxRecords;
    if (!few || m_bytes.fetch_add(bytes) + bytes > m_config.maxBytes) {
        if (few) m_bytes -= bytes;
        --m_records;
        ++m_dropped;
        return;
    }
    m_added.add(std::make_unique<Added>(std::move(record)));
    if (before + 1 == mostInBatch) m_bell.ring();
}

void LegacyQueue::stop()
{
    if (m_stopped.exchange(true)) return;
    m_bell.ring();
    {
        std::unique_lock lock(m_mutex);
        m_empty.wait_for(lock, m_config.stopPatience, [this] { return m_records == 0 || !m_thread.state().isUp(); });
    }
    m_thread.stop();
    if (const std::size_t left = m_records; left > 0)
        qCWarning(lcRecords, "%zu decisions were not handed to the old system's pump before the end", left);
}

LegacyQueueStats LegacyQueue::stats() const
{
    return {m_thread.state().isUp(), m_records, m_pushed, m_dropped, m_repeated, m_incomplete};
}

std::string LegacyQueue::complaint() const
{
    const auto fault = m_thread.state().fault();
    if (!fault) return m_full ? "the old system's pump takes no decisions: its list in Redis is full" : "";
    if (*fault == Code::PasswordIncorrect)
        return "Redis does not take the password; the old system's pump gets no decisions";
    if (*fault == Code::AnswerInvalid)
        return "Redis does not take decisions for the old system's pump; the log says why";
    return "Redis cannot be reached; the old system's pump gets no decisions";
}

Result<> LegacyQueue::serve(cluster::RedisLink& link, const std::stop_token& stop)
{
    const std::stop_callback wake(stop, [this] { m_bell.ring(); });
    auto pinged = std::chrono::steady_clock::time_point();
    for (;;) {
        if (m_batch.empty() && m_gathered.empty() && std::chrono::steady_clock::now() - pinged >= ping) {
            const auto reply = link.ask({"PING"});
            if (!reply) return fail(reply);
            if (reply->kind == cluster::RedisReply::Kind::Failure && reply->text.starts_with("NOAUTH"))
                return fail(Code::PasswordIncorrect, "Redis wants a password (redis.password)");
            if (!reply->isText("PONG")) return fail(Code::AnswerInvalid, "what answers PING is no Redis");
            pinged = std::chrono::steady_clock::now();
            m_thread.state().setUp();
        }
        m_added.takeEach([this](std::unique_ptr<Added>&& added) { m_gathered.push_back(std::move(added->record)); });
        if (auto looked = lookForRoom(link); !looked) return looked;
        while (!m_full && (!m_gathered.empty() || m_batchRecords > 0)) {
            if (stop.stop_requested()) return {};
            if (m_batchRecords == 0) fillBatch();
            if (auto done = push(link); !done) return done;
            m_thread.state().setUp();
            pinged = std::chrono::steady_clock::now();
        }
        if (stop.stop_requested()) return {};
        // Whoever fills a batch rings; one that was full before waits for nobody but the list.
        const auto end = Doorbell::Clock::now() + (m_full ? ping : m_config.flushInterval);
        if (m_full || m_records < mostInBatch) m_bell.wait(end);
    }
}

/// Only while the list was full when last something was pushed, or looked at.
Result<> LegacyQueue::lookForRoom(cluster::RedisLink& link)
{
    if (!m_full) return {};
    const auto reply = link.ask({"LLEN", legacyListName});
    if (!reply) return fail(reply);
    if (reply->kind != cluster::RedisReply::Kind::Integer)
        return fail(Code::AnswerInvalid, "Redis does not say how long the old system's list is");
    m_thread.state().setUp();
    m_full = isFull(reply->integer);
    if (!m_full) qCInfo(lcRecords, "the old system's pump takes decisions again");
    return {};
}

bool LegacyQueue::isFull(long long length) const
{
    return m_config.maxList > 0 && length >= 0 && static_cast<std::uint64_t>(length) >= m_config.maxList;
}

void LegacyQueue::fillBatch()
{
    std::size_t bytes = 0;
    while (!m_gathered.empty() && m_batchRecords < mostInBatch && bytes < bytesInBatch) {
        const contract::DecisionRecord& record = m_gathered.front();
        auto found = m_policies->of(record);
        const bool whole = found.whole;
        if (const auto legacy = toLegacy(record, std::move(found.policies))) {
            m_batch.push_back(packLegacyRecord(*legacy));
            bytes += m_batch.back().size();
            if (!whole) ++m_batchIncomplete;
        }
        ++m_batchRecords;
        m_batchBytes += PendingRecords::sizeOf(record);
        m_gathered.pop_front();
    }
}

Result<> LegacyQueue::push(cluster::RedisLink& link)
{
    if (!m_batch.empty()) {
        std::vector<std::string_view> command{"RPUSH", legacyListName};
        command.insert(command.end(), m_batch.begin(), m_batch.end());
        const bool unsure = std::exchange(m_unsure, true);
        const auto reply = link.ask(command);
        if (!reply) return fail(reply);
        m_unsure = unsure;
        if (reply->kind == cluster::RedisReply::Kind::Failure)
            return fail(reply->text.starts_with("NOAUTH") ? Code::PasswordIncorrect : Code::AnswerInvalid,
                        "Redis does not take decisions for the old system: " + reply->text.substr(0, 200));
        if (reply->kind != cluster::RedisReply::Kind::Integer)
            return fail(Code::AnswerInvalid, "what answers RPUSH is no Redis");
        if (isFull(reply->integer) && !m_full.exchange(true))
            qCWarning(lcRecords, "the old system's pump takes no decisions: its list in Redis has %lld",
                      reply->integer);
        m_pushed += m_batch.size();
        if (unsure) m_repeated += m_batch.size();
        m_incomplete += m_batchIncomplete;
    }
    m_batch.clear();
    m_unsure = false;
    m_batchIncomplete = 0;
    settled(std::exchange(m_batchRecords, 0), std::exchange(m_batchBytes, 0));
    return {};
}

void LegacyQueue::settled(std::size_t records, std::size_t bytes)
{
    m_bytes -= bytes;
    if ((m_records -= records) > 0) return;
    const std::lock_guard lock(m_mutex); // so that stop() does not miss it
    m_empty.notify_all();
}

} // namespace iam::records
