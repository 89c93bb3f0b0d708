// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// lab_report run FOLDER     prints what one run showed, as one line of JSON
// lab_report table FILE     prints a table of runs, one JSON object a line in FILE; fails when one missed a target
#include "judgement.h"
#include "support/median.h"
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <vector>

using namespace iam::lab;
using iam::support::median;

namespace {

struct Figures {
    std::vector<double> outages;
    std::vector<double> failed;
    double wrong = 0;
    std::vector<double> doubles;
    Json targets;
    Json missed = Json::array();
    int missedRuns = 0;
};

double largest(const std::vector<double>& values)
{
    return values.empty() ? 0 : *std::max_element(values.begin(), values.end());
}

std::string targetText(const Json& targets)
{
    std::string text;
    char part[64];
    for (const auto& [name, most] : targets.items()) {
        if (name == "wrong_ms") continue; // the same for all
        if (name == "outage_ms")
            std::snprintf(part, sizeof part, "%.2f s", most.get<double>() / 1000);
        else if (name == "double_noticed_ms")
            std::snprintf(part, sizeof part, "seen in %.0f s", most.get<double>() / 1000);
        else if (name == "failed_of_a_kind")
            std::snprintf(part, sizeof part, "%d failed of a kind", most.get<int>());
        else
            std::snprintf(part, sizeof part, "%d %s", most.get<int>(), name.c_str());
        text += (text.empty() ? "" : ", ") + std::string(part);
    }
    return text.empty() ? "-" : text;
}

int printTable(const char* path)
{
    std::ifstream file(path);
    std::vector<std::string> order;
    std::map<std::string, Figures> all;
    for (std::string line; std::getline(file, line);) {
        const Json run = Json::parse(line, nullptr, false);
        if (!run.is_object()) continue;
        const std::string name = run.value("scenario", "") + " (" + run.value("profile", "") + ")";
        if (!all.contains(name)) order.push_back(name);
        Figures& figures = all[name];
        figures.outages.push_back(run["outage_ms"]);
        figures.failed.push_back(run["failed"]);
        figures.wrong = std::max(figures.wrong, run["wrong_ms"].get<double>());
        if (run["double_noticed_ms"].is_number()) figures.doubles.push_back(run["double_noticed_ms"]);
        figures.targets = run["targets"];
        figures.missedRuns += run["missed"].empty() ? 0 : 1;
        for (const Json& sentence : run["missed"])
            figures.missed.push_back("run " + std::to_string(run.value("run", 0)) + ": " + sentence.get<std::string>());
    }
    std::printf("%-34s %-26s %-15s %-13s %-9s %-9s %s\n", "scenario", "target", "outage s", "failed", "wrong s",
                "double s", "kept");
    bool kept = !order.empty();
    for (const std::string& name : order) {
        const Figures& figures = all[name];
        const int runs = static_cast<int>(figures.outages.size());
        char outage[32];
        char failed[32];
        char seen[32] = "-";
        std::snprintf(outage, sizeof outage, "%.2f / %.2f", median(figures.outages) / 1000,
                      largest(figures.outages) / 1000);
        std::snprintf(failed, sizeof failed, "%.0f / %.0f", median(figures.failed), largest(figures.failed));
        if (!figures.doubles.empty()) std::snprintf(seen, sizeof seen, "%.2f", largest(figures.doubles) / 1000);
        std::printf("%-34s %-26s %-15s %-13s %-9.2f %-9s %d of %d\n", name.c_str(), targetText(figures.targets).c_str(),
                    outage, failed, figures.wrong / 1000, seen, runs - figures.missedRuns, runs);
        for (const Json& sentence : figures.missed) std::printf("    %s\n", sentence.get<std::string>().c_str());
        kept = kept && figures.missedRuns == 0;
    }
    std::printf("outage and failed: median / maximum; wrong: for how long a false \"confirmed\" was shown at most\n");
    return kept ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    const std::string verb = argc == 3 ? argv[1] : "";
    if (verb == "table") return printTable(argv[2]);
    if (verb != "run") {
        std::cerr << "usage: lab_report run FOLDER | lab_report table FILE\n";
        return 2;
    }
    const Json result = judge(readRecording(argv[2]));
    std::cout << result.dump() << '\n';
    return result["missed"].empty() ? 0 : 1;
}
