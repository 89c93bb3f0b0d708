// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/validate.h"
#include "authz/expression.h"
#include "authz/network.h"
#include "authz/pattern.h"

namespace iam::authz {

namespace {

constexpr std::size_t maxFaults = 100; // more help nobody, and each costs memory

void checkList(const contract::PatternList& list, const std::string& field, std::vector<FieldFault>& faults)
{
    if (!list) return;
    for (std::size_t i = 0; i < list->size() && faults.size() < maxFaults; ++i)
        if (auto fault = checkTemplate((*list)[i]))
            faults.push_back({field + '[' + std::to_string(i) + ']', std::move(*fault)});
}

} // namespace

std::optional<std::string> checkTemplate(std::string_view entry)
{
    if (entry.size() > maxEntryLength) return "An entry may have at most " + std::to_string(maxEntryLength) + " bytes.";
    if (auto fault = Pattern::check(entry)) return "This is not a valid template: " + *fault + ".";
    return std::nullopt;
}

std::optional<std::string> checkCidr(std::string_view cidr)
{
    if (IpNetwork::parse(cidr)) return std::nullopt;
    return "This is not a network in CIDR notation, such as 10.0.0.0/8 or 2001:db8::/32.";
}

std::optional<std::string> checkExpression(std::string_view expression)
{
    if (expression.size() > maxExpressionLength)
        return "An expression may have at most " + std::to_string(maxExpressionLength) + " bytes.";
    std::string why;
    if (Expression::compile(std::string(expression), why)) return std::nullopt;
    return "This is not a valid regular expression: " + why + ".";
}

std::optional<std::string> checkEffect(std::string_view effect)
{
    if (effect == "allow" || effect == "deny") return std::nullopt;
    return "The effect must be \"allow\" or \"deny\".";
}

std::vector<FieldFault> validatePolicy(const contract::PolicyDocument& document, const std::string& path)
{
    const std::string prefix = path.empty() ? path : path + '.';
    std::vector<FieldFault> faults;
    checkList(document.subjects, prefix + "subjects", faults);
    if (auto fault = checkEffect(document.effect)) faults.push_back({prefix + "effect", std::move(*fault)});
    checkList(document.resources, prefix + "resources", faults);
    checkList(document.actions, prefix + "actions", faults);
    for (const auto& [key, condition] : document.conditions) {
        if (faults.size() >= maxFaults) break;
        std::optional<std::string> fault;
        std::string option;
        if (const auto* cidr = std::get_if<contract::CidrCondition>(&condition)) {
            fault = checkCidr(cidr->cidr);
            option = "cidr";
        } else if (const auto* match = std::get_if<contract::StringMatchCondition>(&condition)) {
            fault = checkExpression(match->matches);
            option = "matches";
        }
        if (fault) faults.push_back({prefix + "conditions." + key + ".options." + option, std::move(*fault)});
    }
    return faults;
}

} // namespace iam::authz
