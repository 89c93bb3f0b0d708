// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clusterclient.h"
#include "client/eventreader.h"
#include "support/httpstandin.h"
#include "support/waitforreply.h"
#include <QTest>

using namespace iam;
using namespace iam::client;
using iam::support::HttpStandIn;
using iam::support::StandInRequest;
using iam::support::waitFor;
using namespace std::chrono_literals;

namespace {

ServerEvent makeEvent(const char* id, const char* type, const char* data)
{
    return {id, type, data};
}

} // namespace

Q_DECLARE_METATYPE(QList<iam::client::ServerEvent>)

/// Asking one machine of a cluster, pages of its journal, and the reading of event streams.
class ClusterClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void streamsAreRead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QList<ServerEvent>>("events");
        using List = QList<ServerEvent>;
        QTest::newRow("one") << QByteArray("data: a\n\n") << List{makeEvent("", "message", "a")};
        QTest::newRow("no blank line yet") << QByteArray("data: a\n") << List{};
        QTest::newRow("lines") << QByteArray("data: a\ndata:b\ndata\n\n") << List{makeEvent("", "message", "a\nb\n")};
        QTest::newRow("id and type") << QByteArray("id: 7\nevent: transition\ndata: a\n\ndata: b\n\n")
                                     << List{makeEvent("7", "transition", "a"), makeEvent("7", "message", "b")};
        QTest::newRow("an id alone is kept")
            << QByteArray("id: 7\n\ndata: b\n\n") << List{makeEvent("7", "message", "b")};
        QTest::newRow("comment") << QByteArray(": alive\n\n: alive\ndata: a\n\n")
                                 << List{makeEvent("", "message", "a")};
        QTest::newRow("carriage returns")
            << QByteArray("data: a\r\n\r\ndata: b\r\rdata: c\n\n")
            << List{makeEvent("", "message", "a"), makeEvent("", "message", "b"), makeEvent("", "message", "c")};
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                       "data: a\n\n")
                                         << List{makeEvent("", "message", "a")};
        QTest::newRow("unknown field") << QByteArray("retry: 5\nodd: 1\ndata: a\n\n")
                                       << List{makeEvent("", "message", "a")};
        QTest::newRow("id with a zero") << QByteArray("id: 1\nid: a\0b\ndata: x\n\n", 23)
                                        << List{makeEvent("1", "message", "x")};
    }
    /// Whole, and byte by byte.
    void streamsAreRead()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QList<ServerEvent>, events);
        EventReader whole;
        QCOMPARE(whole.add(bytes), events);
        EventReader pieces;
        QList<ServerEvent> seen;
        for (const char byte : bytes) seen += pieces.add(QByteArray(1, byte));
        QCOMPARE(seen, events);
    }
    void anEventThatNeverEndsIsRefused()
    {
        EventReader reader;
        QVERIFY(reader.add("data: " + QByteArray(EventReader::mostBytes + 1, 'x')).isEmpty());
        QVERIFY(reader.bad());
        QVERIFY(reader.add("\n\ndata: a\n\n").isEmpty());
        reader.restart();
        QCOMPARE(reader.add("data: a\n\n").size(), 1);
        for (int line = 0; line < 300; ++line) (void)reader.add("data: " + QByteArray(1000, 'x') + '\n');
        QVERIFY(reader.bad());
    }

    void aRoadLeadsToOneMachine()
    {
        HttpStandIn base;
        HttpStandIn machine;
        base.handler = machine.handler = [](const StandInRequest&) { return HttpStandIn::json(200, "{}"); };
        ApiClient api({base.url()});
        Session session;
        session.token = SecretString("secret");
        api.setSession(session);
        const ClusterClient client(api);
        QVERIFY(waitFor(client.status(Road{machine.url(), "iam.api.example.com"})));
        QVERIFY(base.requests.isEmpty());
        QCOMPARE(machine.requests.at(0).headers.value("host"), QByteArray("iam.api.example.com"));
        QCOMPARE(machine.requests.at(0).headers.value("authorization"), QByteArray("Bearer secret"));
        QVERIFY(waitFor(client.askNode({machine.url(), "iam.api.example.com"}, "0123456789abcdef")));
        QVERIFY(!machine.requests.at(1).headers.contains("authorization"));
        QCOMPARE(machine.requests.at(1).target, QByteArray("/.well-known/iam-node?nonce=0123456789abcdef"));
        QCOMPARE(machine.requests.at(1).headers.value("connection").toLower(), QByteArray("close"));
    }
    void aTokenThatCameOverTlsLeavesOverTlsOnly()
    {
        HttpStandIn machine;
        machine.handler = [](const StandInRequest&) { return HttpStandIn::json(200, "{}"); };
        ApiClient api({QUrl(QStringLiteral("https://127.0.0.1:1"))});
        Session session;
        session.token = SecretString("secret");
        api.setSession(session);
        const auto status = waitFor(ClusterClient(api).status(Road{machine.url(), "iam.api.example.com"}));
        QVERIFY(!status);
        QCOMPARE(status.error().code, Code::Insecure);
        ApiRequest stream{.path = ClusterClient::eventsPath};
        stream.road = Road{machine.url(), "iam.api.example.com"};
        QVERIFY(api.open(stream) == nullptr);
        QVERIFY(machine.requests.isEmpty());
    }
    void aMachinesRefusalEndsNoSession()
    {
        HttpStandIn machine;
        machine.handler = [](const StandInRequest&) {
            return HttpStandIn::json(401, R"({"code":100203,"message":"Token expired"})");
        };
        ApiClient api({QUrl(QStringLiteral("http://127.0.0.1:1"))});
        Session session;
        session.token = SecretString("secret");
        api.setSession(session);
        QVERIFY(!waitFor(ClusterClient(api).status(Road{machine.url(), "x"})));
        QVERIFY(!api.waitingForSession());
    }
    void theJournalIsReadPageByPage()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest& request) {
            if (request.target.contains("from=page2"))
                return HttpStandIn::json(200, R"({"items":[{"sequence":3}],"next":""})");
            return HttpStandIn::json(200, R"({"items":[{"sequence":1},{"sequence":2}],"next":"page2"})");
        };
        ApiClient api({server.url()});
        const auto events = waitFor(ClusterClient(api).events(TimePoint{}));
        QVERIFY(events);
        QCOMPARE(events->size(), std::size_t{3});
        QCOMPARE(events->back().sequence, std::uint64_t{3});
        QVERIFY(server.requests.at(0).target.contains("from=1970-01-01T00%3A00%3A00.000Z"));
    }
};

QTEST_GUILESS_MAIN(ClusterClientTest)
#include "clusterclienttest.moc"
