// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/agent/journalreader.h"
#include "base/timetext.h"
#include "cluster/agent/journalfiles.h"
#include "cluster/verdict/evidenceline.h"
#include "contract/clustercodec.h"
#include "contract/json.h"
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace iam::cluster {
namespace {

constexpr std::string_view eventStart = "{\"event\":";
/// How much is read to fill the memory with old events; more only until there is one at all.
constexpr std::uint64_t enough = std::uint64_t{64} << 20;

/// Calls `take` for each line until it returns false. False: the file cannot be opened.
bool readLines(const std::string& path, const std::function<bool(std::string_view line)>& take, std::uint64_t& damaged)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) return false;
    bool wanted = true;
    LineCutter cutter([&](std::string_view line) {
        if (wanted && !line.empty()) wanted = take(line);
    });
    std::array<char, 64 * 1024> buffer;
    while (wanted && file) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        cutter.add({buffer.data(), static_cast<std::size_t>(file.gcount())});
    }
    cutter.end();
    damaged += cutter.tooLong();
    return true;
}

bool isBefore(const contract::ClusterEvent& event, const EventsFrom& from)
{
    if (const TimePoint* time = std::get_if<TimePoint>(&from)) return event.time < *time;
    return event.sequence < std::get<std::uint64_t>(from);
}

} // namespace

void LineCutter::add(std::string_view bytes)
{
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::string_view part = bytes.substr(0, end);
        if (!m_skipping && m_line.size() + part.size() > longest) {
            m_skipping = true;
            m_line.clear();
        }
        if (!m_skipping) m_line.append(part);
        if (end == std::string_view::npos) return;
        finish();
        bytes.remove_prefix(end + 1);
    }
}

void LineCutter::finish()
{
    if (m_skipping)
        ++m_tooLong;
    else
        m_take(m_line);
    m_skipping = false;
    m_line.clear();
}

void LineCutter::end()
{
    if (m_skipping || !m_line.empty()) finish();
}

std::optional<EventsFrom> parseEventsFrom(std::string_view text)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (!text.empty() && error == std::errc() && end == text.data() + text.size()) return EventsFrom(number);
    if (const auto time = fromRfc3339(text)) return EventsFrom(*time);
    return std::nullopt;
}

std::string journalLine(const contract::ClusterEvent& event)
{
    return std::string(eventStart) + contract::encodeClusterEvent(event) + '}';
}

std::string journalLine(TimePoint time, const std::string& node, const std::string& notice)
{
    std::string line(eventStart);
    contract::JsonObjectWriter(line).text("time", toRfc3339(time)).text("node", node).text("notice", notice);
    return line + '}';
}

Result<std::optional<contract::ClusterEvent>> eventOfLine(std::string_view line)
{
    if (!line.starts_with(eventStart)) {
        if (const auto read = parseEvidence(line); !read) return fail(read);
        return std::optional<contract::ClusterEvent>();
    }
    const std::string_view inner = line.substr(eventStart.size(), line.size() - eventStart.size() - 1);
    auto event = line.ends_with('}') ? contract::decodeClusterEvent(inner)
                                     : Result<contract::ClusterEvent>(fail(Code::Validation));
    if (!event) return fail(Code::Validation, "a line that is no journal's");
    if (event->kind.empty()) return std::optional<contract::ClusterEvent>(); // a notice
    return std::optional(std::move(*event));
}

Result<JournalReading> readEvents(const std::string& directory, const EventsFrom& from, std::size_t limit)
{
    JournalReading reading;
    std::vector<contract::ClusterEvent>& items = reading.page.items;
    const TimePoint* time = std::get_if<TimePoint>(&from);
    // The name says the day by the clock of then; a day more, for a clock that was set.
    const std::string first = time != nullptr ? JournalFiles::nameOfDay(*time - std::chrono::hours(24)) : std::string();
    for (const std::string& path : JournalFiles::list(directory)) {
        const std::string name = std::filesystem::path(path).filename().string();
        if (name < first) continue;
        const auto take = [&](std::string_view line) {
            // Of evidence only the beginning is looked at: there is much of it.
            if (!line.starts_with(eventStart)) {
                reading.damaged += line.front() == '{' && line.back() == '}' ? 0 : 1;
                return true;
            }
            auto event = eventOfLine(line);
            if (!event) ++reading.damaged;
            if (!event || !*event || isBefore(**event, from)) return true;
            if (items.size() == limit) {
                reading.page.next = std::to_string((*event)->sequence);
                return false;
            }
            items.push_back(std::move(**event));
            return true;
        };
        if (!readLines(path, take, reading.damaged))
            return fail(Code::StorageUnavailable, path + " cannot be opened: " + std::strerror(errno));
        if (!reading.page.next.empty()) break;
    }
    return reading;
}

std::vector<contract::ClusterEvent> newestEvents(const std::string& directory, std::size_t most)
{
    std::vector<contract::ClusterEvent> newest;
    std::vector<std::string> paths = JournalFiles::list(directory);
    std::uint64_t seen = 0;
    std::uint64_t damaged = 0;
    for (auto path = paths.rbegin(); path != paths.rend(); ++path) {
        if (newest.size() >= most || (seen > enough && !newest.empty())) break;
        std::vector<contract::ClusterEvent> events;
        const auto take = [&events, &seen](std::string_view line) {
            seen += line.size();
            if (!line.starts_with(eventStart)) return true;
            if (auto event = eventOfLine(line); event && *event) events.push_back(std::move(**event));
            return true;
        };
        if (!readLines(*path, take, damaged)) continue;
        events.insert(events.end(), std::make_move_iterator(newest.begin()), std::make_move_iterator(newest.end()));
        newest = std::move(events);
    }
    if (newest.size() > most) newest.erase(newest.begin(), newest.end() - static_cast<std::ptrdiff_t>(most));
    return newest;
}

} // namespace iam::cluster
