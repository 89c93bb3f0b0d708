// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

namespace iam::cluster {

enum class Severity {
    Note,    ///< worth knowing; nothing has to be done
    Warning, ///< works, but worse than it could: the cost says how much
    Error,   ///< does not do what it is there for
};
/// "note", "warning", "error".
[[nodiscard]] const char* severityText(Severity severity) noexcept;

/// One thing that is wrong, where, and what to do about it. Complete sentences; no secret value ever shows.
struct Finding {
    Severity severity = Severity::Warning;
    std::string rule;                   ///< kebab-case, stable: "nopreempt-needs-backup"
    std::string node;                   ///< empty when it concerns the definition
    std::string file;                   ///< as the giver of the file calls it; empty: no one file
    int line = 0;                       ///< from 1; 0: the file as a whole
    std::vector<std::string> arguments; ///< what stands for {1}, {2} in the rule's sentence
    std::string message;                ///< what is the matter
    std::string why;
    std::string cost; ///< with the measured figure where there is one
    std::string mend;
};

/// The texts of one rule, in one table so that they can be translated; {1}, {2}… in them stand for the
/// finding's arguments.
struct RuleText {
    const char* rule;
    Severity severity;
    const char* what;
    const char* why;
    const char* cost;
    const char* mend;
};

/// Every rule, in no promised order.
[[nodiscard]] const std::vector<RuleText>& ruleTexts();
/// Null when there is no such rule.
[[nodiscard]] const RuleText* ruleText(const std::string& rule);
/// `text` with {1}, {2}… replaced by the arguments; those that are missing stay as they are.
[[nodiscard]] std::string filledIn(const std::string& text, const std::vector<std::string>& arguments);

} // namespace iam::cluster
