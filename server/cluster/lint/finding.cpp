// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/finding.h"
#include "cluster/lint/ruletexts.h"
#include <algorithm>

namespace iam::cluster {

const char* severityText(Severity severity) noexcept
{
    switch (severity) {
    case Severity::Note:
        return "note";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        return "error";
    }
    return "error";
}

const std::vector<RuleText>& ruleTexts()
{
    static const std::vector<RuleText> texts = [] {
        std::vector<RuleText> all;
        for (const auto add : {addVrrpTexts, addCheckTexts, addUpstreamTexts, addRouteTexts, addHostTexts,
                               addDefinitionTexts, addProgramTexts})
            add(all);
        return all;
    }();
    return texts;
}

const RuleText* ruleText(const std::string& rule)
{
    const auto& texts = ruleTexts();
    const auto found = std::find_if(texts.begin(), texts.end(), [&](const RuleText& one) { return rule == one.rule; });
    return found == texts.end() ? nullptr : &*found;
}

std::string filledIn(const std::string& text, const std::vector<std::string>& arguments)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isPlace = text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}' && text[i + 1] >= '1' &&
                             static_cast<std::size_t>(text[i + 1] - '1') < arguments.size();
        if (!isPlace) {
            result += text[i];
            continue;
        }
        result += arguments[static_cast<std::size_t>(text[i + 1] - '1')];
        i += 2;
    }
    return result;
}

} // namespace iam::cluster
