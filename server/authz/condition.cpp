// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/condition.h"
#include <utility>

namespace iam::authz {

namespace {

bool arePairsOfEqualStrings(const contract::Json& value)
{
    const auto* pairs = value.array();
    if (!pairs) return false;
    for (const contract::Json& item : *pairs) {
        const auto* pair = item.array();
        if (!pair || pair->size() != 2) return false;
        const std::string* left = (*pair)[0].string();
        const std::string* right = (*pair)[1].string();
        if (!left || !right || *left != *right) return false;
    }
    return true;
}

bool liesInResource(const contract::Json& value, const std::string& resource)
{
    if (!value.object()) return false;
    const contract::Json* wanted = value.find("value");
    const std::string* text = wanted ? wanted->string() : nullptr;
    if (!text || text->empty()) return false;
    const contract::Json* given = value.find("delimiter");
    const std::string* delimiter = given ? given->string() : nullptr;
    const std::string around = delimiter ? *delimiter : std::string();
    return (around + resource + around).find(around + *text + around) != std::string::npos;
}

} // namespace

CompiledCondition::CompiledCondition(contract::Condition condition)
    : m_condition(std::move(condition))
{
    if (const auto* cidr = std::get_if<contract::CidrCondition>(&m_condition)) m_network = IpNetwork::parse(cidr->cidr);
}

bool CompiledCondition::holds(const contract::Json* value, const contract::DecisionRequest& request) const
{
    if (!value) return false;
    const std::string* text = value->string();
    struct Asker {
        const CompiledCondition& self;
        const contract::Json& value;
        const std::string* text;
        const contract::DecisionRequest& request;

        bool operator()(const contract::StringEqualCondition& condition) const
        {
            return text && *text == condition.equals;
        }
        bool operator()(const contract::CidrCondition&) const
        {
            if (!text || !self.m_network) return false;
            const auto address = parseIp(*text);
            return address && self.m_network->contains(*address);
        }
        bool operator()(const contract::EqualsSubjectCondition&) const { return text && *text == request.subject; }
        bool operator()(const contract::StringPairsEqualCondition&) const { return arePairsOfEqualStrings(value); }
        bool operator()(const contract::StringMatchCondition& condition) const
        {
            if (!text) return false;
            std::call_once(self.m_compileOnce, [&] {
                std::string why;
                self.m_expression = Expression::compile(condition.matches, why);
            });
            return self.m_expression && self.m_expression->matches(*text);
        }
        bool operator()(const contract::ResourceContainsCondition&) const
        {
            return liesInResource(value, request.resource);
        }
        bool operator()(const contract::BooleanCondition& condition) const
        {
            const bool* given = value.boolean();
            return given && *given == condition.value;
        }
    };
    return std::visit(Asker{*this, *value, text, request}, m_condition);
}

} // namespace iam::authz
