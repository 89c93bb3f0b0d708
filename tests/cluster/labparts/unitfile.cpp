// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "unitfile.h"
#include <algorithm>
#include <filesystem>
#include <fstream>

namespace iam::lab {

namespace fs = std::filesystem;

namespace {

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

using Variables = std::map<std::string, std::string>;

std::string valueOf(const Variables& variables, const std::string& name)
{
    const auto found = variables.find(name);
    return found == variables.end() ? std::string() : found->second;
}

/// ${NAME} inside a word; a word that is $NAME alone becomes the words of its value.
void addExpanded(std::vector<std::string>& words, const std::string& word, const Variables& variables)
{
    if (word.size() > 1 && word[0] == '$' && word[1] != '{' && word[1] != '$') {
        for (const std::string& part : wordsOf(valueOf(variables, word.substr(1)))) words.push_back(part);
        return;
    }
    std::string expanded;
    for (std::size_t at = 0; at < word.size();) {
        const auto end = word.find('}', at);
        if (word.compare(at, 2, "${") == 0 && end != std::string::npos) {
            expanded += valueOf(variables, word.substr(at + 2, end - at - 2));
            at = end + 1;
        } else if (word.compare(at, 2, "$$") == 0) {
            expanded += '$';
            at += 2;
        } else {
            expanded += word[at++];
        }
    }
    words.push_back(expanded);
}

void addAssignments(Variables& variables, const std::string& path)
{
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        line = trimmed(line);
        const auto equals = line.find('=');
        if (line.empty() || line[0] == '#' || equals == std::string::npos) continue;
        const auto words = wordsOf(line.substr(equals + 1));
        std::string value;
        for (const std::string& word : words) value += (value.empty() ? "" : " ") + word;
        variables[line.substr(0, equals)] = value;
    }
}

} // namespace

std::vector<std::string> wordsOf(const std::string& text)
{
    std::vector<std::string> words;
    std::string word;
    bool inWord = false;
    char quote = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\\' && at + 1 < text.size()) {
            const char next = text[++at];
            word += next == 'n' ? '\n' : next == 't' ? '\t' : next;
            inWord = true;
        } else if (quote != 0) {
            if (c == quote)
                quote = 0;
            else
                word += c;
        } else if (c == '"' || c == '\'') {
            quote = c;
            inWord = true;
        } else if (c == ' ' || c == '\t') {
            if (inWord) words.push_back(word);
            word.clear();
            inWord = false;
        } else {
            word += c;
            inWord = true;
        }
    }
    if (inWord) words.push_back(word);
    return words;
}

UnitFile UnitFile::read(const std::string& name, const std::vector<std::string>& folders)
{
    UnitFile unit;
    unit.m_name = name;
    for (const std::string& folder : folders) {
        const std::string path = folder + "/" + name + ".service";
        if (!fs::exists(path)) continue;
        unit.m_found = true;
        unit.readFile(path);
        break;
    }
    std::vector<fs::path> dropIns;
    for (const std::string& folder : folders) {
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(folder + "/" + name + ".service.d", none))
            if (entry.path().extension() == ".conf") dropIns.push_back(entry.path());
    }
    std::sort(dropIns.begin(), dropIns.end(),
              [](const fs::path& a, const fs::path& b) { return a.filename() < b.filename(); });
    for (const fs::path& path : dropIns) unit.readFile(path.string());
    return unit;
}

void UnitFile::readFile(const std::string& path)
{
    std::ifstream file(path);
    std::string whole;
    for (std::string line; std::getline(file, line);) {
        line = trimmed(line);
        if (whole.empty() && (line.empty() || line[0] == '#' || line[0] == ';' || line[0] == '[')) continue;
        if (!line.empty() && line.back() == '\\') {
            whole += line.substr(0, line.size() - 1) + " ";
            continue;
        }
        whole += line;
        const auto equals = whole.find('=');
        if (equals != std::string::npos) {
            const std::string value = trimmed(whole.substr(equals + 1));
            auto& values = m_values[trimmed(whole.substr(0, equals))];
            if (value.empty())
                values.clear();
            else
                values.push_back(value);
        }
        whole.clear();
    }
}

std::vector<std::string> UnitFile::list(const std::string& key) const
{
    const auto found = m_values.find(key);
    if (found == m_values.end()) return {};
    std::vector<std::string> values;
    for (const std::string& value : found->second) values.push_back(specified(value));
    return values;
}

std::string UnitFile::value(const std::string& key, const std::string& otherwise) const
{
    const auto values = list(key);
    return values.empty() ? otherwise : values.back();
}

double UnitFile::seconds(const std::string& key, double otherwise) const
{
    const std::string text = value(key);
    if (text.empty()) return otherwise;
    if (text == "infinity") return 1e9;
    double sum = 0;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t used = 0;
        const double number = std::stod(text.substr(at), &used);
        at += used;
        const auto end = std::min(text.find_first_of(" 0123456789", at), text.size());
        const std::string word = text.substr(at, end - at);
        at = std::min(text.find_first_of("0123456789", end), text.size());
        sum += number * (word == "ms" ? 0.001 : word == "min" || word == "m" ? 60 : word == "h" ? 3600 : 1);
    }
    return sum;
}

std::map<std::string, std::string> UnitFile::environment() const
{
    Variables variables;
    for (const std::string& line : list("Environment")) {
        for (const std::string& word : wordsOf(line)) {
            const auto equals = word.find('=');
            if (equals != std::string::npos) variables[word.substr(0, equals)] = word.substr(equals + 1);
        }
    }
    for (const std::string& path : list("EnvironmentFile"))
        addAssignments(variables, path[0] == '-' ? path.substr(1) : path);
    return variables;
}

std::vector<Command> UnitFile::commands(const std::string& key, const std::map<std::string, std::string>& extra) const
{
    Variables variables = environment();
    for (const auto& [name, value] : extra) variables[name] = value;
    std::vector<Command> commands;
    for (const std::string& line : list(key)) {
        Command command;
        for (const std::string& word : wordsOf(line)) addExpanded(command.words, word, variables);
        if (command.words.empty()) continue;
        std::string& program = command.words.front();
        const auto first = std::min(program.find_first_not_of("-+!:@"), program.size());
        command.mayFail = program.substr(0, first).find('-') != std::string::npos;
        program.erase(0, first);
        commands.push_back(command);
    }
    return commands;
}

std::string UnitFile::specified(const std::string& text) const
{
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%' || at + 1 == text.size()) {
            result += text[at];
            continue;
        }
        switch (text[++at]) {
        case 't':
            result += "/run";
            break;
        case 'S':
            result += "/var/lib";
            break;
        case 'L':
            result += "/var/log";
            break;
        case 'n':
            result += m_name + ".service";
            break;
        case 'N':
        case 'p':
            result += m_name;
            break;
        case '%':
            result += '%';
            break;
        default:
            (result += '%') += text[at];
        }
    }
    return result;
}

} // namespace iam::lab
