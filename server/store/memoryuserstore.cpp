// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/memoryuserstore.h"
#include "base/text.h"
#include "contract/codec.h"
#include <algorithm>
#include <set>

namespace iam::store {

namespace {

using UserRow = MemoryTables::UserRow;

Account toAccount(const UserRow& row)
{
    const contract::User& user = row.user;
    return {user.metadata.id,    user.metadata.name,      user.enabled(), user.administrator(),
            row.tokensValidFrom, user.metadata.createdAt, user.loginedAt};
}

/// Applies `change` to the row and records it.
template <class Change>
void changeUser(MemoryTables& tables, UserRow& row, const char* action, const contract::Actor& actor, TimePoint now,
                Change change)
{
    const std::string before = contract::encodeUser(row.user);
    change(row);
    row.user.metadata.updatedAt = now;
    const contract::Metadata& metadata = row.user.metadata;
    tables.record({0, now, actor, "user", action, metadata.name, metadata.name, before, contract::encodeUser(row.user),
                   metadata.id, metadata.version});
}

std::uint64_t countAdministrators(const MemoryTables& tables)
{
    return static_cast<std::uint64_t>(std::count_if(tables.users.begin(), tables.users.end(), [](const auto& entry) {
        return entry.second.user.enabled() && entry.second.user.administrator();
    }));
}

template <class Rows>
std::vector<std::uint64_t> ownedBy(const std::string& owner, const Rows& rows,
                                   const std::string& (*ownerOf)(const typename Rows::mapped_type&))
{
    std::vector<std::uint64_t> ids;
    for (const auto& [id, row] : rows) {
        if (ownerOf(row) == owner) ids.push_back(id);
    }
    return ids;
}

} // namespace

Result<contract::User> MemoryUserStore::create(const contract::User& user, const std::string& passwordHash,
                                               const contract::Actor& actor, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    const std::string& name = user.metadata.name;
    if (m_tables.findUser(name)) return fail(Code::UserAlreadyExist, name);
    const std::uint64_t id = ++m_tables.lastUserId;
    UserRow row{user, passwordHash, now};
    row.user.metadata = newMetadata(user.metadata, "user-", id, now);
    row.user.password = {};
    row.user.totalPolicy = 0;
    m_tables.userIds.emplace(text::lowered(name), id);
    m_tables.record({0, now, actor, "user", "create", name, name, {}, contract::encodeUser(row.user), id, 1});
    return m_tables.users.emplace(id, std::move(row)).first->second.user;
}

Result<contract::User> MemoryUserStore::find(const std::string& name)
{
    const std::lock_guard lock(m_tables.mutex);
    const UserRow* row = m_tables.findUser(name);
    if (!row) return fail(Code::UserNotFound, name);
    return row->user;
}

Result<contract::ListPage<contract::User>> MemoryUserStore::list(const contract::ListQuery& query,
                                                                 contract::WhichUsers which)
{
    const std::lock_guard lock(m_tables.mutex);
    std::map<std::string, std::int64_t> policies;
    for (const auto& [id, policy] : m_tables.policies) ++policies[policy.username];
    return pageOf<contract::User>(
        m_tables.users, query,
        [&](const UserRow& row) {
            return (which == contract::WhichUsers::All ||
                    row.user.enabled() == (which == contract::WhichUsers::Enabled)) &&
                   (!query.nameContains || containsIgnoringCase(row.user.metadata.name, *query.nameContains));
        },
        [&](const UserRow& row) {
            contract::User user = row.user;
            user.totalPolicy = policies[user.metadata.name];
            return user;
        });
}

Result<contract::User> MemoryUserStore::update(const contract::User& user, std::optional<std::uint64_t> expectedVersion,
                                               const contract::Actor& actor, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    UserRow* found = m_tables.findUser(user.metadata.name);
    if (!found) return fail(Code::UserNotFound, user.metadata.name);
    if (expectedVersion && *expectedVersion != found->user.metadata.version) {
        return fail(Code::ObjectChanged, user.metadata.name);
    }
    changeUser(m_tables, *found, "update", actor, now, [&](UserRow& row) {
        row.user.nickname = user.nickname;
        row.user.email = user.email;
        row.user.phone = user.phone;
        renew(row.user.metadata, user.metadata.extend, now);
    });
    return found->user;
}

Result<Credentials> MemoryUserStore::credentials(const std::string& name)
{
    const std::lock_guard lock(m_tables.mutex);
    const UserRow* row = m_tables.findUser(name);
    if (!row) return fail(Code::UserNotFound, name);
    return Credentials{toAccount(*row), row->passwordHash};
}

Result<std::vector<Account>> MemoryUserStore::accounts()
{
    const std::lock_guard lock(m_tables.mutex);
    std::vector<Account> accounts;
    for (const auto& [id, row] : m_tables.users) accounts.push_back(toAccount(row));
    return accounts;
}

Result<std::uint64_t> MemoryUserStore::enabledAdministrators()
{
    const std::lock_guard lock(m_tables.mutex);
    return countAdministrators(m_tables);
}

Result<> MemoryUserStore::setPasswordHash(const std::string& name, const std::string& passwordHash,
                                          TimePoint tokensValidFrom, const contract::Actor& actor, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    UserRow* found = m_tables.findUser(name);
    if (!found) return fail(Code::UserNotFound, name);
    changeUser(m_tables, *found, "change-password", actor, now, [&](UserRow& row) {
        row.passwordHash = passwordHash;
        row.tokensValidFrom = std::max(row.tokensValidFrom + std::chrono::milliseconds(1), tokensValidFrom);
        ++row.user.metadata.version;
    });
    return {};
}

Result<> MemoryUserStore::replacePasswordHash(const std::string& name, const std::string& oldHash,
                                              const std::string& newHash)
{
    const std::lock_guard lock(m_tables.mutex);
    UserRow* row = m_tables.findUser(name);
    if (row && row->passwordHash == oldHash) row->passwordHash = newHash;
    return {};
}

Result<contract::User> MemoryUserStore::setEnabled(const std::string& name, bool enabled, const contract::Actor& actor,
                                                   TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    UserRow* found = m_tables.findUser(name);
    if (!found) return fail(Code::UserNotFound, name);
    if (found->user.enabled() == enabled) return found->user;
    if (!enabled && found->user.administrator() && countAdministrators(m_tables) == 1) return lastAdministrator();
    changeUser(m_tables, *found, enabled ? "enable" : "disable", actor, now, [&](UserRow& row) {
        row.user.status = enabled ? 1 : 0;
        row.tokensValidFrom = std::max(row.tokensValidFrom + std::chrono::milliseconds(1), now);
        ++row.user.metadata.version;
    });
    return found->user;
}

Result<> MemoryUserStore::endTokens(const std::string& name, const contract::Actor& actor, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    UserRow* row = m_tables.findUser(name);
    if (!row) return fail(Code::UserNotFound, name);
    row->tokensValidFrom = std::max(row->tokensValidFrom + std::chrono::milliseconds(1), now);
    const std::string& stored = row->user.metadata.name;
    m_tables.record({0, now, actor, "user", "end-sessions", stored, stored, {}, {}});
    return {};
}

Result<std::string> MemoryUserStore::recordUnlock(const std::string& name, const contract::Actor& actor, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    const UserRow* row = m_tables.findUser(name);
    if (!row) return fail(Code::UserNotFound, name);
    const std::string& stored = row->user.metadata.name;
    m_tables.record({0, now, actor, "user", "unlock", stored, stored, {}, {}});
    return stored;
}

Result<> MemoryUserStore::touchLogin(const std::string& name, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    if (UserRow* row = m_tables.findUser(name)) row->user.loginedAt = now;
    return {};
}

Result<std::vector<std::string>> MemoryUserStore::remove(const std::vector<std::string>& names,
                                                         const contract::Actor& actor, TimePoint now)
{
    const std::lock_guard lock(m_tables.mutex);
    std::set<std::string> administrators;
    for (const std::string& given : names) {
        const UserRow* row = m_tables.findUser(given);
        if (row && row->user.enabled() && row->user.administrator()) administrators.insert(row->user.metadata.name);
    }
    if (!administrators.empty() && administrators.size() == countAdministrators(m_tables))
        return lastAdministratorRemoved(*administrators.begin());
    std::vector<std::string> removed;
    for (const std::string& given : names) {
        const UserRow* row = m_tables.findUser(given);
        if (!row) continue;
        const contract::User user = row->user;
        const std::string& name = user.metadata.name;
        for (const std::uint64_t id : ownedBy(
                 name, m_tables.policies, [](const contract::Policy& p) -> const std::string& { return p.username; })) {
            m_tables.removePolicy(id, actor, now);
        }
        for (const std::uint64_t id : ownedBy(name, m_tables.secrets, [](const StoredSecret& s) -> const std::string& {
                 return s.secret.username;
             })) {
            m_tables.removeSecret(id, actor, now);
        }
        std::erase_if(m_tables.sessions, [&](const auto& entry) {
            const NewSession& session = entry.second;
            if (session.ownerId != user.metadata.id) return false;
            m_tables.revoke({session.id, name, session.expiresAt});
            m_tables.record({0, now, actor, "session", "revoke", name, session.id, {}, {}});
            return true;
        });
        m_tables.record({0,
                         now,
                         actor,
                         "user",
                         "delete",
                         name,
                         name,
                         contract::encodeUser(user),
                         {},
                         user.metadata.id,
                         user.metadata.version});
        m_tables.users.erase(user.metadata.id);
        m_tables.userIds.erase(text::lowered(name));
        removed.push_back(name);
    }
    return removed;
}

} // namespace iam::store
