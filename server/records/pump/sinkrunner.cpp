// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/pump/sinkrunner.h"
#include "base/logging.h"
#include "base/waitforstop.h"
#include <algorithm>
#include <span>
#include <utility>

namespace iam::records {

namespace {

constexpr std::uint64_t buriedPerLine = 1000; ///< of the log, after the first ones

unsigned long long shown(std::uint64_t number)
{
    return number;
}

} // namespace

SinkRunner::SinkRunner(std::string source, SinkSetup setup, Parts parts, RunnerPace pace)
    : m_source(std::move(source))
    , m_config(std::move(setup.config))
    , m_sink(std::move(setup.sink))
    , m_parts(parts)
    , m_pace(pace)
    , m_batchSize(pace.batch)
    , m_backOff(pace.leastBackOff, pace.mostBackOff)
    , m_batches(std::move(setup.shape))
{
    m_status.source = m_source;
    m_status.sink = m_config.name;
    m_status.type = m_config.type;
    m_status.state = "stopped";
}

SinkRunner::~SinkRunner()
{
    finish();
}

void SinkRunner::finish()
{
    askToStop();
    if (m_thread.joinable()) m_thread.join();
}

void SinkRunner::start()
{
    show("standby");
    m_thread = std::thread([this] { work(); });
}

void SinkRunner::askToStop()
{
    m_stop.request_stop();
}

contract::SinkStatus SinkRunner::status(std::uint64_t lastSequence) const
{
    const std::lock_guard lock(m_mutex);
    contract::SinkStatus status = m_status;
    const std::uint64_t at = status.position.sequence;
    status.lagRecords = lastSequence > at ? lastSequence - at : 0;
    // By a clock that was put back nothing is older than now.
    const TimePoint now = m_parts.clock.now();
    if (status.lagRecords > 0 && m_oldest && now > *m_oldest) status.lag = now - *m_oldest;
    status.written = now;
    return status;
}

bool SinkRunner::mayWrite() const
{
    return !m_stop.stop_requested() && m_parts.lease.covers(m_config.timeout);
}

void SinkRunner::work()
{
    while (!m_stop.stop_requested()) {
        if (mayWrite()) {
            step();
            continue;
        }
        m_position.reset(); // whoever pumps meanwhile moves it
        m_unsaved = false;
        if (!m_parts.lease.covers({})) show("standby");
        waitForStop(m_stop.get_token(), std::min(m_pace.idle, std::chrono::milliseconds(100)));
    }
    show("stopped");
}

void SinkRunner::step()
{
    if (!m_position && !loadPosition()) return;
    if (m_unsaved && !save()) return;
    const auto chunk = m_parts.reader.after(m_position->sequence);
    if (!chunk) return stumble(chunk.error());
    if (!followsLog(**chunk)) return;
    if ((*chunk)->through > m_position->sequence) return deliver(**chunk);
    recover();
    waitForStop(m_stop.get_token(), m_pace.idle);
}

bool SinkRunner::loadPosition()
{
    auto found = m_parts.store.position(m_source, m_config.name);
    if (!found) {
        stumble(found.error());
        return false;
    }
    m_position = std::move(*found).value_or(contract::SinkPosition());
    const std::lock_guard lock(m_mutex);
    m_status.position = *m_position;
    return true;
}

/// Whether the chunk is of the log that the position is of; else the position begins anew.
bool SinkRunner::followsLog(const Chunk& chunk)
{
    if (m_position->log != chunk.log) {
        const bool first = m_position->log.empty();
        contract::SinkPosition anew;
        anew.log = chunk.log;
        // What was removed before the sink was there is nothing that it has missed.
        const auto oldest = m_parts.reader.oldest();
        if (!oldest) {
            stumble(oldest.error());
            return false;
        }
        anew.since = anew.sequence = *oldest - 1;
        if (!first)
            qCWarning(lcRecords, "Sink %s: the log of %s was begun anew; so is counting", m_config.name.c_str(),
                      m_source.c_str());
        m_position = std::move(anew);
    } else if (chunk.lastSequence < m_position->sequence) {
        qCWarning(lcRecords, "Sink %s: the log of %s ends at %llu, before what was pumped; counting begins there",
                  m_config.name.c_str(), m_source.c_str(), shown(chunk.lastSequence));
        contract::SinkPosition anew;
        anew.log = chunk.log;
        anew.since = anew.sequence = chunk.lastSequence;
        m_position = std::move(anew);
    } else {
        return true;
    }
    m_unsaved = true;
    save();
    return false;
}

void SinkRunner::deliver(const Chunk& chunk)
{
    while (m_position && m_position->sequence < chunk.through && mayWrite()) {
        if (m_unsaved && !save()) return;
        showOldest(chunk);
        settle(m_batches.next(chunk, m_position->sequence, m_batchSize));
    }
    if (m_position) showOldest(chunk); // else the age of what is settled would be that of the next record
}

void SinkRunner::settle(const Batch& batch)
{
    const std::size_t size = batch.records.size();
    const auto written = size == 0 ? Result<>() : m_sink->write(batch.records);
    if (written) {
        m_batchSize = std::min(m_batchSize * 2, m_pace.batch);
        if (size > 0) noteTaken();
        recover();
        return advance(batch, size, 0);
    }
    const bool refused = written.error().code == Code::Validation;
    if (refused && size == 1) return bury(batch, written.error());
    m_batchSize = std::max<std::size_t>(size / 2, 1); // a slow receiver takes fewer within the time-out
    if (!refused) stumble(written.error());
}

void SinkRunner::bury(const Batch& batch, const Error& refusal)
{
    const contract::DecisionRecord& record = batch.records.front();
    const auto kept = m_parts.deadLetters.add(m_source, m_config.name, refusal.detail, record);
    if (!kept) return stumble(kept.error());
    if (const std::uint64_t before = m_position->deadLettered; before < 10 || before % buriedPerLine == 0)
        qCWarning(lcRecords, "Sink %s does not take record %llu, which is a dead letter now: %s", m_config.name.c_str(),
                  shown(record.sequence), refusal.detail.c_str());
    recover();
    advance(batch, 0, 1);
}

void SinkRunner::advance(const Batch& batch, std::uint64_t taken, std::uint64_t deadLettered)
{
    m_position->taken += taken;
    m_position->deadLettered += deadLettered;
    m_position->filtered += batch.filtered;
    for (const auto& [cause, records] : batch.holes) {
        m_position->holes[cause] += records;
        qCWarning(lcRecords, "Sink %s: %llu records up to %llu are missing (%s)", m_config.name.c_str(), shown(records),
                  shown(batch.through), cause.c_str());
    }
    m_position->sequence = batch.through;
    m_unsaved = true;
    save();
}

/// Whether the position is kept now. Else the caller has to begin again.
bool SinkRunner::save()
{
    const auto saved = m_parts.store.save(m_source, m_config.name, m_parts.lease.holder(), *m_position);
    if (saved) {
        m_unsaved = false;
        const std::lock_guard lock(m_mutex);
        m_status.position = *m_position;
        return true;
    }
    if (saved.error().code != Code::ObjectChanged) {
        stumble(saved.error());
        return false;
    }
    qCWarning(lcRecords, "Sink %s: %s", m_config.name.c_str(), saved.error().detail.c_str());
    m_parts.lease.lose();
    m_position.reset();
    m_unsaved = false;
    return false;
}

/// Notes the failure and waits before the next attempt.
void SinkRunner::stumble(const Error& error)
{
    if (!m_stumbling) qCWarning(lcRecords, "Sink %s has to wait: %s", m_config.name.c_str(), error.detail.c_str());
    m_stumbling = true;
    const std::chrono::milliseconds pause = m_backOff.next();
    {
        const std::lock_guard lock(m_mutex);
        const TimePoint now = m_parts.clock.now();
        m_status.state = "retrying";
        m_status.lastError = error.detail;
        m_status.lastErrorAt = now;
        m_status.nextTryAt = now + pause;
        ++m_status.retries;
    }
    waitForStop(m_stop.get_token(), pause);
}

void SinkRunner::recover()
{
    if (m_stumbling) qCInfo(lcRecords, "Sink %s goes on", m_config.name.c_str());
    m_stumbling = false;
    m_backOff.reset();
    show("running");
}

void SinkRunner::show(const char* state)
{
    const std::lock_guard lock(m_mutex);
    m_status.state = state;
    m_status.nextTryAt.reset();
}

void SinkRunner::noteTaken()
{
    const std::lock_guard lock(m_mutex);
    m_status.takenAt = m_parts.clock.now();
}

void SinkRunner::showOldest(const Chunk& chunk)
{
    const auto next = std::partition_point(chunk.records.begin(), chunk.records.end(), [this](const auto& record) {
        return record.sequence <= m_position->sequence;
    });
    const std::lock_guard lock(m_mutex);
    m_oldest.reset();
    if (next != chunk.records.end()) m_oldest = next->time;
}

} // namespace iam::records
