// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace iam {

/// A map by text, of which a copy costs next to nothing and a change of the copy a few hundredths of the whole: copies
/// share what neither changed. Different objects may be used by different threads, as with any value.
template <class Value>
class ShardedMap {
public:
    /// The value, or nullptr. Valid until this map is changed or dies.
    [[nodiscard]] const Value* find(std::string_view key) const
    {
        const Shard* shard = m_shards[shardOf(key)].get();
        if (shard == nullptr) return nullptr;
        const auto found = shard->find(key);
        return found == shard->end() ? nullptr : &found->second;
    }
    [[nodiscard]] bool contains(std::string_view key) const { return find(key) != nullptr; }
    [[nodiscard]] std::size_t size() const noexcept { return m_size; }
    /// Calls `visit(key, value)` for each, in no promised order.
    template <class Visit>
    void forEach(Visit visit) const
    {
        for (const auto& shard : m_shards) {
            if (!shard) continue;
            for (const auto& [key, value] : *shard) visit(key, value);
        }
    }

    void set(const std::string& key, Value value)
    {
        if (ownShard(key).insert_or_assign(key, std::move(value)).second) ++m_size;
    }
    void erase(const std::string& key)
    {
        if (contains(key)) m_size -= ownShard(key).erase(key);
    }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
    };
    using Shard = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;
    static constexpr std::size_t shardCount = 256;

    static std::size_t shardOf(std::string_view key) noexcept { return Hash{}(key) % shardCount; }
    /// The key's shard, shared with no other map.
    Shard& ownShard(std::string_view key)
    {
        std::shared_ptr<Shard>& shard = m_shards[shardOf(key)];
        if (!shard)
            shard = std::make_shared<Shard>();
        else if (shard.use_count() > 1)
            shard = std::make_shared<Shard>(*shard);
        return *shard;
    }

    std::array<std::shared_ptr<Shard>, shardCount> m_shards; ///< changed only by its one owner
    std::size_t m_size = 0;
};

} // namespace iam
