// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/configsource.h"
#include "base/result.h"
#include "contract/records.h"
#include <chrono>
#include <span>
#include <string>
#include <vector>

namespace iam::records {

/// Where decision records go. One thread calls write(), another may ask for metrics().
class Sink {
public:
    virtual ~Sink() = default;

    /// Hands the records over, in their order; blocks for SinkConfig::timeout at most, connecting included. Success:
    /// the receiver has all of them for good (a file: on the disk). Code::StorageUnavailable: again later; what was
    /// handed over before may come twice. Code::Validation: these records can never be taken as they are; they come
    /// again in halves, down to the one that is to blame. Any other code counts as Code::StorageUnavailable.
    /// Error::detail holds no secret and no record.
    virtual Result<> write(std::span<const contract::DecisionRecord> records) = 0;

    /// What it wants to be shown beside the pump's metrics, in Prometheus' text format (0.0.4); mostly nothing. From
    /// any thread.
    [[nodiscard]] virtual std::string metrics() const { return {}; }
};

/// One entry of the list pump.sinks. The pump itself leaves out, shortens and masks records; a sink writes what it is
/// given.
struct SinkConfig {
    std::string name;                       ///< of its position and in metrics: letters, digits, '-' and '_'
    std::string type;                       ///< "csv", "syslog", …
    std::vector<std::string> usernames;     ///< owners whose records are written; none: everybody's
    std::vector<std::string> skipUsernames; ///< owners whose records are not
    std::chrono::milliseconds timeout{5000};
    bool omitDetailedRecording = false; ///< context, reason and deciders are left out
    /// What is made unreadable: "owner", "subject", "resource", "requestId", "context" or one member of it,
    /// "context.KEY".
    std::vector<std::string> maskFields;
    enum class Mask {
        Hash,  ///< "hmac:" and half of an HMAC-SHA-256 in hexadecimal: the same text gives the same mask
        Stars, ///< "***"
    };
    Mask maskWith = Mask::Hash;
    /// The sink's own options: the keys below `meta` as ConfigFile::values has them, without what stands before them
    /// ("csv_dir", not "pump.sinks[0].meta.csv_dir"), each with its origin. A ConfigReader over them reads them.
    ConfigValues meta;
};

} // namespace iam::records
