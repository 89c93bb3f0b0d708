// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "cluster/lint/fileset.h"
#include <string>

namespace iam::cluster {

/// Reads a node's files below `root`. Either `root` is laid out as the node is (etc/nginx, etc/keepalived, …), or it
/// holds nginx.conf, keepalived.conf, conf.d, *.sh, iam-server.yaml plainly, or folders nginx and keepalived; these get
/// the paths that they have on a node. Links are followed. At most 2000 files; of those that are larger
/// than 1 MiB, no text or cannot be read only that is known (NodeFile::unread). Fails when `root` is no folder, cannot be read, or holds nothing of a node.
/// `shownAs` of each file begins with `root` as it was given.
Result<NodeFiles> readFileTree(const std::string& node, const std::string& root);

} // namespace iam::cluster
