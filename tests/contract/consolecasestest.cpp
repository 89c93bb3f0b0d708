// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The case list through the console's clients, against a server process.
#include "casesrun.h"
#include "consoleclient.h"
#include "support/serverprocess.h"

using namespace iam::test;

class ConsoleCasesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void scenarios_data();
    void scenarios();

private:
    ServerProcess m_server;
    ScenarioList m_list;
    std::unique_ptr<ConsoleClient> m_client;
    std::unique_ptr<ScenarioRunner> m_runner;
};

void ConsoleCasesTest::initTestCase()
{
    m_list = readScenarios(IAM_TEST_DATA "/contract");
    QVERIFY2(m_list.fault.empty(), m_list.fault.c_str());
    QStringList settings{QStringLiteral("jwt.key=%1").arg(QLatin1String(caseTokenKey))};
    for (const char* setting : caseSettings) settings << QLatin1String(setting);
    QVERIFY2(m_server.start(settings), m_server.log().constData());
    m_client = std::make_unique<ConsoleClient>(m_server.apiPort(), m_server.authzPort());
    m_runner = std::make_unique<ScenarioRunner>(*m_client, RunnerConfig{"admin", adminPassword, caseTokenKey});
}

void ConsoleCasesTest::scenarios_data()
{
    addScenarioRows("console", m_list);
}

void ConsoleCasesTest::scenarios()
{
    QFETCH(int, index);
    const std::string fault = m_runner->play(m_list.scenarios[static_cast<std::size_t>(index)]);
    QVERIFY2(fault.empty(), ("console: " + fault).c_str());
}

QTEST_GUILESS_MAIN(ConsoleCasesTest)
#include "consolecasestest.moc"
