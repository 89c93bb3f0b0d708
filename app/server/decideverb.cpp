// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments.h"
#include "decisionlines.h"
#include "verbs.h"
#include <fstream>
#include <iostream>

namespace iam::app {

namespace {

/// A file, or standard input for "-".
struct Source {
    std::ifstream file;
    std::istream* stream = nullptr;

    bool open(const std::string& name)
    {
        stream = name == "-" ? &std::cin : &file;
        if (name != "-") file.open(name, std::ios::binary);
        return stream->good() && (name == "-" || file.peek() != EOF || file.eof());
    }
};

int complain(const std::string& sentence)
{
    std::cerr << "iam-server decide: " << sentence << '\n';
    return exitFailed;
}

} // namespace

int decide(const VerbArguments& arguments)
{
    const auto parsed = Arguments::parse(arguments, {{"--policies"}, {"--requests"}, {"--explain", false}});
    if (!parsed) return refuseArguments(parsed.error().detail);
    const std::string policiesName = parsed->value("--policies");
    const std::string requestsName = parsed->value("--requests");
    if (policiesName.empty() || requestsName.empty())
        return refuseArguments("decide needs --policies FILE and --requests FILE");
    if (policiesName == "-" && requestsName == "-")
        return refuseArguments("only one of --policies and --requests can be standard input");

    const AnswerForm form = parsed->has("--explain") ? AnswerForm::Explanation : AnswerForm::Decision;
    Source policiesSource;
    if (!policiesSource.open(policiesName)) return complain("cannot read the policies from '" + policiesName + "'");
    Source requestsSource;
    if (!requestsSource.open(requestsName)) return complain("cannot read the requests from '" + requestsName + "'");
    const auto policies = readPolicies(*policiesSource.stream);
    if (!policies) return complain("policies: " + policies.error().detail);
    const auto answered = answerRequests(**policies, *requestsSource.stream, std::cout, form);
    if (!answered) return complain("requests: " + answered.error().detail);
    return exitGood;
}

} // namespace iam::app
