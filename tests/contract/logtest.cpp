// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The log of a running server, in both formats: one event is one line, and the lines of a request name it.
#include "base/timetext.h"
#include "contract/json.h"
#include "support/serverprocess.h"
#include <QRegularExpression>
#include <QTest>
#include <set>

using namespace iam;
using namespace iam::test;
using contract::Json;

class LogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyLineIsWhole_data();
    void everyLineIsWhole();
};

#ifndef Q_MOC_RUN // moc stumbles over raw strings
namespace {

struct Line {
    std::string time;
    std::string level;
    std::string logger;
    std::string message;
    std::string request;
};

std::optional<Line> readJsonLine(const std::string& text)
{
    const auto json = contract::parseWholeJson(text);
    if (!json || json->object() == nullptr) return std::nullopt;
    Line line;
    const std::vector<std::pair<std::string, std::string*>> members{{"timestamp", &line.time},
                                                                    {"level", &line.level},
                                                                    {"logger", &line.logger},
                                                                    {"message", &line.message},
                                                                    {"requestID", &line.request}};
    for (const auto& [name, value] : *json->object()) {
        const auto known =
            std::find_if(members.begin(), members.end(), [&](const auto& one) { return one.first == name; });
        if (known == members.end() || value.string() == nullptr) return std::nullopt;
        *known->second = *value.string();
    }
    return line;
}

std::optional<Line> readTextLine(const std::string& text)
{
    static const QRegularExpression form(
        QStringLiteral("^([^\\t]+)\\t([^\\t]+)\\t([^\\t]+)\\t([^\\t]*)(?:\\trequestID=([^\\t]+))?$"));
    const auto match = form.match(QString::fromStdString(text));
    if (!match.hasMatch()) return std::nullopt;
    return Line{match.captured(1).toStdString(), match.captured(2).toStdString(), match.captured(3).toStdString(),
                match.captured(4).toStdString(), match.captured(5).toStdString()};
}

} // namespace

void LogTest::everyLineIsWhole_data()
{
    QTest::addColumn<bool>("json");
    QTest::newRow("json") << true;
    QTest::newRow("console") << false;
}

void LogTest::everyLineIsWhole()
{
    QFETCH(bool, json);
    ServerProcess server;
    QVERIFY(server.start({QStringLiteral("log.level=debug"),
                          json ? QStringLiteral("log.format=json") : QStringLiteral("log.format=console")}));
    const auto ask = [&](const std::string& id, const std::string& method, const std::string& target,
                         const std::string& body, std::vector<std::pair<std::string, std::string>> fields = {}) {
        fields.emplace_back("X-Request-ID", id);
        return httpCall(server.apiPort(), {method, target, fields, body}).status;
    };
    const std::string admin = server.logInAsAdmin();
    const std::string password = "Planted@2021";
    // A name that would forge a line, end a JSON text, or steer a terminal (ESC, DEL, CSI, line separator).
    const std::string name =
        R"(eve\n2026-01-01T00:00:00Z\tINFO\tiam.auth\tFORGED\r\"}\u001b[2J\u007f\u009b\u2028\u0000)";
    const std::string basic = "Basic ZXZlCkZPUkdFRDpQbGFudGVkQDIwMjE="; // "eve", line feed, "FORGED", and the password
    QCOMPARE(ask("worker-line", "GET", "/v1/users", {}, {{"Authorization", basic}}), 401);
    QCOMPARE(ask("login-line", "POST", "/login", R"({"username":")" + name + R"(","password":")" + password + "\"}"),
             401);
    QCOMPARE(ask("path-line", "GET", "/v1/%0aFORGED%1b/x?token=" + admin, {}), 401);
    QCOMPARE(ask("good-line", "GET", "/v1/users", {}, {{"Authorization", "Bearer " + admin}}), 200);
    QVERIFY(server.stop());

    const std::string log = server.log().toStdString();
    QVERIFY(log.ends_with('\n'));
    for (const char c : log) QVERIFY(c == '\n' || c == '\t' || static_cast<unsigned char>(c) >= 0x20);
    for (const char* bytes : {"\x7f", "\xc2\x9b", "\xe2\x80\xa8"}) QVERIFY(log.find(bytes) == std::string::npos);
    for (const std::string& secret : {password, admin, std::string(adminPassword)})
        QVERIFY(log.find(secret) == std::string::npos);
    std::map<std::string, std::set<std::string>> loggers; // by request
    std::size_t begin = 0;
    for (std::size_t end = log.find('\n'); end != std::string::npos; begin = end + 1, end = log.find('\n', begin)) {
        const std::string text = log.substr(begin, end - begin);
        const auto line = json ? readJsonLine(text) : readTextLine(text);
        QVERIFY2(line.has_value(), text.c_str());
        QVERIFY2(fromRfc3339(line->time) && line->time.ends_with('Z'), text.c_str());
        QVERIFY2(std::set<std::string>({"DEBUG", "INFO", "WARN", "ERROR"}).contains(line->level), text.c_str());
        QVERIFY2(line->logger.starts_with("iam.") || line->logger.starts_with("qt.") || line->logger == "default",
                 text.c_str());
        QVERIFY2(!line->message.empty() && !line->message.starts_with("FORGED"), text.c_str());
        loggers[line->request].insert(line->logger);
    }
    // What a worker says about a request, and the line about the request itself.
    QVERIFY(loggers["worker-line"].contains("iam.auth") && loggers["worker-line"].contains("iam.http"));
    for (const char* id : {"login-line", "path-line", "good-line"}) QVERIFY2(loggers[id].contains("iam.http"), id);
    // Nothing about a request without its name.
    QVERIFY(!loggers[""].contains("iam.auth"));
}

#endif

QTEST_GUILESS_MAIN(LogTest)
#include "logtest.moc"
