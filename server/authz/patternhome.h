// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/pattern.h"
#include "authz/pattern/templatematcher.h"
#include <array>
#include <functional>
#include <mutex>
#include <string_view>
#include <unordered_set>

namespace iam::authz {

/// What a pool and its patterns share; dies with the last of them.
class Pattern::Home {
public:
    explicit Home(std::size_t matcherBytes)
        : memory(matcherBytes)
    {
    }

    /// The pattern of that text, when one is alive.
    [[nodiscard]] PatternPtr find(std::string_view text);
    /// The one that is alive by now, or `made`.
    [[nodiscard]] PatternPtr keep(PatternPtr made);
    /// Called by a pattern nobody holds any more.
    void forget(const Pattern* dead) noexcept;
    [[nodiscard]] std::size_t size();

    MatcherMemory memory;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
        std::size_t operator()(const Pattern* pattern) const noexcept { return (*this)(pattern->text()); }
    };
    struct Equal {
        using is_transparent = void;
        bool operator()(const Pattern* a, const Pattern* b) const noexcept { return a->text() == b->text(); }
        bool operator()(std::string_view a, const Pattern* b) const noexcept { return a == b->text(); }
        bool operator()(const Pattern* a, std::string_view b) const noexcept { return a->text() == b; }
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_set<const Pattern*, Hash, Equal> patterns;
    };
    Shard& shardOf(std::string_view text) { return m_shards[std::hash<std::string_view>{}(text) >> 58]; }
    static PatternPtr findIn(Shard& shard, std::string_view text);

    std::array<Shard, 64> m_shards;
};

} // namespace iam::authz
