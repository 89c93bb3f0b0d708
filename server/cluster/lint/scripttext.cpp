// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/scripttext.h"
#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

namespace iam::cluster {
namespace {

constexpr std::size_t longestScriptLine = 4096;

bool isWordCharacter(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
}

bool isVariableCharacter(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool hasWord(std::string_view line, std::string_view word)
{
    for (std::size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
        const bool begins = at == 0 || !isWordCharacter(line[at - 1]);
        const std::size_t end = at + word.size();
        if (begins && (end == line.size() || !isWordCharacter(line[end]))) return true;
    }
    return false;
}

std::string withoutComment(std::string_view line)
{
    char quote = '\0';
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (quote != '\0') {
            if (line[i] == quote) quote = '\0';
        } else if (line[i] == '"' || line[i] == '\'') {
            quote = line[i];
        } else if (line[i] == '#' && (i == 0 || std::isspace(static_cast<unsigned char>(line[i - 1])) != 0)) {
            return std::string(line.substr(0, i));
        }
    }
    return std::string(line);
}

std::vector<std::string> wordsOf(std::string_view line)
{
    std::vector<std::string> words;
    std::string word;
    for (const char c : line) {
        if (std::isspace(static_cast<unsigned char>(c)) != 0 ||
            std::string_view("\"'`;|&()<>").find(c) != std::string::npos) {
            if (!word.empty()) words.push_back(std::exchange(word, {}));
        } else {
            word += c;
        }
    }
    if (!word.empty()) words.push_back(word);
    return words;
}

/// NAME=value, where the value is one plain word.
void rememberVariable(const std::string& line, std::map<std::string, std::string>& variables)
{
    for (const std::string& word : wordsOf(line)) {
        const std::size_t equals = word.find('=');
        if (equals == 0 || equals == std::string::npos) continue;
        bool plain = true;
        for (const char c : word.substr(0, equals)) plain = plain && isVariableCharacter(c);
        std::string value = word.substr(equals + 1);
        if (value.empty() && line.find(word + '"') != std::string::npos) {
            const std::size_t begin = line.find(word + '"') + word.size() + 1;
            value = line.substr(begin, line.find('"', begin) - begin);
        }
        if (plain && !value.empty() && variables.size() < 64) variables[word.substr(0, equals)] = value;
    }
}

std::string withVariables(const std::string& line, const std::map<std::string, std::string>& variables)
{
    std::string result;
    for (std::size_t i = 0; i < line.size() && result.size() < longestScriptLine;) {
        if (line[i] != '$') {
            result += line[i++];
            continue;
        }
        const bool braced = i + 1 < line.size() && line[i + 1] == '{';
        const std::size_t begin = i + (braced ? 2 : 1);
        std::size_t end = begin;
        while (end < line.size() && isVariableCharacter(line[end])) ++end;
        const auto found = variables.find(line.substr(begin, end - begin));
        if (found == variables.end()) {
            result += line[i++];
            continue;
        }
        result += found->second;
        i = braced && end < line.size() ? end + 1 : end;
    }
    return result;
}

std::string untilAny(std::string_view text, std::string_view ends)
{
    return std::string(text.substr(0, text.find_first_of(ends)));
}

} // namespace

ScriptText::ScriptText(std::string_view text)
{
    std::map<std::string, std::string> variables;
    while (!text.empty() && m_lines.size() < 10'000) {
        const std::size_t end = text.find('\n');
        const std::string line = withoutComment(text.substr(0, std::min(end, longestScriptLine)));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        m_lines.push_back(withVariables(line, variables));
        rememberVariable(m_lines.back(), variables);
    }
}

ScriptText::Place ScriptText::findWord(const std::vector<std::string_view>& words) const
{
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        for (const std::string_view word : words)
            if (hasWord(m_lines[i], word)) return {static_cast<int>(i + 1), std::string(word)};
    return {};
}

ScriptText::Place ScriptText::findText(std::string_view text) const
{
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        if (m_lines[i].find(text) != std::string::npos) return {static_cast<int>(i + 1), std::string(text)};
    return {};
}

std::vector<ScriptText::Place> ScriptText::hosts() const
{
    std::vector<Place> found;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const std::string& line = m_lines[i];
        const int number = static_cast<int>(i + 1);
        for (const std::string_view scheme : {"http://", "https://"})
            for (std::size_t at = line.find(scheme); at != std::string::npos; at = line.find(scheme, at + 1)) {
                const std::string authority =
                    untilAny(std::string_view(line).substr(at + scheme.size()), "/?\"' \t)|;&`");
                found.push_back({number, authority.substr(authority.find('@') + 1)});
            }
        for (std::size_t at = line.find("/dev/tcp/"); at != std::string::npos; at = line.find("/dev/tcp/", at + 1)) {
            const std::string_view rest = std::string_view(line).substr(at + 9);
            const std::string host = untilAny(rest, "/\"' \t");
            const std::string port =
                host.size() < rest.size() ? untilAny(rest.substr(host.size() + 1), "\"' \t)|;&`") : std::string();
            found.push_back({number, host + ':' + port});
        }
        const std::vector<std::string> words = wordsOf(line);
        for (std::size_t w = 0; w < words.size(); ++w) {
            if (words[w] != "telnet" && words[w] != "nc" && words[w] != "ncat" && words[w] != "netcat") continue;
            std::vector<std::string> plain;
            for (std::size_t k = w + 1; k < words.size() && plain.size() < 2; ++k) {
                if (words[k].starts_with('-')) {
                    if (words[k] == "-w" || words[k] == "-i" || words[k] == "-q") ++k;
                    continue;
                }
                plain.push_back(words[k]);
            }
            if (plain.size() == 2) found.push_back({number, plain[0] + ':' + plain[1]});
        }
    }
    return found;
}

std::vector<ScriptText::Place> ScriptText::pinged() const
{
    std::vector<Place> found;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (!hasWord(m_lines[i], "ping") && !hasWord(m_lines[i], "arping") && !hasWord(m_lines[i], "fping")) continue;
        for (const std::string& word : wordsOf(m_lines[i])) found.push_back({static_cast<int>(i + 1), word});
    }
    return found;
}

ScriptText::Place ScriptText::asksHttp() const
{
    if (const Place place = findWord({"curl", "wget"}); place.line != 0) return place;
    for (const std::string_view sign : {"http://", "https://", "GET /", "HEAD /"})
        if (const Place place = findText(sign); place.line != 0) return place;
    return {};
}

ScriptText::Place ScriptText::asksTcp() const
{
    if (const Place place = findWord({"telnet", "nc", "ncat", "netcat", "nmap", "ss", "netstat", "lsof"});
        place.line != 0)
        return place;
    return findText("/dev/tcp/");
}

ScriptText::Place ScriptText::asksProcess() const
{
    if (const Place place = findWord({"pidof", "pgrep", "killall", "pkill", "ps"}); place.line != 0) return place;
    for (const std::string_view sign : {"kill -0", "kill -s 0", "is-active", "nginx status", "nginx.pid"})
        if (const Place place = findText(sign); place.line != 0) return place;
    return {};
}

bool ScriptText::limitsTime() const
{
    for (const std::string& line : m_lines) {
        if (hasWord(line, "timeout") || line.find("--max-time") != std::string::npos) return true;
        const std::vector<std::string> words = wordsOf(line);
        bool curl = false;
        bool other = false;
        for (const std::string& word : words) {
            curl = curl || word == "curl" || word.ends_with("/curl");
            other = other || word == "wget" || word == "nc" || word == "ncat" || word == "read" || word == "ping" ||
                    word.ends_with("/wget") || word.ends_with("/nc") || word.ends_with("/ping");
            const bool shortOption = word.size() > 1 && word[0] == '-' && word[1] != '-';
            const char last = shortOption ? word.back() : '\0';
            if (curl && (last == 'm' || (shortOption && word.starts_with("-m")))) return true;
            if (other && (last == 'T' || last == 'w' || last == 't' || last == 'W' || word.starts_with("-T") ||
                          word.starts_with("-w") || word.starts_with("-t") || word.starts_with("-W") ||
                          word.starts_with("--timeout")))
                return true;
        }
    }
    return false;
}

} // namespace iam::cluster
