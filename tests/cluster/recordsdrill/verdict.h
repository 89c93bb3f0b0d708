// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "recordsdrill/evidence.h"
#include <chrono>
#include <string>
#include <vector>

namespace iam::drill {

/// What was asked of the server, and what became of it.
struct Asked {
    std::vector<Question> questions;
    std::vector<Run> runs;
    /// How long before a kill of the server a decision may have been answered whose record is lost.
    std::chrono::milliseconds window{};
};

/// The counts, as lines of text, and each sentence that is not true although it has to be.
struct Verdict {
    std::string table;
    std::vector<std::string> faults;
};

/// - Every sequence of a log is a record or in a gap that has a cause.
/// - The sinks csv and sql have exactly the records of both logs, sql each of them once; the others have what their
///   filters and refusals leave; of syslog, where nothing is acknowledged, a death may take some.
/// - taken + dead-lettered + filtered + holes is what was produced, and each part is what is found.
/// - Every answered decision is in the log, unless the server was killed at most `window` later; with durability sync
///   there is no such exception.
[[nodiscard]] Verdict judge(const Evidence& evidence, const Asked& asked);

} // namespace iam::drill
