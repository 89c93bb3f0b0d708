// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/pump.h"
#include "recordsdrill/installation.h"
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace iam::drill {

inline constexpr const char* ownSource = "records";
inline constexpr const char* legacySource = "legacy";

/// What a decision log holds.
struct LogContent {
    struct Stored {
        std::string resource;
        std::string owner;
    };
    std::map<std::uint64_t, Stored> stored;
    std::map<std::string, std::uint64_t> gaps; ///< by cause
    std::uint64_t last = 0;
};

/// What a receiver holds: how often it has the record of a sequence, by source.
struct Received {
    struct Row {
        std::string resource;
        int times = 0;
    };
    std::map<std::string, std::map<std::uint64_t, Row>> rows;
    std::uint64_t torn = 0;          ///< pieces that are no record
    std::uint64_t contradicting = 0; ///< rows of one sequence with different resources

    void add(const std::string& node, std::uint64_t sequence, const std::string& resource);
};

/// All that is left when every process but MariaDB has ended.
struct Evidence {
    std::map<std::string, LogContent> logs;  ///< by source
    std::map<std::string, Received> sinks;   ///< by name, those with a receiver of their own
    std::vector<contract::SinkStatus> pumps; ///< positions as they were saved
    /// By sink, then source: the sequences of its dead letters.
    std::map<std::string, std::map<std::string, std::set<std::uint64_t>>> deadLetters;
};

[[nodiscard]] Result<LogContent> readLog(const Installation& installation, const std::string& source);
[[nodiscard]] Result<Evidence> gatherEvidence(Installation& installation);

} // namespace iam::drill
