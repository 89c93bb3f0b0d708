// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/plaindecision.h"
#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <optional>

namespace iam::support {

namespace {

using Bytes = std::array<unsigned char, 16>;

// IPv4 as ::ffff:a.b.c.d.
std::optional<Bytes> addressOf(const std::string& text)
{
    Bytes bytes{};
    if (text.find('\0') != std::string::npos) return std::nullopt;
    if (::inet_pton(AF_INET, text.c_str(), bytes.data() + 12) == 1) {
        bytes[10] = bytes[11] = 0xFF;
        return bytes;
    }
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
    return std::nullopt;
}

bool isV4(const Bytes& bytes)
{
    return std::all_of(bytes.begin(), bytes.begin() + 10, [](unsigned char byte) { return byte == 0; }) &&
           bytes[10] == 0xFF && bytes[11] == 0xFF;
}

bool bitOf(const Bytes& bytes, int number)
{
    return (bytes[static_cast<std::size_t>(number / 8)] >> (7 - number % 8) & 1) != 0;
}

const contract::Json* lastMember(const contract::Json& object, const std::string& name)
{
    const contract::Json* found = nullptr;
    if (object.object())
        for (const auto& [key, value] : *object.object())
            if (key == name) found = &value;
    return found;
}

bool isText(const contract::Json& value, const std::string& text)
{
    return value.string() && *value.string() == text;
}

} // namespace

bool plainlyInNetwork(const std::string& address, const std::string& network)
{
    const std::size_t slash = network.find('/');
    if (slash == std::string::npos) return false;
    const std::string base = network.substr(0, slash);
    const std::string digits = network.substr(slash + 1);
    if (digits.empty() || digits.size() > 6 || digits.find_first_not_of("0123456789") != std::string::npos)
        return false;
    const bool dotted = base.find(':') == std::string::npos;
    const int given = std::stoi(digits);
    std::optional<Bytes> from = addressOf(base);
    const std::optional<Bytes> asked = addressOf(address);
    if (!from || !asked || given > (dotted ? 32 : 128)) return false;
    const int bits = given + (dotted ? 96 : 0);
    for (int i = bits; i < 128; ++i)
        (*from)[static_cast<std::size_t>(i / 8)] &= static_cast<unsigned char>(~(1 << (7 - i % 8)));
    if (isV4(*from) != isV4(*asked)) return false;
    for (int i = 0; i < bits; ++i)
        if (bitOf(*from, i) != bitOf(*asked, i)) return false;
    return true;
}

const std::vector<std::string>& brokenExpressions()
{
    static const std::vector<std::string> all{"[", "(", "a**", "(?=a)a", "\\pX", "a{3,2}", "\\8"};
    return all;
}

const PlainPattern& PlainDecisions::templateOf(const std::string& entry)
{
    auto found = m_templates.find(entry);
    if (found == m_templates.end()) found = m_templates.emplace(entry, PlainPattern::ofTemplate(entry)).first;
    return found->second;
}

const PlainPattern& PlainDecisions::expressionOf(const std::string& expression)
{
    auto found = m_expressions.find(expression);
    if (found == m_expressions.end())
        found = m_expressions.emplace(expression, PlainPattern::ofExpression(expression)).first;
    return found->second;
}

bool PlainDecisions::listMatches(const contract::PatternList& list, const std::string& needle, std::string& fault)
{
    if (!list) return false;
    for (const std::string& entry : *list) {
        if (entry.find('<') == std::string::npos) {
            if (entry == needle) return true;
            continue;
        }
        const PlainPattern& pattern = templateOf(entry);
        if (!pattern.fault().empty()) {
            fault = pattern.fault();
            return false;
        }
        if (pattern.matches(needle)) return true;
    }
    return false;
}

bool PlainDecisions::conditionHolds(const contract::Condition& condition, const contract::Json& value,
                                    const contract::DecisionRequest& request)
{
    if (const auto* equal = std::get_if<contract::StringEqualCondition>(&condition))
        return isText(value, equal->equals);
    if (const auto* boolean = std::get_if<contract::BooleanCondition>(&condition))
        return value.boolean() && *value.boolean() == boolean->value;
    if (std::holds_alternative<contract::EqualsSubjectCondition>(condition)) return isText(value, request.subject);
    if (const auto* cidr = std::get_if<contract::CidrCondition>(&condition))
        return value.string() && plainlyInNetwork(*value.string(), cidr->cidr);
    if (const auto* match = std::get_if<contract::StringMatchCondition>(&condition)) {
        const auto& broken = brokenExpressions();
        if (!value.string() || std::find(broken.begin(), broken.end(), match->matches) != broken.end()) return false;
        return expressionOf(match->matches).matches(*value.string());
    }
    if (std::holds_alternative<contract::StringPairsEqualCondition>(condition)) {
        if (!value.array()) return false;
        return std::all_of(value.array()->begin(), value.array()->end(), [](const contract::Json& item) {
            const auto* pair = item.array();
            return pair && pair->size() == 2 && pair->front().string() && isText(pair->back(), *pair->front().string());
        });
    }
    const contract::Json* wanted = lastMember(value, "value");
    const contract::Json* given = lastMember(value, "delimiter");
    if (!wanted || !wanted->string() || wanted->string()->empty()) return false;
    const std::string around = given && given->string() ? *given->string() : std::string();
    const std::string all = around + request.resource + around;
    return all.find(around + *wanted->string() + around) != std::string::npos;
}

contract::Decision PlainDecisions::decide(const std::vector<contract::PolicyDocument>& policies,
                                          const contract::DecisionRequest& request)
{
    contract::Decision decision;
    if (policies.empty()) {
        decision.reason = contract::reasonNoPolicies;
        return decision;
    }
    for (const contract::PolicyDocument& policy : policies) {
        std::string fault;
        bool matched = listMatches(policy.actions, request.action, fault);
        if (matched) matched = listMatches(policy.subjects, request.subject, fault);
        if (matched) matched = listMatches(policy.resources, request.resource, fault);
        if (!fault.empty()) {
            contract::Decision failed;
            failed.failed = true;
            failed.faultyPolicy = policy.id;
            failed.reason = fault;
            return failed;
        }
        for (const auto& [key, condition] : policy.conditions) {
            const contract::Json* value = lastMember(request.context, key);
            matched = matched && value && conditionHolds(condition, *value, request);
        }
        if (!matched) continue;
        decision.deciders.push_back(policy.id);
        if (policy.effect != "allow") {
            decision.reason = contract::reasonForced;
            return decision;
        }
    }
    decision.allowed = !decision.deciders.empty();
    if (!decision.allowed) decision.reason = contract::reasonDefault;
    return decision;
}

} // namespace iam::support
