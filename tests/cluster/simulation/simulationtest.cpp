// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulatedagents.h"
#include <QTest>
#include <atomic>
#include <mutex>
#include <thread>

using namespace iam::test;

namespace {

/// One simulated cluster with its agents and the oracle.
struct Simulation {
    Schedule schedule;
    Network network;
    TruthOracle oracle;
    SimulatedAgents agents;

    Simulation(std::uint64_t seed, int nodes)
        : schedule(seed)
        , network(schedule, nodes)
        , oracle(nodes)
        , agents(network, oracle)
    {
        const bool equal = schedule.chance(0.5);
        for (int i = 0; i < nodes; ++i) {
            if (!equal) network.node(i).priority = 200 - 50 * i;
            // The first one is ahead of the others, as in a deployment that has been running.
            schedule.after(i * 100 * ms, [this, i] { network.startKeepalived(i); });
        }
    }
    void runUntil(Schedule::Time end)
    {
        while (schedule.step(end)) {
            const bool witnessed = agents.allHear() && network.whole();
            oracle.tell(schedule.now(),
                        {network.holders(), network.answering(), witnessed && network.sound(), witnessed});
        }
    }
    [[nodiscard]] int owner() const
    {
        for (int i = 0; i < network.size(); ++i)
            if (network.node(i).held) return i;
        return 0;
    }
    /// Some node but that one.
    [[nodiscard]] int other(int than) { return int((than + schedule.between(1, network.size() - 1)) % network.size()); }
    [[nodiscard]] int any() { return int(schedule.between(0, network.size() - 1)); }
};

/// Something that breaks, and what mends it.
struct Fault {
    const char* name;
    void (*strike)(Simulation&, int owner, int victim);
    void (*mend)(Simulation&, int owner, int victim);
};

const Fault faults[] = {
    {"keepalived killed", [](Simulation& s, int owner, int) { s.network.killKeepalived(owner); },
     [](Simulation& s, int owner, int) { s.network.startKeepalived(owner); }},
    {"keepalived stopped", [](Simulation& s, int owner, int) { s.network.stopKeepalived(owner); },
     [](Simulation& s, int owner, int) { s.network.startKeepalived(owner); }},
    {"keepalived frozen", [](Simulation& s, int owner, int) { s.network.freezeKeepalived(owner, true); },
     [](Simulation& s, int owner, int) { s.network.freezeKeepalived(owner, false); }},
    {"VRRP blocked one way",
     [](Simulation& s, int owner, int victim) {
         s.network.cutVrrp(victim, (victim == owner) ? s.other(owner) : owner, true);
     },
     [](Simulation& s, int, int) {
         for (int a = 0; a < s.network.size(); ++a)
             for (int b = 0; b < s.network.size(); ++b) s.network.cutVrrp(a, b, false);
     }},
    {"VRRP blocked both ways",
     [](Simulation& s, int owner, int) {
         const int other = s.other(owner);
         s.network.cutVrrp(owner, other, true);
         s.network.cutVrrp(other, owner, true);
     },
     [](Simulation& s, int, int) {
         for (int a = 0; a < s.network.size(); ++a)
             for (int b = 0; b < s.network.size(); ++b) s.network.cutVrrp(a, b, false);
     }},
    {"agent killed", [](Simulation& s, int, int victim) { s.agents.kill(victim); },
     [](Simulation& s, int, int victim) { s.agents.start(victim); }},
    {"agent frozen", [](Simulation& s, int, int victim) { s.agents.freeze(victim, true); },
     [](Simulation& s, int, int victim) { s.agents.freeze(victim, false); }},
    {"nginx hung", [](Simulation& s, int owner, int) { s.network.node(owner).nginx = Network::Nginx::Hangs; },
     [](Simulation& s, int owner, int) { s.network.node(owner).nginx = Network::Nginx::Runs; }},
    {"nginx stopped", [](Simulation& s, int owner, int) { s.network.node(owner).nginx = Network::Nginx::Stopped; },
     [](Simulation& s, int owner, int) { s.network.node(owner).nginx = Network::Nginx::Runs; }},
    {"nginx hung, agent frozen",
     [](Simulation& s, int owner, int) {
         s.network.node(owner).nginx = Network::Nginx::Hangs;
         s.agents.freeze(owner, true);
     },
     [](Simulation& s, int owner, int) {
         s.network.node(owner).nginx = Network::Nginx::Runs;
         s.agents.freeze(owner, false);
     }},
    {"link down", [](Simulation& s, int owner, int) { s.network.setLink(owner, false); },
     [](Simulation& s, int owner, int) { s.network.setLink(owner, true); }},
    {"skewed clock",
     [](Simulation& s, int, int victim) { s.agents.skew(victim, s.schedule.between(-120'000 * ms, 120'000 * ms)); },
     [](Simulation& s, int, int victim) { s.agents.skew(victim, 0); }},
    {"address by hand on the wrong node",
     [](Simulation& s, int owner, int) { s.network.setHeld(s.other(owner), true); },
     [](Simulation& s, int, int) {
         for (int i = 0; i < s.network.size(); ++i)
             if (s.network.node(i).vrrp != Network::Vrrp::Master) s.network.setHeld(i, false);
     }},
    {"address removed by hand", [](Simulation& s, int owner, int) { s.network.setHeld(owner, false); },
     [](Simulation& s, int, int) {
         for (int i = 0; i < s.network.size(); ++i)
             if (s.network.node(i).vrrp == Network::Vrrp::Master) s.network.setHeld(i, true);
     }},
    {"node crashed",
     [](Simulation& s, int, int victim) {
         s.network.crash(victim);
         s.agents.kill(victim);
     },
     [](Simulation& s, int, int victim) {
         s.network.boot(victim);
         s.agents.start(victim);
     }},
    {"black hole", [](Simulation& s, int, int victim) { s.network.isolate(victim, true); },
     [](Simulation& s, int, int victim) { s.network.isolate(victim, false); }},
    {"partition",
     [](Simulation& s, int owner, int) {
         const int other = s.other(owner);
         s.network.cut(owner, other, true);
         s.network.cut(other, owner, true);
     },
     [](Simulation& s, int, int) {
         for (int a = 0; a < s.network.size(); ++a) s.network.isolate(a, false);
     }},
    {"one way lost", [](Simulation& s, int owner, int victim) { s.network.cut(victim, s.other(victim), owner >= 0); },
     [](Simulation& s, int, int) {
         for (int a = 0; a < s.network.size(); ++a) s.network.isolate(a, false);
     }},
};

constexpr int timings = 500;
constexpr std::uint64_t firstSeed = 20'260'000;

/// Strikes at a random moment, mends after a random time, and sees what is shown meanwhile and after.
QString storyOf(std::uint64_t seed, const Fault& fault, const Fault* second)
{
    Simulation simulation(seed, seed % 4 == 3 ? 3 : 2);
    Schedule& schedule = simulation.schedule;
    simulation.runUntil(1500 * ms + schedule.between(0, 500 * ms));
    const int owner = simulation.owner();
    const int victim = simulation.any();
    Schedule::Time end = schedule.now();
    for (const Fault* one : {&fault, second}) {
        if (!one) continue;
        const auto begin = schedule.now() + (one == second ? schedule.between(0, 3000 * ms) : 0);
        const auto mended = begin + schedule.between(50 * ms, 4000 * ms);
        schedule.at(begin, [&simulation, one, owner, victim] { one->strike(simulation, owner, victim); });
        schedule.at(mended, [&simulation, one, owner, victim] { one->mend(simulation, owner, victim); });
        end = std::max(end, mended);
    }
    end += 4500 * ms;
    simulation.runUntil(end);
    QStringList wrong;
    for (const std::string& sentence : simulation.oracle.faults(end)) wrong << QString::fromStdString(sentence);
    if (wrong.isEmpty()) return {};
    return QStringLiteral("seed %1: %2").arg(seed).arg(wrong.join(QStringLiteral("; ")));
}

/// The stories of all seeds from `first` on that went wrong, told by all processors together.
template <class Story>
QStringList wrongStories(std::uint64_t first, int count, Story story)
{
    std::atomic<int> next = 0;
    std::mutex mutex;
    QStringList wrong;
    const auto work = [&] {
        for (int i = next++; i < count; i = next++) {
            const QString found = story(first + std::uint64_t(i));
            const std::lock_guard lock(mutex);
            if (!found.isEmpty()) wrong << found;
        }
    };
    std::vector<std::jthread> workers;
    for (unsigned i = 1; i < std::thread::hardware_concurrency(); ++i) workers.emplace_back(work);
    work();
    workers.clear();
    return wrong;
}

QString summary(const QStringList& wrong)
{
    return QStringLiteral("%1 went wrong\n").arg(wrong.size()) + wrong.mid(0, 5).join(u'\n');
}

} // namespace

/// What the verdict shows while a simulated cluster breaks and heals, judged by an oracle that knows the truth.
class SimulationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noFaultIsShownAsConfirmed_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(std::size(faults)); ++i) QTest::newRow(faults[i].name) << i;
    }
    void noFaultIsShownAsConfirmed()
    {
        QFETCH(int, index);
        const std::uint64_t first = firstSeed + std::uint64_t(index * timings);
        const QStringList wrong =
            wrongStories(first, timings, [&](std::uint64_t seed) { return storyOf(seed, faults[index], nullptr); });
        qInfo("seeds %llu to %llu", static_cast<unsigned long long>(first),
              static_cast<unsigned long long>(first + timings - 1));
        QVERIFY2(wrong.isEmpty(), qPrintable(summary(wrong)));
    }
    void twoFaultsAtOnceAreNotEither()
    {
        constexpr std::size_t kinds = std::size(faults);
        const QStringList wrong = wrongStories(firstSeed + 100'000, int(2 * kinds * kinds), [&](std::uint64_t seed) {
            return storyOf(seed, faults[seed % kinds], &faults[seed / kinds % kinds]);
        });
        QVERIFY2(wrong.isEmpty(), qPrintable(summary(wrong)));
    }
    // Agents that stall now and then, as programs do on busy machines, and nothing else.
    void nothingHappensInHalfAnHour()
    {
        const QStringList wrong = wrongStories(firstSeed + 200'000, 4, [&](std::uint64_t seed) -> QString {
            Simulation simulation(seed, seed % 3 == 2 ? 3 : 2);
            Schedule& schedule = simulation.schedule;
            constexpr auto end = 1800 * 1000 * ms;
            for (Schedule::Time at = 0; at < end; at += schedule.between(500 * ms, 8000 * ms)) {
                const int who = schedule.chance(0.2) ? Network::outside : simulation.any();
                const auto length =
                    schedule.chance(0.05) ? schedule.between(100 * ms, 450 * ms) : schedule.between(1 * ms, 100 * ms);
                schedule.at(at, [&simulation, who, length] { simulation.agents.stall(who, length); });
            }
            simulation.runUntil(end);
            QStringList found;
            for (const std::string& sentence : simulation.oracle.faults(end)) found << QString::fromStdString(sentence);
            return found.isEmpty() ? QString() : QStringLiteral("seed %1: %2").arg(seed).arg(found.join(u';'));
        });
        QVERIFY2(wrong.isEmpty(), qPrintable(summary(wrong)));
    }
};

QTEST_GUILESS_MAIN(SimulationTest)
#include "simulationtest.moc"
