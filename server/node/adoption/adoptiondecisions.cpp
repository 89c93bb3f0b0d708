// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/adoption/adoptiondecisions.h"
#include "base/text.h"
#include "base/yamltext.h"
#include "contract/validation.h"
#include "crypto/random.h"
#include <algorithm>

namespace iam::node {

namespace {

constexpr std::size_t mostFaults = 200;
constexpr std::size_t secretIdSize = 36;
constexpr const char* secretIdLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890";

AdoptionDecisions::Choice split(const std::string& text)
{
    const std::size_t blank = text.find(' ');
    if (blank == std::string::npos) return {text, {}};
    const std::size_t value = text.find_first_not_of(' ', blank);
    return {text.substr(0, blank), value == std::string::npos ? std::string() : text.substr(value)};
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

void addFault(std::vector<FieldFault>& faults, const std::string& field, const std::string& message)
{
    if (faults.size() < mostFaults)
        faults.push_back({field, message});
    else if (faults.size() == mostFaults)
        faults.push_back({"…", "and more"});
}

} // namespace

AdoptionDecisions::AdoptionDecisions(std::map<std::string, std::string> entries)
    : m_entries(std::move(entries))
{
    for (const auto& [key, text] : m_entries)
        if (split(text).verb == "drop") m_dropped.insert(key.substr(key.find('.') + 1));
}

Result<AdoptionDecisions> AdoptionDecisions::read(const ConfigFile& file)
{
    std::vector<FieldFault> faults;
    for (const ConfigFile::Fault& fault : file.faults) addFault(faults, fault.origin.text(), fault.message);
    std::map<std::string, std::string> entries;
    for (const auto& [key, value] : file.values) {
        if (value.kind == ConfigValue::Kind::Section) continue;
        if (value.kind == ConfigValue::Kind::Null || (value.kind == ConfigValue::Kind::Scalar && value.scalar.empty()))
            continue; // left open
        if (value.kind != ConfigValue::Kind::Scalar)
            addFault(faults, value.origin.text(), key + " must be one decision");
        else
            entries.emplace(key, value.scalar);
    }
    if (!faults.empty()) return fail(Code::Validation, "the file with the decisions has faults", std::move(faults));
    return AdoptionDecisions(std::move(entries));
}

Result<AdoptionDecisions> AdoptionDecisions::resolvedFor(const AdoptionSurvey& survey, bool strict) const
{
    std::vector<FieldFault> faults;
    std::map<std::string, std::string> resolved;
    std::set<std::string> asked;
    std::set<std::string> given;
    for (const AdoptionFinding& finding : survey.findings) {
        if (!finding.needsDecision()) continue;
        const std::string key = finding.key();
        asked.insert(key);
        asked.insert(finding.kind + ".all");
        auto found = m_entries.find(key);
        if (found == m_entries.end()) found = m_entries.find(finding.kind + ".all");
        if (found == m_entries.end()) {
            addFault(faults, key, finding.about + ": " + finding.message + "; decide: " + joined(finding.choices));
            continue;
        }
        Choice choice = split(found->second);
        if (std::find(finding.choices.begin(), finding.choices.end(), choice.verb) == finding.choices.end()) {
            addFault(faults, key, "\"" + choice.verb + "\" is none of: " + joined(finding.choices));
            continue;
        }
        if (choice.verb == "rename") {
            if (choice.value.empty()) choice.value = split(finding.proposal).value;
            const std::string taken = finding.table + '/' + text::lowered(choice.value);
            if (const auto complaint = contract::checkName(choice.value))
                addFault(faults, key, "the name " + choice.value + ' ' + *complaint);
            else if (!given.insert(taken).second || survey.hasName(finding.table, choice.value))
                addFault(faults, key, "the name " + choice.value + " is taken");
        } else if (choice.verb == "new-id") {
            if (choice.value.empty()) choice.value = crypto::randomText(secretIdSize, secretIdLetters);
        }
        resolved.emplace(key, choice.value.empty() ? choice.verb : choice.verb + ' ' + choice.value);
    }
    if (strict)
        for (const auto& [key, text] : m_entries)
            if (!asked.contains(key) && !key.ends_with(".all"))
                addFault(faults, key, "nothing like that was found, so nothing is to be decided");
    if (!faults.empty())
        return fail(Code::Validation, "not everything that stands in the way is decided", std::move(faults));
    return AdoptionDecisions(std::move(resolved));
}

AdoptionDecisions::Choice AdoptionDecisions::choice(const char* kind, const char* table, std::uint64_t id) const
{
    const auto found = m_entries.find(std::string(kind) + '.' + table + '-' + std::to_string(id));
    return found == m_entries.end() ? Choice{} : split(found->second);
}

bool AdoptionDecisions::drops(const char* table, std::uint64_t id) const
{
    return m_dropped.contains(std::string(table) + '-' + std::to_string(id));
}

std::string decisionTemplate(const AdoptionSurvey& survey)
{
    std::map<std::string, std::vector<const AdoptionFinding*>> byKind;
    for (const AdoptionFinding& finding : survey.findings)
        if (finding.needsDecision()) byKind[finding.kind].push_back(&finding);
    std::string text =
        "# What becomes of rows that cannot be taken over as they are. A line \"all: CHOICE\" below a word"
        " decides for\n# the rows without a line of their own. What is dropped stays in the old tables.\n";
    if (byKind.empty()) return text + "# Nothing stands in the way: this file is not needed.\n";
    for (const auto& [kind, findings] : byKind) {
        text += kind + ":\n";
        for (const AdoptionFinding* finding : findings) {
            std::string about = finding->about + ": " + finding->message + " (" + joined(finding->choices) + ")";
            std::replace_if(
                about.begin(), about.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
            text += "  # " + about + "\n  " + finding->table + '-' + std::to_string(finding->id) + ":" +
                    (finding->proposal.empty() ? "" : " " + text::yamlQuoted(finding->proposal)) + '\n';
        }
    }
    return text;
}

} // namespace iam::node
