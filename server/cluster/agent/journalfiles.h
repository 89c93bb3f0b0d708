// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iam::cluster {

/// The files of a journal: text lines, one file a day (more, when a day is long), the oldest go first. One thread.
/// What a crash cut off stays as it is: the next line begins behind it on a line of its own.
class JournalFiles {
public:
    struct Config {
        std::string directory;
        std::chrono::milliseconds retention{};
        std::uint64_t maxSize = 0; ///< of all files together, give or take one line
        std::string head;          ///< the first line of each file, so that each can be read by itself
    };

    /// Makes the directory (0700). `clock` outlives this.
    static Result<JournalFiles> open(Config config, const Clock& clock);
    JournalFiles(JournalFiles&& other) noexcept;
    JournalFiles& operator=(JournalFiles&&) = delete;
    ~JournalFiles();

    /// Appends a line (without its line feed), whole or not at all. `sync`: it is on the disk when this returns
    /// (fdatasync(2)); other lines go there when the system sees fit, within about half a minute.
    Result<> append(std::string_view line, bool sync);

    /// Whole paths, oldest first.
    [[nodiscard]] static std::vector<std::string> list(const std::string& directory);
    /// The beginning of the name of the files of that day (UTC): names sort by it.
    [[nodiscard]] static std::string nameOfDay(TimePoint time);

private:
    JournalFiles(Config config, const Clock& clock);
    Result<> begin(const std::string& day);
    Result<> write(std::string_view bytes);
    void close() noexcept;
    void prune();
    [[nodiscard]] std::chrono::milliseconds clockOffset() const;

    Config m_config;
    const Clock& m_clock;
    const std::chrono::milliseconds m_offset; ///< wall clock minus steady clock, at the start
    int m_file = -1;
    std::uint64_t m_size = 0;
    std::string m_path;
    std::string m_day;
};

} // namespace iam::cluster
