// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads arbitrary bytes as everything that an agent hears from outside: what it says must hold together, and a text in
// pieces must say the same as the whole.
#include "cluster/observe/accesslogline.h"
#include "cluster/observe/addressdump.h"
#include "cluster/observe/answerreader.h"
#include "cluster/observe/keepaliveddump.h"
#include "cluster/observe/nginxcheck.h"
#include "cluster/observe/notifyline.h"
#include "cluster/observe/servicemetrics.h"
#include <cstdlib>

using namespace iam::cluster;

namespace {

void demand(bool held)
{
    if (!held) std::abort();
}

bool within(std::string_view part, std::string_view whole)
{
    return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void readLogLine(std::string_view input)
{
    AccessLogLine line;
    if (!readAccessLogLine(input, line)) return;
    demand(line.tried <= line.attempts.size() && within(line.domain, input) && !line.domain.empty());
    for (std::size_t i = 0; i < line.tried; ++i) demand(within(line.attempts[i].upstream, input));
}

void readNotifyLines(std::string_view input)
{
    NotifyLines whole;
    std::vector<std::string> first;
    whole.take(input, [&](std::string_view line) { first.emplace_back(line); });
    NotifyLines pieces;
    std::vector<std::string> second;
    for (std::size_t at = 0; at < input.size(); at += 3)
        pieces.take(input.substr(at, 3), [&](std::string_view line) { second.emplace_back(line); });
    demand(first == second && whole.tooLong() == pieces.tooLong());
    for (const std::string& line : first)
        if (const auto read = readNotifyLine(line)) demand(!read->says.empty());
}

void readAnswer(std::string_view input)
{
    AnswerReader reader(100);
    for (std::size_t at = 0; at < input.size() && !reader.is_done(); at += 7)
        if (!reader.take(input.substr(at, 7))) break;
    demand(reader.body.size() <= 100);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    readLogLine(input);
    readLogLine("<190>Nov 22 10:04:05 iam: " + std::string(input));
    readNotifyLines(input);
    readAnswer(input);
    AddressDump dump;
    dump.read(input);
    static_cast<void>(readKeepalivedDump(input, "VI_1"));
    static_cast<void>(readStubStatus(input));
    const ServiceTotals totals = readServiceTotals(input, "apiserver");
    if (const auto quantile = quantileBetween({}, totals, 0.99)) demand(*quantile >= 0);
    return 0;
}
