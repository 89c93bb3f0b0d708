// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/explain.h"
#include "base/text.h"
#include <algorithm>
#include <map>

namespace iam::authz {

namespace {

using contract::ExplainedCondition;
using contract::ExplainedList;
using contract::ExplainedPolicy;

using Rows = std::vector<const PolicyExplanation*>; ///< of one trace, so that an earlier policy is less

/// How many parts matched before one did not.
int progressOf(const PolicyExplanation& row)
{
    return int{row.actions.matched} + int{row.subjects.matched} + int{row.resources.matched};
}

bool hasDecided(const PolicyExplanation& row)
{
    return row.verdict == PolicyVerdict::Allowed || row.verdict == PolicyVerdict::Denied ||
           row.verdict == PolicyVerdict::Failed;
}

std::string shortened(const std::string& text)
{
    constexpr std::size_t most = contract::Explanation::maxText;
    if (text.size() <= most) return text;
    return std::string(text::cut(text, most)) + "…";
}

/// The first `count` by `before`, of equals those that come first.
template <class Before>
Rows foremost(Rows rows, std::size_t count, Before before)
{
    const auto ordered = [&](const PolicyExplanation* a, const PolicyExplanation* b) {
        return before(*a, *b) || (!before(*b, *a) && a < b);
    };
    count = std::min(count, rows.size());
    std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count), rows.end(), ordered);
    rows.resize(count);
    return rows;
}

/// Writes rows in a bounded size. A value of the context that many conditions looked at is shortened once.
class Shortener {
public:
    std::vector<ExplainedPolicy> policies(const Rows& rows)
    {
        std::vector<ExplainedPolicy> out;
        out.reserve(rows.size());
        for (const PolicyExplanation* row : rows) out.push_back(policy(*row));
        return out;
    }

private:
    struct Seen {
        contract::Json value;
        bool cut = false;
    };

    ExplainedPolicy policy(const PolicyExplanation& row)
    {
        return {shortened(row.id),  shortened(row.effect), row.verdict,     list(row.actions),
                list(row.subjects), list(row.resources),   conditions(row), row.conditions.size()};
    }

    static ExplainedList list(const ListExplanation& list)
    {
        using enum ExplainedList::Result;
        ExplainedList out;
        if (list.reached) out.result = list.matched ? Matched : list.entry ? Failed : Missed;
        out.entries = list.entries;
        out.entry = list.entry;
        out.text = shortened(list.entryText);
        out.fault = shortened(list.fault);
        return out;
    }

    std::vector<ExplainedCondition> conditions(const PolicyExplanation& row)
    {
        std::vector<ExplainedCondition> out;
        const std::size_t most = std::min(row.conditions.size(), contract::Explanation::maxConditions);
        out.reserve(most);
        for (const bool held : {false, true})
            for (const ConditionExplanation& condition : row.conditions)
                if (condition.held == held && out.size() < most) out.push_back(this->condition(condition));
        return out;
    }

    ExplainedCondition condition(const ConditionExplanation& condition)
    {
        ExplainedCondition out{shortened(condition.key), condition.type, condition.held, {}, false};
        if (condition.seen == nullptr) return out;
        const Seen& seen = look(condition.seen);
        out.seen = seen.value;
        out.seenCut = seen.cut;
        return out;
    }

    const Seen& look(const contract::Json* value)
    {
        const auto [known, fresh] = m_seen.try_emplace(value);
        if (fresh) {
            const std::string text = contract::writeJson(*value);
            known->second.cut = text.size() > contract::Explanation::maxText;
            known->second.value = known->second.cut ? contract::Json(shortened(text)) : *value;
        }
        return known->second;
    }

    std::map<const contract::Json*, Seen> m_seen;
};

} // namespace

contract::Explanation explain(const PolicySet* policies, const contract::DecisionRequest& request)
{
    contract::Explanation out;
    if (policies == nullptr) {
        out.decision.reason = contract::reasonNoPolicies;
        return out;
    }
    Explanation trace = policies->explain(request);
    Rows candidates;
    Rows misses;
    for (const PolicyExplanation& row : trace.policies) {
        if (row.verdict == PolicyVerdict::NotReached) continue;
        if (row.candidate) candidates.push_back(&row);
        if (!hasDecided(row) && row.actions.reached) misses.push_back(&row);
    }
    const auto further = [](const PolicyExplanation& a, const PolicyExplanation& b) {
        return progressOf(a) > progressOf(b);
    };
    const auto weightier = [&](const PolicyExplanation& a, const PolicyExplanation& b) {
        return hasDecided(a) != hasDecided(b) ? hasDecided(a) : further(a, b);
    };
    out.decision = std::move(trace.decision);
    std::vector<std::string>& deciders = out.decision.deciders;
    out.deciderCount = deciders.size();
    deciders.resize(std::min(deciders.size(), contract::Explanation::maxDeciders));
    out.policyCount = trace.policies.size();
    out.candidateCount = candidates.size();
    Shortener shortener;
    Rows shown = foremost(std::move(candidates), contract::Explanation::maxCandidates, weightier);
    std::sort(shown.begin(), shown.end());
    out.candidates = shortener.policies(shown);
    out.nearestMisses =
        shortener.policies(foremost(std::move(misses), contract::Explanation::maxNearestMisses, further));
    return out;
}

} // namespace iam::authz
