// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/pump/pump.h"
#include "base/logging.h"
#include "base/waitforstop.h"
#include <algorithm>
#include <utility>

namespace iam::records {

namespace {

constexpr std::chrono::milliseconds leaseMargin{5000};
constexpr int beatsPerRetentionLook = 30;

std::chrono::milliseconds termFor(const PumpConfig& config, const std::vector<SinkSetup>& sinks)
{
    std::chrono::milliseconds term = config.term;
    for (const SinkSetup& sink : sinks) term = std::max(term, sink.config.timeout + leaseMargin);
    return term;
}

} // namespace

Pump::Pump(PumpConfig config, Parts parts, std::vector<SinkSetup> sinks)
    : m_config(std::move(config))
    , m_parts(parts)
    , m_reader(parts.log)
    , m_lease(parts.store, parts.machineClock, m_config.source, termFor(m_config, sinks))
{
    for (SinkSetup& sink : sinks)
        m_runners.push_back(std::make_unique<SinkRunner>(
            m_config.source, std::move(sink),
            SinkRunner::Parts{m_reader, parts.store, m_lease, parts.deadLetters, parts.clock}, m_config.pace));
}

Pump::~Pump()
{
    stop();
}

void Pump::start()
{
    for (const auto& runner : m_runners) runner->start();
    m_thread = std::thread([this] { keep(); });
}

void Pump::stop()
{
    for (const auto& runner : m_runners) runner->askToStop();
    m_stop.request_stop();
    if (m_thread.joinable()) m_thread.join();
}

void Pump::keep()
{
    for (int beat = 0;; ++beat) {
        renewLease();
        if (const auto tail = m_reader.tail()) m_lastSequence = tail->lastSequence;
        if (isActive()) static_cast<void>(m_parts.store.report(m_config.source, status())); // the next one says more
        if (beat % beatsPerRetentionLook == 0) watchRetention();
        if (waitForStop(m_stop.get_token(), m_config.beat)) break;
    }
    // Not before nobody writes any more.
    for (const auto& runner : m_runners) runner->finish();
    if (isActive()) static_cast<void>(m_parts.store.report(m_config.source, status()));
    m_lease.drop();
}

void Pump::renewLease()
{
    const bool before = isActive();
    const auto renewed = m_lease.renew();
    if (!renewed) {
        if (!m_leaseFailing)
            qCWarning(lcRecords, "The pump of %s cannot renew its lease: %s", m_config.source.c_str(),
                      renewed.error().detail.c_str());
    } else if (*renewed != before) {
        qCInfo(lcRecords, *renewed ? "This pump is at work on %s" : "Another pump is at work on %s; this one waits",
               m_config.source.c_str());
    }
    m_leaseFailing = !renewed;
}

void Pump::watchRetention()
{
    const auto oldest = m_reader.oldest();
    if (!oldest) return;
    std::string warning = retentionComplaint(m_parts.log, *oldest, m_config.retention, status());
    const std::lock_guard lock(m_mutex);
    if (!warning.empty() && m_retentionWarning.empty()) qCWarning(lcRecords, "%s", warning.c_str());
    m_retentionWarning = std::move(warning);
}

std::vector<contract::SinkStatus> Pump::status() const
{
    std::vector<contract::SinkStatus> sinks;
    for (const auto& runner : m_runners) {
        sinks.push_back(runner->status(m_lastSequence));
        sinks.back().node = m_config.node;
        sinks.back().deadLetterFile = m_parts.deadLetters.path();
    }
    return sinks;
}

std::uint64_t Pump::settledByAll() const
{
    std::uint64_t least = UINT64_MAX;
    for (const contract::SinkStatus& sink : status()) least = std::min(least, sink.position.sequence);
    return m_runners.empty() ? 0 : least;
}

std::string Pump::retentionWarning() const
{
    const std::lock_guard lock(m_mutex);
    return m_retentionWarning;
}

std::string Pump::sinkMetrics() const
{
    std::string text;
    for (const auto& runner : m_runners) text += runner->sink().metrics();
    return text;
}

} // namespace iam::records
