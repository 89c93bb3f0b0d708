// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "crypto/keyset.h"
#include <string>
#include <vector>

namespace iam::node {

inline constexpr const char* tokenKeyFile = "jwt.key";
inline constexpr const char* encryptionKeyFile = "encryption.keys";
inline constexpr const char* clusterKeyFile = "cluster.key";

// The key files of a data directory. Errors are crypto/keyfile.h's.

/// Those that are there.
Result<crypto::KeySet> readKeyFiles(const std::string& dataDir);

/// Makes each file that is not there, with one new key, and adds it to `keys`; the one for log-in tokens only if
/// `withTokenKey`. Two processes that do so at once end with the same keys. Returns the files that were made.
Result<std::vector<std::string>> makeMissingKeyFiles(const std::string& dataDir, crypto::KeySet& keys,
                                                     bool withTokenKey);

/// Adds to the files what they lack of `keys`; a file that has everything is left alone. Keys are never removed.
Result<> extendKeyFiles(const std::string& dataDir, const crypto::KeySet& keys);

/// Moves the files that are there out of the way, each to its name and ".replaced" (".replaced-2", … when that is
/// taken). Returns the new names.
Result<std::vector<std::string>> putKeyFilesAside(const std::string& dataDir);

} // namespace iam::node
