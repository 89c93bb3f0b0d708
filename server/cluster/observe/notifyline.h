// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace iam::cluster {

/// What keepalived writes to its notify FIFO at every change (keepalived.conf(5), vrrp_notify_fifo):
///     INSTANCE "VI_1" MASTER 100
struct NotifyLine {
    std::string kind; ///< "INSTANCE" or "GROUP"
    std::string name; ///< "VI_1"
    std::string says; ///< MASTER BACKUP FAULT STOP DELETED MASTER_RX_LOWER_PRI MASTER_PRIORITY BACKUP_PRIORITY
    int priority = 0; ///< in effect
    bool operator==(const NotifyLine&) const = default;
};

/// Nothing when it is no such line.
[[nodiscard]] std::optional<NotifyLine> readNotifyLine(std::string_view line);

/// Makes lines of pieces. A line longer than 256 bytes is left out whole.
class NotifyLines {
public:
    /// Calls for every whole line that `bytes` ends, without its end.
    void take(std::string_view bytes, const std::function<void(std::string_view)>& found);
    [[nodiscard]] std::size_t tooLong() const noexcept { return m_tooLong; }

private:
    std::string m_begun;
    bool m_skipping = false;
    std::size_t m_tooLong = 0;
};

} // namespace iam::cluster
