// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments.h"
#include "base/configvalue.h"
#include "cluster/check/check.h"
#include "cluster/check/filetree.h"
#include "definitionargument.h"
#include "findingtext.h"
#include "verbs.h"
#include <filesystem>
#include <iostream>
#include <set>

namespace iam::app {
namespace {

constexpr const char* checkHelp =
    R"(iam-server cluster check [--definition FILE] [--node NAME | --files NAME=FOLDER…] [OPTION]…

Says what is wrong, where, why, what it costs (measured figures) and how to mend it.
  --definition FILE    without --files: checks the definition and what would be rendered from it; with --files: the
                       files are also compared with what the definition says
  --node NAME          only what would be rendered for that machine
  --files NAME=FOLDER  the files of one node; once for each node. FOLDER is laid out as a node is (etc/nginx,
                       etc/keepalived, …), "/" on the node itself, or holds nginx.conf, conf.d and keepalived.conf plainly.
                       Give all nodes at once: much can only be seen by comparing them
  --neighbour FILE     the definition of another cluster on the same network; may be repeated
  --json               one JSON object instead of text
  --no-programs        does without nginx -t and keepalived -t

The programs test copies in a temporary folder, as root in a network of their own; nginx -t looks names of upstreams up.
Exit codes: 0 nothing but notes, 1 warnings or errors, 2 the command line is wrong or a file cannot be read.
)";

/// A definition with faults is what this verb is there to find: they become findings.
std::vector<cluster::Finding> findingsOf(const Error& error, const std::string& file)
{
    std::vector<cluster::Finding> findings;
    const cluster::RuleText* text = cluster::ruleText("definition-invalid");
    for (const FieldFault& fault : error.faults) {
        cluster::Finding finding;
        finding.severity = text->severity;
        finding.rule = text->rule;
        finding.file = file;
        if (fault.field.starts_with(file + ':'))
            finding.line = static_cast<int>(parseInteger(fault.field.substr(file.size() + 1)).value_or(0));
        finding.arguments = {fault.message};
        finding.message = cluster::filledIn(text->what, finding.arguments);
        finding.why = text->why;
        finding.cost = text->cost;
        finding.mend = text->mend;
        findings.push_back(std::move(finding));
    }
    return findings;
}

Result<> readFiles(const std::vector<std::string>& given, cluster::LintInput& input)
{
    std::set<std::string> names;
    for (const std::string& one : given) {
        const std::size_t equals = one.find('=');
        if (equals == 0 || equals == std::string::npos || equals + 1 == one.size())
            return fail(Code::Validation, "--files takes NAME=FOLDER, not " + one);
        const std::string name = one.substr(0, equals);
        if (!names.insert(name).second) return fail(Code::Validation, "--files names " + name + " twice");
        auto files = cluster::readFileTree(name, one.substr(equals + 1));
        if (!files) return fail(files);
        input.nodes.push_back(std::move(*files));
    }
    return {};
}

} // namespace

int checkCluster(const VerbArguments& arguments)
{
    if (!arguments.empty() && (arguments.front() == "--help" || arguments.front() == "-h")) {
        std::cout << checkHelp;
        return exitGood;
    }
    const auto parsed = Arguments::parse(arguments, {{"--definition"},
                                                     {"--node"},
                                                     {"--files", true, true},
                                                     {"--neighbour", true, true},
                                                     {"--json", false},
                                                     {"--no-programs", false}});
    if (!parsed) return refuseArguments(parsed.error().detail);
    const bool files = parsed->has("--files");
    if (!files && !parsed->has("--definition"))
        return refuseArguments("cluster check needs --definition FILE, --files NAME=FOLDER, or both");
    if (files && parsed->has("--node")) return refuseArguments("--node goes with --definition alone");

    cluster::LintInput input;
    std::vector<cluster::Finding> findings;
    if (const auto read = readFiles(parsed->values("--files"), input); !read)
        return refuseArguments(read.error().detail);
    for (const std::string& path : parsed->values("--neighbour")) {
        auto given = readDefinition(path);
        if (!given) {
            printDefinitionError(given.error());
            return exitConfiguration;
        }
        input.neighbours.push_back(std::move(given->definition));
    }
    if (parsed->has("--definition")) {
        auto given = readDefinition(parsed->value("--definition"));
        if (!given && given.error().faults.empty()) {
            printDefinitionError(given.error());
            return exitConfiguration;
        }
        if (given) {
            input.definitionName = given->name;
            input.definitionText = std::move(given->text);
            input.definition = std::move(given->definition);
        } else {
            findings = findingsOf(given.error(), parsed->value("--definition"));
        }
    }
    if (!files && input.definition) {
        const std::string name = std::filesystem::path(input.definitionName).filename().string();
        auto rendered = cluster::renderedFiles(*input.definition, name, parsed->value("--node"));
        if (!rendered) return refuseArguments(rendered.error().detail);
        input.nodes = std::move(*rendered);
    }
    const cluster::ProgramTestOptions programs;
    for (cluster::Finding& one : cluster::check(input, parsed->has("--no-programs") ? nullptr : &programs))
        findings.push_back(std::move(one));
    std::cout << (parsed->has("--json") ? findingJson(findings) : findingText(findings));
    return cluster::needsMending(findings) ? exitFailed : exitGood;
}

} // namespace iam::app
