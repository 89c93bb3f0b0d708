// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/userservice.h"
#include "base/logging.h"
#include "base/text.h"
#include "contract/validation.h"

namespace iam::service {

UserService::UserService(store::Storage& storage, AccessDirectory& directory, PasswordCheck& passwords,
                         LoginThrottle& throttle, const PasswordRules& rules, bool openRegistration, const Clock& clock,
                         PasswordChanged passwordChanged)
    : m_storage(storage)
    , m_directory(directory)
    , m_passwords(passwords)
    , m_throttle(throttle)
    , m_rules(rules)
    , m_openRegistration(openRegistration)
    , m_clock(clock)
    , m_passwordChanged(std::move(passwordChanged))
{
}

bool UserService::isSelf(const Caller& caller, const std::string& name)
{
    return !caller.anonymous() && text::equalIgnoringCase(caller.name, name);
}

Result<> UserService::requireAdministrator(const Caller& caller)
{
    if (caller.administrator) return {};
    return fail(Code::PermissionDenied, "only administrators may do this");
}

Result<> UserService::requireSelfOrAdministrator(const Caller& caller, const std::string& name)
{
    if (caller.administrator || isSelf(caller, name)) return {};
    return fail(Code::PermissionDenied, "only administrators may do this for others");
}

Result<contract::User> UserService::create(const Caller& caller, std::string_view body)
{
    if (!caller.administrator && !m_openRegistration)
        return fail(Code::PermissionDenied, "only administrators may create users");
    auto sent = contract::decodeUser(body);
    if (!sent) return fail(sent);
    auto faults = contract::validateUser(*sent, true);
    if (!contract::checkPassword(sent->password.reveal()))
        if (auto complaint = m_rules.check(sent->password.reveal(), *sent))
            faults.push_back({"password", std::move(*complaint)});
    if (!faults.empty()) return fail(Code::Validation, "user is not valid", std::move(faults));

    contract::User user = std::move(*sent);
    user.metadata.id = 0;
    user.metadata.instanceId.clear();
    user.status = 1;
    user.isAdmin = caller.administrator && user.administrator() ? 1 : 0;
    const TimePoint now = m_clock.now();
    user.loginedAt = now;
    const auto hash = m_passwords.hash(user.password);
    if (!hash) return fail(hash);
    user.password = {};
    contract::Actor actor = caller.actor;
    if (caller.anonymous()) actor.name = user.metadata.name;
    auto stored = m_storage.users().create(user, *hash, actor, now);
    if (!stored) return stored;
    m_directory.changed(Changed::Others);
    stored->totalPolicy = user.totalPolicy;
    return stored;
}

Result<contract::User> UserService::get(const Caller& caller, const std::string& name)
{
    if (auto allowed = requireSelfOrAdministrator(caller, name); !allowed) return fail(allowed);
    auto user = m_storage.users().find(name);
    if (user && !user->enabled()) return fail(Code::UserNotFound, "the user is disabled");
    return user;
}

Result<contract::ListPage<contract::User>> UserService::list(const Caller& caller, const contract::ListQuery& query,
                                                             contract::WhichUsers which)
{
    if (auto allowed = requireAdministrator(caller); !allowed) return fail(allowed);
    return m_storage.users().list(query, which);
}

Result<contract::User> UserService::update(const Caller& caller, const std::string& name, std::string_view body,
                                           const Expectation& expected)
{
    if (auto allowed = requireSelfOrAdministrator(caller, name); !allowed) return fail(allowed);
    auto sent = contract::decodeUser(body);
    if (!sent) return fail(sent);
    auto user = m_storage.users().find(name);
    if (!user) return user;
    if (!user->enabled()) return fail(Code::UserNotFound, "the user is disabled");
    user->nickname = std::move(sent->nickname);
    user->email = std::move(sent->email);
    user->phone = std::move(sent->phone);
    user->metadata.extend = std::move(sent->metadata.extend);
    if (auto faults = contract::validateUser(*user, false); !faults.empty())
        return fail(Code::Validation, "user is not valid", std::move(faults));
    return m_storage.users().update(*user, expected.versionOf(user->metadata), caller.actor, m_clock.now());
}

Result<> UserService::remove(const Caller& caller, const std::vector<std::string>& names)
{
    if (auto allowed = requireAdministrator(caller); !allowed) return allowed;
    const auto removed = m_storage.users().remove(names, caller.actor, m_clock.now());
    if (!removed) return fail(removed);
    if (!removed->empty()) m_directory.changed(Changed::Others);
    return {};
}

Result<> UserService::checkOldPassword(const Caller& caller, const std::string& name, const SecretString& oldPassword)
{
    if (caller.administrator && (!isSelf(caller, name) || oldPassword.empty())) return {};
    const auto account = m_passwords.check(name, oldPassword, caller.actor.address);
    if (!account) return fail(account);
    return {};
}

Result<> UserService::changePassword(const Caller& caller, const std::string& name, std::string_view body)
{
    if (auto allowed = requireSelfOrAdministrator(caller, name); !allowed) return allowed;
    const auto change = contract::decodePasswordChange(body);
    if (!change) return fail(change);
    const auto weak = [](contract::Complaint& complaint) {
        return fail(Code::Bind, "the new password is too weak", {{"newPassword", std::move(*complaint)}});
    };
    if (auto complaint = contract::checkPassword(change->newPassword.reveal())) return weak(complaint);
    const auto user = m_storage.users().find(name);
    if (!user) return fail(user);
    if (!user->enabled()) return fail(Code::UserNotFound, "the user is disabled");
    if (auto complaint = m_rules.check(change->newPassword.reveal(), *user)) return weak(complaint);
    if (auto fits = checkOldPassword(caller, user->metadata.name, change->oldPassword); !fits) return fits;

    const auto hash = m_passwords.hash(change->newPassword);
    if (!hash) return fail(hash);
    const TimePoint now = m_clock.now();
    auto done = m_storage.users().setPasswordHash(user->metadata.name, *hash, now, caller.actor, now);
    if (!done) return done;
    m_directory.changed(Changed::Others);
    m_throttle.forget(user->metadata.name);
    m_passwordChanged(user->metadata.name);
    return {};
}

Result<contract::User> UserService::setEnabled(const Caller& caller, const std::string& name, bool enabled)
{
    if (auto allowed = requireAdministrator(caller); !allowed) return fail(allowed);
    auto user = m_storage.users().setEnabled(name, enabled, caller.actor, m_clock.now());
    if (!user) return user;
    qCInfo(lcAuth, "%s is %s by %s", user->metadata.name.c_str(), enabled ? "enabled" : "disabled",
           caller.name.c_str());
    m_directory.changed(Changed::Others);
    return user;
}

Result<> UserService::unlock(const Caller& caller, const std::string& name)
{
    if (auto allowed = requireAdministrator(caller); !allowed) return allowed;
    const auto unlocked = m_storage.users().recordUnlock(name, caller.actor, m_clock.now());
    if (!unlocked) return fail(unlocked);
    qCInfo(lcAuth, "%s may log in at once again, says %s", unlocked->c_str(), caller.name.c_str());
    m_throttle.forget(*unlocked);
    m_directory.changed(Changed::Others);
    return {};
}

} // namespace iam::service
