// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a workload for programs of other makers:
//   bench_workload l|t POLICIES REQUESTS FOLDER    policies.json (an array) and requests.jsonl
// A line of requests: {"subject":…,"action":…,"resource":…,"context":{"remoteIP":…},"allowed":true}
#include "contract/codec.h"
#include "support/policyworkload.h"
#include <cstdio>
#include <cstdlib>
#include <fstream>

using namespace iam;
using support::PolicyWorkload;

int main(int argc, char** argv)
{
    if (argc != 5) {
        std::fputs("bench_workload l|t POLICIES REQUESTS FOLDER\n", stderr);
        return 2;
    }
    const auto resources = *argv[1] == 'l' ? PolicyWorkload::Resources::Literals : PolicyWorkload::Resources::Templates;
    const PolicyWorkload workload(std::strtoul(argv[2], nullptr, 10), resources);
    const std::string folder = argv[4];
    std::ofstream policies(folder + "/policies.json");
    policies << '[';
    for (std::size_t i = 0; i < workload.size(); ++i)
        policies << (i > 0 ? ",\n" : "\n") << contract::encodePolicyDocument(workload.document(i));
    policies << "\n]\n";
    std::ofstream requests(folder + "/requests.jsonl");
    for (const PolicyWorkload::Question& question : workload.questions(std::strtoul(argv[3], nullptr, 10))) {
        std::string line = contract::encodeDecisionRequest(question.request);
        line.insert(line.size() - 1, question.allowed ? ",\"allowed\":true" : ",\"allowed\":false");
        requests << line << '\n';
    }
    return policies.flush() && requests.flush() ? 0 : 1;
}
