// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/nginxparser.h"
#include <algorithm>
#include <iterator>

namespace iam::cluster {
namespace {

constexpr int maxIncludeDepth = 8;
constexpr std::size_t maxIncludedBytes = 4 * maxTextSize;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class NginxParser {
public:
    NginxParser(std::string_view text, const std::string& file)
        : m_text(text)
        , m_file(file)
    {
    }

    ParsedText parse()
    {
        if (m_text.size() > maxTextSize) {
            fault("the file is larger than 1 MiB");
        } else {
            m_parsed.statements = block(0);
        }
        return std::move(m_parsed);
    }

private:
    struct Word {
        std::string text;
        int line = 0;
        bool quoted = false;
    };

    bool failed() const { return !m_parsed.faults.empty(); }
    void fault(const std::string& message) { faultAt(m_line, message); }
    void faultAt(int line, const std::string& message)
    {
        if (!failed()) m_parsed.faults.push_back({m_file, line, message});
    }

    bool atEnd() const { return m_at >= m_text.size(); }
    char take()
    {
        const char c = m_text[m_at++];
        if (c == '\n') ++m_line;
        return c;
    }
    void skipBlanks()
    {
        while (!atEnd()) {
            if (m_text[m_at] == '#') {
                while (!atEnd() && m_text[m_at] != '\n') ++m_at;
            } else if (isBlank(m_text[m_at])) {
                take();
            } else {
                return;
            }
        }
    }

    std::vector<Statement> block(int depth)
    {
        std::vector<Statement> statements;
        if (depth > maxBlockDepth) {
            fault("blocks are nested deeper than 16");
            return statements;
        }
        const int opened = m_line;
        std::vector<Word> words;
        while (!failed()) {
            skipBlanks();
            if (atEnd()) {
                if (!words.empty())
                    faultAt(words.front().line, "\"" + words.front().text + "\" has no ; before the file ends");
                else if (depth > 0)
                    faultAt(opened, "the block that begins here has no }");
                break;
            }
            const char c = m_text[m_at];
            if (c == '}') {
                take();
                if (!words.empty())
                    faultAt(words.front().line, "\"" + words.front().text + "\" has no ; before the }");
                else if (depth == 0)
                    fault("a } closes nothing");
                break;
            }
            if (c == ';' || c == '{') {
                take();
                if (words.empty()) {
                    fault(std::string("an unexpected \"") + c + '"');
                    break;
                }
                if (++m_count > maxStatements) {
                    fault("the file has more than 20000 directives");
                    break;
                }
                if (const Word* next = nextDirective(words)) {
                    faultAt(words.front().line, "\"" + words.front().text + "\" has no ; before \"" + next->text + '"');
                    break;
                }
                Statement statement = statementOf(words);
                words.clear();
                if (c == '{') {
                    statement.isBlock = true;
                    if (statement.name.ends_with("_by_lua_block"))
                        skipCode();
                    else
                        statement.children = block(depth + 1);
                }
                statements.push_back(std::move(statement));
                continue;
            }
            words.push_back(word());
        }
        return statements;
    }

    /// A word on a later line that is no argument but the next directive: nginx itself would take it for an argument,
    /// or complain about their number.
    static const Word* nextDirective(const std::vector<Word>& words)
    {
        static constexpr std::string_view names[] = {"listen",
                                                     "server_name",
                                                     "location",
                                                     "include",
                                                     "root",
                                                     "return",
                                                     "access_log",
                                                     "error_log",
                                                     "error_page",
                                                     "upstream",
                                                     "server",
                                                     "zone",
                                                     "keepalive",
                                                     "client_max_body_size",
                                                     "add_header",
                                                     "index",
                                                     "try_files",
                                                     "deny",
                                                     "allow",
                                                     "set",
                                                     "default_type",
                                                     "stub_status",
                                                     "internal",
                                                     "log_format",
                                                     "sendfile",
                                                     "map",
                                                     "geo",
                                                     "ssl_certificate",
                                                     "http",
                                                     "events",
                                                     "ssl_certificate_key",
                                                     "least_conn",
                                                     "ip_hash",
                                                     "worker_connections"};
        for (std::size_t i = 1; i < words.size(); ++i) {
            if (words[i].line == words[i - 1].line || words[i].quoted) continue;
            const std::string& word = words[i].text;
            if (word.starts_with("proxy_") || std::find(std::begin(names), std::end(names), word) != std::end(names))
                return &words[i];
        }
        return nullptr;
    }

    Statement statementOf(std::vector<Word>& words) const
    {
        Statement statement;
        statement.name = std::move(words.front().text);
        statement.line = words.front().line;
        statement.file = m_file;
        for (std::size_t i = 1; i < words.size(); ++i) statement.arguments.push_back(std::move(words[i].text));
        return statement;
    }

    Word word()
    {
        Word word{{}, m_line, m_text[m_at] == '"' || m_text[m_at] == '\''};
        const char quote = word.quoted ? take() : '\0';
        while (!atEnd()) {
            const char c = m_text[m_at];
            if (quote == '\0' && (isBlank(c) || c == ';' || c == '{')) return word;
            take();
            if (c == quote && quote != '\0') {
                if (!atEnd() && !isBlank(m_text[m_at]) &&
                    std::string_view(";{)").find(m_text[m_at]) == std::string::npos)
                    fault(std::string("an unexpected \"") + m_text[m_at] + "\" behind a quoted word");
                return word;
            }
            if (c == '\\' && !atEnd()) {
                const char escaped = take();
                // Only these lose the backslash (ngx_conf_read_token).
                switch (escaped) {
                case '"':
                case '\'':
                case '\\':
                    word.text += escaped;
                    break;
                case 't':
                    word.text += '\t';
                    break;
                case 'r':
                    word.text += '\r';
                    break;
                case 'n':
                    word.text += '\n';
                    break;
                default:
                    word.text += c;
                    word.text += escaped;
                }
                continue;
            }
            word.text += c;
            if (quote == '\0' && c == '$' && !atEnd() && m_text[m_at] == '{') word.text += take();
        }
        if (quote != '\0') faultAt(word.line, "a quotation begins here and has no end");
        return word;
    }

    void skipCode()
    {
        const int opened = m_line;
        for (int depth = 1; !atEnd();) {
            const char c = take();
            if (c == '{') ++depth;
            if (c == '}' && --depth == 0) return;
        }
        faultAt(opened, "the block that begins here has no }");
    }

    std::string_view m_text;
    const std::string& m_file;
    std::size_t m_at = 0;
    int m_line = 1;
    std::size_t m_count = 0;
    ParsedText m_parsed;
};

/// What Debian's nginx package installs under that name, in our words: the fields matter, not the text.
constexpr std::string_view debianProxyParameters = "proxy_set_header Host $http_host;\n"
                                                   "proxy_set_header X-Real-IP $remote_addr;\n"
                                                   "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n"
                                                   "proxy_set_header X-Forwarded-Proto $scheme;\n";

class Includer {
public:
    Includer(const NodeFiles& node, const std::string& main)
        : m_node(node)
        , m_folder(folderOf(main))
    {
    }

    ParsedText load(const std::string& path)
    {
        const NodeFile* file = m_node.file(path);
        ParsedText parsed = parseNginx(file != nullptr ? std::string_view(file->text) : debianProxyParameters, path);
        m_faults.insert(m_faults.end(), parsed.faults.begin(), parsed.faults.end());
        parsed.statements = expanded(std::move(parsed.statements), 0);
        parsed.faults = std::move(m_faults);
        return parsed;
    }

private:
    std::vector<Statement> expanded(std::vector<Statement> statements, int depth)
    {
        std::vector<Statement> result;
        for (Statement& statement : statements) {
            if (++m_count > maxStatements) break;
            if (statement.name == "include" && !statement.isBlock && statement.arguments.size() == 1) {
                include(statement, depth, result);
                continue;
            }
            statement.children = expanded(std::move(statement.children), depth);
            result.push_back(std::move(statement));
        }
        return result;
    }

    void include(const Statement& statement, int depth, std::vector<Statement>& result)
    {
        if (!m_faults.empty()) return; // a circle would go on for long
        std::string pattern = statement.value();
        if (!pattern.starts_with('/')) pattern = m_folder + '/' + pattern;
        if (depth >= maxIncludeDepth) {
            m_faults.push_back({statement.file, statement.line, "files include each other deeper than 8"});
            return;
        }
        std::vector<std::string> paths = m_node.matching(pattern);
        if (paths.empty() && pattern == "/etc/nginx/proxy_params") paths.push_back(pattern);
        for (const std::string& path : paths) {
            const NodeFile* file = m_node.file(path);
            m_bytes += file != nullptr ? file->text.size() : 0;
            if (m_bytes > maxIncludedBytes) break;
            ParsedText parsed = parseNginx(file ? std::string_view(file->text) : debianProxyParameters, path);
            m_faults.insert(m_faults.end(), parsed.faults.begin(), parsed.faults.end());
            for (Statement& one : expanded(std::move(parsed.statements), depth + 1)) result.push_back(std::move(one));
        }
    }

    const NodeFiles& m_node;
    std::string m_folder;
    std::size_t m_count = 0;
    std::size_t m_bytes = 0;
    std::vector<SyntaxFault> m_faults;
};

} // namespace

ParsedText parseNginx(std::string_view text, const std::string& file)
{
    return NginxParser(text, file).parse();
}

ParsedText parseNginxFiles(const NodeFiles& node, const std::string& path)
{
    return Includer(node, path).load(path);
}

} // namespace iam::cluster
