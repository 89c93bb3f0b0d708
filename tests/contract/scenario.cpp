// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenario.h"
#include <algorithm>
#include <filesystem>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <yaml-cpp/yaml.h>

namespace iam::test {
namespace {

using contract::Json;

/// A fault of a case file. Never leaves this file.
struct CaseFault : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::string place(const std::string& file, const YAML::Node& node)
{
    return file + ":" + std::to_string(node.Mark().line + 1);
}

Json toScalar(const YAML::Node& node)
{
    const std::string text = node.Scalar();
    if (node.Tag() == "!") return text; // quoted
    static const std::regex integer("[-+]?[0-9]{1,18}");
    static const std::regex real("[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    if (text.empty() || text == "~" || text == "null") return {};
    if (text == "true" || text == "false") return text == "true";
    if (std::regex_match(text, integer)) return std::int64_t{std::stoll(text)};
    if (std::regex_match(text, real)) return std::stod(text);
    return text;
}

Json toJson(const YAML::Node& node)
{
    switch (node.Type()) {
    case YAML::NodeType::Sequence: {
        Json::Array array;
        for (const YAML::Node& item : node) array.push_back(toJson(item));
        return array;
    }
    case YAML::NodeType::Map: {
        Json object{Json::Object{}};
        const YAML::Node base = node["<<"]; // YAML's merge key
        if (base && base.IsMap()) object = toJson(base);
        for (const auto& member : node)
            if (member.first.Scalar() != "<<") object.set(member.first.Scalar(), toJson(member.second));
        return object;
    }
    case YAML::NodeType::Scalar:
        return toScalar(node);
    default:
        return {};
    }
}

Expectation toExpectation(const YAML::Node& node)
{
    if (node.Tag() == "!absent") return {Expectation::Kind::Absent, {}};
    if (node.Tag() == "!any") return {Expectation::Kind::Present, {}};
    if (node.Tag() == "!like") return {Expectation::Kind::Like, node.Scalar()};
    return {Expectation::Kind::Equal, toJson(node)};
}

std::set<std::string> toWords(const std::string& text)
{
    std::istringstream in(text);
    std::set<std::string> words;
    for (std::string word; in >> word;) words.insert(word);
    return words;
}

std::set<std::string> toClients(const std::string& file, const YAML::Node& node)
{
    std::set<std::string> clients = toWords(node.Scalar());
    for (const std::string& client : clients)
        if (client != "service" && client != "http" && client != "console")
            throw CaseFault(place(file, node) + ": there is no client " + client);
    return clients;
}

/// "400 100003" or "401 some message" or "200".
void readOutcome(const std::string& text, Step& step)
{
    const std::size_t blank = text.find(' ');
    step.status = std::stoi(text.substr(0, blank));
    if (blank == std::string::npos) return;
    const std::string rest = text.substr(blank + 1);
    if (rest.find_first_not_of("0123456789") == std::string::npos)
        step.code = std::stoi(rest);
    else
        step.message = rest;
}

Step toStep(const std::string& file, const YAML::Node& node)
{
    static const std::set<std::string> arguments{"as",      "basic",  "bearer", "authorization", "token", "name",
                                                 "for",     "query",  "names",  "body",          "raw",   "if-match",
                                                 "headers", "target", "with",   "params"};
    Step step;
    step.where = place(file, node);
    Json::Object given;
    for (const auto& member : node) {
        const std::string key = member.first.Scalar();
        const YAML::Node& value = member.second;
        if (key == "do")
            step.operation = value.Scalar();
        else if (key == "only")
            step.only = toClients(file, value);
        else if (key == "gives")
            readOutcome(value.Scalar(), step);
        else if (key == "is")
            step.whole = toJson(value);
        else if (key == "has")
            for (const auto& wanted : value)
                step.members.emplace_back(wanted.first.Scalar(), toExpectation(wanted.second));
        else if (key == "keep")
            for (const auto& kept : value) step.keep.emplace_back(kept.first.Scalar(), kept.second.Scalar());
        else if (arguments.contains(key))
            given.emplace_back(key, toJson(value));
        else
            throw CaseFault(place(file, member.first) + ": a step has no " + key);
    }
    if (step.operation.empty()) throw CaseFault(step.where + ": a step needs do");
    step.arguments = std::move(given);
    return step;
}

Scenario toScenario(const std::string& file, const YAML::Node& node)
{
    Scenario scenario;
    scenario.where = place(file, node);
    for (const auto& member : node) {
        const std::string key = member.first.Scalar();
        const YAML::Node& value = member.second;
        if (key == "scenario")
            scenario.title = value.Scalar();
        else if (key == "as")
            scenario.actor = value.Scalar();
        else if (key == "only")
            scenario.only = toClients(file, value);
        else if (key == "secret of")
            scenario.secretOwner = value.Scalar();
        else if (key == "users")
            for (const YAML::Node& user : value) scenario.users.push_back(user.Scalar());
        else if (key == "steps")
            for (const YAML::Node& step : value) scenario.steps.push_back(toStep(file, step));
        else
            throw CaseFault(place(file, member.first) + ": a scenario has no " + key);
    }
    if (scenario.title.empty() || scenario.steps.empty())
        throw CaseFault(scenario.where + ": a scenario needs a title and steps");
    return scenario;
}

} // namespace

bool concerns(const Scenario& scenario, const std::string& kind)
{
    const auto has = [&](const std::set<std::string>& only) { return only.empty() || only.contains(kind); };
    return has(scenario.only) &&
           std::any_of(scenario.steps.begin(), scenario.steps.end(), [&](const Step& step) { return has(step.only); });
}

ScenarioList readScenarios(const std::string& folder)
{
    ScenarioList list;
    std::vector<std::filesystem::path> files;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
        if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::set<std::string> titles;
    for (const auto& path : files) {
        const std::string file = path.filename().string();
        try {
            for (const YAML::Node& node : YAML::LoadFile(path.string())) {
                if (node["let"]) continue; // holds anchors for what follows
                list.scenarios.push_back(toScenario(file, node));
                const Scenario& scenario = list.scenarios.back();
                if (!titles.insert(scenario.title).second)
                    throw CaseFault(scenario.where + ": the title \"" + scenario.title + "\" is used twice");
            }
        } catch (const CaseFault& fault) {
            list.fault = fault.what();
        } catch (const std::exception& fault) {
            list.fault = file + ": " + fault.what();
        }
        if (!list.fault.empty()) return list;
    }
    if (list.scenarios.empty()) list.fault = "no scenarios in " + folder;
    return list;
}

} // namespace iam::test
