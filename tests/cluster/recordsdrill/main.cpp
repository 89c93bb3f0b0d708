// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Kills everything that has to do with decision records, at random moments under load, and counts what came where.
#include "recordsdrill/verdict.h"
#include <QCommandLineParser>
#include <QCoreApplication>
#include <algorithm>
#include <cstdio>
#include <random>

using namespace iam;
using namespace iam::drill;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

constexpr int skipped = 77;

struct Options {
    std::chrono::milliseconds length{};
    int kills = 0;
    unsigned seed = 0;
    double rate = 0;
    std::chrono::milliseconds window{};
};

/// Parts that die in one moment, when, for how long, and perhaps again while they start.
struct Strike {
    std::chrono::milliseconds at{};
    std::chrono::milliseconds away{};
    std::vector<Part> parts;
    std::optional<std::chrono::milliseconds> again{}; ///< so long after the start; of a server or pump alone
};

int killsOf(const Strike& strike)
{
    const auto csv = std::count(strike.parts.begin(), strike.parts.end(), Part::Csv); // no process
    return static_cast<int>(std::ssize(strike.parts) - csv) + (strike.again ? 1 : 0);
}

/// Each part once by itself first, then alone, two at once or twice in a row, until `kills` processes are to be killed.
std::vector<Strike> planStrikes(const Options& options, std::mt19937& dice)
{
    std::vector<Part> first(allParts.begin(), allParts.end());
    std::shuffle(first.begin(), first.end(), dice);
    std::vector<Strike> strikes;
    for (int kills = 0; kills < options.kills;) {
        Strike strike;
        if (!first.empty()) {
            strike.parts = {first.back()};
            first.pop_back();
        } else {
            strike.parts = {allParts.at(dice() % allParts.size())};
            const Part other = allParts.at(dice() % allParts.size());
            const bool isOurs = strike.parts.front() == Part::Server || strike.parts.front() == Part::Pump;
            if (isOurs && dice() % 3 == 0)
                strike.again = std::chrono::milliseconds(dice() % 700);
            else if (dice() % 3 == 0 && other != strike.parts.front())
                strike.parts.push_back(other);
        }
        kills += killsOf(strike);
        strike.away = std::chrono::milliseconds(dice() % 500);
        strikes.push_back(std::move(strike));
    }
    std::vector<std::chrono::milliseconds> moments;
    for (std::size_t i = 0; i < strikes.size(); ++i)
        moments.emplace_back(500 + dice() % static_cast<unsigned>(options.length.count() - 500));
    std::sort(moments.begin(), moments.end());
    for (std::size_t i = 0; i < strikes.size(); ++i) strikes[i].at = moments[i];
    return strikes;
}

bool carryOut(const Strike& strike, Installation& installation)
{
    for (const Part part : strike.parts) installation.kill(part);
    std::this_thread::sleep_for(strike.away); // nobody is there
    if (strike.again) installation.killWhileItStarts(strike.parts.front(), *strike.again);
    return std::all_of(allParts.begin(), allParts.end(), [&](Part part) {
        return std::find(strike.parts.begin(), strike.parts.end(), part) == strike.parts.end() ||
               installation.restart(part);
    });
}

/// Waits until all sinks have settled all of both logs and nothing is left in the old list.
bool awaitEnd(Installation& installation, std::chrono::seconds patience)
{
    const auto end = steady_clock::now() + patience;
    const auto own = readLog(installation, ownSource);
    if (!own) return false;
    const auto isSettled = [&] {
        if (installation.waitingInRedis() != 0) return false;
        const auto legacy = readLog(installation, legacySource);
        const auto sinks = contract::decodeSinkStatuses(installation.pumpStatus());
        if (!legacy || !sinks || sinks->empty()) return false;
        return std::all_of(sinks->begin(), sinks->end(), [&](const contract::SinkStatus& sink) {
            return sink.position.sequence == (sink.source == ownSource ? own->last : legacy->last);
        });
    };
    while (!isSettled()) {
        if (steady_clock::now() > end) return false;
        // Nothing tells from outside when a pump has caught up: it is asked again.
        std::this_thread::sleep_for(50ms);
    }
    return true;
}

int failed(const char* what, const Installation& installation)
{
    std::fprintf(stderr, "recordsdrill: %s\n%s\n", what, qPrintable(installation.fault()));
    return 1;
}

int carryOut(const Options& options)
{
    std::printf("recordsdrill: seed %u, %d kills in %lld s, %.0f decisions a second\n", options.seed, options.kills,
                static_cast<long long>(options.length.count() / 1000), options.rate);
    std::fflush(stdout);
    std::mt19937 dice(options.seed);
    const std::vector<Strike> strikes = planStrikes(options, dice);
    Installation installation;
    std::vector<std::chrono::milliseconds> firstDeaths;
    for (int i = 0; i < 2; ++i) firstDeaths.emplace_back(dice() % 1000);
    if (!installation.start(firstDeaths)) return failed("the start failed", installation);

    std::map<Part, int> kills{{Part::Server, std::ssize(firstDeaths)}, {Part::Pump, std::ssize(firstDeaths)}};
    int processes = 2 * static_cast<int>(std::ssize(firstDeaths));
    const auto begin = steady_clock::now();
    Askers askers(installation.authzPort(), installation.secrets(), {4, options.rate});
    for (const Strike& strike : strikes) {
        std::this_thread::sleep_until(begin + strike.at); // the random moment
        if (!carryOut(strike, installation)) return failed("a part did not come back", installation);
        for (const Part part : strike.parts) kills[part] += strike.again ? 2 : 1;
        processes += killsOf(strike);
    }
    std::this_thread::sleep_until(begin + options.length);
    askers.stop();
    const auto length = std::chrono::duration_cast<std::chrono::seconds>(steady_clock::now() - begin);
    if (!installation.stopServer()) return failed("the server did not end in order", installation);
    if (!awaitEnd(installation, 120s)) return failed("the sinks do not catch up", installation);
    if (!installation.stopPump()) return failed("the pump did not end in order", installation);

    const auto evidence = gatherEvidence(installation);
    if (!evidence) {
        std::fprintf(stderr, "recordsdrill: %s\n", evidence.error().detail.c_str());
        return 1;
    }
    const Verdict verdict = judge(*evidence, {askers.questions(), installation.runs(), options.window});
    std::printf("\n%-24s %5s\n", "part", "kills");
    for (const Part part : allParts) std::printf("%-24s %5d\n", nameOf(part), kills[part]);
    std::printf("%-24s %5d in %lld s\n%s", "processes", processes, static_cast<long long>(length.count()),
                verdict.table.c_str());
    for (const std::string& fault : verdict.faults) std::printf("FAULT: %s\n", fault.c_str());
    std::printf("\n%s (seed %u)\n", verdict.faults.empty() ? "everything adds up" : "it does NOT add up", options.seed);
    return verdict.faults.empty() ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    if (argc == 4 && std::string_view(argv[1]) == beMongoOption)
        return beMongo(static_cast<std::uint16_t>(std::atoi(argv[2])), argv[3]);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Kills server, pump, Redis, MariaDB and the sinks' receivers under "
                                                    "load, and shows that no decision record is lost in silence."));
    parser.addHelpOption();
    const auto option = [&parser](const char* name, const char* description, const char* initial) {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(description), QString::fromLatin1(name),
                          QString::fromLatin1(initial)});
    };
    option("seconds", "How long decisions are asked for.", "300");
    option("kills", "How many processes are killed in that time.", "60");
    option("seed", "Of the random moments; without one it is random itself.", "");
    option("rate", "Decisions a second.", "300");
    option("window", "How many ms before the server's death an answered decision's record may be lost.", "3000");
    parser.process(application);
    const auto number = [&parser](const char* name) { return parser.value(QString::fromLatin1(name)).toDouble(); };
    Options options;
    options.length = std::chrono::milliseconds(static_cast<std::int64_t>(number("seconds") * 1000));
    options.kills = static_cast<int>(number("kills"));
    options.seed =
        parser.value(QStringLiteral("seed")).isEmpty() ? std::random_device{}() : static_cast<unsigned>(number("seed"));
    options.rate = number("rate");
    options.window = std::chrono::milliseconds(static_cast<std::int64_t>(number("window")));
    if (options.length < 2s || options.kills < 0 || options.rate < 1) {
        std::fputs("recordsdrill: at least two seconds and one decision a second\n", stderr);
        return 2;
    }
    if (!test::MariaDbServer::isInstalled() || !test::SyslogServer::isInstalled()) {
        std::puts("skipped: mariadb-server or rsyslog is not installed");
        return skipped;
    }
    return carryOut(options);
}
