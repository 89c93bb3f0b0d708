// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/memorystorage.h"
#include <functional>

namespace iam::service {

/// A storage in memory whose log-ins can be made to fail, or something to happen right before they are kept.
class BrokenSessions final : public store::Storage, private store::SessionStore {
public:
    bool failing = false;
    std::function<void()> beforeBegin;

    store::UserStore& users() override { return m_inner->users(); }
    store::SecretStore& secrets() override { return m_inner->secrets(); }
    store::PolicyStore& policies() override { return m_inner->policies(); }
    store::ChangeStore& changes() override { return m_inner->changes(); }
    store::SessionStore& sessions() override { return *this; }
    store::KeyStore& keys() override { return m_inner->keys(); }
    Result<> health() override { return m_inner->health(); }

private:
    Result<> begin(const store::NewSession& session) override
    {
        if (beforeBegin) beforeBegin();
        if (failing) return fail(Code::StorageUnavailable, "no room");
        return m_inner->sessions().begin(session);
    }
    Result<contract::ListPage<contract::Session>> list(const std::optional<std::string>& owner,
                                                       const contract::ListQuery& query, TimePoint now) override
    {
        return m_inner->sessions().list(owner, query, now);
    }
    Result<std::uint64_t> end(const std::optional<std::string>& owner, const std::vector<std::string>& ids,
                              TimePoint until, const contract::Actor& actor, TimePoint now) override
    {
        return m_inner->sessions().end(owner, ids, until, actor, now);
    }
    Result<> revoke(const store::RevokedToken& token, const contract::Actor& actor, TimePoint now) override
    {
        return m_inner->sessions().revoke(token, actor, now);
    }
    Result<std::vector<store::RevokedToken>> revoked() override { return m_inner->sessions().revoked(); }
    Result<std::uint64_t> prune(TimePoint now) override { return m_inner->sessions().prune(now); }

    const std::unique_ptr<store::Storage> m_inner = store::makeMemoryStorage();
};

} // namespace iam::service
