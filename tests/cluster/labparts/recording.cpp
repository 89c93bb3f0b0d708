// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording.h"
#include <algorithm>
#include <fstream>

namespace iam::lab {

namespace {

Json linesOf(const std::string& path)
{
    Json lines = Json::array();
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        Json json = Json::parse(line, nullptr, false);
        if (!json.is_discarded()) lines.push_back(std::move(json));
    }
    return lines;
}

} // namespace

Recording readRecording(const std::string& folder)
{
    Recording recording;
    std::ifstream about(folder + "/about.json");
    recording.about = Json::parse(about, nullptr, false);
    std::ifstream journal(folder + "/journal.json");
    recording.journal = Json::parse(journal, nullptr, false);
    recording.actions = linesOf(folder + "/actions.jsonl");
    recording.checks = linesOf(folder + "/checks.jsonl");
    recording.notices = linesOf(folder + "/notices.jsonl");
    for (const Json& line : linesOf(folder + "/requests.jsonl"))
        recording.requests.push_back({line["t_ms"], line["kind"], line["ok"], line["status"], line["error"]});
    std::sort(recording.requests.begin(), recording.requests.end(),
              [](const Request& a, const Request& b) { return a.sent < b.sent; });
    for (const Json& line : linesOf(folder + "/watch.jsonl")) {
        const std::string what = line["what"];
        if (what == "address") recording.holdings.push_back({line["t_ms"], line["node"], line["held"]});
        if (what == "neighbour") recording.reaches.push_back({line["t_ms"], line["node"]});
        if (what == "status")
            recording.claims.push_back(
                {line["t_ms"], line["node"], line["code"], line["verdict"], line["owner"], line["reason"]});
    }
    return recording;
}

double Recording::faultTime() const
{
    for (const Json& action : actions)
        if (action.value("fault", false)) return action["t_ms"];
    return requests.empty() ? 0 : requests.front().sent;
}

std::vector<std::string> Recording::nodes() const
{
    std::vector<std::string> names;
    for (const Holding& holding : holdings)
        if (std::find(names.begin(), names.end(), holding.node) == names.end()) names.push_back(holding.node);
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace iam::lab
