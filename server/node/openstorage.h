// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "crypto/passwordhash.h"
#include "node/serverconfig.h"
#include "store/sql/legacy/clearkeystore.h"
#include "store/storage.h"
#include <memory>

namespace iam::node {

/// How long a start waits for a database server that takes nobody in, as after a start of the whole machine.
inline constexpr std::chrono::seconds startPatience{30};

/// Opens the storage that the configuration names, as store/sql/sqlstorage.h says. A database server that cannot be
/// reached, or is full or ending, is tried again for `patience`, with a line in the log every few seconds, and no
/// longer than until somebody asks the process to end; what a wait does not mend fails at once. Blocks. `seal` is for
/// the secrets of a database shared with servers of the old system; without it they cannot be read there.
Result<std::unique_ptr<store::Storage>> openStorage(const ServerConfig& config,
                                                    std::chrono::seconds patience = std::chrono::seconds(0),
                                                    const store::sql::KeySeal& seal = {});

/// How new passwords are hashed for that database.
[[nodiscard]] crypto::PasswordScheme passwordScheme(const ServerConfig& config);

/// Whether several nodes may use that database at once.
[[nodiscard]] bool sharesDatabase(const ServerConfig& config);

} // namespace iam::node
