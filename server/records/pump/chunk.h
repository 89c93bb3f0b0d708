// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/records.h"
#include "store/recordblockstore.h"
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace iam::records {

/// Sequences of which there is no record, and why: a gap's cause, "damaged" (its block cannot be read) or "retention"
/// (it was removed).
struct Hole {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::string cause;
    bool operator==(const Hole&) const = default;
};

/// A stretch of a decision log, unpacked: each sequence above `from`, up to and with `through`, is that of one record
/// or lies in one hole.
struct Chunk {
    std::string log;
    std::uint64_t from = 0;
    std::uint64_t through = 0;
    std::vector<contract::DecisionRecord> records; ///< rising
    std::vector<Hole> holes;                       ///< rising
    std::uint64_t lastSequence = 0;                ///< of the log, when it was read
};

/// Unpacks what a store gave for `sequence`, the first blocks of it when all are more than some 16 MiB. Blocks that
/// cannot be read are logged.
[[nodiscard]] Chunk makeChunk(const store::RecordsAfter& found, std::uint64_t sequence);

/// How many sequences of the holes lie above `from`, up to and with `through`, by cause.
[[nodiscard]] std::map<std::string, std::uint64_t> countHoles(const std::vector<Hole>& holes, std::uint64_t from,
                                                              std::uint64_t through);

} // namespace iam::records
