// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The case list as raw HTTP: against a server process on SQLite and one on MariaDB, or any other server (README.md).
#include "casesrun.h"
#include "httpclient.h"
#include "support/mariadbserver.h"
#include "support/serverprocess.h"
#include <QUrl>
#include <map>

using namespace iam::test;

namespace {

/// A server with what talks to it.
struct Target {
    std::unique_ptr<MariaDbServer> database;
    ServerProcess server;
    std::unique_ptr<HttpClient> client;
    std::unique_ptr<ScenarioRunner> runner;

    void use(HttpPlace apiServer, HttpPlace authzServer, bool strict, const RunnerConfig& config)
    {
        client = std::make_unique<HttpClient>(std::move(apiServer), std::move(authzServer), strict);
        runner = std::make_unique<ScenarioRunner>(*client, config);
    }
};

HttpPlace placeIn(const char* variable)
{
    const QUrl url = QUrl::fromUserInput(qEnvironmentVariable(variable));
    return {url.host().toStdString(), static_cast<std::uint16_t>(url.port(80))};
}

} // namespace

class HttpCasesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void scenarios_data();
    void scenarios();

private:
    void start(Target& target, const QString& on);

    ScenarioList m_list;
    std::map<QString, Target> m_targets;
};

void HttpCasesTest::initTestCase_data()
{
    QTest::addColumn<QString>("on");
    if (qEnvironmentVariableIsSet("IAM_CASES_APISERVER")) {
        QTest::newRow("given") << QStringLiteral("given");
        return;
    }
    QTest::newRow("sqlite") << QStringLiteral("sqlite");
    QTest::newRow("mariadb") << QStringLiteral("mariadb");
}

void HttpCasesTest::initTestCase()
{
    m_list = readScenarios(IAM_TEST_DATA "/contract");
    QVERIFY2(m_list.fault.empty(), m_list.fault.c_str());
}

void HttpCasesTest::start(Target& target, const QString& on)
{
    if (on == QStringLiteral("given"))
        return target.use(placeIn("IAM_CASES_APISERVER"), placeIn("IAM_CASES_AUTHZ_SERVER"), false,
                          {"admin", qEnvironmentVariable("IAM_CASES_ADMIN_PASSWORD").toStdString(),
                           qEnvironmentVariable("IAM_CASES_JWT_KEY").toStdString()});
    QStringList settings{QStringLiteral("jwt.key=%1").arg(QLatin1String(caseTokenKey))};
    for (const char* setting : caseSettings) settings << QLatin1String(setting);
    if (on == QStringLiteral("mariadb")) {
        target.database = std::make_unique<MariaDbServer>();
        QVERIFY2(target.database->start(), target.database->log().constData());
        settings << QStringLiteral("store.driver=mysql")
                 << QStringLiteral("mysql.host=127.0.0.1:%1").arg(target.database->port())
                 << QStringLiteral("mysql.username=%1").arg(QLatin1String(MariaDbServer::username))
                 << QStringLiteral("mysql.password=%1").arg(QLatin1String(MariaDbServer::password))
                 << QStringLiteral("mysql.database=%1").arg(target.database->makeDatabase());
    }
    QVERIFY2(target.server.start(settings), target.server.log().constData());
    target.use(target.server.apiPort(), target.server.authzPort(), true, {"admin", adminPassword, caseTokenKey});
}

void HttpCasesTest::scenarios_data()
{
    addScenarioRows("http", m_list);
}

void HttpCasesTest::scenarios()
{
    QFETCH_GLOBAL(QString, on);
    QFETCH(int, index);
    if (on == QStringLiteral("mariadb") && !MariaDbServer::isInstalled()) QSKIP("mariadb-server is not installed");
    Target& target = m_targets[on];
    if (!target.runner) start(target, on);
    QVERIFY2(target.runner, "no server");
    const std::string fault = target.runner->play(m_list.scenarios[static_cast<std::size_t>(index)]);
    QVERIFY2(fault.empty(), ("http: " + fault).c_str());
}

QTEST_GUILESS_MAIN(HttpCasesTest)
#include "httpcasestest.moc"
