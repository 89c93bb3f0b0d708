// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/lint/fileset.h"
#include <optional>
#include <string>
#include <vector>

namespace iam::cluster {

/// "key = value" of an ini file or unit, or "key value" of a redis.conf.
struct IniLine {
    std::string file;
    int line = 0;
    std::string key;
    std::string value;
};

/// The lines of a text; comments (# and ;), [sections] and empty lines are left out.
[[nodiscard]] std::vector<IniLine> iniLines(const std::string& text, const std::string& file);

/// The last line with one of the keys in the node's files below a folder, in the order of their paths, where the last
/// one wins.
[[nodiscard]] std::optional<IniLine> lastLine(const NodeFiles& node, const std::string& folder,
                                              const std::string& ending, const std::vector<std::string>& keys);

} // namespace iam::cluster
