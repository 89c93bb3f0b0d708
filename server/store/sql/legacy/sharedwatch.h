// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/sql/legacy/sharednotes.h"
#include <mutex>
#include <thread>

namespace iam::store::sql {

/// Looks for what the old servers change, on a thread of its own. The database says, to the second, when a table was
/// last written to; only then are its rows compared with our notes: at once those that say of themselves that they
/// changed of late, new and removed ones; all of them, for what is changed in other ways, when wholeEvery has passed
/// since the last time, and once in atLeastEvery whatever the database says. All of 100 000 policies cost its server
/// some tenths of a second. The longer a look takes, the longer the pause behind it, up to longestPause. Any thread.
class SharedWatch {
public:
    static constexpr std::chrono::milliseconds pause{200};
    static constexpr std::chrono::milliseconds longestPause{1000};
    static constexpr std::chrono::seconds wholeEvery{10};
    static constexpr std::chrono::seconds atLeastEvery{60};

    /// Both outlive this.
    SharedWatch(SqlDatabase& database, SharedNotes& notes);
    /// Ends the thread.
    ~SharedWatch();

    /// Code::StorageUnavailable when changes of the old servers cannot be seen; the reason is the detail.
    [[nodiscard]] Result<> health() const;

private:
    /// What the database says of a table: the second of its last change (0: none since the server's start), and the
    /// second in which it was asked.
    struct Sign {
        std::int64_t changed = -1;
        std::int64_t asked = 0;
    };
    using Signs = std::array<Sign, 3>;

    void watch(const std::stop_token& stop);
    Result<> look();
    Result<Signs> readSigns();
    void note(Result<> outcome);

    SqlDatabase& m_database;
    SharedNotes& m_notes;
    Signs m_compared;                                                   ///< as they were when the rows were compared
    std::array<bool, 3> m_unsure{true, true, true};                     ///< written to since all rows were compared
    std::optional<std::chrono::steady_clock::time_point> m_comparedAll; ///< nothing: never
    mutable std::mutex m_mutex;
    Result<> m_outcome;    ///< guarded by the mutex
    std::jthread m_thread; ///< the last member: it uses the others
};

} // namespace iam::store::sql
