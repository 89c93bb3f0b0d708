// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/policy/explanationwords.h"
#include "models/celltext.h"
#include "models/decisionlistmodel.h"
#include "pages/policy/policytext.h"
#include <algorithm>

namespace iam::pages {

using contract::ExplainedCondition;
using contract::ExplainedList;
using contract::ExplainedPolicy;
using contract::PolicyVerdict;
using widgets::Tone;

namespace {

bool decides(const ExplainedPolicy& policy)
{
    return policy.verdict == PolicyVerdict::Allowed || policy.verdict == PolicyVerdict::Denied ||
           policy.verdict == PolicyVerdict::Failed;
}

Tone verdictTone(const ExplainedPolicy& policy)
{
    switch (policy.verdict) {
    case PolicyVerdict::Allowed:
        return Tone::Success;
    case PolicyVerdict::Denied:
        return Tone::Error;
    case PolicyVerdict::Failed:
        return Tone::Warning;
    case PolicyVerdict::NotReached:
    case PolicyVerdict::Missed:
        break;
    }
    return Tone::Neutral;
}

} // namespace

ExplanationWords::ExplanationWords(const contract::Explanation& explanation, const contract::DecisionRequest& request)
    : m_explanation(explanation)
    , m_request(request)
{
}

QString ExplanationWords::reason() const
{
    if (m_explanation.policyCount == 0) return tr("The owner has no policies, so every request is denied.");
    contract::DecisionRecord record;
    record.reason = m_explanation.decision.reason;
    return models::DecisionListModel::reasonText(record);
}

QString ExplanationWords::summary() const
{
    QStringList sentences;
    const std::vector<std::string>& deciders = m_explanation.decision.deciders;
    constexpr std::size_t named = 3;
    QStringList names;
    for (std::size_t i = 0; i < std::min(named, deciders.size()); ++i) names << models::toText(deciders[i]);
    if (m_explanation.deciderCount > named)
        sentences << tr("Decided by %1 and %2 more.")
                         .arg(names.join(u", "), QString::number(m_explanation.deciderCount - named));
    else if (!names.isEmpty())
        sentences << tr("Decided by %1.").arg(names.join(u", "));
    else if (m_explanation.decision.failed)
        sentences << tr("Policy %1 could not be evaluated, which denies.")
                         .arg(models::toText(m_explanation.decision.faultyPolicy));
    if (m_explanation.policyCount > 0)
        sentences << tr("Looked at %1 of %2 policies; the others cannot concern this request.")
                         .arg(QString::number(m_explanation.candidateCount),
                              QString::number(m_explanation.policyCount));
    return sentences.join(u'\n');
}

QList<ExplanationWords::Line> ExplanationWords::lines() const
{
    Line decided{.text = tr("Decided"), .open = true};
    Line misses{.text = tr("Nearest misses"), .open = true};
    Line others{.text = tr("Other policies that were looked at"), .open = true};
    for (const ExplainedPolicy& policy : m_explanation.candidates)
        if (decides(policy)) decided.lines << policyLine(policy, decided.lines.size() < 3);
    const bool nothingDecided = decided.lines.isEmpty();
    for (const ExplainedPolicy& policy : m_explanation.nearestMisses)
        misses.lines << policyLine(policy, nothingDecided && misses.lines.size() < 2);
    const auto isNearest = [&](const ExplainedPolicy& policy) {
        const auto& nearest = m_explanation.nearestMisses;
        return std::find(nearest.begin(), nearest.end(), policy) != nearest.end();
    };
    for (const ExplainedPolicy& policy : m_explanation.candidates)
        if (!decides(policy) && !isNearest(policy)) others.lines << policyLine(policy, false);
    if (const std::size_t more = m_explanation.candidateCount - m_explanation.candidates.size();
        m_explanation.candidateCount > m_explanation.candidates.size())
        others.lines << Line{Tone::Neutral, tr("%1 more are not listed.").arg(more)};
    QList<Line> all;
    for (Line& group : QList<Line>{decided, misses, others})
        if (!group.lines.isEmpty()) all << group;
    return all;
}

ExplanationWords::Line ExplanationWords::policyLine(const ExplainedPolicy& policy, bool open) const
{
    Line line{verdictTone(policy), tr("%1: %2").arg(models::toText(policy.policy), verdictWords(policy)),
              models::toText(policy.policy), open};
    line.lines << listLine(tr("Action"), policy.actions, m_request.action)
               << listLine(tr("Subject"), policy.subjects, m_request.subject)
               << listLine(tr("Resource"), policy.resources, m_request.resource);
    line.lines += conditionLines(policy);
    return line;
}

QString ExplanationWords::verdictWords(const ExplainedPolicy& policy)
{
    switch (policy.verdict) {
    case PolicyVerdict::Allowed:
        return tr("matches and allows");
    case PolicyVerdict::Denied:
        return tr("matches and denies, which decides");
    case PolicyVerdict::Failed:
        return tr("cannot be evaluated, which denies");
    case PolicyVerdict::NotReached:
    case PolicyVerdict::Missed:
        break;
    }
    const QString miss = missWords(policy);
    return policy.effect == "allow" ? tr("would allow, but %1").arg(miss) : tr("would deny, but %1").arg(miss);
}

QString ExplanationWords::missWords(const ExplainedPolicy& policy)
{
    using enum ExplainedList::Result;
    if (policy.actions.result != Matched) return tr("the action does not match");
    if (policy.subjects.result != Matched) return tr("the subject does not match");
    if (policy.resources.result != Matched) return tr("the resource does not match");
    const auto unheld = std::count_if(policy.conditions.begin(), policy.conditions.end(),
                                      [](const ExplainedCondition& condition) { return !condition.held; });
    return unheld == 1 ? tr("condition %1 does not hold").arg(models::toText(policy.conditions.front().key))
                       : tr("%1 conditions do not hold").arg(unheld);
}

ExplanationWords::Line ExplanationWords::listLine(const QString& part, const ExplainedList& list,
                                                  const std::string& needle)
{
    const QString count = QString::number(list.entries);
    const QString entry = list.entry ? QString::number(*list.entry + 1) : QString();
    switch (list.result) {
    case ExplainedList::Result::Matched:
        return {Tone::Success, tr("%1 matches entry %2 of %3: %4").arg(part, entry, count, models::toText(list.text))};
    case ExplainedList::Result::Failed:
        return {Tone::Warning, tr("%1: entry %2 of %3 cannot be evaluated: %4 – %5")
                                   .arg(part, entry, count, models::toText(list.text), models::toText(list.fault))};
    case ExplainedList::Result::Missed:
        if (list.entries == 0) return {Tone::Error, tr("%1 does not match: the list is empty").arg(part)};
        return {Tone::Error, tr("%1 “%2” matches none of the entries (%3)").arg(part, models::toText(needle), count)};
    case ExplainedList::Result::NotReached:
        break;
    }
    return {Tone::Neutral, tr("%1: not reached").arg(part)};
}

QList<ExplanationWords::Line> ExplanationWords::conditionLines(const ExplainedPolicy& policy)
{
    if (policy.resources.result != ExplainedList::Result::Matched)
        return {{Tone::Neutral, tr("Conditions: not reached")}};
    QList<Line> lines;
    for (const ExplainedCondition& condition : policy.conditions) lines << conditionLine(condition);
    if (policy.conditionCount > policy.conditions.size())
        lines << Line{Tone::Neutral, tr("%1 more conditions").arg(policy.conditionCount - policy.conditions.size())};
    return lines;
}

ExplanationWords::Line ExplanationWords::conditionLine(const ExplainedCondition& condition)
{
    const QString name = tr("%1 (%2)").arg(models::toText(condition.key), models::toText(condition.type));
    if (!condition.seen)
        return {Tone::Error, tr("Condition %1 does not hold: the context has no such value").arg(name)};
    const QString seen = condition.seenCut ? models::toText(*condition.seen->string()) : jsonText(*condition.seen);
    return condition.held ? Line{Tone::Success, tr("Condition %1 holds; it saw %2").arg(name, seen)}
                          : Line{Tone::Error, tr("Condition %1 does not hold; it saw %2").arg(name, seen)};
}

} // namespace iam::pages
