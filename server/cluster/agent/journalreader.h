// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/cluster.h"
#include "contract/records.h"
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace iam::cluster {

/// Cuts text that comes in pieces into lines. A line that is too long is left out and counted.
class LineCutter {
public:
    static constexpr std::size_t longest = 64 * 1024;

    explicit LineCutter(std::function<void(std::string_view line)> take)
        : m_take(std::move(take))
    {
    }

    void add(std::string_view bytes);
    /// What came behind the last line feed is a line too.
    void end();
    [[nodiscard]] std::uint64_t tooLong() const noexcept { return m_tooLong; }

private:
    void finish();

    const std::function<void(std::string_view line)> m_take;
    std::string m_line;
    bool m_skipping = false;
    std::uint64_t m_tooLong = 0;
};

/// Where a reading of events begins: at a moment, or at a number.
using EventsFrom = std::variant<TimePoint, std::uint64_t>;
/// RFC 3339 or a whole number; nothing for anything else.
[[nodiscard]] std::optional<EventsFrom> parseEventsFrom(std::string_view text);

/// The line of an event, and back. Nothing for any other line; Code::Validation for a line that is no journal's.
[[nodiscard]] std::string journalLine(const contract::ClusterEvent& event);
[[nodiscard]] std::string journalLine(TimePoint time, const std::string& node, const std::string& notice);
Result<std::optional<contract::ClusterEvent>> eventOfLine(std::string_view line);

struct JournalReading {
    contract::RecordPage<contract::ClusterEvent> page; ///< oldest first; `next` is the number of the event behind
    std::uint64_t damaged = 0; ///< lines that could not be read; the others are given all the same
};
/// Events of the files in `directory`. Blocks. Code::StorageUnavailable when a file cannot be opened.
Result<JournalReading> readEvents(const std::string& directory, const EventsFrom& from, std::size_t limit);

/// The newest events, at most `most`, oldest first.
[[nodiscard]] std::vector<contract::ClusterEvent> newestEvents(const std::string& directory, std::size_t most);

} // namespace iam::cluster
