// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Decisions in process, one after the other on one core, by Google Benchmark (its options hold). Every decision is
// timed by itself; counters, in nanoseconds with the stopwatch's own cost (clock_ns) left in: median_ns, p99_ns,
// p999_ns, most_ns. compile_ms, change_us (CPU time) and heap_mib (before any decision; warm_mib after all) are those
// of the set. Before anything is timed every question is asked once and its answer compared with the right one.
#include "authz/snapshot.h"
#include "decisionmeasure.h"
#include "support/policyworkload.h"
#include <benchmark/benchmark.h>
#include <cstdlib>

using namespace iam;
using support::PolicyWorkload;
using Resources = PolicyWorkload::Resources;

namespace {

constexpr double mebibyte = 1024.0 * 1024.0;
constexpr std::size_t questionCount = 120'000;

struct Case {
    Resources resources = Resources::Literals;
    std::size_t policies = 0;
    bool indexed = true;
    std::size_t owners = 1;

    bool operator==(const Case&) const = default;
    [[nodiscard]] std::string name() const
    {
        static constexpr const char* kinds[] = {"l", "t", "mixed"};
        std::string made = kinds[static_cast<int>(resources)];
        made += '/' + std::to_string(policies);
        if (owners > 1) made += "x" + std::to_string(owners);
        return "decide/" + made + (indexed ? "/index" : "/noindex");
    }
};

/// A set and its questions; the benchmark library calls each benchmark several times.
struct Fixture {
    explicit Fixture(const Case& of)
        : what(of)
        , workload(of.policies, of.resources)
        , questions(workload.questions(questionCount))
    {
        const auto documents = workload.documents();
        cost = app::compileMeasured(documents, what.indexed);
        if (what.indexed && what.owners == 1) change = app::timeOneChange(cost.set, documents);
        if (what.owners > 1) makeOwners();
    }

    void makeOwners()
    {
        std::vector<std::pair<std::string, authz::Snapshot::Set>> sets;
        const std::size_t before = app::heapBytes();
        for (std::size_t i = 0; i < what.owners; ++i) {
            names.push_back("owner-" + std::to_string(i));
            sets.emplace_back(names.back(), authz::PolicySet::compile(workload.documents()));
        }
        snapshot = authz::Snapshot(1, std::move(sets));
        cost.bytes = app::heapBytes() - before;
    }

    [[nodiscard]] contract::Decision decide(std::size_t number) const
    {
        const auto& request = questions[number % questions.size()].request;
        if (what.owners == 1) return cost.set->decide(request);
        return snapshot.decide(names[number * 7919 % names.size()], request);
    }

    /// Asks them all, or as many as five seconds allow. False at a wrong answer.
    [[nodiscard]] bool warm() const
    {
        const auto start = std::chrono::steady_clock::now();
        for (std::size_t i = 0; i < questions.size(); ++i) {
            if (decide(i).allowed != questions[i].allowed) return false;
            if (i % 16 == 0 && std::chrono::steady_clock::now() - start > std::chrono::seconds(5)) break;
        }
        return true;
    }

    Case what;
    PolicyWorkload workload;
    std::vector<PolicyWorkload::Question> questions;
    app::SetCost cost;
    std::chrono::nanoseconds change{0};
    std::vector<std::string> names;
    authz::Snapshot snapshot;
};

const app::Stopwatch& stopwatch()
{
    static const app::Stopwatch made;
    return made;
}

// Only one is kept: the largest takes hundreds of megabytes.
const Fixture& fixtureOf(const Case& what, bool& right)
{
    static std::unique_ptr<const Fixture> kept;
    static bool keptRight = false;
    if (!kept || kept->what != what) {
        kept.reset();
        kept = std::make_unique<const Fixture>(what);
        keptRight = kept->warm();
    }
    right = keptRight;
    return *kept;
}

void decideOneByOne(benchmark::State& state, const Case& what)
{
    bool right = false;
    const Fixture& fixture = fixtureOf(what, right);
    if (!right) {
        state.SkipWithError("a wrong answer");
        return;
    }
    app::TimeList list(static_cast<std::size_t>(state.max_iterations));
    std::size_t number = 0;
    for (auto _ : state) {
        const std::uint64_t first = app::Stopwatch::now();
        const contract::Decision decision = fixture.decide(number++);
        list.add(app::Stopwatch::now() - first);
        benchmark::DoNotOptimize(decision.allowed);
    }
    const app::DecisionTimes times = list.summary(stopwatch());
    state.counters["policies"] = static_cast<double>(what.policies * what.owners);
    state.counters["decisions"] = static_cast<double>(times.decisions);
    state.counters["median_ns"] = times.median;
    state.counters["p99_ns"] = times.p99;
    state.counters["p999_ns"] = times.p999;
    state.counters["most_ns"] = times.most;
    state.counters["clock_ns"] = stopwatch().ownCost();
    state.counters["compile_ms"] = std::chrono::duration<double, std::milli>(fixture.cost.compileTime).count();
    state.counters["change_us"] = std::chrono::duration<double, std::micro>(fixture.change).count();
    state.counters["heap_mib"] = static_cast<double>(fixture.cost.bytes) / mebibyte;
}

void add(const Case& what)
{
    benchmark::RegisterBenchmark(what.name().c_str(), decideOneByOne, what)->Unit(benchmark::kNanosecond);
}

} // namespace

int main(int argc, char** argv)
{
    for (const Resources resources : {Resources::Literals, Resources::Templates})
        for (const std::size_t policies : {10, 100, 1'000, 10'000, 100'000}) add({resources, policies, true, 1});
    add({Resources::Templates, 10, true, 10'000});
    for (const std::size_t policies : {100, 1'000, 10'000}) add({Resources::Mixed, policies, true, 1});
    for (const Resources resources : {Resources::Literals, Resources::Templates})
        for (const std::size_t policies : {10, 100, 1'000, 10'000}) add({resources, policies, false, 1});
    benchmark::AddCustomContext("clock", stopwatch().countsCycles() ? "time stamp counter" : "steady clock");
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
