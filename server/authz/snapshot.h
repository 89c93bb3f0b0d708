// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/policyset.h"
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace iam::authz {

/// Every owner's policies at one moment. Immutable and cheap to copy with one owner replaced: what did not change is
/// shared with the snapshot before it. Publishing one to other threads is the caller's business.
class Snapshot {
public:
    using Set = std::shared_ptr<const PolicySet>;

    /// Nobody has a policy.
    Snapshot();
    /// A null set means that the owner has none; of two sets for one owner the last counts.
    Snapshot(std::uint64_t version, std::vector<std::pair<std::string, Set>> owners);
    Snapshot(const Snapshot&);
    Snapshot(Snapshot&&) noexcept;
    Snapshot& operator=(const Snapshot&);
    Snapshot& operator=(Snapshot&&) noexcept;
    ~Snapshot();

    [[nodiscard]] std::uint64_t version() const noexcept { return m_version; }
    [[nodiscard]] std::size_t ownerCount() const noexcept { return m_ownerCount; }
    /// The owner's policies, or null. The names are compared byte by byte.
    [[nodiscard]] Set find(std::string_view owner) const;

    /// This snapshot with one owner's policies replaced (null: removed), under a new version number.
    [[nodiscard]] Snapshot with(std::uint64_t version, const std::string& owner, Set set) const;

    /// find() and then PolicySet::decide(); an owner without policies: denied, contract::reasonNoPolicies.
    [[nodiscard]] contract::Decision decide(std::string_view owner, const contract::DecisionRequest& request) const;
    [[nodiscard]] Explanation explain(std::string_view owner, const contract::DecisionRequest& request) const;

private:
    struct Shard;
    static constexpr std::size_t shardCount = 256;
    static std::size_t shardOf(std::string_view owner) noexcept;
    const Set* lookUp(std::string_view owner) const;

    std::uint64_t m_version = 0;
    std::size_t m_ownerCount = 0;
    std::array<std::shared_ptr<const Shard>, shardCount> m_shards;
};

} // namespace iam::authz
