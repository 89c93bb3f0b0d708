// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// bench_report FOLDER: makes report.md and growth.svg from rows.jsonl and decisions.json of a run.
#include "reporttable.h"
#include "support/median.h"
#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sys/utsname.h>
#include <thread>

using namespace iam;
using namespace iam::bench;
using contract::Json;
using support::median;

namespace {

std::string firstMatch(const std::string& file, const std::string& name)
{
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(name)) {
            line.erase(0, line.find_first_of(":=") + 1);
            const std::size_t first = line.find_first_not_of(" \t\"");
            const std::size_t last = line.find_last_not_of(" \t\"");
            return first == std::string::npos ? std::string() : line.substr(first, last - first + 1);
        }
    return {};
}

void writeMachine(std::ostream& out, const std::string& folder, const Json& context)
{
    utsname system{};
    ::uname(&system);
    std::string release = firstMatch("/etc/os-release", "PRETTY_NAME");
    const Json* date = context.find("date");
    const Json* clock = context.find("clock");
    out << "# Benchmark of decisions\n\n";
    out << "Machine: " << std::thread::hardware_concurrency() << " processors, "
        << firstMatch("/proc/cpuinfo", "model name") << ", " << firstMatch("/proc/meminfo", "MemTotal")
        << " of memory, Linux " << system.release << ", " << release << ", GCC " << __VERSION__ << ".\n";
    if (date && date->string()) out << "Time: " << *date->string() << ".\n";
    if (const Json* load = context.find("load_avg"); load && load->array()) {
        out << "Load when it began (1, 5, 15 minutes):";
        for (const Json& one : *load->array()) out << ' ' << shown(one.toDouble(), 3);
        out << "; rows over HTTP carry their own.\n";
    }
    if (clock && clock->string()) out << "Single decisions are timed by the " << *clock->string() << ".\n";
    std::ifstream missing(folder + "/missing.txt");
    for (std::string line; std::getline(missing, line);)
        if (!line.empty()) out << "Not run: " << line << ".\n";
    out << "\nData: N policies of one owner; subjects `users:<peter|ken>`, `users:maria`, `groups:admins`; actions "
           "`delete`, `<create|update>`; one network condition; a resource of its own for each, a literal (l) or a "
           "template (t); mixed: of each hundred templates one without a literal prefix and one with look-ahead. "
           "Requests: 120 000 different ones in random order about all policies, a quarter of them denied; every "
           "answer is compared with the right one before anything is timed. No answer is cached.\n";
}

void writeInProcess(std::ostream& out, const Rows& decisions, const Rows& peers)
{
    Table table({"In process, one core", "data", "policies", "median µs", "p99 µs", "p99.9 µs", "compile ms",
                 "one change µs", "heap MiB"});
    double clock = 0;
    for (const Json& row : decisions) {
        const DecisionName name(textOf(row, "name"));
        clock = numberOf(row, "clock_ns");
        const double change = numberOf(row, "change_us");
        table.add({name.indexed ? "iam-server's engine" : "the same, index off", name.data,
                   shown(numberOf(row, "policies"), 0), shown(numberOf(row, "median_ns") / 1e3, 2),
                   shown(numberOf(row, "p99_ns") / 1e3, 2), shown(numberOf(row, "p999_ns") / 1e3, 1),
                   shown(numberOf(row, "compile_ms"), 2), change > 0 ? shown(change, 1) : "",
                   shown(numberOf(row, "heap_mib"), 1)});
    }
    for (const Json& row : peers)
        table.add({textOf(row, "engine"), textOf(row, "data"), shown(numberOf(row, "policies"), 0),
                   shown(numberOf(row, "median_ns") / 1e3, 1), shown(numberOf(row, "p99_ns") / 1e3, 1),
                   shown(numberOf(row, "p999_ns") / 1e3, 1), shown(numberOf(row, "compile_ms"), 1), "", ""});
    table.write(out);
    if (clock > 0)
        out << "\nTimes are of single decisions, read from the clock around each; its own cost, " << shown(clock, 0)
            << " ns a decision, is in them. Compile and change: CPU time, freeing the old set included.\n";
}

void writeOverHttp(std::ostream& out, const Rows& rows)
{
    // One line for each (engine, data, connections, idle); what its turns gave side by side, the CPU also as the best.
    struct Turns {
        std::vector<double> rate, p50, p99, cpu, rss;
        double lost = 0;
    };
    std::vector<std::string> order;
    std::map<std::string, std::pair<Json, Turns>> lines;
    for (const Json& row : rows) {
        const std::string key = textOf(row, "engine") + '|' + textOf(row, "data") + '|' +
                                shown(numberOf(row, "connections"), 0) + '|' + shown(numberOf(row, "idle"), 0);
        if (!lines.contains(key)) order.push_back(key);
        auto& [first, turns] = lines[key];
        first = row;
        turns.rate.push_back(numberOf(row, "per_second"));
        turns.p50.push_back(numberOf(row, "p50_ms"));
        turns.p99.push_back(numberOf(row, "p99_ms"));
        turns.cpu.push_back(numberOf(row, "cpu_per_1000_s"));
        turns.rss.push_back(numberOf(row, "rss_mib"));
        turns.lost += numberOf(row, "lost") + numberOf(row, "refused");
    }
    std::map<double, Turns> ceiling; // nginx by connections
    for (const auto& [key, line] : lines)
        if (key.starts_with("nginx return 200|") && numberOf(line.first, "idle") == 0)
            ceiling[numberOf(line.first, "connections")] = line.second;
    const auto times = [](double ours, double base) { return base > 0 ? shown(ours / base, 2) : std::string(); };
    Table table({"Over HTTP (wrk, 1 thread)", "data", "connections", "idle beside", "requests/s", "p50 ms", "p99 ms",
                 "p99 × nginx", "CPU s per 1 000", "CPU × nginx", "RSS MiB", "errors"});
    for (const std::string& key : order) {
        const auto& [row, turns] = lines[key];
        const Turns& base = ceiling[numberOf(row, "connections")];
        table.add({textOf(row, "engine"), textOf(row, "data"), shown(numberOf(row, "connections"), 0),
                   shown(numberOf(row, "idle"), 0), joined(turns.rate, 0), joined(turns.p50, 2), joined(turns.p99, 2),
                   times(median(turns.p99), median(base.p99)), joined(turns.cpu, 4),
                   times(mean(turns.cpu), mean(base.cpu)), shown(mean(turns.rss), 1), shown(turns.lost, 0)});
    }
    table.write(out);
    out << "\nTurns of one line stand beside each other (A B A B: between them every other line of that number of "
           "connections had its turn). × nginx: the median of p99 and the mean of CPU per request, against those of "
           "`return 200` with the same connections. nginx also with the same POST requests, whose bodies it reads and "
           "drops.\n";
}

void writeOthers(std::ostream& out, const Rows& starts, const Rows& idles)
{
    if (!starts.empty()) {
        Table table({"Whole server", "start to ready s", "RSS MiB", "one change, PUT to first decision ms"});
        for (const Json& row : starts)
            table.add({textOf(row, "data"), shown(numberOf(row, "start_s"), 2), shown(numberOf(row, "rss_mib"), 1),
                       shown(numberOf(row, "change_ms"), 1)});
        table.write(out);
    }
    if (!idles.empty()) {
        Table table({"Idle connections", "opened", "KiB each", "alive afterwards"});
        for (const Json& row : idles)
            table.add({textOf(row, "engine"), shown(numberOf(row, "opened"), 0), shown(numberOf(row, "kib_each"), 2),
                       shown(numberOf(row, "alive_after"), 0)});
        table.write(out);
    }
}

void writeHostile(std::ostream& out, const Rows& rows)
{
    for (const double policies : {1.0, 100.0}) {
        Rows of;
        for (const Json& row : rows)
            if (numberOf(row, "policies") == policies) of.push_back(row);
        const auto longest = [](const Json& row) {
            return std::max(numberOf(row, "first_ms"), numberOf(row, "next_ms"));
        };
        std::stable_sort(of.begin(), of.end(), [&](const Json& a, const Json& b) { return longest(a) > longest(b); });
        if (of.empty()) continue;
        Table table({policies == 1 ? "Hostile template, alone" : "A hundred like it in one set", "compile ms",
                     "first decision ms", "longest of the next ms", "answer"});
        constexpr std::size_t shownRows = 5;
        for (std::size_t i = 0; i < std::min(shownRows, of.size()); ++i)
            table.add({codeOf(textOf(of[i], "data")), shown(numberOf(of[i], "compile_ms"), 1),
                       shown(numberOf(of[i], "first_ms"), 2), shown(numberOf(of[i], "next_ms"), 2),
                       numberOf(of[i], "fails") > 0 ? "denied, says why" : "decided"});
        table.write(out);
        const auto late = std::count_if(of.begin(), of.end(), [&](const Json& row) { return longest(row) > 10; });
        out << "\nThe " << std::min(shownRows, of.size()) << " longest of " << of.size()
            << " by CPU time; above 10 ms: " << late << ". The longest: " << shown(longest(of.front()), 2) << " ms.\n";
    }
}

Curves growth(const Rows& decisions, const Rows& peers)
{
    Curves curves;
    for (const Json& row : decisions) {
        const DecisionName name(textOf(row, "name"));
        if (name.data != "l" && name.data != "t") continue;
        const std::string label = std::string(name.indexed ? "iam-server " : "index off ") + name.data;
        curves[label].emplace_back(numberOf(row, "policies"), numberOf(row, "median_ns") / 1e3);
    }
    for (const Json& row : peers)
        curves[textOf(row, "engine") + ' ' + textOf(row, "data")].emplace_back(numberOf(row, "policies"),
                                                                               numberOf(row, "median_ns") / 1e3);
    return curves;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "bench_report FOLDER\n";
        return 2;
    }
    const std::string folder = argv[1];
    Json context;
    const Rows decisions = readDecisions(folder + "/decisions.json", context);
    const Rows rows = readRows(folder + "/rows.jsonl");
    const Rows peers = ofPart(rows, "peer");
    std::ofstream out(folder + "/report.md");
    writeMachine(out, folder, context);
    if (!decisions.empty() || !peers.empty()) writeInProcess(out, decisions, peers);
    writeHostile(out, ofPart(rows, "hostile"));
    if (const Rows http = ofPart(rows, "http"); !http.empty()) writeOverHttp(out, http);
    writeOthers(out, ofPart(rows, "start"), ofPart(rows, "idle"));
    std::ofstream svg(folder + "/growth.svg");
    writeCurves(svg, growth(decisions, peers));
    return out.flush() && svg.flush() ? 0 : 1;
}
