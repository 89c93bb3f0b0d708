// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/keepalivedmodel.h"
#include "cluster/lint/keepalivedparser.h"
#include "cluster/lint/nginxmodel.h"
#include "cluster/lint/nginxparser.h"
#include "cluster/lint/scripttext.h"
#include <QTest>

using namespace iam::cluster;
using namespace std::chrono_literals;

namespace {

/// "name[a|b]@line{children}" of each statement.
std::string shown(const std::vector<Statement>& statements)
{
    std::string text;
    for (const Statement& one : statements) {
        text += (text.empty() ? "" : " ") + one.name;
        if (!one.arguments.empty()) {
            text += '[';
            for (std::size_t i = 0; i < one.arguments.size(); ++i) text += (i == 0 ? "" : "|") + one.arguments[i];
            text += ']';
        }
        text += '@' + std::to_string(one.line);
        if (one.isBlock) text += '{' + shown(one.children) + '}';
    }
    return text;
}

std::string shown(const ParsedText& parsed)
{
    if (!parsed.faults.empty())
        return "line " + std::to_string(parsed.faults.front().line) + ": " + parsed.faults.front().message;
    return shown(parsed.statements);
}

NodeFiles nodeWith(std::initializer_list<std::pair<const char*, const char*>> files)
{
    NodeFiles node;
    for (const auto& [path, text] : files) node.files[path] = {text, {}, {}, {}, {}};
    return node;
}

} // namespace

class LintParserTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nginxIsTakenApart_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
        };
        row("empty", "", "");
        row("directive", "user www-data;", "user[www-data]@1");
        row("lines", "a\n b\n c;\nd;", "a[b|c]@1 d@4");
        row("comment", "a; # b;\n#c\nd;", "a@1 d@3");
        row("hash inside a word", "a b#c;", "a[b#c]@1");
        row("block", "http { server { listen 80; } }", "http@1{server@1{listen[80]@1}}");
        row("no blank before the brace", "http{a;}", "http@1{a@1}");
        row("quotes", "a \"b c;{}\" 'd \"e';", "a[b c;{}|d \"e]@1");
        row("escapes", "a \"b\\\"c\" d\\;e;", "a[b\"c|d\\;e]@1");
        row("quote over lines", "a 'b\nc';\nd;", "a[b\nc]@1 d@3");
        row("quote inside a word", "a b\"c;", "a[b\"c]@1");
        row("variable with braces", "a ${b}c;", "a[${b}c]@1");
        row("empty argument", "a \"\";", "a[]@1");
        row("if", "if ($a = b) { return 1; }", "if[($a|=|b)]@1{return[1]@1}");
        row("regex", "location ~ ^/a(b|c)$ { }", "location[~|^/a(b|c)$]@1{}");
        row("map", "map $a $b { default 1; ~^x 2; }", "map[$a|$b]@1{default[1]@1 ~^x[2]@1}");
        row("lua", "content_by_lua_block { if a then { b } end }\nc;", "content_by_lua_block@1{} c@2");
        row("carriage returns", "a b;\r\nc;\r\n", "a[b]@1 c@2");
        row("no end", "a", "line 1: \"a\" has no ; before the file ends");
        row("no end in a block", "http {\na b\n}", "line 2: \"a\" has no ; before the }");
        row("block without end", "http {\n a;\n", "line 1: the block that begins here has no }");
        row("closes nothing", "a;\n}", "line 2: a } closes nothing");
        row("quotation without end", "a;\nb 'c;\n", "line 2: a quotation begins here and has no end");
        row("something behind a quotation", "a 'b'c;", "line 1: an unexpected \"c\" behind a quoted word");
        row("semicolon alone", "a;\n;", "line 2: an unexpected \";\"");
        row("forgotten semicolon", "server {\n listen 80\n server_name a;\n}",
            "line 2: \"listen\" has no ; before \"server_name\"");
    }
    void nginxIsTakenApart()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(shown(parseNginx(text.toStdString(), "f")), expected.toStdString());
    }
    void keepalivedIsTakenApart_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
        };
        row("empty", "! nothing\n# at all\n", "");
        row("block", "global_defs {\n router_id a ! b\n}\n", "global_defs@1{router_id[a]@2}");
        row("brace on its own line", "vrrp_instance A\n{\n state BACKUP\n}\n", "vrrp_instance[A]@1{state[BACKUP]@3}");
        row("one line", "unicast_peer { 10.0.4.21 }\nnopreempt", "unicast_peer@1{10.0.4.21@1} nopreempt@2");
        row("quotes", "script \"/a b # c\" # d\n", "script[/a b # c]@1");
        row("quote inside a word", "auth_pass a\"b c\"\n", "auth_pass[ab c]@1");
        row("nested", "a {\n b {\n c\n }\n d\n}\n", "a@1{b@2{c@3} d@5}");
        row("definition", "$IF=eth0\ninterface $IF\ndev ${IF}1\n", "interface[eth0]@2 dev[eth01]@3");
        row("unknown definition", "a $B\n", "a[$B]@1");
        row("condition", "@n1 priority 100\n@^n1 priority 50\n", "priority[100]@1 priority[50]@2");
        row("continued line", "a b \\\n c\nd\n", "a[b|c]@1 d@3");
        row("carriage returns", "a {\r\n b\r\n}\r\n", "a@1{b@2}");
        row("no end", "a {\n b\n", "line 1: the block that begins here has no }");
        row("closes nothing", "a\n}\n", "line 2: a } closes nothing");
        row("brace alone", "{\n}\n", "line 1: a { without a keyword before it");
        row("quotation without end", "a\nb \"c\n", "line 2: a quotation begins here and does not end on its line");
    }
    void keepalivedIsTakenApart()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(shown(parseKeepalived(text.toStdString(), "f")), expected.toStdString());
    }
    void limitsAreKept()
    {
        const std::string deep(100'000, '{');
        QVERIFY(!parseNginx("a " + deep, "f").faults.empty());
        QVERIFY(!parseKeepalived("a " + deep, "f").faults.empty());
        std::string nested;
        for (int i = 0; i < 1000; ++i) nested += "a {\n";
        QVERIFY(shown(parseNginx(nested, "f")).find("deeper than 16") != std::string::npos);
        QVERIFY(shown(parseKeepalived(nested, "f")).find("deeper than 16") != std::string::npos);
        const std::string huge(2 * maxTextSize, 'a');
        QVERIFY(!parseNginx(huge, "f").faults.empty());
        QVERIFY(!parseKeepalived(huge, "f").faults.empty());
        std::string many;
        for (int i = 0; i < 30'000; ++i) many += "a;\n";
        QVERIFY(shown(parseNginx(many, "f")).find("20000") != std::string::npos);
        // Definitions that make lines longer and longer end.
        std::string growing = "$A=aaaaaaaaaaaaaaaa\n";
        for (int i = 0; i < 100'000; ++i) growing += "x $A$A$A\n";
        QVERIFY(!parseKeepalived(growing, "f").faults.empty());
    }

    void includesAreFollowed()
    {
        const NodeFiles node =
            nodeWith({{"/etc/nginx/nginx.conf", "http {\n include conf.d/*.conf;\n include gone.conf;\n}\n"},
                      {"/etc/nginx/conf.d/b.conf", "b;\n"},
                      {"/etc/nginx/conf.d/a.conf", "\na;\n"},
                      {"/etc/nginx/conf.d/c.conf.off", "c;\n"},
                      {"/etc/nginx/conf.d/deep/d.conf", "d;\n"}});
        const ParsedText parsed = parseNginxFiles(node, "/etc/nginx/nginx.conf");
        QCOMPARE(shown(parsed), std::string("http@1{a@2 b@1}"));
        QCOMPARE(parsed.statements.front().children.front().file, std::string("/etc/nginx/conf.d/a.conf"));
    }
    void circlesOfIncludesEnd()
    {
        const NodeFiles nginx =
            nodeWith({{"/etc/nginx/nginx.conf", "include *.conf;\ninclude *.conf;\ninclude *.conf;\n"}});
        QVERIFY(!parseNginxFiles(nginx, "/etc/nginx/nginx.conf").faults.empty());
        const NodeFiles keepalived = nodeWith({{keepalivedPath, "include *.conf\ninclude *.conf\ninclude *.conf\n"}});
        QVERIFY(!parseKeepalivedFiles(keepalived, keepalivedPath).faults.empty());
    }
    void globsMatchWithinAFolder()
    {
        QVERIFY(globMatches("/a/*.conf", "/a/b.conf"));
        QVERIFY(!globMatches("/a/*.conf", "/a/b/c.conf"));
        QVERIFY(globMatches("/a/?[b-d]x", "/a/zcx"));
        QVERIFY(!globMatches("/a/[!b]", "/a/b"));
        QVERIFY(globMatches("*", "abc") && !globMatches("*", "a/b"));
        QVERIFY(globMatches("a[", "a["));
    }

    void locationsAreChosenAsNginxDoes()
    {
        const NodeFiles node =
            nodeWith({{"/etc/nginx/nginx.conf", "http { server {\n location / { a; }\n location = /exact { a; }\n"
                                                "location ^~ /static/ { a; }\n location ~ \\.php$ { a; }\n"
                                                "location ~* ^/(metrics|debug) { a; }\n location /met { a; }\n"
                                                "location @named { a; }\n} }\n"}});
        const NginxModel model(node);
        const auto chosen = [&](const char* path) {
            return matchOf(*locationFor(model.servers.front(), path).back()).path;
        };
        QCOMPARE(chosen("/x"), std::string("/"));
        QCOMPARE(chosen("/exact"), std::string("/exact"));
        QCOMPARE(chosen("/exact/x"), std::string("/"));
        QCOMPARE(chosen("/static/a.php"), std::string("/static/"));
        QCOMPARE(chosen("/a.php"), std::string("\\.php$"));
        QCOMPARE(chosen("/Metrics"), std::string("^/(metrics|debug)"));
        QCOMPARE(chosen("/met"), std::string("/met"));
    }
    void directivesAreInherited()
    {
        const NodeFiles node =
            nodeWith({{"/etc/nginx/nginx.conf",
                       "http { proxy_read_timeout 5s; proxy_set_header A 1; server {\n"
                       "proxy_set_header B 2; location / { proxy_read_timeout 1m; proxy_pass http://x; }\n"
                       "location /b { proxy_set_header C 3; proxy_pass http://10.0.0.1:81/b; } } }"}});
        const NginxModel model(node);
        const auto& routes = model.servers.front().routes;
        QCOMPARE(routes.size(), std::size_t{2});
        QVERIFY(effectiveTime(routes[0].scope, "proxy_read_timeout") == 60s);
        QVERIFY(effectiveTime(routes[1].scope, "proxy_read_timeout") == 5s);
        QVERIFY(effectiveHeader(routes[0].scope, "b") != nullptr && effectiveHeader(routes[0].scope, "A") == nullptr);
        QVERIFY(effectiveHeader(routes[1].scope, "B") == nullptr);
        QVERIFY(routes[1].direct && routes[1].direct->host == "10.0.0.1" && routes[1].direct->port == 81);
        QVERIFY(nginxTime("1h30m") == 5400s && nginxTime("500ms") == 500ms && nginxTime("60") == 60s &&
                !nginxTime("5x"));
        QVERIFY(nginxSize("5m") == 5u << 20 && nginxSize("1G") == 1u << 30 && !nginxSize("m"));
    }

    void scriptsAreUnderstood()
    {
        const ScriptText http("#!/bin/sh\n# telnet is bad\ncurl -m 1 http://127.0.0.1:80/ # nc\n");
        QVERIFY(http.asksHttp().line == 3 && http.asksTcp().line == 0 && http.limitsTime());
        const ScriptText telnet("for p in 80; do\n  telnet 127.0.0.1 $p | grep refused && exit 1\ndone\n");
        QVERIFY(telnet.asksTcp().line == 2 && telnet.asksHttp().line == 0 && !telnet.limitsTime());
        const ScriptText variables("HOST=10.0.4.20\nURL=\"http://$HOST:8080/healthz\"\ncurl \"$URL\"\n");
        QCOMPARE(variables.hosts().front().text, std::string("10.0.4.20:8080"));
        const ScriptText plain("exec 3<>/dev/tcp/127.0.0.1/8079\nprintf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3\n");
        QVERIFY(plain.asksHttp().line == 2 && plain.hosts().front().text == "127.0.0.1:8079");
        QVERIFY(ScriptText("wget -q -T 1 -O - http://localhost/").limitsTime());
        QVERIFY(ScriptText("timeout 1 curl http://localhost/").limitsTime());
        QVERIFY(!ScriptText("curl --connect-timeout 1 http://localhost/").limitsTime());
        QVERIFY(ScriptText("if [ `ps -C nginx --no-header | wc -l` -eq 0 ]; then exit 1; fi").asksProcess().line == 1);
    }
};

QTEST_GUILESS_MAIN(LintParserTest)
#include "lintparsertest.moc"
