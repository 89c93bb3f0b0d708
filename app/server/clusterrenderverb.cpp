// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments.h"
#include "base/configsource.h"
#include "cluster/definition/definitionfile.h"
#include "cluster/definition/namerules.h"
#include "cluster/render/render.h"
#include "configarguments.h"
#include "outputtree.h"
#include "verbs.h"
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace iam::app {
namespace {

/// At most one byte more than parseDefinition() takes, so that it can say so.
Result<std::string> readText(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string text(maxConfigFileSize + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad() || !file.is_open())
        return fail(Code::DecodingFailed, path + " cannot be read: " + std::strerror(errno));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

} // namespace

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

    const auto text = readText(file);
    if (!text) {
        std::cerr << "iam-server: " << text.error().detail << '\n';
        return exitConfiguration;
    }
    const auto definition = cluster::parseDefinition(*text, file);
    if (!definition) {
        printFaults(definition.error().faults);
        return exitConfiguration;
    }
    const bool all = parsed->has("--all");
    std::vector<OutputFile> files;
    for (const std::string& machine :
         all ? cluster::machines(*definition) : std::vector<std::string>{parsed->value("--node")}) {
        auto rendered = cluster::render(*definition, machine, inputs);
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
