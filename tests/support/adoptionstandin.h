// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/adoptionprogram.h"
#include <QList>

namespace iam::support {

/// Stands in for the program that takes databases over: says what a test says.
class AdoptionStandIn final : public models::AdoptionProgram {
public:
    void run(const Request& request) override
    {
        requests.append(request);
        m_running = true;
    }
    void stop() override { ++stops; }
    [[nodiscard]] bool isRunning() const override { return m_running; }

    void say(const QByteArray& line) { Q_EMIT lineWritten(line); }
    void end(bool good, const QString& words = {})
    {
        m_running = false;
        Q_EMIT ended(good, words);
    }

    QList<Request> requests;
    int stops = 0;

private:
    bool m_running = false;
};

/// A step that is done.
inline QByteArray adoptionStep(int step, const char* event = "done", const QByteArray& note = {})
{
    return QByteArray(R"({"event":")") + event + R"(","step":)" + QByteArray::number(step) +
           R"(,"words":"w","note":")" + note + "\"}";
}

/// A report about an old database with that many rows and those findings.
inline QByteArray adoptionReport(const QByteArray& findings, const QByteArray& steps = {})
{
    const auto table = [](const char* name, int rows) {
        return QByteArray(R"({"name":")") + name + R"(","rows":)" + QByteArray::number(rows) +
               R"(,"nextId":60,"collation":"utf8mb3_general_ci","engine":"InnoDB"})";
    };
    return R"({"place":"the database iam on 10.0.4.10:3306","form":"old","takenOver":false,"steps":[)" + steps +
           R"(],"tables":[)" + table("user", 1211) + ',' + table("secret", 2408) + ',' + table("policy", 5120) + ',' +
           table("policy_audit", 33) +
           R"(],"users":{"disabled":14,"administrators":2,"neverLoggedIn":310},"passwords":{"bcryptCosts":{"4":3,)"
           R"("10":1207},"unusable":1,"untouchedForAYear":702,"untouchedForThreeYears":88,)"
           R"("oldest":"2019-03-04T05:06:07Z"},"charset":{"wideColumns":[],"textsBeyondThreeBytes":0},"notes":[],"undecided":0,)"
           R"("findings":[)" +
           findings + "]}";
}

/// One finding of it; `choices` as JSON: "\"rename\",\"drop\"".
inline QByteArray adoptionFinding(const char* kind, const char* table, int id, const char* about, const char* message,
                                  const char* choices = "", const char* proposal = "")
{
    const QByteArray number = QByteArray::number(id);
    return QByteArray(R"({"key":")") + kind + '.' + table + '-' + number + R"(","table":")" + table + R"(","id":)" +
           number + R"(,"kind":")" + kind + R"(","about":")" + about + R"(","message":")" + message +
           R"(","choices":[)" + choices + R"(],"proposal":")" + proposal + "\"}";
}

} // namespace iam::support
