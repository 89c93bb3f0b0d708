// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/secret.h"
#include "contract/metadata.h"

namespace iam::contract {

/// An access key of a user. The key itself is shown once, when it is made.
struct Secret {
    Metadata metadata;
    std::string username;
    std::string secretId;     ///< 36 characters, the token's "kid"
    SecretString secretKey;   ///< 32 characters; empty when it is not to be shown
    std::int64_t expires = 0; ///< Unix seconds; 0 or less: never
    std::string description;

    [[nodiscard]] bool expiredAt(TimePoint now) const noexcept
    {
        return expires >= 1 && now.time_since_epoch() > std::chrono::seconds(expires);
    }
};

} // namespace iam::contract
