// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads arbitrary bytes as a journal, in arbitrary pieces, and as what agents and servers tell about a cluster.
#include "cluster/agent/journalreader.h"
#include "contract/clustercodec.h"
#include <algorithm>
#include <cstdlib>

using namespace iam;
using namespace iam::cluster;

namespace {

void demand(bool held)
{
    if (!held) std::abort();
}

std::vector<std::string> linesOf(std::string_view input, std::size_t piece)
{
    std::vector<std::string> lines;
    LineCutter cutter([&lines](std::string_view line) {
        demand(line.size() <= LineCutter::longest && line.find('\n') == std::string_view::npos);
        lines.emplace_back(line);
    });
    for (; !input.empty(); input.remove_prefix(std::min(piece, input.size()))) cutter.add(input.substr(0, piece));
    cutter.end();
    return lines;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::vector<std::string> lines = linesOf(input, 1 + size % 97);
    demand(lines == linesOf(input, input.size() + 1));
    for (const std::string& line : lines) {
        const auto event = eventOfLine(line);
        if (!event || !*event) continue;
        const auto again = eventOfLine(journalLine(**event));
        demand(again && *again && **again == **event);
    }
    if (const auto status = contract::decodeClusterStatus(input)) {
        const auto again = contract::decodeClusterStatus(contract::encodeClusterStatus(*status));
        demand(again.has_value());
    }
    static_cast<void>(contract::decodeClusterView(input));
    static_cast<void>(contract::decodeNodeReport(input));
    static_cast<void>(parseEventsFrom(input));
    return 0;
}
