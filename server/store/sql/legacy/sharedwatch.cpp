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
        waitForStop(stop, std::clamp(3 * took, pause, longestPause));
    }
}

Result<> SharedWatch::look()
{
    const auto signs = readSigns();
    if (!signs) return fail(signs);
    std::array<bool, 3> due{};
    for (std::size_t i = 0; i < due.size(); ++i) {
        const Sign& before = m_compared[i];
        // A change in the second in which we asked, or the one before, may have come behind our look.
        due[i] = (*signs)[i].changed != before.changed || before.asked <= before.changed + 1;
        m_unsure[i] = m_unsure[i] || due[i];
    }
    const auto now = std::chrono::steady_clock::now();
    const bool everything = !m_comparedAll || now - *m_comparedAll >= atLeastEvery;
    const bool whole = everything || (now - *m_comparedAll >= wholeEvery && m_unsure != std::array<bool, 3>{});
    if (everything) m_unsure = {true, true, true};
    // The quick look first: what most changes are shall not wait for the rest.
    auto done = m_notes.compare(due, SharedNotes::Extent::Recent);
    if (!done) return fail(done);
    if (whole) {
        const auto others = m_notes.compare(m_unsure, SharedNotes::Extent::Whole);
        if (!others) return fail(others);
        *done += *others;
    }
    for (std::size_t i = 0; i < due.size(); ++i)
        if (due[i] || everything) m_compared[i] = (*signs)[i];
    if (whole) {
        m_unsure = {};
        m_comparedAll = now;
    }
    if (*done > 0) qCInfo(lcStore, "%llu changes by servers of the old system", static_cast<unsigned long long>(*done));
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
