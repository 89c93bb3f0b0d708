// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/passwordhash.h"
#include "node/datadirectory.h"
#include "store/storage.h"
#include <optional>

namespace iam::node {

inline constexpr const char* administratorName = "admin";
inline constexpr const char* initialPasswordFile = "initial-admin-password";

/// Makes the administrator when there is no user at all: with `password`, which must satisfy the password rule, or
/// with a random one that is left in the data directory for its owner to read. Error::detail is one clear sentence.
Result<> ensureAdministrator(store::Storage& storage, const DataDirectory& data,
                             const std::optional<SecretString>& password, const crypto::PasswordScheme& scheme,
                             const Clock& clock);

/// Gives the administrator this password; makes or enables the account when needed.
Result<> resetAdministrator(store::Storage& storage, const DataDirectory& data, const SecretString& password,
                            const crypto::PasswordScheme& scheme, const Clock& clock);

/// A random password that satisfies the password rule.
[[nodiscard]] SecretString randomPassword();

/// Removes the file with the first password; after `name` got another one. Nothing happens for other users.
void forgetInitialPassword(const DataDirectory& data, const std::string& name);

} // namespace iam::node
