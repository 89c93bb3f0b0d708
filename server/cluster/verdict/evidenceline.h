// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "cluster/verdict/observation.h"
#include <string_view>
#include <variant>
#include <vector>

namespace iam::cluster {

/// What stands in the first line of evidence: {"cluster":{"vip":"10.0.4.99","nodes":["n1","n2"]}}
struct EvidenceHead {
    std::string vip;
    std::vector<std::string> nodes; ///< 1 to 8, unique
    bool operator==(const EvidenceHead&) const = default;
};

/// {"t_ms":1234,"node":"n1","what":"address","says":"held","since_ms":1000,"about":…,"heard_ms":1240}
struct EvidenceWord {
    Observation observation;   ///< times count from the beginning of the time line
    Observation::Time heard{}; ///< when it reached the collector; absent in the line: Observation::at
    bool operator==(const EvidenceWord&) const = default;
};

/// A line about something else, as a journal has them beside the evidence: {"event":…}
struct EvidenceSkipped {
    bool operator==(const EvidenceSkipped&) const = default;
};

using EvidenceLine = std::variant<EvidenceHead, EvidenceWord, EvidenceSkipped>;

inline constexpr std::size_t longestEvidenceLine = 65536;

/// Reads one line without its line feed. Refuses (Validation, a sentence) what is not such an object: no JSON, unknown
/// or missing members, texts of wrong kinds or lengths, times that are no integers of 0…4·10^12 ms, since_ms > t_ms,
/// heard_ms < t_ms.
Result<EvidenceLine> parseEvidence(std::string_view line);
/// The line without its line feed; parseEvidence() reads the same from it.
[[nodiscard]] std::string writeEvidence(const EvidenceHead& head);
[[nodiscard]] std::string writeEvidence(const EvidenceWord& word);

} // namespace iam::cluster
