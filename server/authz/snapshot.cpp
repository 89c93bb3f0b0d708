// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/snapshot.h"
#include <algorithm>
#include <functional>
#include <map>

namespace iam::authz {

struct Snapshot::Shard {
    std::map<std::string, Set, std::less<>> owners;
};

Snapshot::Snapshot() = default;
Snapshot::Snapshot(const Snapshot&) = default;
Snapshot::Snapshot(Snapshot&&) noexcept = default;
Snapshot& Snapshot::operator=(const Snapshot&) = default;
Snapshot& Snapshot::operator=(Snapshot&&) noexcept = default;
Snapshot::~Snapshot() = default;

std::size_t Snapshot::shardOf(std::string_view owner) noexcept
{
    return std::hash<std::string_view>{}(owner) % shardCount;
}

Snapshot::Snapshot(std::uint64_t version, std::vector<std::pair<std::string, Set>> owners)
    : m_version(version)
{
    std::vector<std::shared_ptr<Shard>> shards(shardCount);
    for (auto& [owner, set] : owners) {
        std::shared_ptr<Shard>& shard = shards[shardOf(owner)];
        if (!shard) shard = std::make_shared<Shard>();
        if (set)
            shard->owners.insert_or_assign(std::move(owner), std::move(set));
        else
            shard->owners.erase(owner);
    }
    for (std::size_t i = 0; i < shardCount; ++i) {
        m_ownerCount += shards[i] ? shards[i]->owners.size() : 0;
        m_shards[i] = std::move(shards[i]);
    }
}

const Snapshot::Set* Snapshot::lookUp(std::string_view owner) const
{
    const Shard* shard = m_shards[shardOf(owner)].get();
    if (!shard) return nullptr;
    const auto found = shard->owners.find(owner);
    return found == shard->owners.end() ? nullptr : &found->second;
}

Snapshot::Set Snapshot::find(std::string_view owner) const
{
    const Set* set = lookUp(owner);
    return set ? *set : nullptr;
}

Snapshot Snapshot::with(std::uint64_t version, const std::string& owner, Set set) const
{
    Snapshot next = *this;
    next.m_version = version;
    std::shared_ptr<const Shard>& place = next.m_shards[shardOf(owner)];
    const auto shard = place ? std::make_shared<Shard>(*place) : std::make_shared<Shard>();
    next.m_ownerCount -= shard->owners.size();
    if (set)
        shard->owners.insert_or_assign(owner, std::move(set));
    else
        shard->owners.erase(owner);
    next.m_ownerCount += shard->owners.size();
    place = shard;
    return next;
}

contract::Decision Snapshot::decide(std::string_view owner, const contract::DecisionRequest& request) const
{
    static const PolicySet none;
    const Set* set = lookUp(owner);
    return (set ? **set : none).decide(request);
}

Explanation Snapshot::explain(std::string_view owner, const contract::DecisionRequest& request) const
{
    static const PolicySet none;
    const Set* set = lookUp(owner);
    return (set ? **set : none).explain(request);
}

} // namespace iam::authz
