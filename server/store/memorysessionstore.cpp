// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/memorysessionstore.h"
#include "base/text.h"
#include <algorithm>

namespace iam::store {

namespace {

contract::Session toSession(const NewSession& row, const std::string& owner)
{
    return {row.id, owner, row.createdAt, row.expiresAt, row.address, row.userAgent, false};
}

} // namespace

Result<> MemorySessionStore::begin(const NewSession& session)
{
    const std::lock_guard lock(m_tables.mutex);
    if (!m_tables.users.contains(session.ownerId)) return fail(Code::UserNotFound);
    m_tables.sessions.emplace(++m_tables.lastSessionId, session);
    return {};
}

Result<contract::ListPage<contract::Session>> MemorySessionStore::list(const std::optional<std::string>& owner,
                                                                       const contract::ListQuery& query, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    return pageOf<contract::Session>(
        m_tables.sessions, query,
        [&](const NewSession& row) {
            const MemoryTables::UserRow& user = m_tables.users.at(row.ownerId);
            return row.expiresAt > now && user.user.enabled() && row.tokensValidFrom >= user.tokensValidFrom &&
                   (!owner || text::equalIgnoringCase(*owner, user.user.metadata.name));
        },
        [&](const NewSession& row) { return toSession(row, m_tables.users.at(row.ownerId).user.metadata.name); });
}

Result<std::uint64_t> MemorySessionStore::end(const std::optional<std::string>& owner,
                                              const std::vector<std::string>& ids, TimePoint until,
                                              const contract::Actor& actor, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    std::uint64_t ended = 0;
    for (const std::string& id : ids) {
        const auto row = std::find_if(m_tables.sessions.begin(), m_tables.sessions.end(),
                                      [&](const auto& entry) { return entry.second.id == id; });
        if (row == m_tables.sessions.end()) continue;
        const std::string& name = m_tables.users.at(row->second.ownerId).user.metadata.name;
        if (owner && !text::equalIgnoringCase(*owner, name)) continue;
        m_tables.revoke({id, name, std::max(until, row->second.expiresAt)});
        m_tables.record({0, now, actor, "session", "revoke", name, id, {}, {}});
        m_tables.sessions.erase(row);
        ++ended;
    }
    return ended;
}

Result<> MemorySessionStore::revoke(const RevokedToken& token, const contract::Actor& actor, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    std::erase_if(m_tables.sessions, [&](const auto& entry) { return entry.second.id == token.tokenId; });
    if (!m_tables.revoke(token)) return {};
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
    std::erase_if(m_tables.sessions, [&](const auto& entry) { return entry.second.expiresAt <= now; });
    return std::erase_if(m_tables.revoked, [&](const auto& entry) { return entry.second.until <= now; });
}

} // namespace iam::store
