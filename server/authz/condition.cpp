// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/condition.h"
#include "authz/findtext.h"
#include <utility>

namespace iam::authz {

namespace {

constexpr std::size_t comparedBytesPerStep = 256; // compared
constexpr std::size_t searchedBytesPerStep = 8;

void charge(Effort& effort, std::size_t steps)
{
    effort.spend(static_cast<std::int64_t>(steps));
}

bool arePairsOfEqualStrings(const contract::Json& value, Effort& effort)
{
    const auto* pairs = value.array();
    if (!pairs) return false;
    for (const contract::Json& item : *pairs) {
        const auto* pair = item.array();
        if (!pair || pair->size() != 2) return false;
        const std::string* left = (*pair)[0].string();
        const std::string* right = (*pair)[1].string();
        if (!left || !right) return false;
        charge(effort, 2 + left->size() / comparedBytesPerStep);
        if (effort.isSpent() || *left != *right) return false;
    }
    return true;
}

// Whether delimiter + text + delimiter is a part of delimiter + resource + delimiter.
bool liesInResource(const contract::Json& value, std::string_view resource, Effort& effort)
{
    if (!value.object()) return false;
    const contract::Json* wanted = value.find("value");
    const std::string* text = wanted ? wanted->string() : nullptr;
    if (!text || text->empty()) return false;
    const contract::Json* given = value.find("delimiter");
    const std::string* delimiter = given ? given->string() : nullptr;
    if (!delimiter || delimiter->empty()) {
        charge(effort, (resource.size() + text->size()) / searchedBytesPerStep);
        return !effort.isSpent() && findText(resource, *text) != std::string_view::npos;
    }
    const std::string around = *delimiter + std::string(resource) + *delimiter;
    const std::string within = *delimiter + *text + *delimiter;
    charge(effort, (around.size() + within.size()) / searchedBytesPerStep);
    return !effort.isSpent() && findText(around, within) != std::string_view::npos;
}

} // namespace

CompiledCondition::Test CompiledCondition::testOf(const contract::Condition& condition)
{
    struct Maker {
        Test operator()(const contract::StringEqualCondition& written) const { return written.equals; }
        Test operator()(const contract::CidrCondition& written) const
        {
            if (const auto network = IpNetwork::parse(written.cidr)) return *network;
            return Unreadable();
        }
        Test operator()(const contract::EqualsSubjectCondition&) const { return EqualsSubject(); }
        Test operator()(const contract::StringPairsEqualCondition&) const { return StringPairsEqual(); }
        Test operator()(const contract::StringMatchCondition& written) const
        {
            std::string why;
            if (auto expression = Expression::compile(written.matches, why)) return std::move(*expression);
            return Unreadable();
        }
        Test operator()(const contract::ResourceContainsCondition&) const { return ResourceContains(); }
        Test operator()(const contract::BooleanCondition& written) const { return written.value; }
    };
    return std::visit(Maker(), condition);
}

CompiledCondition::CompiledCondition(const contract::Condition& condition)
    : m_test(testOf(condition))
    , m_type(static_cast<std::uint8_t>(condition.index()))
{
}

const std::string& CompiledCondition::typeName() const
{
    return contract::conditionTypeNames()[m_type];
}

struct CompiledCondition::Asker {
    const contract::Json& value;
    const std::string* text;
    Question& question;

    bool isText(std::string_view wanted) const
    {
        if (!text || text->size() != wanted.size()) return false;
        charge(question.effort, wanted.size() / comparedBytesPerStep);
        return *text == wanted;
    }

    bool operator()(const Unreadable&) const { return false; }
    bool operator()(const std::string& equals) const { return isText(equals); }
    bool operator()(const IpNetwork& network) const
    {
        const auto address = text ? parseIp(*text) : std::nullopt;
        return address && network.contains(*address);
    }
    bool operator()(const EqualsSubject&) const { return isText(question.request.subject); }
    bool operator()(const StringPairsEqual&) const { return arePairsOfEqualStrings(value, question.effort); }
    bool operator()(const Expression& expression) const { return text && expression.matches(*text, question.effort); }
    bool operator()(const ResourceContains&) const
    {
        return liesInResource(value, question.request.resource, question.effort);
    }
    bool operator()(bool wanted) const
    {
        const bool* given = value.boolean();
        return given && *given == wanted;
    }
};

bool CompiledCondition::holds(const contract::Json* value, Question& question) const
{
    charge(question.effort, 3);
    return value && std::visit(Asker{*value, value->string(), question}, m_test);
}

} // namespace iam::authz
