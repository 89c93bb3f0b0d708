// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "cluster/lint/fileset.h"
#include <string>
#include <vector>

namespace iam::cluster {

/// One file that is not as it was rendered.
struct FileDifference {
    enum class Kind {
        Missing, ///< not installed
        Extra,   ///< installed, not rendered, and read by nginx all the same
        Content,
        Mode,       ///< only the permission bits differ
        Unreadable, ///< nobody can tell
    };
    Kind kind = Kind::Content;
    std::string path; ///< on the node
    std::string text; ///< Content: see unifiedDiff(), from installed to rendered; Mode: "0644, should be 0755"
};

/// Compares rendered files with those installed below `root` ("/" or a copy of a node), by path. Extra are files of
/// ours that are no longer rendered (conf.d/iam-*.conf) and others in conf.d and sites-enabled that nginx would read.
[[nodiscard]] std::vector<FileDifference> compareWithInstalled(const NodeFiles& rendered, const std::string& root);

} // namespace iam::cluster
