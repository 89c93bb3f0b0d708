// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Watches a lab: who really has the address, whom the client's packets reach, and what each node's server says of it.
// One JSON line on standard output for each change of the first two, and for each answer:
//   {"t_ms":…,"what":"address","node":"n1","held":true}       the kernel of n1 has the VIP, or not; looked every 10 ms
//   {"t_ms":…,"what":"neighbour","node":"n1"}                  where the client sends what is for the VIP
//   {"t_ms":…,"what":"status","node":"n1","code":200,"verdict":"confirmed","owner":"n1","reason":"…"}
#include "addresses.h"
#include "space.h"
#include "statuspoll.h"
#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

using namespace iam::lab;
using namespace std::chrono_literals;

namespace {

struct Node {
    std::string name;
    in_addr address{};
    std::string space;
};

struct Options {
    in_addr vip{};
    std::string clientSpace;
    std::uint16_t port = 8080;
    std::string token;
    std::vector<Node> nodes;
};

std::atomic<bool> ended = false;

/// Calls `look` at every beat until the end.
template <class Look>
void keepLooking(std::chrono::milliseconds period, const Look& look)
{
    auto next = std::chrono::steady_clock::now();
    while (!ended) {
        look();
        next = std::max(next + period, std::chrono::steady_clock::now());
        std::this_thread::sleep_until(next);
    }
}

void watchAddress(const Options& options, const Node& node, Lines& lines)
{
    enterSpace(node.space);
    Addresses addresses;
    std::optional<bool> last;
    keepLooking(10ms, [&] {
        const bool held = addresses.holds(options.vip);
        if (last == held) return;
        last = held;
        const nlohmann::json line{
            {"t_ms", wallMilliseconds()}, {"what", "address"}, {"node", node.name}, {"held", held}};
        lines.write(line.dump());
    });
}

void watchNeighbour(const Options& options, Lines& lines)
{
    enterSpace(options.clientSpace);
    Addresses addresses;
    std::string last = "?";
    keepLooking(10ms, [&] {
        const auto hardware = addresses.hardwareOf(options.vip);
        std::string name;
        for (const Node& node : options.nodes)
            if (hardware == node.address.s_addr) name = node.name;
        if (last == name) return;
        last = name;
        lines.write(nlohmann::json{{"t_ms", wallMilliseconds()}, {"what", "neighbour"}, {"node", name}}.dump());
    });
}

void watchStatus(const Options& options, const Node& node, Lines& lines)
{
    enterSpace(node.space);
    keepLooking(100ms, [&] {
        const double asked = wallMilliseconds();
        const StatusAnswer answer = askStatus(node.address, options.port, options.token);
        const nlohmann::json line{{"t_ms", asked},          {"what", "status"},          {"node", node.name},
                                  {"code", answer.code},    {"verdict", answer.verdict}, {"owner", answer.owner},
                                  {"reason", answer.reason}};
        lines.write(line.dump());
    });
}

bool read(int argc, char** argv, Options& options)
{
    const auto address = [](const char* text, in_addr& into) { return ::inet_pton(AF_INET, text, &into) == 1; };
    for (int i = 1; i < argc; ++i) {
        const std::string option = argv[i];
        if (option == "--vip" && i + 1 < argc) {
            if (!address(argv[++i], options.vip)) return false;
        } else if (option == "--client" && i + 1 < argc) {
            options.clientSpace = argv[++i];
        } else if (option == "--port" && i + 1 < argc) {
            options.port = static_cast<std::uint16_t>(std::atoi(argv[++i]));
        } else if (option == "--token" && i + 1 < argc) {
            std::ifstream(argv[++i]) >> options.token;
        } else if (option == "--node" && i + 3 < argc) {
            Node node{argv[i + 1], {}, argv[i + 3]};
            if (!address(argv[i + 2], node.address)) return false;
            options.nodes.push_back(node);
            i += 3;
        } else {
            return false;
        }
    }
    return options.vip.s_addr != 0 && !options.clientSpace.empty() && !options.nodes.empty();
}

} // namespace

int main(int argc, char** argv)
{
    Options options;
    if (!read(argc, argv, options)) {
        std::cerr << "usage: lab_watch --vip ADDRESS --client NETNS --node NAME ADDRESS NETNS… [--port PORT]\n"
                     "                 [--token FILE]   (without it the servers are not asked)\n";
        return 2;
    }
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGTERM);
    ::sigaddset(&signals, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    Lines lines;
    std::vector<std::thread> threads;
    threads.emplace_back([&] { watchNeighbour(options, lines); });
    for (const Node& node : options.nodes) {
        threads.emplace_back([&] { watchAddress(options, node, lines); });
        if (!options.token.empty()) threads.emplace_back([&] { watchStatus(options, node, lines); });
    }
    ::sigwaitinfo(&signals, nullptr);
    ended = true;
    for (std::thread& thread : threads) thread.join();
    return 0;
}
