// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/legacy/sharednotes.h"
#include "store/sql/legacy/sharedpresence.h"
#include <mutex>
#include <thread>

namespace iam::store::sql {

/// Looks for what the old servers change, on a thread of its own, which also says that this server is there. The
/// database says, to the second, when a table was last written to; only then are check sums over chunks of its rows
/// compared with those of the last look, and rows of chunks that differ with our notes. Sums are compared once in
/// sumsEvery whatever the database says, all rows once in wholeEvery, should two changes ever have the same sum. The
/// longer a look takes, the longer the pause behind it, up to longestPause. Any thread.
class SharedWatch {
public:
    static constexpr std::chrono::milliseconds pause{200};
    static constexpr std::chrono::milliseconds longestPause{500};
    static constexpr std::chrono::seconds sumsEvery{30};
    static constexpr std::chrono::minutes wholeEvery{10};

    /// Both outlive this.
    SharedWatch(SqlDatabase& database, SharedNotes& notes);
    /// Ends the thread.
    ~SharedWatch();

    /// Code::StorageUnavailable when changes of the old servers cannot be seen; the reason is the detail.
    [[nodiscard]] Result<> health() const;

private:
    using Moment = std::chrono::steady_clock::time_point;
    /// What the database says of a table: the second of its last change (0: none since the server's start), and the
    /// second in which it was asked.
    struct Sign {
        std::int64_t changed = -1;
        std::int64_t asked = 0;
    };
    using Signs = std::array<Sign, 3>;

    void watch(const std::stop_token& stop);
    Result<> look();
    Result<> showPresence();
    Result<Signs> readSigns();
    void note(Result<> outcome);

    SqlDatabase& m_database;
    SharedNotes& m_notes;
    SharedPresence m_presence;
    std::optional<Moment> m_presentAt;
    Signs m_compared;                               ///< as they were when the sums were compared
    std::array<std::optional<ChunkSums>, 3> m_sums; ///< of rows that were compared
    std::optional<Moment> m_sumsAt;
    std::optional<Moment> m_wholeAt;
    mutable std::mutex m_mutex;
    Result<> m_outcome;    ///< guarded by the mutex
    std::jthread m_thread; ///< the last member: it uses the others
};

} // namespace iam::store::sql
