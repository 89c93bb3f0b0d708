// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/facts.h"
#include <algorithm>
#include <string_view>

namespace iam::cluster {
namespace {

/// Whether nothing but blanks and comments stands there.
bool saysNothing(std::string_view text, std::string_view commentSigns)
{
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        const std::size_t first = line.find_first_not_of(" \t\r");
        if (first != std::string_view::npos && commentSigns.find(line[first]) == std::string_view::npos) return false;
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return true;
}

/// Whether the node should have the file: something else of its folder is known, or the definition says that it runs
/// that program, or, where there is no definition, another node has it. Machines with our servers alone have neither.
bool isExpected(const Facts& facts, const NodeFacts& node, const std::string& path)
{
    if (node.files.coversFolder(folderOf(path))) return true;
    if (facts.definition() != nullptr) return node.definition != nullptr;
    const bool balances = node.files.file(nginxPath) != nullptr || node.files.file(keepalivedPath) != nullptr;
    return balances && std::any_of(facts.nodes.begin(), facts.nodes.end(),
                                   [&](const NodeFacts& other) { return other.files.file(path) != nullptr; });
}

void lookAtMainFile(const Facts& facts, const NodeFacts& node, const std::string& path, std::string_view commentSigns,
                    Report& report)
{
    const NodeFile* file = node.files.file(path);
    if (file == nullptr) {
        if (isExpected(facts, node, path)) report.add(node.files, "config-missing", path, 0, {path});
    } else if (file->unread.empty() && saysNothing(file->text, commentSigns)) {
        report.add(node.files, "config-empty", path, 0, {path});
    }
}

/// One that has no instance although other nodes share an address.
void lookForInstance(const Facts& facts, const NodeFacts& node, Report& report)
{
    const NodeFile* file = node.files.file(keepalivedPath);
    if (file == nullptr || !node.keepalived.text.faults.empty() || !node.keepalived.instances.empty()) return;
    if (node.keepalived.text.statements.empty() || file->text.find("include") != std::string::npos) return;
    const bool shared = node.definition != nullptr ||
                        std::any_of(facts.nodes.begin(), facts.nodes.end(),
                                    [](const NodeFacts& other) { return !other.keepalived.instances.empty(); });
    if (shared) report.add(node.files, "vrrp-instance-missing", keepalivedPath, 1);
}

/// Files that the programs read, and that could not be read here.
void lookForUnread(const NodeFacts& node, Report& report)
{
    for (const auto& [path, file] : node.files.files)
        if (!file.unread.empty() && (path.ends_with(".conf") || path.starts_with("/etc/nginx/sites-enabled/")))
            report.add(node.files, "config-unreadable", path, 0, {path, file.unread});
}

} // namespace

void fileRules(const Facts& facts, Report& report)
{
    for (const NodeFacts& node : facts.nodes) {
        // nginx.conf may be the package's own where only parts are known.
        if (node.files.file("/etc/nginx/nginx.conf") != nullptr || !node.files.coversFolder("/etc/nginx/conf.d"))
            lookAtMainFile(facts, node, nginxPath, "#", report);
        lookAtMainFile(facts, node, keepalivedPath, "#!", report);
        lookForInstance(facts, node, report);
        lookForUnread(node, report);
    }
}

} // namespace iam::cluster
