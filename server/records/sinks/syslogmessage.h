// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/records.h"
#include <cstddef>
#include <optional>
#include <string>

namespace iam::records {

/// What is the same in all messages.
struct SyslogHead {
    int priority = 86; ///< facility * 8 + severity; 86: authpriv, informational
    std::string appName = "syslog-pump";
    std::string node; ///< whose records they are, for those that do not say it
};

/// The record as one message (RFC 5424): its time, its node as host name, the message id "decision", its number as
/// meta.sequenceId, and as text the record in JSON, as the API has it (which holds no line break). Longer than `limit`
/// bytes: once more with context and deciders left out, and "reduced":true in front. Nothing: it is still too long.
[[nodiscard]] std::optional<std::string> syslogMessage(const SyslogHead& head, const contract::DecisionRecord& record,
                                                       std::size_t limit);

} // namespace iam::records
