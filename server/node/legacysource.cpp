// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/legacysource.h"
#include "base/logging.h"
#include "store/sql/sqlrecordblockstore.h"

namespace iam::node {
namespace {

constexpr const char* sourceName = "legacy";
constexpr std::chrono::minutes betweenRoomMaking{1};

} // namespace

LegacySource::LegacySource(const ServerConfig& config, records::DeadLetterFile& deadLetters, const Clock& clock)
    : m_config(config)
    , m_deadLetters(deadLetters)
    , m_clock(clock)
    , m_pool("iam-legacy", 1, 1)
{
}

LegacySource::~LegacySource()
{
    stop();
}

Result<std::unique_ptr<LegacySource>> LegacySource::open(const ServerConfig& config, const std::string& folder,
                                                         records::DeadLetterFile& deadLetters, const Clock& clock)
{
    std::unique_ptr<LegacySource> source(new LegacySource(config, deadLetters, clock));
    auto blocks = store::sql::openSqlRecordBlockStore({.path = folder + "/legacy-records.db"});
    if (!blocks) return fail(blocks);
    source->m_blocks = std::move(*blocks);
    // By size only: what waits for a sink is not removed because a clock was set.
    auto log = records::DecisionLog::open(
        records::legacyLogConfig(folder + "/legacy-records.seq", std::chrono::days(0), config.records.maxSize),
        *source->m_blocks, clock);
    if (!log) return fail(log);
    source->m_log = std::move(*log);
    return source;
}

void LegacySource::start(std::function<std::uint64_t()> settled)
{
    records::LegacyDrain::Setup setup;
    setup.redis = m_config.redis;
    // Not the node's own name: the numbers of two logs would be taken for the same records.
    setup.node = m_config.server.nodeName + "/legacy";
    setup.maxLogSize = m_config.records.maxSize / 4 * 3; // before the log removes anything
    m_drain = std::make_unique<records::LegacyDrain>(
        std::move(setup), *m_log, *m_blocks, m_clock,
        [this](const records::LegacyRefuse& refuse) {
            return m_deadLetters.addBytes(sourceName, refuse.id + ": " + refuse.why, refuse.bytes);
        },
        std::move(settled));
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { makeRoom(); });
    m_timer.start(betweenRoomMaking);
}

void LegacySource::stop()
{
    m_timer.stop();
    m_drain.reset();
    m_pool.stop();
    if (m_log) m_log->stop();
}

void LegacySource::makeRoom()
{
    // When the last time is not over, the next one will do.
    static_cast<void>(m_pool.post([this] {
        if (auto removed = m_log->applyRetention(TimePoint()); !removed)
            qCWarning(lcRecords, "old records of the old system's list are not removed: %s",
                      removed.error().detail.c_str());
    }));
}

records::LegacyDrainStats LegacySource::stats() const
{
    return m_drain ? m_drain->stats() : records::LegacyDrainStats();
}

std::string LegacySource::complaint() const
{
    return m_drain ? m_drain->complaint() : "the old system's list is not drained";
}

} // namespace iam::node
