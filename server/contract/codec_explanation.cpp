// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/binder.h"
#include "contract/codec.h"
#include "contract/explanation.h"
#include <algorithm>
#include <array>

namespace iam::contract {
namespace {

constexpr std::array<std::string_view, 5> policyVerdictTexts{"not reached", "missed", "allowed", "denied", "failed"};
constexpr std::array<std::string_view, 4> listResultTexts{"not reached", "missed", "matched", "failed"};

template <class Item, class Write>
void writeExplainedItems(std::string& out, const std::vector<Item>& items, Write write)
{
    out += '[';
    for (const Item& item : items) {
        if (&item != &items.front()) out += ',';
        write(out, item);
    }
    out += ']';
}

void writeExplainedList(std::string& out, const ExplainedList& list)
{
    JsonObjectWriter object(out);
    object.text("result", listResultText(list.result)).number("entries", std::uint64_t{list.entries});
    if (list.entry) object.number("entry", std::uint64_t{*list.entry}).text("text", list.text);
    if (!list.fault.empty()) object.text("fault", list.fault);
}

void writeExplainedCondition(std::string& out, const ExplainedCondition& condition)
{
    JsonObjectWriter object(out);
    object.text("key", condition.key).text("type", condition.type).boolean("held", condition.held);
    if (condition.seen) object.json("seen", *condition.seen);
    if (condition.seenCut) object.boolean("seenCut", true);
}

void writeExplainedPolicy(std::string& out, const ExplainedPolicy& policy)
{
    JsonObjectWriter object(out);
    object.text("policy", policy.policy)
        .text("effect", policy.effect)
        .text("verdict", policyVerdictText(policy.verdict));
    writeExplainedList(object.raw("actions"), policy.actions);
    writeExplainedList(object.raw("subjects"), policy.subjects);
    writeExplainedList(object.raw("resources"), policy.resources);
    writeExplainedItems(object.raw("conditions"), policy.conditions, writeExplainedCondition);
    object.number("conditionCount", std::uint64_t{policy.conditionCount});
}

void writeExplanation(std::string& out, const Explanation& explanation)
{
    JsonObjectWriter object(out);
    object.raw("decision") += encodeDecision(explanation.decision);
    object.list("deciders", explanation.decision.deciders)
        .number("deciderCount", std::uint64_t{explanation.deciderCount})
        .number("policyCount", std::uint64_t{explanation.policyCount})
        .number("candidateCount", std::uint64_t{explanation.candidateCount});
    writeExplainedItems(object.raw("candidates"), explanation.candidates, writeExplainedPolicy);
    writeExplainedItems(object.raw("nearestMisses"), explanation.nearestMisses, writeExplainedPolicy);
}

template <class Value, std::size_t Count>
Binder::Set oneTextOf(Binder& binder, const std::array<std::string_view, Count>& texts, Value& out)
{
    return [&](const Json& value, const std::string& path) {
        const std::string* text = value.string();
        const auto found = text != nullptr ? std::find(texts.begin(), texts.end(), *text) : texts.end();
        if (found == texts.end())
            binder.fault(path, "is unknown");
        else
            out = static_cast<Value>(found - texts.begin());
    };
}

Binder::Set explainedList(Binder& binder, ExplainedList& out)
{
    return [&](const Json& json, const std::string& path) {
        std::optional<std::uint64_t> entry;
        binder.object(json, path,
                      {
                          {"result", oneTextOf(binder, listResultTexts, out.result)},
                          {"entries", binder.integer(out.entries)},
                          {"entry", [&](const Json& value,
                                        const std::string& where) { binder.integer(entry.emplace())(value, where); }},
                          {"text", binder.text(out.text)},
                          {"fault", binder.text(out.fault)},
                      });
        out.entry = entry;
    };
}

/// Reads each item of a list with `bind(binder, json, path, item)`.
template <class Item, class Bind>
Binder::Set explainedItems(Binder& binder, std::vector<Item>& out, Bind bind)
{
    return [&binder, &out, bind](const Json& value, const std::string& path) {
        if (value.isNull()) return;
        const Json::Array* items = value.array();
        if (items == nullptr) {
            binder.fault(path, "must be a list");
            return;
        }
        out.clear();
        out.reserve(items->size());
        for (std::size_t i = 0; i < items->size(); ++i)
            bind(binder, (*items)[i], path + "[" + std::to_string(i) + "]", out.emplace_back());
    };
}

void bindExplainedCondition(Binder& binder, const Json& json, const std::string& path, ExplainedCondition& condition)
{
    binder.object(json, path,
                  {
                      {"key", binder.text(condition.key)},
                      {"type", binder.text(condition.type)},
                      {"held", binder.boolean(condition.held)},
                      {"seen", [&](const Json& value, const std::string&) { condition.seen = value; }},
                      {"seenCut", binder.boolean(condition.seenCut)},
                  });
}

void bindExplainedPolicy(Binder& binder, const Json& json, const std::string& path, ExplainedPolicy& policy)
{
    binder.object(json, path,
                  {
                      {"policy", binder.text(policy.policy)},
                      {"effect", binder.text(policy.effect)},
                      {"verdict", oneTextOf(binder, policyVerdictTexts, policy.verdict)},
                      {"actions", explainedList(binder, policy.actions)},
                      {"subjects", explainedList(binder, policy.subjects)},
                      {"resources", explainedList(binder, policy.resources)},
                      {"conditions", explainedItems(binder, policy.conditions, bindExplainedCondition)},
                      {"conditionCount", binder.integer(policy.conditionCount)},
                  });
}

} // namespace

std::string_view policyVerdictText(PolicyVerdict verdict) noexcept
{
    return policyVerdictTexts[static_cast<std::size_t>(verdict)];
}

std::string_view listResultText(ExplainedList::Result result) noexcept
{
    return listResultTexts[static_cast<std::size_t>(result)];
}

std::string encodeExplanation(const Explanation& explanation)
{
    std::string out;
    writeExplanation(out, explanation);
    return out;
}

Result<Explanation> decodeExplanation(std::string_view body)
{
    const Result<Json> json = parseJson(body);
    if (!json) return fail(json);
    Explanation out;
    std::optional<std::vector<std::string>> deciders;
    Binder binder;
    binder.object(*json, "",
                  {
                      {"decision",
                       [&](const Json& value, const std::string& path) {
                           binder.object(value, path,
                                         {{"allowed", binder.boolean(out.decision.allowed)},
                                          {"reason", binder.text(out.decision.reason)}});
                       }},
                      {"deciders", binder.list(deciders)},
                      {"deciderCount", binder.integer(out.deciderCount)},
                      {"policyCount", binder.integer(out.policyCount)},
                      {"candidateCount", binder.integer(out.candidateCount)},
                      {"candidates", explainedItems(binder, out.candidates, bindExplainedPolicy)},
                      {"nearestMisses", explainedItems(binder, out.nearestMisses, bindExplainedPolicy)},
                  });
    if (!binder.ok()) return binder.failure();
    out.decision.deciders = std::move(deciders).value_or(std::vector<std::string>{});
    const auto failed = std::find_if(out.candidates.begin(), out.candidates.end(), [](const ExplainedPolicy& policy) {
        return policy.verdict == PolicyVerdict::Failed;
    });
    if (failed == out.candidates.end()) return out;
    out.decision.failed = true;
    out.decision.faultyPolicy = failed->policy;
    return out;
}

} // namespace iam::contract
