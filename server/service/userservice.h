// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/codec.h"
#include "contract/listquery.h"
#include "service/caller.h"
#include "service/expectation.h"
#include "service/passwordcheck.h"
#include "service/passwordrules.h"
#include <functional>

namespace iam::service {

/// Managing users. Non-administrators may read, change and re-password themselves only. Every call blocks; a change is
/// in force for log-ins and decisions when the call returns. Errors: Code::PermissionDenied before anything else, then
/// Code::Bind and Code::Validation with the faults, then what the store says.
class UserService {
public:
    /// Called with the stored name after a password changed.
    using PasswordChanged = std::function<void(const std::string& name)>;

    /// Everything outlives this.
    UserService(store::Storage& storage, AccessDirectory& directory, PasswordCheck& passwords, LoginThrottle& throttle,
                const PasswordRules& rules, bool openRegistration, const Clock& clock, PasswordChanged passwordChanged);

    [[nodiscard]] bool openRegistration() const noexcept { return m_openRegistration; }

    /// `body` is JSON. Administrators decide about isAdmin; with open registration anybody may create a plain user.
    Result<contract::User> create(const Caller& caller, std::string_view body);
    Result<contract::User> get(const Caller& caller, const std::string& name);
    Result<contract::ListPage<contract::User>> list(const Caller& caller, const contract::ListQuery& query,
                                                    contract::WhichUsers which = contract::WhichUsers::Enabled);
    Result<contract::User> update(const Caller& caller, const std::string& name, std::string_view body,
                                  const Expectation& expected);
    /// Unknown names are passed over. Code::Validation with the fault on "name", and nobody is removed, when no enabled
    /// administrator would be left.
    Result<> remove(const Caller& caller, const std::vector<std::string>& names);
    /// The own password with the old one; an administrator may leave the old one out, and any other's without it.
    Result<> changePassword(const Caller& caller, const std::string& name, std::string_view body);

    /// For administrators. A disabled user cannot log in, and all its tokens and secrets are dead; enabling brings no
    /// token back. Code::Validation with the fault on "status" for the last enabled administrator.
    Result<contract::User> setEnabled(const Caller& caller, const std::string& name, bool enabled);
    /// For administrators: ends the wait after failed log-ins of that account, here and, through the record of it, on
    /// other servers of the same database.
    Result<> unlock(const Caller& caller, const std::string& name);

private:
    [[nodiscard]] static bool isSelf(const Caller& caller, const std::string& name);
    static Result<> requireAdministrator(const Caller& caller);
    static Result<> requireSelfOrAdministrator(const Caller& caller, const std::string& name);
    Result<> checkOldPassword(const Caller& caller, const std::string& name, const SecretString& oldPassword);

    store::Storage& m_storage;
    AccessDirectory& m_directory;
    PasswordCheck& m_passwords;
    LoginThrottle& m_throttle;
    const PasswordRules& m_rules;
    const bool m_openRegistration;
    const Clock& m_clock;
    const PasswordChanged m_passwordChanged;
};

} // namespace iam::service
