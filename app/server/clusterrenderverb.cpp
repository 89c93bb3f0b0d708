// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments.h"
#include "cluster/definition/namerules.h"
#include "cluster/render/render.h"
#include "definitionargument.h"
#include "outputtree.h"
#include "verbs.h"
#include <filesystem>
#include <iostream>

namespace iam::app {

int renderCluster(const VerbArguments& arguments)
{
    const auto parsed =
        Arguments::parse(arguments, {{"--definition"}, {"--node"}, {"--all", false}, {"--out"}, {"--binary"}});
    if (!parsed) return refuseArguments(parsed.error().detail);
    const std::string file = parsed->value("--definition");
    const std::string folder = parsed->value("--out");
    if (file.empty()) return refuseArguments("cluster render needs --definition FILE");
    if (folder.empty()) return refuseArguments("cluster render needs --out FOLDER");
    if (parsed->has("--node") == parsed->has("--all"))
        return refuseArguments("cluster render needs either --node NAME or --all");
    cluster::RenderInputs inputs;
    inputs.definitionName = std::filesystem::path(file).filename().string();
    if (parsed->has("--binary")) inputs.serverBinary = parsed->value("--binary");
    if (!cluster::isPlainPath(inputs.serverBinary))
        return refuseArguments("--binary is the absolute path of iam-server on the nodes");

    const auto given = readDefinition(file);
    if (!given) {
        printDefinitionError(given.error());
        return exitConfiguration;
    }
    const bool all = parsed->has("--all");
    std::vector<OutputFile> files;
    for (const std::string& machine :
         all ? cluster::machines(given->definition) : std::vector<std::string>{parsed->value("--node")}) {
        auto rendered = cluster::render(given->definition, machine, inputs);
        if (!rendered) return refuseArguments(rendered.error().detail);
        for (cluster::RenderedFile& one : *rendered)
            files.push_back({(all ? machine : std::string()) + one.path, std::move(one.content), one.mode});
    }
    for (OutputFile& one : files) one.path.erase(0, one.path.find_first_not_of('/'));
    if (const auto written = writeOutputTree(folder, files); !written) {
        std::cerr << "iam-server: " << written.error().detail << '\n';
        return exitFailed;
    }
    std::cout << "Wrote " << files.size() << " files to " << folder << '\n';
    return exitGood;
}

} // namespace iam::app
