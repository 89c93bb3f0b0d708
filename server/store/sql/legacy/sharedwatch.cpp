// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql/legacy/sharedwatch.h"
#include "base/logging.h"
#include "base/waitforstop.h"
#include "store/sql/sqlrows.h"
#include <algorithm>

namespace iam::store::sql {

SharedWatch::SharedWatch(SqlDatabase& database, SharedNotes& notes)
    : m_database(database)
    , m_notes(notes)
    , m_presence(database)
    , m_thread([this](const std::stop_token& stop) { watch(stop); })
{
}

SharedWatch::~SharedWatch() = default;

Result<> SharedWatch::health() const
{
    const std::lock_guard lock(m_mutex);
    if (m_outcome) return {};
    return fail(Code::StorageUnavailable,
                "changes made by the servers of the old system cannot be seen: " + m_outcome.error().detail);
}

void SharedWatch::watch(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        const auto begun = std::chrono::steady_clock::now();
        note(look());
        const auto took =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
        waitForStop(stop, std::clamp(2 * took, pause, longestPause));
    }
}

Result<> SharedWatch::showPresence()
{
    const auto now = std::chrono::steady_clock::now();
    if (m_presentAt && now - *m_presentAt < presenceEvery) return {};
    auto done = m_presence.renew();
    if (done) m_presentAt = now;
    return done;
}

Result<> SharedWatch::look()
{
    if (auto shown = showPresence(); !shown) return shown;
    const auto now = std::chrono::steady_clock::now();
    const bool everySum = !m_sumsAt || now - *m_sumsAt >= sumsEvery;
    const bool everyRow = !m_wholeAt || now - *m_wholeAt >= wholeEvery;
    const auto signs = readSigns();
    if (!signs) return fail(signs);
    SharedNotes::Ranges ranges;
    std::array<std::optional<ChunkSums>, 3> found;
    for (std::size_t i = 0; i < signs->size(); ++i) {
        const Sign& before = m_compared[i];
        // A change in the second in which we asked, or the one before, may have come behind our look.
        const bool due = (*signs)[i].changed != before.changed || before.asked <= before.changed + 1;
        if (!due && !everySum && !everyRow) continue;
        auto sums =
            m_database.read([&](SqlConnection& connection) { return readChunkSums(connection, sharedTables()[i]); });
        if (!sums) return fail(sums);
        ranges[i] = everyRow || !m_sums[i] ? std::vector<IdRange>{IdRange()} : differingRanges(*m_sums[i], *sums);
        found[i] = std::move(*sums);
    }
    const auto changes = m_notes.compare(ranges);
    if (!changes) return fail(changes);
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (!found[i]) continue;
        m_sums[i] = std::move(found[i]);
        m_compared[i] = (*signs)[i];
    }
    if (everySum) m_sumsAt = now;
    if (everyRow) m_wholeAt = now;
    if (*changes > 0)
        qCInfo(lcStore, "%llu changes by servers of the old system", static_cast<unsigned long long>(*changes));
    return {};
}

Result<SharedWatch::Signs> SharedWatch::readSigns()
{
    return m_database.read([](SqlConnection& connection) -> Result<Signs> {
        Signs signs;
        auto done = forEachRow(connection,
                               "SELECT LOWER(table_name), COALESCE(UNIX_TIMESTAMP(update_time), 0), UNIX_TIMESTAMP()"
                               " FROM information_schema.tables WHERE table_schema = DATABASE() AND"
                               " table_name IN ('user', 'secret', 'policy')",
                               {}, [&](const SqlRows& row) -> Result<> {
                                   for (std::size_t i = 0; i < signs.size(); ++i)
                                       if (row.text(0) == sharedTables()[i].name)
                                           signs[i] = {row.integer(1), row.integer(2)};
                                   return {};
                               });
        if (!done) return fail(done);
        return signs;
    });
}

void SharedWatch::note(Result<> outcome)
{
    const std::lock_guard lock(m_mutex);
    if (m_outcome && !outcome)
        qCWarning(lcStore, "changes by servers of the old system cannot be seen: %s", outcome.error().detail.c_str());
    m_outcome = std::move(outcome);
}

} // namespace iam::store::sql
