// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/keepalivedparser.h"
#include <algorithm>
#include <cctype>
#include <utility>

namespace iam::cluster {
namespace {

constexpr int mostIncludes = 8;
constexpr std::size_t maxLine = 4096;

struct Token {
    enum class Kind { Word, Open, Close, LineEnd };
    Kind kind = Kind::Word;
    std::string text;
    int line = 0;
};

bool isNameCharacter(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class KeepalivedParser {
public:
    explicit KeepalivedParser(const NodeFiles* node)
        : m_node(node)
    {
    }

    ParsedText parse(std::string_view text, const std::string& file)
    {
        read(text, file, 0);
        m_next = 0;
        if (!failed()) m_parsed.statements = block(0);
        return std::move(m_parsed);
    }

private:
    bool failed() const { return !m_parsed.faults.empty(); }
    void fault(const std::string& file, int line, const std::string& message)
    {
        if (!failed()) m_parsed.faults.push_back({file, line, message});
    }

    /// Cuts a file into tokens; the file that a token comes from is m_files[m_fileOf[token]].
    void read(std::string_view text, const std::string& file, int depth)
    {
        if (text.size() > maxTextSize || m_bytes > 8 * maxTextSize)
            return fault(file, 0, "the file is larger than 1 MiB");
        m_bytes += text.size() + 1;
        m_files.push_back(file);
        const std::size_t fileIndex = m_files.size() - 1;
        int number = 0;
        std::string joined;
        int joinedFrom = 0;
        while (!text.empty() && !failed()) {
            const std::size_t end = text.find('\n');
            std::string_view line = text.substr(0, end);
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
            ++number;
            if (line.ends_with('\r')) line.remove_suffix(1);
            if (joined.empty()) joinedFrom = number;
            if (joined.size() + line.size() > maxLine) return fault(file, number, "the line is longer than 4096 bytes");
            joined += line;
            if (joined.ends_with('\\') && !text.empty()) {
                joined.back() = ' ';
                continue;
            }
            takeLine(std::exchange(joined, {}), fileIndex, joinedFrom, depth);
        }
    }

    void takeLine(const std::string& raw, std::size_t fileIndex, int number, int depth)
    {
        std::string_view line = raw;
        while (!line.empty() && std::isspace(static_cast<unsigned char>(line.front()))) line.remove_prefix(1);
        if (line.starts_with('@')) {
            const std::size_t blank = line.find_first_of(" \t");
            line = blank == std::string_view::npos ? std::string_view() : line.substr(blank + 1);
            while (!line.empty() && std::isspace(static_cast<unsigned char>(line.front()))) line.remove_prefix(1);
        }
        if (define(line)) return;
        const std::size_t first = m_tokens.size();
        const std::string text = substituted(line);
        m_bytes += text.size();
        tokenize(text, fileIndex, number);
        if (m_tokens.size() == first) return;
        const std::string& name = m_tokens[first].text;
        if (m_node != nullptr && (name == "include" || name.starts_with("include")) && m_tokens.size() == first + 2) {
            const std::string pattern = m_tokens[first + 1].text;
            m_tokens.resize(first);
            m_fileOf.resize(first);
            return include(pattern, fileIndex, number, depth);
        }
        push({Token::Kind::LineEnd, {}, number}, fileIndex);
    }

    void include(std::string pattern, std::size_t fileIndex, int number, int depth)
    {
        if (depth >= mostIncludes) return fault(m_files[fileIndex], number, "files include each other deeper than 8");
        if (!pattern.starts_with('/')) pattern = folderOf(m_files[fileIndex]) + '/' + pattern;
        for (const std::string& path : m_node->matching(pattern)) read(m_node->file(path)->text, path, depth + 1);
    }

    /// $NAME=value
    bool define(std::string_view line)
    {
        if (!line.starts_with('$')) return false;
        std::size_t i = 1;
        while (i < line.size() && isNameCharacter(line[i])) ++i;
        const std::string name(line.substr(1, i - 1));
        while (i < line.size() && (line[i] == ' ' || line[i] == '\t')) ++i;
        if (name.empty() || i == line.size() || line[i] != '=') return false;
        std::string_view value = line.substr(i + 1);
        while (!value.empty() && std::isspace(static_cast<unsigned char>(value.front()))) value.remove_prefix(1);
        while (!value.empty() && std::isspace(static_cast<unsigned char>(value.back()))) value.remove_suffix(1);
        if (m_definitions.size() < 256) m_definitions[name] = std::string(value);
        return true;
    }

    std::string substituted(std::string_view line) const
    {
        std::string result;
        for (std::size_t i = 0; i < line.size() && result.size() <= maxLine;) {
            if (line[i] != '$') {
                result += line[i++];
                continue;
            }
            std::size_t begin = i + 1;
            const bool braced = begin < line.size() && line[begin] == '{';
            if (braced) ++begin;
            std::size_t end = begin;
            while (end < line.size() && isNameCharacter(line[end])) ++end;
            const auto found = m_definitions.find(std::string(line.substr(begin, end - begin)));
            if (found == m_definitions.end() || (braced && (end == line.size() || line[end] != '}'))) {
                result += line[i++];
                continue;
            }
            result += found->second;
            i = braced ? end + 1 : end;
        }
        return result;
    }

    void push(Token token, std::size_t fileIndex)
    {
        m_tokens.push_back(std::move(token));
        m_fileOf.push_back(fileIndex);
    }

    void tokenize(const std::string& line, std::size_t fileIndex, int number)
    {
        std::size_t i = 0;
        while (i < line.size()) {
            const char c = line[i];
            if (std::isspace(static_cast<unsigned char>(c))) {
                ++i;
            } else if (c == '#' || c == '!') {
                return;
            } else if (c == '{' || c == '}') {
                push({c == '{' ? Token::Kind::Open : Token::Kind::Close, std::string(1, c), number}, fileIndex);
                ++i;
            } else {
                push({Token::Kind::Word, word(line, i, m_files[fileIndex], number), number}, fileIndex);
            }
        }
    }

    std::string word(const std::string& line, std::size_t& i, const std::string& file, int number)
    {
        std::string text;
        while (i < line.size()) {
            const char c = line[i];
            if (c == '"' || c == '\'') {
                const std::size_t close = line.find(c, i + 1);
                if (close == std::string::npos) {
                    fault(file, number, "a quotation begins here and does not end on its line");
                    i = line.size();
                    return text;
                }
                text += line.substr(i + 1, close - i - 1);
                i = close + 1;
                continue;
            }
            const bool ends =
                std::isspace(static_cast<unsigned char>(c)) || c == '{' || c == '}' || c == '#' || c == '!';
            if (ends && !(c == '{' && text.ends_with('$'))) return text;
            text += c;
            ++i;
        }
        return text;
    }

    std::vector<Statement> block(int depth)
    {
        std::vector<Statement> statements;
        const std::size_t opened = m_next == 0 ? 0 : m_next - 1;
        if (depth > maxBlockDepth) {
            fault(m_files[m_fileOf[opened]], m_tokens[opened].line, "blocks are nested deeper than 16");
            return statements;
        }
        bool lineGoesOn = false; // the next word belongs to the last statement
        while (m_next < m_tokens.size() && !failed()) {
            const Token& token = m_tokens[m_next];
            const std::string& file = m_files[m_fileOf[m_next]];
            ++m_next;
            switch (token.kind) {
            case Token::Kind::LineEnd:
                lineGoesOn = false;
                break;
            case Token::Kind::Close:
                if (depth == 0) fault(file, token.line, "a } closes nothing");
                return statements;
            case Token::Kind::Open:
                if (statements.empty() || statements.back().isBlock) {
                    fault(file, token.line, "a { without a keyword before it");
                    return statements;
                }
                statements.back().isBlock = true;
                statements.back().children = block(depth + 1);
                lineGoesOn = false;
                break;
            case Token::Kind::Word:
                if (lineGoesOn) {
                    statements.back().arguments.push_back(token.text);
                } else if (++m_count > maxStatements) {
                    fault(file, token.line, "there are more than 20000 lines");
                } else {
                    statements.push_back({token.text, {}, file, token.line, false, {}});
                    lineGoesOn = true;
                }
            }
        }
        if (depth > 0 && !failed())
            fault(m_files[m_fileOf[opened]], m_tokens[opened].line, "the block that begins here has no }");
        return statements;
    }

    const NodeFiles* m_node;
    std::map<std::string, std::string> m_definitions;
    std::vector<std::string> m_files;
    std::vector<Token> m_tokens;
    std::vector<std::size_t> m_fileOf;
    std::size_t m_next = 0;
    std::size_t m_count = 0;
    std::size_t m_bytes = 0;
    ParsedText m_parsed;
};

} // namespace

ParsedText parseKeepalived(std::string_view text, const std::string& file)
{
    return KeepalivedParser(nullptr).parse(text, file);
}

ParsedText parseKeepalivedFiles(const NodeFiles& node, const std::string& path)
{
    const NodeFile* file = node.file(path);
    return file == nullptr ? ParsedText() : KeepalivedParser(&node).parse(file->text, path);
}

} // namespace iam::cluster
