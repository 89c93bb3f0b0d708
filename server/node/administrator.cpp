// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/administrator.h"
#include "base/logging.h"
#include "contract/validation.h"
#include "crypto/keyfile.h"
#include "crypto/passwordhash.h"
#include "crypto/random.h"
#include <unistd.h>

namespace iam::node {
namespace {

Result<std::string> hashBy(const crypto::PasswordScheme& scheme, const SecretString& password)
{
    return std::visit([&](const auto& parameters) { return crypto::hashPassword(password, parameters); }, scheme);
}

Result<> createAdministrator(store::Storage& storage, const SecretString& password,
                             const crypto::PasswordScheme& scheme, const Clock& clock)
{
    const auto hash = hashBy(scheme, password);
    if (!hash) return fail(hash);
    contract::User user;
    user.metadata.name = user.nickname = administratorName;
    user.email = "admin@localhost.localdomain";
    user.isAdmin = 1;
    const auto made = storage.users().create(user, *hash, {"iam-server", "", ""}, clock.now());
    return made ? Result<>() : Result<>(fail(made));
}

Result<> requireGoodPassword(const SecretString& password)
{
    if (const auto complaint = contract::checkPassword(password.reveal()))
        return fail(Code::Validation, "the administrator's password " + *complaint);
    return {};
}

/// Of several nodes that start on one empty database, the first one makes the account.
bool wasMadeElsewhere(const Result<>& made)
{
    return !made && made.error().code == Code::UserAlreadyExist;
}

} // namespace

SecretString randomPassword()
{
    // Sixteen characters is the most that the rule allows; one of each kind is at a random place.
    constexpr std::string_view kinds[] = {"abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789",
                                          "-_.+=@%"};
    std::string password;
    do {
        password = crypto::randomText(16, "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-_.+=@%");
    } while (std::any_of(std::begin(kinds), std::end(kinds),
                         [&](std::string_view kind) { return password.find_first_of(kind) == std::string::npos; }));
    return SecretString(std::move(password));
}

Result<> ensureAdministrator(store::Storage& storage, const DataDirectory& data,
                             const std::optional<SecretString>& password, const crypto::PasswordScheme& scheme,
                             const Clock& clock)
{
    const auto accounts = storage.users().accounts();
    if (!accounts) return fail(accounts);
    if (!accounts->empty()) return {};
    if (password) {
        if (auto good = requireGoodPassword(*password); !good) return good;
        auto made = createAdministrator(storage, *password, scheme, clock);
        return wasMadeElsewhere(made) ? Result<>() : made;
    }
    // The file first: an administrator whose password nobody can know would be worse than a file too many.
    SecretString random = randomPassword();
    if (data.has(initialPasswordFile)) {
        auto left = crypto::readPrivateFile(data.file(initialPasswordFile), 1024);
        if (!left) return fail(left);
        std::string text = left->reveal();
        while (!text.empty() && text.back() == '\n') text.pop_back();
        random = SecretString(std::move(text));
        if (auto good = requireGoodPassword(random); !good) return good;
    } else if (auto written =
                   crypto::createPrivateFile(data.file(initialPasswordFile), SecretString(random.reveal() + "\n"));
               !written) {
        return written;
    }
    auto made = createAdministrator(storage, random, scheme, clock);
    if (made)
        qCInfo(lcAuth, "first start: the password of %s is in %s", administratorName,
               data.file(initialPasswordFile).c_str());
    if (!wasMadeElsewhere(made)) return made;
    qCInfo(lcAuth, "%s was made by another node at the same moment; the password is in its file", administratorName);
    forgetInitialPassword(data, administratorName);
    return {};
}

Result<> resetAdministrator(store::Storage& storage, const DataDirectory& data, const SecretString& password,
                            const crypto::PasswordScheme& scheme, const Clock& clock)
{
    if (auto good = requireGoodPassword(password); !good) return good;
    const auto known = storage.users().credentials(administratorName);
    if (!known) {
        if (known.error().code != Code::UserNotFound) return fail(known);
        auto made = createAdministrator(storage, password, scheme, clock);
        if (made) forgetInitialPassword(data, administratorName);
        return made;
    }
    if (!known->account.administrator) return fail(Code::Validation, "the user admin is no administrator");
    const auto hash = hashBy(scheme, password);
    if (!hash) return fail(hash);
    const contract::Actor actor{"iam-server", "", ""};
    if (auto done = storage.users().setEnabled(administratorName, true, actor, clock.now()); !done) return fail(done);
    if (auto done = storage.users().setPasswordHash(administratorName, *hash, clock.now(), actor, clock.now()); !done)
        return done;
    forgetInitialPassword(data, administratorName);
    return {};
}

void forgetInitialPassword(const DataDirectory& data, const std::string& name)
{
    if (name == administratorName) ::unlink(data.file(initialPasswordFile).c_str());
}

} // namespace iam::node
