// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Random policies and requests, decided by the engine and by the plain evaluator. Ends with 1 at the first difference,
// which it prints with the seed and everything that is needed to see it again.
//   test_unit_authz_comparison [--cases N, 20000] [--seed N, 1]
#include "authz/policyset.h"
#include "contract/codec.h"
#include "support/decisionsamples.h"
#include "support/plaindecision.h"
#include "support/randompolicies.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

using namespace iam;
using authz::PolicySet;
using authz::PolicyVerdict;
using support::same;

namespace {

std::string written(const contract::Decision& decision)
{
    std::string out = decision.allowed ? "allowed" : decision.failed ? "failed" : "denied";
    out += " reason=" + decision.reason + " faulty=" + decision.faultyPolicy + " deciders=";
    for (const std::string& id : decision.deciders) out += id + ' ';
    return out;
}

// The rows of the explanation tell the same story as its decision.
bool agreesWithItself(const authz::Explanation& explanation)
{
    std::vector<std::string> matched;
    std::string failed;
    for (const authz::PolicyExplanation& row : explanation.policies) {
        if (row.verdict == PolicyVerdict::Allowed || row.verdict == PolicyVerdict::Denied) matched.push_back(row.id);
        if (row.verdict == PolicyVerdict::Failed) failed = row.id;
    }
    if (explanation.decision.failed) return failed == explanation.decision.faultyPolicy;
    return failed.empty() && matched == explanation.decision.deciders;
}

// A denial that says that the engine's steps were not enough, which is no difference while it is rare.
bool givesUp(const contract::Decision& decision)
{
    return decision.failed && !decision.allowed && decision.deciders.empty() &&
           decision.reason.starts_with("match limit reached");
}

struct Tally {
    long cases = 0;
    long allowed = 0;
    long forced = 0;
    long byDefault = 0;
    long failed = 0;
    long givenUp = 0; ///< the engine's only: a limit that the plain evaluator does not have
    long changes = 0;

    void count(const contract::Decision& decision)
    {
        ++cases;
        ++(decision.allowed                            ? allowed
           : decision.failed                           ? failed
           : decision.reason == contract::reasonForced ? forced
                                                       : byDefault);
    }
};

class Comparison {
public:
    explicit Comparison(unsigned long seed)
        : m_seed(seed)
        , m_random(seed)
    {
    }

    /// One set with its changes; false at a difference.
    bool compareSet()
    {
        support::PlainDecisions plain;
        support::RandomPolicies policies(m_dice, plain, 300);
        std::shared_ptr<const PolicySet> set = compiled(policies.all());
        for (std::size_t round = 1 + m_dice.below(4); round > 0; --round) {
            for (int i = 0; i < 12; ++i)
                if (!compare(*set, policies.all(), policies.request(), plain)) return false;
            for (std::size_t i = m_dice.below(4); i > 0; --i) set = changed(*set, policies);
        }
        return true;
    }

    [[nodiscard]] const Tally& tally() const { return m_tally; }

private:
    std::shared_ptr<const PolicySet> changed(const PolicySet& before, support::RandomPolicies& policies)
    {
        using Kind = support::RandomPolicies::Change::Kind;
        const auto change = policies.change();
        const auto place = m_ranks.begin() + static_cast<long>(change.place);
        std::uint64_t rank = change.kind == Kind::Added ? 0 : *place;
        if (change.kind == Kind::Removed) {
            m_ranks.erase(place);
        } else if (change.kind == Kind::Added) {
            const std::uint64_t above =
                place == m_ranks.begin() ? (m_ranks.empty() ? 0 : m_ranks.front()) + 2 * farApart : *(place - 1);
            rank = (above + (place == m_ranks.end() ? 0 : *place)) / 2;
            m_ranks.insert(place, rank);
        }
        ++m_tally.changes;
        if (change.kind == Kind::Removed) return before.with({{rank, nullptr}});
        return before.with({{rank, authz::CompiledPolicy::compile(policies.all()[change.place], m_patterns)}});
    }

    /// With room between the ranks for policies to come.
    std::shared_ptr<const PolicySet> compiled(const std::vector<contract::PolicyDocument>& documents)
    {
        m_ranks.clear();
        std::vector<authz::RankedPolicy> policies;
        for (std::size_t i = documents.size(); i > 0; --i) m_ranks.push_back(i * farApart);
        for (std::size_t i = 0; i < documents.size(); ++i)
            policies.push_back({m_ranks[i], authz::CompiledPolicy::compile(documents[i], m_patterns)});
        return std::make_shared<const PolicySet>(std::move(policies));
    }

    bool compare(const PolicySet& set, const std::vector<contract::PolicyDocument>& policies,
                 const contract::DecisionRequest& request, support::PlainDecisions& plain)
    {
        const contract::Decision expected = plain.decide(policies, request);
        const contract::Decision decided = set.decide(request);
        m_tally.count(decided);
        const authz::Explanation explained = set.explain(request);
        if (same(decided, explained.decision) && agreesWithItself(explained)) {
            if (same(expected, decided)) return true;
            if (givesUp(decided)) {
                std::printf("given up: %s\n", written(decided).c_str());
                ++m_tally.givenUp;
                return true;
            }
        }
        std::printf(
            "difference with --seed %lu after %ld cases\nengine:  %s\nplain:   %s\nexplain: %s%s\nrequest: %s\n",
            m_seed, m_tally.cases, written(decided).c_str(), written(expected).c_str(),
            written(explained.decision).c_str(),
            agreesWithItself(explained) ? "" : " (and its rows tell something else)",
            contract::encodeDecisionRequest(request).c_str());
        std::printf("policies: [\n");
        for (std::size_t i = 0; i < policies.size(); ++i)
            std::printf("%s%s\n", contract::encodePolicyDocument(policies[i]).c_str(),
                        i + 1 < policies.size() ? "," : "");
        std::printf("]\n");
        return false;
    }

    static constexpr std::uint64_t farApart = std::uint64_t{1} << 40;

    unsigned long m_seed;
    std::mt19937 m_random;
    authz::PatternPool m_patterns;
    std::vector<std::uint64_t> m_ranks; // of the policies in order
    support::Dice m_dice{[this] { return static_cast<std::uint32_t>(m_random()); }};
    Tally m_tally;
};

} // namespace

int main(int argc, char** argv)
{
    long cases = 20'000;
    unsigned long seed = 1;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::strcmp(argv[i], "--cases") == 0) cases = std::atol(argv[i + 1]);
        if (std::strcmp(argv[i], "--seed") == 0) seed = std::strtoul(argv[i + 1], nullptr, 10);
    }
    Comparison comparison(seed);
    while (comparison.tally().cases < cases)
        if (!comparison.compareSet()) return 1;
    const Tally& tally = comparison.tally();
    std::printf(
        "%ld cases: %ld allowed, %ld denied by a policy, %ld by default, %ld by a fault; %ld given up; %ld changes; "
        "no difference\n",
        tally.cases, tally.allowed, tally.forced, tally.byDefault, tally.failed, tally.givenUp, tally.changes);
    constexpr long rare = 20'000;
    if (tally.givenUp > 1 + tally.cases / rare) return 1;
    // A comparison of nothing but denials would say little.
    const long least = tally.cases / 50;
    return tally.allowed > least && tally.forced > least && tally.failed > least / 4 && tally.byDefault > least ? 0 : 1;
}
