// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include "contract/codec.h"

namespace iam::client {

class UserClient {
public:
    explicit UserClient(ApiClient& api)
        : m_api(&api)
    {
    }

    /// Newest first. Without `which` what servers list by themselves: enabled users, with status 0 and without isAdmin.
    /// Servers that do not know of `which` list the enabled ones.
    Reply<contract::ListPage<contract::User>> list(const contract::ListQuery& query,
                                                   std::optional<contract::WhichUsers> which = {}) const;
    Reply<Versioned<contract::User>> get(const std::string& name) const;
    Reply<contract::User> create(const contract::User& user) const;
    /// Replaces nickname, email, phone and extend. With a tag: Code::ObjectChanged when it changed meanwhile.
    Reply<Versioned<contract::User>> update(const contract::User& user, const std::string& etag) const;
    /// `change.oldPassword` may be empty when an administrator changes somebody's password.
    Reply<void> changePassword(const std::string& name, const contract::PasswordChange& change) const;
    /// The answer is the user as it is then. Code::Validation for disabling the last enabled administrator.
    Reply<contract::User> setEnabled(const std::string& name, bool enabled) const;
    /// Ends the wait after failed log-ins.
    Reply<void> unlock(const std::string& name) const;
    /// With all secrets and policies of the user. Unknown names count as removed.
    Reply<void> remove(const std::string& name) const;
    Reply<Removal<std::string>> remove(std::vector<std::string> names) const;

private:
    ApiClient* m_api;
};

} // namespace iam::client
