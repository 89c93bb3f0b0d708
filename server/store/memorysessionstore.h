// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/memorytables.h"
#include "store/sessionstore.h"

namespace iam::store {

class MemorySessionStore final : public SessionStore {
public:
    explicit MemorySessionStore(MemoryTables& tables)
        : m_tables(tables)
    {
    }

    Result<> begin(const NewSession& session) override;
    Result<contract::ListPage<contract::Session>> list(const std::optional<std::string>& owner,
                                                       const contract::ListQuery& query, TimePoint now) override;
    Result<std::uint64_t> end(const std::optional<std::string>& owner, const std::vector<std::string>& ids,
                              TimePoint until, const contract::Actor& actor, TimePoint now) override;
    Result<> revoke(const RevokedToken& token, const contract::Actor& actor, TimePoint now) override;
    Result<std::vector<RevokedToken>> revoked() override;
    Result<std::uint64_t> prune(TimePoint now) override;

private:
    MemoryTables& m_tables;
};

} // namespace iam::store
