// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The role agent as a process of its own, beside a server that asks it.
#include "cluster/proof/nodeproof.h"
#include "support/serverprocess.h"
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace iam;
using namespace iam::test;

namespace {

constexpr const char* nonce = "0123456789abcdef";

std::uint16_t freePort()
{
    QTcpServer free;
    return free.listen(QHostAddress(QStringLiteral("127.0.0.2"))) ? free.serverPort() : 0;
}

void writeFile(const QString& path, const QString& text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0) qFatal("cannot write the test's file");
}

/// An agent of node n1, whose other node is not there.
class AgentProcess {
public:
    explicit AgentProcess(const QString& keyFile)
        : port(freePort())
    {
        const QString definition = folder.filePath(QStringLiteral("cluster.yaml"));
        writeFile(definition, QStringLiteral("nodes:\n"
                                             "  - {name: n1, address: 127.0.0.2, interface: lo}\n"
                                             "  - {name: n2, address: 127.0.0.3, interface: lo}\n"
                                             "vip: {address: 127.0.0.99/8}\n"
                                             "domains: {api: iam.api.test, authz: iam.authz.test}\n"
                                             "database: {host: n1}\n"
                                             "ports: {http: 1, agent: %1}\n")
                                  .arg(port));
        writeFile(config(), QStringLiteral("roles: [agent]\n"
                                           "cluster: {definition: %1, node: n1, key-file: %2}\n"
                                           "agent: {run-directory: %3}\n")
                                .arg(definition, keyFile, folder.path()));
    }
    ~AgentProcess()
    {
        process.kill();
        process.waitForFinished();
    }
    QString config() const { return folder.filePath(QStringLiteral("agent.yaml")); }
    QStringList arguments() const
    {
        return {QStringLiteral("--config"), config(), QStringLiteral("--data-dir"),
                folder.filePath(QStringLiteral("data"))};
    }
    bool start()
    {
        process.start(QStringLiteral(IAM_SERVER_PROGRAM), arguments());
        return process.waitForReadyRead(10'000);
    }

    QTemporaryDir folder;
    const std::uint16_t port;
    QProcess process;
};

} // namespace

class AgentTest : public QObject {
    Q_OBJECT

    ServerProcess m_server;
    std::unique_ptr<AgentProcess> m_agent;
    std::string m_token;

    HttpAnswer agent(const std::string& target) const { return httpCall(m_agent->port, {"GET", target, {}, {}}); }
    bool clusterSays(const std::string& part) const
    {
        return m_server.api("GET", "/v1/cluster", m_token).body.find(part) != std::string::npos;
    }
    std::string cluster(const std::string& member) const
    {
        return memberOf(m_server.api("GET", "/v1/cluster", m_token).body, member);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_agent = std::make_unique<AgentProcess>(m_server.dataDir() + QStringLiteral("/cluster.key"));
        const QString url = QStringLiteral("cluster.agent-url=http://127.0.0.1:%1").arg(m_agent->port);
        QVERIFY2(m_server.start({url}), m_server.log().constData());
        m_token = m_server.logInAsAdmin();
        QCOMPARE(cluster("vip.address"), std::string());
        QVERIFY2(m_agent->start(), m_agent->process.readAllStandardError().constData());
    }

    void saysWhereItListens()
    {
        QCOMPARE(m_agent->process.readAllStandardOutput(),
                 QStringLiteral("{\"ready\":true,\"agent\":\"http://127.0.0.2:%1\"}\n").arg(m_agent->port).toUtf8());
        QCOMPARE(agent("/healthz").status, 200);
        QCOMPARE(httpCall(HttpPlace("127.0.0.2", m_agent->port), {"GET", "/healthz", {}, {}}).status, 200);
        QVERIFY(agent("/metrics").body.find("iam_agent_verdict{verdict=\"unknown\"} 1") != std::string::npos);
    }

    void saysWhatIsMissing()
    {
        HttpAnswer ready;
        QTRY_VERIFY((ready = agent("/readyz")).body.find("\"peer n2\":\"Connection refused\"") != std::string::npos);
        QCOMPARE(ready.status, 200);
        QVERIFY(memberOf(ready.body, "checks.senses").find("keepalived") != std::string::npos);
        QCOMPARE(memberOf(ready.body, "checks.key"), std::string("ok"));
        QCOMPARE(memberOf(ready.body, "checks.journal"), std::string("ok"));
    }

    void theServerTellsWhatItsAgentKnows()
    {
        QTRY_COMPARE(cluster("vip.address"), std::string("127.0.0.99"));
        QCOMPARE(cluster("answered_by"), std::string("n1"));
        QVERIFY(clusterSays("\"nodes\":[{\"name\":\"n1\",\"address\":\"127.0.0.2\",\"reachable\":true"));
        QTRY_VERIFY(clusterSays("\"address\":\"127.0.0.3\",\"reachable\":false"));
        QCOMPARE(cluster("vip.verdict"), std::string("unknown"));
        QCOMPARE(m_server.api("GET", "/v1/cluster/events?from=0", m_token).status, 200);
    }

    void provesItsNodeToWhoeverAsksOnThisMachine()
    {
        const std::string target = std::string("/.well-known/iam-node?nonce=") + nonce;
        const auto node = cluster::verifiedNode(agent(target).body, cluster("verify_key"), nonce);
        QVERIFY(node.has_value());
        QCOMPARE(*node, std::string("n1"));
        QCOMPARE(agent("/.well-known/iam-node?nonce=short").status, 400);
        QCOMPARE(agent("/.well-known/iam-node").status, 400);
    }

    void tellsNothingToWhoHasNoKey()
    {
        for (const char* target : {"/v1/agent/observations", "/v1/agent/cluster?after=0", "/v1/agent/events?from=0"}) {
            const HttpAnswer answer = agent(target);
            QCOMPARE(answer.status, 403);
            QCOMPARE(answer.body, std::string("the request is not signed with this cluster's key"));
            QVERIFY(!answer.header("X-Iam-Time").empty());
        }
        QCOMPARE(httpCall(m_server.apiPort(), {"GET", "/v1/cluster", {}, {}}).status, 401);
    }

    void eventsAreStreamed()
    {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), m_server.apiPort());
        QVERIFY(socket.waitForConnected());
        socket.write("GET /v1/cluster/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " +
                     QByteArray::fromStdString(m_token) + "\r\n\r\n");
        QByteArray got;
        QTRY_VERIFY((got += socket.readAll()).contains("retry: 1000\n\n"));
        QVERIFY(got.startsWith("HTTP/1.1 200 OK\r\n"));
        QVERIFY(got.contains("\r\nContent-Type: text/event-stream\r\n"));
        QVERIFY(got.contains("\r\nX-Accel-Buffering: no\r\n"));
        QVERIFY(!got.contains("Content-Length"));
        QCOMPARE(socket.state(), QAbstractSocket::ConnectedState);
    }

    void aSecondOneOnTheSameDataRefuses()
    {
        QProcess second;
        second.start(QStringLiteral(IAM_SERVER_PROGRAM), m_agent->arguments());
        QVERIFY(second.waitForFinished(20'000));
        QVERIFY(second.exitCode() != 0);
        QVERIFY(second.readAllStandardError().contains("is in use by another server"));
    }

    void aNodeThatIsNotDefinedRefuses()
    {
        QProcess other;
        other.start(QStringLiteral(IAM_SERVER_PROGRAM),
                    m_agent->arguments() +
                        QStringList{QStringLiteral("--data-dir=") + m_agent->folder.filePath(QStringLiteral("other")),
                                    QStringLiteral("--set"), QStringLiteral("cluster.node=n9")});
        QVERIFY(other.waitForFinished(20'000));
        QVERIFY(other.exitCode() != 0);
    }

    void withoutItsAgentTheServerKnowsNothing()
    {
        m_agent->process.terminate();
        QVERIFY(m_agent->process.waitForFinished(10'000));
        QCOMPARE(m_agent->process.exitCode(), 0);
        QTRY_VERIFY(clusterSays("\"address\":\"127.0.0.2\",\"reachable\":null"));
        QCOMPARE(cluster("vip.address"), std::string("127.0.0.99"));
        QCOMPARE(cluster("vip.verdict"), std::string("unknown"));
        QCOMPARE(m_server.api("GET", "/v1/cluster/events?from=0", m_token).status, 503);
        QVERIFY(m_server.stop());
    }
};

QTEST_GUILESS_MAIN(AgentTest)
#include "agenttest.moc"
