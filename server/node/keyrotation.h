// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "node/serverconfig.h"
#include "store/keystore.h"

namespace iam::node {

// Each Error::detail is one clear sentence; Code::Validation when it is the wrong thing to do here.

/// Makes a new generation of all keys for the nodes of a shared database, which take it in while they run and use it
/// from now + `grace` on. The clocks of the nodes may differ by up to `grace`. A jwt.key of the configuration is no key
/// to be rotated: the new generation has the one that stands there now, so that it can be changed node by node.
/// Running servers need not be stopped. Nothing is written but the database.
///
/// This bounds how long a key is in use; it is no remedy for a cluster key that leaked: the new keys lie in the database
/// sealed with the cluster key before them.
Result<store::KeyGeneration> rotateClusterKeys(const ServerConfig& config, std::chrono::milliseconds grace,
                                               const Clock& clock);

/// Makes a new encryption key for the only node of its database, whose server must not be running; the next start seals
/// the secret keys anew.
Result<> rotateEncryptionKey(const ServerConfig& config, const Clock& clock);

/// The first of the two, on a storage that is open, with the keys of a data directory.
Result<store::KeyGeneration> addGeneration(store::KeyStore& store, const std::string& dataDir,
                                           const std::optional<SecretString>& configured,
                                           std::chrono::milliseconds grace, const Clock& clock);

} // namespace iam::node
