// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <unordered_set>

namespace iam::cluster {

/// Remembers what was said once, for as long as it could be said again. Bounded. Not thread-safe.
class NonceMemory {
public:
    using Time = std::chrono::steady_clock::time_point;
    enum class Seen { New, Again, Full };

    NonceMemory(std::chrono::milliseconds kept, std::size_t most)
        : m_kept(kept)
        , m_most(most)
    {
    }

    /// Notes `nonce` when it is new. Full: there is no room, nothing is noted; better to refuse than to forget.
    [[nodiscard]] Seen note(const std::string& nonce, Time now);
    [[nodiscard]] std::size_t size() const noexcept { return m_order.size(); }

private:
    struct Entry {
        std::string nonce;
        Time until;
    };
    const std::chrono::milliseconds m_kept;
    const std::size_t m_most;
    std::deque<Entry> m_order;
    std::unordered_set<std::string> m_known;
};

} // namespace iam::cluster
