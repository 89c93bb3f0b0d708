// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments.h"
#include <algorithm>

namespace iam::app {

Result<Arguments> Arguments::parse(const std::vector<std::string>& arguments, const std::vector<OptionRule>& rules,
                                   std::size_t positions)
{
    Arguments parsed;
    bool optionsEnded = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        const bool isOption = !optionsEnded && argument.size() > 1 && argument.front() == '-';
        if (isOption && argument == "--") {
            optionsEnded = true;
            continue;
        }
        if (!isOption) {
            if (parsed.m_positional.size() == positions) {
                return fail(Code::Validation, "'" + argument + "' is not understood here");
            }
            parsed.m_positional.push_back(argument);
            continue;
        }
        const std::size_t equals = argument.find('=');
        const std::string name = argument.substr(0, equals);
        const auto rule =
            std::find_if(rules.begin(), rules.end(), [&](const OptionRule& known) { return known.name == name; });
        if (rule == rules.end()) return fail(Code::Validation, "there is no option " + name + " here");
        std::string value;
        if (equals != std::string::npos) {
            if (!rule->takesValue) return fail(Code::Validation, name + " takes no value");
            value = argument.substr(equals + 1);
        } else if (rule->takesValue) {
            if (i + 1 == arguments.size()) return fail(Code::Validation, name + " needs a value");
            value = arguments[++i];
        }
        if (const auto added = parsed.add(*rule, std::move(value)); !added) return fail(added);
    }
    return parsed;
}

Result<> Arguments::add(const OptionRule& rule, std::string value)
{
    std::vector<std::string>& given = m_options[std::string(rule.name)];
    if (!given.empty() && !rule.repeats) return fail(Code::Validation, std::string(rule.name) + " is given twice");
    given.push_back(std::move(value));
    return {};
}

bool Arguments::has(std::string_view name) const
{
    return m_options.contains(name);
}

std::string Arguments::value(std::string_view name) const
{
    const auto found = m_options.find(name);
    return found == m_options.end() ? std::string() : found->second.front();
}

std::vector<std::string> Arguments::values(std::string_view name) const
{
    const auto found = m_options.find(name);
    return found == m_options.end() ? std::vector<std::string>() : found->second;
}

} // namespace iam::app
