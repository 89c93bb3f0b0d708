// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments.h"
#include "contract/codec.h"
#include "decisionlines.h"
#include "decisionmeasure.h"
#include "verbs.h"
#include <cstdio>
#include <fstream>
#include <iostream>

namespace iam::app {

namespace {

constexpr std::size_t derivedRequests = 120'000;
constexpr std::size_t manyPolicies = 2'000; // beyond, a decision without the index takes too long for a whole pass
constexpr double mebibyte = 1024.0 * 1024.0;

int complain(const std::string& sentence)
{
    std::cerr << "iam-server bench: " << sentence << '\n';
    return exitFailed;
}

void printTimes(const char* what, const DecisionTimes& times)
{
    std::printf(
        "%-10s median %9.2f µs   p99 %9.2f µs   p99.9 %9.2f µs   most %9.1f µs   mean CPU %9.2f µs   %zu decisions, "
        "%.1f %% allowed\n",
        what, times.median / 1e3, times.p99 / 1e3, times.p999 / 1e3, times.most / 1e3, times.mean / 1e3,
        times.decisions,
        times.decisions == 0 ? 0.0 : 100.0 * static_cast<double>(times.allowed) / static_cast<double>(times.decisions));
}

} // namespace

int bench(const VerbArguments& arguments)
{
    const auto parsed = Arguments::parse(arguments, {{"--policies"}, {"--requests"}});
    if (!parsed) return refuseArguments(parsed.error().detail);
    const std::string policiesName = parsed->value("--policies");
    const std::string requestsName = parsed->value("--requests");
    if (policiesName.empty()) return refuseArguments("bench needs --policies FILE");

    std::ifstream policiesFile(policiesName, std::ios::binary);
    if (!policiesFile) return complain("cannot read the policies from '" + policiesName + "'");
    const auto documents = readPolicyDocuments(policiesFile);
    if (!documents) return complain("policies: " + documents.error().detail);
    if (documents->empty()) return complain("there is no policy in '" + policiesName + "'");
    std::vector<contract::DecisionRequest> requests;
    if (requestsName.empty()) {
        requests = requestsNear(*documents, derivedRequests);
    } else {
        std::ifstream requestsFile(requestsName, std::ios::binary);
        if (!requestsFile) return complain("cannot read the requests from '" + requestsName + "'");
        const auto read = readRequests(requestsFile, [&](contract::DecisionRequest request) {
            requests.push_back(std::move(request));
            return Result<>();
        });
        if (!read) return complain("requests: " + read.error().detail);
        if (requests.empty()) return complain("there is no request in '" + requestsName + "'");
    }

    const Stopwatch stopwatch;
    const SetCost indexed = compileMeasured(*documents, true);
    const auto change = timeOneChange(indexed.set, *documents);
    std::printf("%zu policies, %zu requests %s, one core\n", documents->size(), requests.size(),
                requestsName.empty() ? "made from the policies" : "given");
    std::printf("compile    %.2f ms of CPU time, %.2f MiB of memory; one change %.1f µs\n",
                std::chrono::duration<double, std::milli>(indexed.compileTime).count(),
                static_cast<double>(indexed.bytes) / mebibyte,
                std::chrono::duration<double, std::micro>(change).count());
    printTimes("index", timeDecisions(*indexed.set, requests, stopwatch));
    std::printf("memory     %.2f MiB after these decisions\n", static_cast<double>(heapBytes()) / mebibyte);
    const SetCost plain = compileMeasured(*documents, false);
    if (documents->size() > manyPolicies && requests.size() > manyPolicies) requests.resize(manyPolicies);
    printTimes("no index", timeDecisions(*plain.set, requests, stopwatch));
    std::printf("Single decisions, timed by the %s; its own cost, %.0f ns each, is in the times but not in the mean.\n",
                stopwatch.countsCycles() ? "processor's time stamp counter" : "steady clock", stopwatch.ownCost());
    return exitGood;
}

} // namespace iam::app
