// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/notifyline.h"
#include <algorithm>
#include <array>
#include <charconv>

namespace iam::cluster {
namespace {

constexpr std::size_t longestNotifyLine = 256;
constexpr std::array<std::string_view, 8> sayings{
    "MASTER", "BACKUP", "FAULT", "STOP", "DELETED", "MASTER_RX_LOWER_PRI", "MASTER_PRIORITY", "BACKUP_PRIORITY"};

/// Up to the next blank, which is dropped.
std::string_view nextWord(std::string_view& rest)
{
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return word;
}

} // namespace

std::optional<NotifyLine> readNotifyLine(std::string_view line)
{
    NotifyLine read;
    read.kind = nextWord(line);
    if (read.kind != "INSTANCE" && read.kind != "GROUP") return std::nullopt;
    if (!line.starts_with('"')) return std::nullopt;
    const std::size_t quote = line.find('"', 1);
    if (quote == std::string_view::npos || line.substr(quote + 1, 1) != " ") return std::nullopt;
    read.name = line.substr(1, quote - 1);
    line.remove_prefix(quote + 2);
    read.says = nextWord(line);
    if (std::ranges::count(sayings, read.says) == 0) return std::nullopt;
    const auto number = std::from_chars(line.data(), line.data() + line.size(), read.priority);
    if (number.ec != std::errc() || number.ptr != line.data() + line.size()) return std::nullopt;
    return read;
}

void NotifyLines::take(std::string_view bytes, const std::function<void(std::string_view)>& found)
{
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::string_view piece = bytes.substr(0, end);
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        if (!m_skipping && m_begun.size() + piece.size() > longestNotifyLine) {
            m_skipping = true;
            ++m_tooLong;
        }
        if (!m_skipping) m_begun.append(piece);
        if (end == std::string_view::npos) continue;
        const std::string line = std::exchange(m_begun, {});
        if (!std::exchange(m_skipping, false)) found(line);
    }
}

} // namespace iam::cluster
