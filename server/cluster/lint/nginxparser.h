// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/lint/fileset.h"
#include "cluster/lint/statement.h"

namespace iam::cluster {

/// Takes an nginx configuration apart (ngx_conf_file.c's grammar: words, quotes, escapes, comments, ${variables},
/// blocks; the bodies of *_by_lua_block are skipped). Includes stay as statements. `file` is what statements and faults
/// call the text.
[[nodiscard]] ParsedText parseNginx(std::string_view text, const std::string& file);

/// Parses `path` of the node and puts the files that it includes in their places. Relative names start at the folder
/// of `path`. What the node's files do not hold is left out; the Debian package's own proxy_params counts as known.
[[nodiscard]] ParsedText parseNginxFiles(const NodeFiles& node, const std::string& path);

} // namespace iam::cluster
