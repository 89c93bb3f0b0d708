// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The case list as raw HTTP: against a server process of its own, or any other (see README.md).
#include "casesrun.h"
#include "httpclient.h"
#include "support/serverprocess.h"
#include <QUrl>

using namespace iam::test;

class HttpCasesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void scenarios_data();
    void scenarios();

private:
    ServerProcess m_server;
    ScenarioList m_list;
    std::unique_ptr<HttpClient> m_client;
    std::unique_ptr<ScenarioRunner> m_runner;
};

void HttpCasesTest::initTestCase()
{
    m_list = readScenarios(IAM_TEST_DATA "/contract");
    QVERIFY2(m_list.fault.empty(), m_list.fault.c_str());
    const auto place = [](const char* variable) {
        const QUrl url = QUrl::fromUserInput(qEnvironmentVariable(variable));
        return HttpPlace(url.host().toStdString(), static_cast<std::uint16_t>(url.port(80)));
    };
    if (qEnvironmentVariableIsSet("IAM_CASES_APISERVER")) {
        m_client = std::make_unique<HttpClient>(place("IAM_CASES_APISERVER"), place("IAM_CASES_AUTHZ_SERVER"), false);
        m_runner = std::make_unique<ScenarioRunner>(
            *m_client, RunnerConfig{"admin", qEnvironmentVariable("IAM_CASES_ADMIN_PASSWORD").toStdString(),
                                    qEnvironmentVariable("IAM_CASES_JWT_KEY").toStdString()});
        return;
    }
    QStringList settings{QStringLiteral("jwt.key=%1").arg(QLatin1String(caseTokenKey))};
    for (const char* setting : caseSettings) settings << QLatin1String(setting);
    QVERIFY2(m_server.start(settings), m_server.log().constData());
    m_client = std::make_unique<HttpClient>(m_server.apiPort(), m_server.authzPort(), true);
    m_runner = std::make_unique<ScenarioRunner>(*m_client, RunnerConfig{"admin", adminPassword, caseTokenKey});
}

void HttpCasesTest::scenarios_data()
{
    addScenarioRows(*m_runner, m_list);
}

void HttpCasesTest::scenarios()
{
    QFETCH(int, index);
    const std::string fault = m_runner->play(m_list.scenarios[static_cast<std::size_t>(index)]);
    QVERIFY2(fault.empty(), ("http: " + fault).c_str());
}

QTEST_GUILESS_MAIN(HttpCasesTest)
#include "httpcasestest.moc"
