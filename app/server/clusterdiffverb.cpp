// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments.h"
#include "cluster/check/check.h"
#include "cluster/check/treediff.h"
#include "definitionargument.h"
#include "verbs.h"
#include <filesystem>
#include <iostream>

namespace iam::app {
namespace {

const char* wordOf(cluster::FileDifference::Kind kind)
{
    using Kind = cluster::FileDifference::Kind;
    switch (kind) {
    case Kind::Missing:
        return "missing";
    case Kind::Extra:
        return "extra";
    case Kind::Content:
        return "differs";
    case Kind::Mode:
        return "mode";
    case Kind::Unreadable:
        return "unreadable";
    }
    return "differs";
}

} // namespace

int diffCluster(const VerbArguments& arguments)
{
    const auto parsed = Arguments::parse(arguments, {{"--definition"}, {"--node"}, {"--root"}});
    if (!parsed) return refuseArguments(parsed.error().detail);
    if (!parsed->has("--definition") || !parsed->has("--node"))
        return refuseArguments("cluster diff needs --definition FILE and --node NAME");
    const std::string root = parsed->has("--root") ? parsed->value("--root") : "/";
    std::error_code error;
    if (!std::filesystem::is_directory(root, error)) return refuseArguments("--root " + root + " is no folder");
    const auto given = readDefinition(parsed->value("--definition"));
    if (!given) {
        printDefinitionError(given.error());
        return exitConfiguration;
    }
    const std::string name = std::filesystem::path(given->name).filename().string();
    const auto rendered = cluster::renderedFiles(given->definition, name, parsed->value("--node"));
    if (!rendered) return refuseArguments(rendered.error().detail);
    const auto differences = cluster::compareWithInstalled(rendered->front(), root);
    for (const cluster::FileDifference& one : differences) {
        std::cout << wordOf(one.kind) << ' ' << one.path;
        if (one.kind == cluster::FileDifference::Kind::Mode) std::cout << ": " << one.text;
        std::cout << '\n';
        if (one.kind == cluster::FileDifference::Kind::Content)
            std::cout << "--- installed" << one.path << "\n+++ rendered" << one.path << '\n' << one.text;
    }
    if (differences.empty())
        std::cout << "All " << rendered->front().files.size() << " files are as they would be rendered.\n";
    return differences.empty() ? exitGood : exitFailed;
}

} // namespace iam::app
