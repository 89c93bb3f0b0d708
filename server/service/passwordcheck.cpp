// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/passwordcheck.h"
#include "base/logging.h"
#include "base/text.h"
#include "crypto/random.h"

namespace iam::service {
namespace {

constexpr std::chrono::minutes rememberedFor{5};
constexpr std::size_t longestShown = 64;

/// For log lines: anybody may send any text as a name.
std::string shown(const std::string& name)
{
    return name.size() <= longestShown ? name : name.substr(0, longestShown) + "...";
}

crypto::HmacKey makeTagKey()
{
    auto key = crypto::HmacKey::make(crypto::HmacAlgorithm::Sha256, SecretString(crypto::randomBytes(32)));
    return std::move(key).value(); // only an empty key is refused
}

} // namespace

PasswordCheck::PasswordCheck(store::Storage& storage, AccessDirectory& directory, LoginThrottle& throttle,
                             const crypto::PasswordScheme& scheme, const Clock& clock)
    : m_storage(storage)
    , m_directory(directory)
    , m_throttle(throttle)
    , m_scheme(scheme)
    , m_clock(clock)
    , m_tagKey(makeTagKey())
{
}

Result<store::Account> PasswordCheck::check(const std::string& name, const SecretString& password,
                                            const std::string& address)
{
    if (const auto wait = m_throttle.wait(name, address)) {
        m_throttle.countRefusal();
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(*wait).count();
        qCInfo(lcAuth, "log-in of %s from %s has to wait %lld s", shown(name).c_str(), address.c_str(),
               static_cast<long long>(seconds));
        return fail(Code::TooManyAttempts, std::to_string(seconds));
    }
    const auto refuse = [&](const char* why) {
        m_throttle.countFailure(name, address);
        qCInfo(lcAuth, "log-in of %s from %s failed: %s", shown(name).c_str(), address.c_str(), why);
        return fail(Code::PasswordIncorrect, why);
    };
    const auto credentials = m_storage.users().credentials(name);
    if (!credentials) {
        if (credentials.error().code != Code::UserNotFound) return fail(credentials);
        std::visit([&](const auto& scheme) { crypto::verifyAgainstNothing(password, scheme); }, m_scheme);
        return refuse("no such user");
    }
    const auto fits = crypto::verifyPassword(password, credentials->passwordHash);
    if (!fits) {
        qCWarning(lcAuth, "the stored password of %s cannot be checked: %s", credentials->account.name.c_str(),
                  fits.error().detail.c_str());
        return refuse("unreadable password hash");
    }
    if (!*fits) return refuse("wrong password");
    if (!credentials->account.enabled) return refuse("disabled user");

    m_throttle.forget(name);
    if (std::visit([&](const auto& scheme) { return crypto::needsRehash(credentials->passwordHash, scheme); },
                   m_scheme)) {
        if (const auto renewed = hash(password))
            // A failure only means that the next log-in tries again.
            static_cast<void>(m_storage.users().replacePasswordHash(name, credentials->passwordHash, *renewed));
    }
    remember(name, password, credentials->account);
    return credentials->account;
}

std::optional<store::Account> PasswordCheck::recentlyVerified(const std::string& name,
                                                              const SecretString& password) const
{
    const auto snapshot = m_directory.read();
    const store::Account* account = snapshot->account(name);
    if (account == nullptr || !account->enabled) return std::nullopt;
    const std::string key = tag(name, password);
    const std::lock_guard lock(m_mutex);
    const auto found = m_verified.find(key);
    if (found == m_verified.end() || found->second.accountId != account->id ||
        found->second.tokensValidFrom != account->tokensValidFrom || found->second.until < m_clock.steadyNow())
        return std::nullopt;
    return *account;
}

Result<std::string> PasswordCheck::hash(const SecretString& password) const
{
    return std::visit([&](const auto& scheme) { return crypto::hashPassword(password, scheme); }, m_scheme);
}

std::string PasswordCheck::tag(const std::string& name, const SecretString& password) const
{
    std::string data = text::lowered(name) + '\0' + password.reveal();
    std::string mac = m_tagKey.mac(data);
    wipe(data.data(), data.size());
    return mac;
}

void PasswordCheck::remember(const std::string& name, const SecretString& password, const store::Account& account)
{
    const std::string key = tag(name, password);
    const std::lock_guard lock(m_mutex);
    if (m_verified.size() >= maxVerified) m_verified.clear();
    m_verified[key] = {account.id, account.tokensValidFrom, m_clock.steadyNow() + rememberedFor};
}

} // namespace iam::service
