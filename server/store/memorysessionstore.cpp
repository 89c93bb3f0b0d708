// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/memorysessionstore.h"

namespace iam::store {

Result<> MemorySessionStore::revoke(const RevokedToken& token, const contract::Actor& actor, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    const auto [place, isNew] = m_tables.revoked.try_emplace(token.tokenId, token);
    if (!isNew) {
        place->second.until = std::max(place->second.until, token.until);
        return {};
    }
    m_tables.record({0, now, actor, "session", "logout", token.owner, token.tokenId, {}, {}});
    return {};
}

Result<std::vector<RevokedToken>> MemorySessionStore::revoked()
{
    const std::lock_guard lock(m_tables.mutex);
    std::vector<RevokedToken> tokens;
    for (const auto& [id, token] : m_tables.revoked) tokens.push_back(token);
    return tokens;
}

Result<std::uint64_t> MemorySessionStore::prune(TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    return std::erase_if(m_tables.revoked, [&](const auto& entry) { return entry.second.until <= now; });
}

} // namespace iam::store
