// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The index changes no decision. The first byte says how the others become policies and requests: as choices of the
// generator whose policies the plain evaluator understands, or as texts that stand in lists as they are.
#include "authz/policyset.h"
#include "support/decisionsamples.h"
#include "support/plaindecision.h"
#include "support/randompolicies.h"
#include <cstdint>
#include <cstdlib>
#include <sstream>

using namespace iam;
using authz::PolicySet;
using contract::Decision;
using contract::DecisionRequest;
using contract::PolicyDocument;
using support::same;

namespace {

void demand(bool held)
{
    if (!held) std::abort();
}

/// Limits are the engine's alone, and with the index another one may be reached.
bool givesUp(const Decision& decision)
{
    return decision.failed &&
           (decision.reason == contract::reasonTooMuchWork || decision.reason.starts_with("match limit reached"));
}

bool agree(const Decision& a, const Decision& b)
{
    return same(a, b) || givesUp(a) || givesUp(b);
}

class Sets {
public:
    explicit Sets(const std::vector<PolicyDocument>& documents)
    {
        for (const PolicyDocument& document : documents)
            m_policies.push_back({(documents.size() - m_policies.size()) * farApart, compiled(document)});
        m_indexed = std::make_shared<const PolicySet>(m_policies);
        rebuild();
    }

    /// Takes over what changed in the documents.
    void change(const support::RandomPolicies::Change& change, const std::vector<PolicyDocument>& documents)
    {
        using Kind = support::RandomPolicies::Change::Kind;
        const auto at = m_policies.begin() + static_cast<std::ptrdiff_t>(change.place);
        authz::RankedPolicy changed{0, nullptr};
        if (change.kind == Kind::Removed) {
            changed.rank = at->rank;
            m_policies.erase(at);
        } else {
            changed.policy = compiled(documents[change.place]);
            const std::uint64_t below = at == m_policies.end() ? 0 : at->rank;
            const std::uint64_t above = at == m_policies.begin() ? below + 2 * farApart : (at - 1)->rank;
            changed.rank = change.kind == Kind::Replaced ? at->rank : (above + below) / 2;
            if (change.kind == Kind::Replaced)
                *at = changed;
            else
                m_policies.insert(at, changed);
        }
        m_indexed = m_indexed->with({changed});
        rebuild();
    }

    /// What the set decides; it must not matter how.
    Decision decide(const DecisionRequest& request) const
    {
        const Decision decision = m_indexed->decide(request);
        demand(agree(decision, m_plain->decide(request)));
        demand(agree(decision, m_rebuilt->decide(request)));
        demand(agree(decision, m_indexed->explain(request).decision));
        demand(same(decision, m_indexed->decide(request)));
        return decision;
    }

private:
    void rebuild()
    {
        m_plain = std::make_shared<const PolicySet>(m_policies, PolicySet::Indexing::Off);
        m_rebuilt = std::make_shared<const PolicySet>(m_policies);
    }
    std::shared_ptr<const authz::CompiledPolicy> compiled(const PolicyDocument& document)
    {
        return authz::CompiledPolicy::compile(document, m_pool);
    }

    static constexpr std::uint64_t farApart = std::uint64_t{1} << 40;
    authz::PatternPool m_pool;
    std::vector<authz::RankedPolicy> m_policies; // in evaluation order
    std::shared_ptr<const PolicySet> m_indexed;  // as the changes made it
    std::shared_ptr<const PolicySet> m_rebuilt;
    std::shared_ptr<const PolicySet> m_plain; // without an index
};

void decideChosen(const std::uint8_t* data, std::size_t size)
{
    std::size_t at = 0;
    support::Dice dice([&] { return at < size ? std::uint32_t{data[at++]} : 0U; });
    support::PlainDecisions plain;
    support::RandomPolicies policies(dice, plain, 1 + dice.below(10));
    Sets sets(policies.all());
    for (int round = 0; round < 4 && (round == 0 || at < size); ++round) {
        for (int i = 0; i < 3; ++i) {
            const DecisionRequest request = policies.request();
            demand(agree(sets.decide(request), plain.decide(policies.all(), request)));
        }
        sets.change(policies.change(), policies.all());
    }
}

std::vector<std::string> split(const std::string& text, char end)
{
    std::vector<std::string> parts;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, end);) parts.push_back(part);
    return parts;
}

/// Lines: actions, subjects and resources of each policy, with tabs between entries, then those of the request. Every
/// third policy denies.
void decideTexts(const std::string& text)
{
    std::vector<std::string> lines = split(text, '\n');
    if (lines.size() < 6 || lines.size() > 60) return;
    std::vector<PolicyDocument> documents;
    std::size_t line = 0;
    for (; line + 6 <= lines.size(); line += 3)
        documents.push_back(support::document(std::to_string(line), line / 3 % 3 == 2 ? "deny" : "allow",
                                              split(lines[line], '\t'), split(lines[line + 1], '\t'),
                                              split(lines[line + 2], '\t')));
    const Sets sets(documents);
    (void)sets.decide({lines[line + 1], lines[line], lines[line + 2], {}});
    // The entries as they are written are texts close to a match.
    (void)sets.decide({lines[1], lines[0], lines[2], {}});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2 || size > 2048) return 0;
    if (data[0] % 2 == 0)
        decideChosen(data + 1, size - 1);
    else
        decideTexts(std::string(reinterpret_cast<const char*>(data + 1), size - 1));
    return 0;
}
