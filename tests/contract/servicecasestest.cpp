// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The case list on the use cases in this process.
#include "base/clock.h"
#include "casesrun.h"
#include "node/serverconfig.h"
#include "serviceclient.h"
#include <QTemporaryDir>

using namespace iam;
using namespace iam::test;

class ServiceCasesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void scenarios_data();
    void scenarios();

private:
    QTemporaryDir m_data;
    SystemClock m_clock;
    node::ServerConfig m_config;
    std::unique_ptr<node::Services> m_services;
    ScenarioList m_list;
    std::unique_ptr<ServiceClient> m_client;
    std::unique_ptr<ScenarioRunner> m_runner;
};

void ServiceCasesTest::initTestCase()
{
    m_list = readScenarios(IAM_TEST_DATA "/contract");
    QVERIFY2(m_list.fault.empty(), m_list.fault.c_str());
    node::ServerOptions options;
    options.dataDir = m_data.path().toStdString();
    options.settings.assign(std::begin(caseSettings), std::end(caseSettings));
    auto config = node::readServerConfig(options, {{"IAM_JWT_KEY", caseTokenKey}});
    QVERIFY2(config, config ? "" : config.error().faults.front().message.c_str());
    m_config = std::move(*config);
    m_config.adminPassword = SecretString("Admin@2021");
    auto services = node::Services::open(m_config, m_clock);
    QVERIFY2(services, services ? "" : services.error().detail.c_str());
    m_services = std::move(*services);
    m_client = std::make_unique<ServiceClient>(*m_services);
    m_runner = std::make_unique<ScenarioRunner>(*m_client, RunnerConfig{"admin", "Admin@2021", caseTokenKey});
}

void ServiceCasesTest::scenarios_data()
{
    addScenarioRows("service", m_list);
}

void ServiceCasesTest::scenarios()
{
    QFETCH(int, index);
    const std::string fault = m_runner->play(m_list.scenarios[static_cast<std::size_t>(index)]);
    QVERIFY2(fault.empty(), ("service: " + fault).c_str());
}

QTEST_GUILESS_MAIN(ServiceCasesTest)
#include "servicecasestest.moc"
