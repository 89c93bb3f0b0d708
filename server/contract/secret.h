// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/secret.h"
#include "contract/metadata.h"
#include <optional>

namespace iam::contract {

/// The last time that a key signed a request for a decision.
struct SecretUse {
    std::optional<TimePoint> at; ///< the minute in which it was; nothing: never
    std::string address;         ///< of the client that was seen first in that minute
    std::string action;          ///< that it asked about, cut at maxUsedActionLength bytes
    bool operator==(const SecretUse&) const = default;
};

inline constexpr std::size_t maxUsedActionLength = 255;
/// In seconds: how long a rotated key may stay valid.
inline constexpr std::int64_t maxRotationOverlap = 90 * 86'400;

/// The key that a secret had before its rotation, while that is valid beside the new one.
struct PreviousKey {
    std::string secretId;
    std::int64_t expires = 0; ///< Unix seconds; valid up to and with that second
    SecretUse lastUse;
    bool operator==(const PreviousKey&) const = default;

    [[nodiscard]] bool endedAt(TimePoint now) const noexcept
    {
        return now.time_since_epoch() > std::chrono::seconds(expires);
    }
};

/// An access key of a user. The key itself is shown once, when it is made or rotated.
struct Secret {
    Metadata metadata;
    std::string username;
    std::string secretId;     ///< 36 characters, the token's "kid"
    SecretString secretKey;   ///< 32 characters; empty when it is not to be shown
    std::int64_t expires = 0; ///< Unix seconds; 0 or less: never
    std::string description;
    int status = 1;                      ///< 1 may sign requests, 0 is disabled
    SecretUse lastUse;                   ///< of the present key
    std::optional<PreviousKey> previous; ///< nothing: no other key is valid

    [[nodiscard]] bool enabled() const noexcept { return status == 1; }
    [[nodiscard]] bool expiredAt(TimePoint now) const noexcept
    {
        return expires >= 1 && now.time_since_epoch() > std::chrono::seconds(expires);
    }
};

} // namespace iam::contract
