// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/legacy/legacydrain.h"
#include "base/logging.h"
#include "base/waitforstop.h"
#include "crypto/random.h"
#include "records/blockcodec.h"
#include "records/legacy/legacyform.h"
#include <algorithm>
#include <charconv>

namespace iam::records {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds betweenLooks{1}; // at the log's size
constexpr std::chrono::milliseconds betweenAttempts{200};

std::string requestIdOf(const std::string& chunk, std::size_t place)
{
    return "legacy:" + chunk + "#" + std::to_string(place);
}

/// The ids of a drain's chunks begin with its log's.
bool isOf(const std::string& chunk, const std::string& log)
{
    return chunk.starts_with(log + ":");
}

} // namespace

DecisionLogConfig legacyLogConfig(std::string sequencePath, std::chrono::days retention, std::uint64_t maxSize)
{
    DecisionLogConfig config;
    config.sequencePath = std::move(sequencePath);
    config.onFull = DecisionLogConfig::OnFull::Refuse;
    config.retention = retention;
    config.maxSize = maxSize;
    return config;
}

LegacyDrain::LegacyDrain(Setup setup, DecisionLog& log, store::RecordBlockStore& blocks, const Clock& clock,
                         Refuse refuse, Taken taken)
    : m_setup(std::move(setup))
    , m_log(log)
    , m_blocks(blocks)
    , m_clock(clock)
    , m_refuse(std::move(refuse))
    , m_taken(std::move(taken))
    , m_thread(
          m_setup.redis, "draining the old system's list in Redis at ",
          [this](cluster::RedisLink& link, const std::stop_token& stop) { return serve(link, stop); },
          m_setup.limits.answer())
{
}

LegacyDrain::~LegacyDrain()
{
    m_thread.requestStop();
}

LegacyDrainStats LegacyDrain::stats() const
{
    using State = LegacyDrainStats::State;
    LegacyDrainStats stats;
    if (m_thread.state().isUp()) stats.state = m_ours ? State::Draining : State::Waiting;
    stats.waiting = m_waiting;
    stats.tooLarge = m_tooLarge;
    stats.drained = m_drained;
    stats.refused = m_refused;
    stats.takenOver = m_takenOver;
    stats.alreadyStored = m_alreadyStored;
    stats.perhapsTwice = m_perhapsTwice;
    return stats;
}

std::string LegacyDrain::complaint() const
{
    if (const auto fault = m_thread.state().fault()) {
        if (*fault == Code::PasswordIncorrect) return "Redis does not take the password; the old list is not drained";
        if (*fault == Code::AnswerInvalid) return "Redis does not hand over the old list; the log says why";
        return "Redis cannot be reached; the old list is not drained";
    }
    if (m_stuck) return "records of the old list cannot be stored; they stay in Redis";
    if (m_held) return "sinks are far behind: the old list stays in Redis until they catch up";
    if (m_tooLarge > 0) return "the old list had entries that are too large; they stay in Redis";
    return {};
}

Result<> LegacyDrain::serve(cluster::RedisLink& link, const std::stop_token& stop)
{
    if (m_logId.empty()) {
        auto log = m_blocks.after(0, 1);
        if (!log) return fail(log);
        m_logId = log->log;
    }
    LegacyList list(link, m_logId, m_setup.term);
    while (!stop.stop_requested()) {
        const auto turn = list.takeTurn();
        if (!turn) return fail(turn);
        m_prolonged = steady_clock::now();
        m_thread.state().setUp();
        m_waiting = turn->waiting;
        m_tooLarge = turn->tooLarge;
        if (m_ours.exchange(turn->ours) != turn->ours)
            qCInfo(lcRecords, "the old system's list in Redis is drained by %s", turn->ours ? "this pump" : "another");
        const auto may = turn->ours ? mayGoOn() : Result<bool>(false);
        if (!may) qCWarning(lcRecords, "the old system's list waits: %s", may.error().detail.c_str());
        m_stuck = !may;
        bool any = false;
        if (may && *may) {
            m_newId = m_logId + ":" + crypto::randomText(16);
            const auto chunk = list.take(m_newId, m_setup.limits);
            if (!chunk) return fail(chunk);
            any = *chunk && !(*chunk)->entries.empty();
            if (any) {
                const auto settled = settle(list, **chunk, stop);
                if (!settled) return fail(settled);
            }
        }
        if (!any) waitForStop(stop, m_setup.pause);
    }
    return {};
}

/// Old records are removed only when nobody waits for one: what is left has to fit beside it.
Result<bool> LegacyDrain::mayGoOn()
{
    const auto now = steady_clock::now();
    if (!m_held && now - m_looked < betweenLooks) return true;
    m_looked = now;
    const auto statistics = m_blocks.statistics();
    if (!statistics) return fail(statistics);
    const bool allTaken = m_taken() >= statistics->lastSequence;
    if (allTaken)
        if (const auto removed = m_log.applyRetention(m_clock.now()); !removed) return fail(removed);
    m_held = m_setup.maxLogSize > 0 && !allTaken && statistics->bytes > m_setup.maxLogSize;
    return !m_held;
}

/// False when it is somebody else's turn.
Result<bool> LegacyDrain::settle(LegacyList& list, const LegacyChunk& chunk, const std::stop_token& stop)
{
    const auto going = [&](const Result<bool>& step) {
        if (step && !*step) giveUp();
        return step && *step;
    };
    if (chunk.id != m_work.id) {
        const auto begun = insist(list, stop, [&] { return begin(chunk); });
        if (!going(begun)) return begun;
    }
    for (; m_work.next < chunk.entries.size(); ++m_work.next) {
        if (m_work.known[m_work.next]) continue;
        const auto done = insist(list, stop, [&] { return put(chunk, m_work.next); });
        if (!going(done)) return done;
    }
    const auto flushed = insist(list, stop, [&] { return m_log.flush(); });
    if (!going(flushed)) return flushed;
    m_drained += m_work.stored;
    m_work.stored = 0; // the chunk may come again before it is removed
    return list.remove(chunk.id);
}

Result<> LegacyDrain::begin(const LegacyChunk& chunk)
{
    Work work{chunk.id, 0, 0, std::vector<bool>(chunk.entries.size())};
    if (chunk.id != m_newId && isOf(chunk.id, m_logId)) {
        if (auto flushed = m_log.flush(); !flushed) return flushed;
        auto known = knownOf(chunk);
        if (!known) return fail(known);
        work.known = std::move(*known);
        m_alreadyStored += static_cast<std::uint64_t>(std::count(work.known.begin(), work.known.end(), true));
    } else if (chunk.id != m_newId) {
        m_perhapsTwice += chunk.entries.size(); // only the log of the one who left it knows
    }
    if (chunk.id != m_newId) m_takenOver += chunk.entries.size();
    m_work = std::move(work);
    return {};
}

/// Which entries of a chunk that was left behind are in the log already.
Result<std::vector<bool>> LegacyDrain::knownOf(const LegacyChunk& chunk)
{
    std::vector<bool> known(chunk.entries.size());
    const std::string prefix = "legacy:" + chunk.id + "#";
    const auto statistics = m_blocks.statistics();
    if (!statistics) return fail(statistics);
    // The log's last records are those of the chunk that came last, but for what was put aside between.
    const std::uint64_t reach = 4 * std::max<std::uint64_t>(chunk.entries.size(), m_setup.limits.entries);
    std::uint64_t from = statistics->lastSequence > reach ? statistics->lastSequence - reach : 0;
    while (from < statistics->lastSequence) {
        const auto stored = m_blocks.after(from, 100);
        if (!stored) return fail(stored);
        for (const store::RecordBlock& block : stored->blocks) {
            const auto records = unpackBlock(block.bytes);
            if (!records) continue; // damaged: its records are stored again
            for (const contract::DecisionRecord& record : *records) {
                if (!record.requestId.starts_with(prefix)) continue;
                std::size_t place = known.size();
                std::from_chars(record.requestId.data() + prefix.size(),
                                record.requestId.data() + record.requestId.size(), place);
                if (place < known.size()) known[place] = true;
            }
        }
        if (stored->through <= from) break;
        from = stored->through;
    }
    return known;
}

Result<> LegacyDrain::put(const LegacyChunk& chunk, std::size_t place)
{
    const std::string& entry = chunk.entries[place];
    auto record = [&]() -> Result<contract::DecisionRecord> {
        const auto legacy = unpackLegacyRecord(entry);
        if (!legacy) return fail(legacy);
        return fromLegacy(*legacy);
    }();
    if (!record) {
        const auto kept = m_refuse({requestIdOf(chunk.id, place), entry, record.error().detail});
        if (kept) ++m_refused;
        return kept;
    }
    record->requestId = requestIdOf(chunk.id, place);
    record->node = m_setup.node;
    if (auto appended = m_log.append(std::move(*record)); !appended) return appended;
    ++m_work.stored;
    return {};
}

Result<bool> LegacyDrain::insist(LegacyList& list, const std::stop_token& stop, const std::function<Result<>()>& work)
{
    for (;;) {
        if (auto turn = prolong(list); !turn || !*turn) return turn;
        const auto done = work();
        if (done) {
            m_stuck = false;
            return true;
        }
        if (!m_stuck.exchange(true))
            qCWarning(lcRecords, "what comes from the old system's list is not stored: %s",
                      done.error().detail.c_str());
        if (waitForStop(stop, betweenAttempts)) return fail(Code::Cancelled, "the drain is stopped");
    }
}

/// True while it is ours; asks Redis now and then.
Result<bool> LegacyDrain::prolong(LegacyList& list)
{
    const auto now = steady_clock::now();
    if (now - m_prolonged < m_setup.term / 3) return true;
    m_prolonged = now;
    const auto turn = list.takeTurn();
    if (!turn) return fail(turn);
    return turn->ours;
}

/// What was appended of the chunk stays in the log, and comes into another one too.
void LegacyDrain::giveUp()
{
    m_perhapsTwice += m_work.stored;
    m_work = {};
    m_ours = false;
}

} // namespace iam::records
