// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <cstdint>
#include <string>
#include <string_view>

namespace iam::records {

/// An instant as MessagePack's time stamp extension has it.
struct LegacyTime {
    std::int64_t seconds = 0; ///< since the epoch
    std::uint32_t nanoseconds = 0;
    bool operator==(const LegacyTime&) const = default;
};

/// One decision as the system this one replaces hands it from its authz-servers to its pump: an element of a Redis
/// list, in MessagePack. The members stand in the order in which that system writes them.
struct LegacyRecord {
    std::int64_t timeStamp = 0; ///< seconds since the epoch
    std::string username;       ///< whose policies decided
    std::string effect;         ///< "allow" or "deny"
    std::string conclusion;     ///< a sentence that names the deciding policies
    std::string request;        ///< JSON object
    std::string policies;       ///< JSON array of all policies of that user
    std::string deciders;       ///< JSON array of those that matched
    LegacyTime expireAt;
    bool operator==(const LegacyRecord&) const = default;
};

/// The bytes that system would write.
[[nodiscard]] std::string packLegacyRecord(const LegacyRecord& record);

/// Reads what that system's pump would read: the fields in any order and any length of encoding, unknown ones passed
/// over, of repeated ones the last, a field that is nil or not there left as it is above; bytes behind the record are
/// ignored. Anything else is Code::DecodingFailed. Takes no more memory than the texts have.
Result<LegacyRecord> unpackLegacyRecord(std::string_view bytes);

} // namespace iam::records
