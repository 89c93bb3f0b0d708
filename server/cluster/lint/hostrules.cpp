// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/facts.h"
#include "cluster/lint/inilines.h"
#include <algorithm>

namespace iam::cluster {
namespace {

/// The unit of keepalived: its own file and what is dropped in beside it.
void lookAtUnit(const Facts& facts, const NodeFacts& node, Report& report)
{
    std::vector<IniLine> lines;
    std::string path;
    for (const auto& [name, file] : node.files.files) {
        if (!name.starts_with("/etc/systemd/") && !name.starts_with("/lib/systemd/")) continue;
        if (name.find("/keepalived.service") == std::string::npos) continue;
        // The package's own unit, as multi-user.target.wants/ links to it, counts; what is wanting belongs elsewhere.
        if (path.empty() || path.find(".wants/") != std::string::npos) path = name;
        for (IniLine& line : iniLines(file.text, name)) lines.push_back(std::move(line));
    }
    const auto has = [&](const char* key) {
        return std::any_of(lines.begin(), lines.end(), [&](const IniLine& one) {
            return one.key == key && !one.value.empty() && one.value != "no";
        });
    };
    if (path.empty()) {
        const bool knowsUnits = std::any_of(node.files.files.begin(), node.files.files.end(), [](const auto& one) {
            return one.first.starts_with("/etc/systemd/system/");
        });
        if (knowsUnits && facts.agentExpected(node) && !node.keepalived.instances.empty())
            report.add(node.files, "restart-missing", *node.keepalived.instances.front().at);
        return;
    }
    if (!has("Restart")) report.add(node.files, "restart-missing", path, 1);
    if (!has("ExecStopPost")) report.add(node.files, "vip-left-behind", path, 1);
    const IniLine* reload = nullptr;
    bool tested = false;
    for (const IniLine& line : lines) {
        if (line.key != "ExecReload") continue;
        if (line.value.find("HUP") != std::string::npos || line.value.find("SIGHUP") != std::string::npos)
            reload = &line;
        tested = tested || line.value.find(" -t") != std::string::npos ||
                 line.value.find("--config-test") != std::string::npos;
    }
    if (reload != nullptr && !tested) report.add(node.files, "reload-unchecked", reload->file, reload->line);
}

std::string withoutComments(const std::string& text)
{
    std::string result;
    bool comment = false;
    for (const char c : text) {
        if (c == '\n') comment = false;
        if (c == '#') comment = true;
        if (!comment) result += c;
    }
    return result;
}

bool letsVrrpIn(const std::string& text)
{
    for (const char* sign : {"vrrp", "protocol 112", "l4proto 112", "protocol { 112", "ah, 112"})
        if (text.find(sign) != std::string::npos) return true;
    return false;
}

void lookAtPacketFilter(const NodeFacts& node, Report& report)
{
    if (node.keepalived.instances.empty()) return;
    std::string path;
    int line = 0;
    bool open = false;
    for (const auto& [name, file] : node.files.files) {
        if (!name.ends_with(".nft") && name != "/etc/nftables.conf") continue;
        const std::string text = withoutComments(file.text);
        open = open || letsVrrpIn(text);
        const std::size_t input = text.find("hook input");
        const std::size_t drop = input == std::string::npos ? input : text.find("policy drop", input);
        if (drop == std::string::npos || text.substr(input, drop - input).find('}') != std::string::npos) continue;
        path = name;
        line = static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(drop), '\n')) + 1;
    }
    if (!path.empty() && !open) report.add(node.files, "vrrp-filtered", path, line);
}

} // namespace

void hostRules(const Facts& facts, Report& report)
{
    for (const NodeFacts& node : facts.nodes) {
        lookAtUnit(facts, node, report);
        lookAtPacketFilter(node, report);
    }
}

} // namespace iam::cluster
