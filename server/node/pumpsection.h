// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/configreader.h"
#include "records/sinks/sink.h"
#include <cstdint>
#include <string>
#include <vector>

namespace iam::node {

/// What pump.* says.
struct PumpSection {
    std::string bindAddress = "127.0.0.1";
    std::uint16_t bindPort = 7070;
    std::uint64_t deadLetterSize = std::uint64_t{16} << 20; ///< of one file
    int deadLetterFiles = 16;
    bool drainLegacyQueue = false; ///< the records of the old system's list in Redis are pumped, too
    std::vector<records::SinkConfig> sinks;
};

/// Takes pump.* out of the sources. `isPump`: the role is asked for, which needs a sink. Faults come from
/// reader.finish(), those of the sinks' own options from here.
[[nodiscard]] std::vector<FieldFault> readPumpSection(ConfigReader& reader, PumpSection& section, bool isPump);

} // namespace iam::node
