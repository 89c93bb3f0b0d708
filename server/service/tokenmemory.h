// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/perthread.h"
#include "crypto/shortmac.h"
#include "service/accesssnapshot.h"
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace iam::service {

/// Secret tokens whose signature was found good, so that a client's next request with the same token costs one short
/// MAC instead of a verification. What is remembered holds for one snapshot only: any change of users, secrets or
/// policies, and it is verified anew. The times in the token and in the secret are for the caller to look at every
/// time. Tokens themselves are not kept, only their MAC under a key that was made for it. Thread-safe: each thread has
/// a memory and a key of its own, and a fixed number of places; a newcomer takes the place of another one.
class TokenMemory {
public:
    /// What a good token came to. The pointers hold as long as that snapshot.
    struct Known {
        std::uint64_t snapshot = 0;
        const std::shared_ptr<const AccessKey>* key = nullptr;
        const store::Account* owner = nullptr;
        crypto::SecretTokenTimes times;
    };
    using Digest = crypto::ShortMac::Value;

    /// `places` for each thread; 0: nothing is remembered.
    explicit TokenMemory(std::size_t places);

    /// By what find() and keep() know the token on this thread; nothing when nothing is remembered.
    [[nodiscard]] std::optional<Digest> digestOf(std::string_view token) const;
    /// What is known of it in that snapshot, or nullptr. Valid until keep().
    [[nodiscard]] const Known* find(const Digest& digest, std::uint64_t snapshot) const;
    void keep(const Digest& digest, const Known& known) const;

private:
    struct Place {
        Digest digest{};
        Known known;
    };
    struct Memory {
        crypto::ShortMac mac;
        std::vector<Place> places;
    };
    [[nodiscard]] Place& placeOf(const Digest& digest) const;

    const std::size_t m_places;
    PerThread<Memory> m_memory;
};

} // namespace iam::service
