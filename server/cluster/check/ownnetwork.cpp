// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/check/ownnetwork.h"
#include "cluster/check/program.h"
#include <cctype>
#include <sched.h>
#include <thread>

namespace iam::cluster {
namespace {

bool isInterfaceName(const std::string& name)
{
    if (name.empty() || name.size() > 15 || name == "lo" || name.starts_with('-') || name.starts_with('.'))
        return false;
    for (const char c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.' && c != '_' && c != '-') return false;
    return true;
}

bool makeInterfaces(const std::set<std::string>& names)
{
    const std::string ip = findProgram("ip");
    if (ip.empty()) return names.empty();
    const auto runs = [&](std::vector<std::string> words) {
        words.insert(words.begin(), ip);
        const auto run = runProgram(words, std::chrono::seconds(5));
        return run && run->exitCode == 0;
    };
    bool all = runs({"link", "set", "lo", "up"});
    int index = 0;
    for (const std::string& name : names)
        if (isInterfaceName(name))
            all = runs({"link", "add", name, "type", "veth", "peer", "name", "peer" + std::to_string(index++)}) && all;
    return all;
}

} // namespace

void inOwnNetwork(const std::set<std::string>& interfaces, const std::function<void(bool)>& run)
{
    // Namespaces belong to threads: the caller's stays as it is, and this one ends with its thread.
    std::thread([&] {
        const bool own = ::unshare(CLONE_NEWNET) == 0;
        run(own && makeInterfaces(interfaces));
    }).join();
}

} // namespace iam::cluster
