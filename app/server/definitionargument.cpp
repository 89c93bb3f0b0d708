// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "definitionargument.h"
#include "base/configsource.h"
#include "cluster/definition/definitionfile.h"
#include "configarguments.h"
#include <cerrno>
#include <cstring>
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

Result<GivenDefinition> readDefinition(const std::string& path)
{
    auto text = readText(path);
    if (!text) return fail(text);
    auto definition = cluster::parseDefinition(*text, path);
    if (!definition) return fail(definition);
    return GivenDefinition{path, std::move(*text), std::move(*definition)};
}

void printDefinitionError(const Error& error)
{
    if (error.faults.empty())
        std::cerr << "iam-server: " << error.detail << '\n';
    else
        printFaults(error.faults);
}

} // namespace iam::app
