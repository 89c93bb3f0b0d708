// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/bus/redislink.h"
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace iam::records {

/// The Redis list of the system this one replaces: its authz-servers push records at the end, its pump takes all there
/// is and deletes it in one transaction.
inline constexpr const char* legacyListName = "analytics-iam-system-analytics";

/// Entries that were moved out of the list together, and stay in Redis until they are removed.
struct LegacyChunk {
    std::string id;
    std::vector<std::string> entries; ///< in the order of the list; none: the list is empty
};

/// How much is moved at once.
struct LegacyChunkLimits {
    std::size_t entries = 1000;
    std::size_t bytes = 4 * 1024 * 1024;    ///< unless one entry alone has more
    std::size_t largest = 16 * 1024 * 1024; ///< an entry with more is moved to a list of its own, and left there

    [[nodiscard]] cluster::RedisLimits answer() const;
};

/// Takes the list apart so that no entry is ever in this process alone: a chunk is moved within Redis, each step by
/// one script, so that it happens whole or not at all, and only for the one whose turn it is. A pump of the old system
/// beside this finds each entry or does not; nothing is handed to both. Failures are those of RedisLink;
/// Code::AnswerInvalid when Redis refuses (it is read-only, has no room, …). Of the thread of its link.
class LegacyList {
public:
    /// `holder` is nobody else's; a turn that is not taken again ends after `term`.
    LegacyList(cluster::RedisLink& link, std::string holder, std::chrono::milliseconds term);

    struct Turn {
        bool ours = false;
        std::uint64_t waiting = 0;  ///< entries in the list
        std::uint64_t tooLarge = 0; ///< entries put aside
    };
    /// Takes the turn, or prolongs it, unless it is somebody else's.
    Result<Turn> takeTurn();
    /// The chunk that was moved last and not removed, whoever moved it; else moves one, under the name `newId`.
    /// Nothing when it is somebody else's turn.
    Result<std::optional<LegacyChunk>> take(const std::string& newId, const LegacyChunkLimits& limits);
    /// False when it is somebody else's turn; one that is not there any more is fine.
    Result<bool> remove(const std::string& id);

private:
    Result<cluster::RedisReply> run(const char* script, const std::vector<std::string>& arguments);

    cluster::RedisLink& m_link;
    const std::string m_holder;
    const std::string m_term; ///< in ms
};

} // namespace iam::records
