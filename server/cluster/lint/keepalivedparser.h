// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/lint/fileset.h"
#include "cluster/lint/statement.h"

namespace iam::cluster {

/// Takes a keepalived.conf apart (keepalived.conf(5), 2.2): a line is a keyword and its words, { } make blocks, also on
/// one line; ! and # begin comments; $NAME=value lines are substituted; @condition lines count as if the condition
/// held. Words that a keyword does not have in keepalived are kept, so that rules can speak of them.
[[nodiscard]] ParsedText parseKeepalived(std::string_view text, const std::string& file);

/// Parses `path` of the node and puts the files that it includes in their places; what the node's files do not hold is
/// left out.
[[nodiscard]] ParsedText parseKeepalivedFiles(const NodeFiles& node, const std::string& path);

} // namespace iam::cluster
