// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Servers under wrk, in turns: every round asks each of them once, so that what else the machine does meets all alike.
//   bench_http --out ROWS.jsonl [--rounds 2] [--seconds 3] [--policies 10,100000] [--connections 32,512,4000]
//              [--requests 100000] [--idle 4000] [--server IAM-SERVER] [--cerbos PROGRAM] [--cerbos-policies
//              10,1000,10000]
#include "row.h"
#include "servers.h"
#include <QCommandLineParser>
#include <QCoreApplication>
#include <algorithm>
#include <sys/resource.h>

using namespace iam;
using namespace iam::bench;
using Resources = support::PolicyWorkload::Resources;

namespace {

struct Options {
    std::string out;
    int rounds = 2;
    int seconds = 3;
    int idle = 4000;
    std::size_t requests = 100'000;
    QList<int> policies;
    QList<int> connections;
    QString server;
    QString cerbos;
    QList<int> cerbosPolicies;
};

QList<int> numbers(const QString& text)
{
    QList<int> made;
    for (const QString& one : text.split(u',', Qt::SkipEmptyParts)) made << one.toInt();
    return made;
}

Options readOptions()
{
    QCommandLineParser parser;
    const auto add = [&](const char* name, const char* standard) {
        parser.addOption({QString::fromLatin1(name), {}, QStringLiteral("value"), QString::fromLatin1(standard)});
    };
    add("out", "rows.jsonl");
    add("rounds", "2");
    add("seconds", "3");
    add("policies", "10,100000");
    add("connections", "32,512,4000");
    add("requests", "100000");
    add("idle", "4000");
    add("server", "");
    add("cerbos", "");
    add("cerbos-policies", "10,1000,10000");
    parser.addHelpOption();
    parser.process(*QCoreApplication::instance());
    const auto value = [&](const char* name) { return parser.value(QString::fromLatin1(name)); };
    Options options;
    options.out = value("out").toStdString();
    options.rounds = value("rounds").toInt();
    options.seconds = value("seconds").toInt();
    options.idle = value("idle").toInt();
    options.requests = value("requests").toULongLong();
    options.policies = numbers(value("policies"));
    options.connections = numbers(value("connections"));
    options.server = value("server");
    options.cerbos = value("cerbos");
    options.cerbosPolicies = numbers(value("cerbos-policies"));
    return options;
}

bool measure(const Options& options, const Target& target, int connections, int round, int idle = 0)
{
    if (interrupted()) return false;
    const Turn turn = runTurn(target, connections, options.seconds);
    if (!turn.good) return false;
    Row row("http", target.engine, target.data);
    row.number("connections", connections).number("idle", idle).number("round", round);
    row.number("per_second", turn.perSecond).number("p50_ms", turn.p50).number("p99_ms", turn.p99);
    row.number("most_ms", turn.most).number("cpu_per_1000_s", turn.cpuPerThousand).number("rss_mib", turn.rssMib);
    row.number("refused", turn.refused).number("lost", turn.lost).number("load", turn.load).write(options.out);
    return true;
}

// All targets at each number of connections, round by round.
void measureInTurns(const Options& options, const std::vector<Target>& targets, const QList<int>& connections)
{
    for (const int count : connections)
        for (int round = 0; round < options.rounds; ++round)
            for (const Target& target : targets)
                if (!measure(options, target, count, round) && !interrupted())
                    std::fprintf(stderr, "no figures of %s at %d connections\n", target.engine.c_str(), count);
}

void measureIdle(const Options& options, const Target& target)
{
    constexpr int busy = 32;
    for (int round = 0; round < options.rounds && !interrupted(); ++round) {
        measure(options, target, busy, round);
        const double before = costOf(target.process).rssMib;
        IdleConnections idle(target.port, options.idle);
        const double with = costOf(target.process).rssMib;
        measure(options, target, busy, round, idle.opened());
        Row row("idle", target.engine, target.data);
        row.number("round", round).number("wanted", options.idle).number("opened", idle.opened());
        row.number("kib_each", (with - before) * 1024 / std::max(1, idle.opened()));
        row.number("alive_after", idle.alive()).write(options.out);
    }
}

void measureCerbos(const Options& options, const Target& ceiling)
{
    for (const int policies : options.cerbosPolicies) {
        for (const auto form : {CerbosServer::Form::Scanned, CerbosServer::Form::Keyed}) {
            if (interrupted()) return;
            // A look at ten thousand rules takes seconds, and keyed ones are all alike from some number on.
            if (form == CerbosServer::Form::Scanned ? policies > 1'000 : policies == 1'000) continue;
            const PolicyWorkload workload(static_cast<std::size_t>(policies), Resources::Literals);
            CerbosServer cerbos(workload, form);
            if (cerbos.start(options.cerbos, 20'000))
                measureInTurns(options, {ceiling, cerbos.target()}, {32});
            else if (!interrupted())
                std::fprintf(stderr, "Cerbos did not start or answered wrongly\n");
        }
    }
}

bool measureAll(const Options& options)
{
    NginxServer nginx;
    if (!nginx.start()) {
        std::fprintf(stderr, "nginx does not start\n");
        return false;
    }
    std::vector<std::unique_ptr<OurServer>> servers;
    std::vector<Target> few{nginx.target()};
    std::vector<Target> many = few;
    for (const int policies : options.policies) {
        if (interrupted()) return false;
        const std::string data = "l " + std::to_string(policies);
        const PolicyWorkload workload(static_cast<std::size_t>(policies), Resources::Literals);
        auto server = std::make_unique<OurServer>(workload, data, options.server, OurServer::TokenCache::On);
        auto forgetful = std::make_unique<OurServer>(workload, data, options.server, OurServer::TokenCache::Off);
        if (!server->start(options.requests) || !forgetful->start(options.requests)) {
            std::fprintf(stderr, "iam-server with %d policies does not start or answers wrongly\n", policies);
            return false;
        }
        Row row("start", "iam-server", data);
        row.number("policies", policies).number("start_s", server->startSeconds());
        row.number("rss_mib", server->rssAfterStart());
        if (const auto change = server->millisecondsOfOneChange()) row.number("change_ms", *change);
        row.write(options.out);
        if (servers.empty()) few.push_back(server->health());
        few.push_back(server->decisions());
        few.push_back(forgetful->decisions());
        few.push_back(server->decisionsWithNewTokens());
        many.push_back(server->decisions());
        servers.push_back(std::move(server));
        servers.push_back(std::move(forgetful));
    }
    Target posts = nginx.target();
    posts.engine = "nginx return 200, the same requests";
    posts.requests = few.back().requests;
    posts.path = few.back().path;
    posts.count = few.back().count;
    few.insert(few.begin() + 1, posts);
    for (const int count : options.connections) measureInTurns(options, count == 32 ? few : many, {count});
    if (options.idle > 0) {
        measureIdle(options, nginx.target());
        measureIdle(options, servers.front()->decisions());
    }
    servers.clear();
    if (!options.cerbos.isEmpty()) measureCerbos(options, nginx.target());
    return !interrupted();
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = std::max<rlim_t>(files.rlim_cur, std::min<rlim_t>(files.rlim_max, 65'536));
    ::setrlimit(RLIMIT_NOFILE, &files); // and so for wrk and the servers
    catchSignals();
    return measureAll(readOptions()) ? 0 : 1;
}
