// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/secret.h"
#include "node/serverconfig.h"
#include <string>
#include <string_view>
#include <vector>

namespace iam::node {

// How the keys of a cluster come from one node to the others. Each Error::detail is one clear sentence.

struct ClusterBundle {
    std::string text;              ///< see crypto/keybundle.h
    std::vector<std::string> made; ///< key files that were not there before
};

/// All keys of this node, sealed with the passphrase. Keys that are missing are made, unless the database has some
/// already; those of its newest generation are brought in. The server may run meanwhile.
Result<ClusterBundle> makeClusterBundle(const ServerConfig& config, const SecretString& passphrase, const Clock& clock);

struct JoinedCluster {
    bool changed = false;              ///< false: this node had the keys already
    bool tokenKeyIsDouble = false;     ///< the bundle has a token key, but the configuration's is the one that counts
    std::vector<std::string> replaced; ///< where this node's own keys are kept now
};

/// Installs the keys of a bundle; this node's server must not be running when that changes them. Keys that this node
/// has and the bundle has not are put aside, never overwritten; when a secret is sealed with them, or nobody can tell,
/// only if `replace` says so.
Result<JoinedCluster> joinCluster(const ServerConfig& config, std::string_view bundle, const SecretString& passphrase,
                                  bool replace, const Clock& clock);

} // namespace iam::node
