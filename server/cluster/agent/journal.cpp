// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/agent/journal.h"
#include "base/logging.h"
#include <future>

namespace iam::cluster {
namespace {

constexpr std::chrono::milliseconds farewell{1000};

} // namespace

Result<std::unique_ptr<Journal>> Journal::open(Config config, const Clock& clock)
{
    auto files =
        JournalFiles::open({config.directory, config.retention, config.maxSize, writeEvidence(config.cluster)}, clock);
    if (!files) return fail(files);
    return std::unique_ptr<Journal>(new Journal(std::move(config), std::move(*files), clock));
}

Journal::Journal(Config config, JournalFiles files, const Clock& clock)
    : m_config(std::move(config))
    , m_clock(clock)
    , m_origin(clock.now().time_since_epoch() -
               std::chrono::duration_cast<std::chrono::milliseconds>(clock.steadyNow().time_since_epoch()))
    , m_files(std::move(files))
    , m_writer("iam-journal", 1, queueLimit)
{
}

Journal::~Journal()
{
    const auto written = std::make_shared<std::promise<void>>();
    auto done = written->get_future();
    if (m_writer.post([written] { written->set_value(); })) done.wait_for(farewell);
}

void Journal::note(const Observation& observation, Observation::Time heard)
{
    // Its own time line: the wall clock of the start, then even, whatever the wall clock does.
    EvidenceWord word{observation, std::max(heard, observation.at)};
    for (EvidenceWord& line : m_filter.take(word)) {
        line.observation.at += m_origin;
        line.heard += m_origin;
        if (line.observation.since) *line.observation.since += m_origin;
        post(writeEvidence(line), false);
    }
}

void Journal::note(const contract::ClusterEvent& event)
{
    post(journalLine(event), true);
}

void Journal::note(const std::string& notice)
{
    post(journalLine(m_clock.now(), m_config.node, notice), false);
}

void Journal::post(std::string line, bool sync)
{
    if (!m_writer.post([this, line = std::move(line), sync] { write(line, sync); })) ++m_dropped;
}

void Journal::write(const std::string& line, bool sync)
{
    const auto done = m_files.append(line, sync);
    if (done && m_dropped > m_droppedSaid) {
        m_droppedSaid = m_dropped;
        static_cast<void>(m_files.append(
            journalLine(m_clock.now(), m_config.node, std::to_string(m_droppedSaid) + " lines were lost so far"),
            false));
    }
    if (done)
        ++m_written;
    else
        ++m_dropped;
    const std::lock_guard lock(m_mutex);
    if (!done && m_complaint.empty())
        qCWarning(lcCluster, "the journal is not written: %s", done.error().detail.c_str());
    if (done && !m_complaint.empty()) qCInfo(lcCluster, "the journal is written again");
    m_complaint = done ? std::string() : done.error().detail;
}

Result<JournalReading> Journal::events(const EventsFrom& from, std::size_t limit) const
{
    return readEvents(m_config.directory, from, limit);
}

std::vector<contract::ClusterEvent> Journal::newest(std::size_t most) const
{
    return newestEvents(m_config.directory, most);
}

std::string Journal::complaint() const
{
    const std::lock_guard lock(m_mutex);
    return m_complaint;
}

} // namespace iam::cluster
