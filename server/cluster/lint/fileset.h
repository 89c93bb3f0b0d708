// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace iam::cluster {

struct NodeFile {
    std::string text;
    std::string shownAs;              ///< what findings call it; empty: its path on the node
    std::optional<unsigned> mode;     ///< permission bits, where known
    std::optional<unsigned> dirMode;  ///< of the folder it lies in, where known
    std::optional<std::string> owner; ///< where known
    std::string unread = {};          ///< why its text is not known and left empty ("is a folder"); empty: it is known
};

/// The configuration files of one node, by their paths there ("/etc/nginx/nginx.conf").
struct NodeFiles {
    std::string node; ///< its name; "" when it is not known
    std::map<std::string, NodeFile> files;
    std::set<std::string> missing = {}; ///< certificates and keys that nginx is told to read and that are not there

    [[nodiscard]] const NodeFile* file(const std::string& path) const;
    /// The paths that match, sorted; * ? [] never match a slash (glob(7)).
    [[nodiscard]] std::vector<std::string> matching(const std::string& pattern) const;
    /// Whether something in that folder is known: then what is not in the set is missing, else nobody knows.
    [[nodiscard]] bool coversFolder(const std::string& folder) const;
    [[nodiscard]] std::string shownAs(const std::string& path) const;
};

/// glob(7) without braces and ~.
[[nodiscard]] bool globMatches(std::string_view pattern, std::string_view text) noexcept;
/// "/etc/nginx" of "/etc/nginx/nginx.conf".
[[nodiscard]] std::string folderOf(const std::string& path);

} // namespace iam::cluster
