// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/apiclient.h"
#include "client/policyclient.h"
#include "client/recordclient.h"
#include "client/secretclient.h"
#include "client/serverclient.h"
#include "client/sessionclient.h"
#include "client/userclient.h"
#include "support/httpstandin.h"
#include "support/waitforreply.h"
#include <QSignalSpy>
#include <QTest>

using namespace iam;
using namespace iam::client;
using iam::support::HttpStandIn;
using iam::support::StandInRequest;
using iam::support::waitFor;
using namespace std::chrono_literals;

namespace {

constexpr auto userJson =
    R"({"metadata":{"id":7,"name":"foo"},"status":1,"nickname":"Foo","email":"f@x.org","phone":"",)"
    R"("isAdmin":1,"totalPolicy":0})";

Session session(const char* token)
{
    Session out;
    out.username = "foo";
    out.token = SecretString(token);
    out.expires = SystemClock().now() + std::chrono::hours(1);
    return out;
}

} // namespace

class ClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void listsAskForWhatIsWanted()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest&) { return HttpStandIn::json(200, R"({"totalCount":3,"items":[]})"); };
        ApiClient api({.baseUrl = server.url()});
        api.setSession(session("tok"));
        const auto page =
            waitFor(PolicyClient(api).list({.offset = 20, .limit = 10, .nameContains = "a,b=c\\"}, everyOwner));
        QVERIFY(page.has_value());
        QCOMPARE(page->totalCount, 3U);
        QCOMPARE(server.requests.first().target,
                 QByteArray("/v1/policies?offset=20&limit=10&fieldSelector=name%3Da%5C%2Cb%5C%3Dc%5C%5C&username=%2A"));
        QCOMPARE(server.requests.first().headers.value("authorization"), QByteArray("Bearer tok"));
    }

    void aTagGoesThereAndBack()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest& request) {
            if (request.method == "PUT") return HttpStandIn::json(412, R"({"code":110205,"message":"m"})");
            return HttpStandIn::json(200, userJson, "ETag: \"4\"\r\n");
        };
        ApiClient api({.baseUrl = server.url()});
        api.setSession(session("tok"));
        const auto user = waitFor(UserClient(api).get("foo"));
        QVERIFY(user.has_value());
        QCOMPARE(user->etag, std::string("\"4\""));
        const auto updated = waitFor(UserClient(api).update(user->value, user->etag));
        QVERIFY(!updated);
        QCOMPARE(updated.error().code, Code::ObjectChanged);
        QCOMPARE(server.requests.last().headers.value("if-match"), QByteArray("\"4\""));
    }

    void faultsOfTheServerArrive()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest&) {
            return HttpStandIn::json(
                400, R"({"code":100004,"message":"Validation failed","details":[{"field":"email","message":"must"}]})");
        };
        ApiClient api({.baseUrl = server.url()});
        const auto made = waitFor(UserClient(api).create({}));
        QVERIFY(!made);
        QCOMPARE(made.error().code, Code::Validation);
        QCOMPARE(made.error().faults, (std::vector<FieldFault>{{"email", "must"}}));
    }

    void aSecretNamesItsOwner()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest&) { return HttpStandIn::json(200, "null"); };
        ApiClient api({.baseUrl = server.url()});
        QVERIFY(waitFor(SecretClient(api).remove(OwnedName{"bar", "s 1"})).has_value());
        QCOMPARE(server.requests.last().target, QByteArray("/v1/secrets/s%201?username=bar"));
        QVERIFY(waitFor(SecretClient(api).remove(OwnedName{{}, "s1"})).has_value());
        QCOMPARE(server.requests.last().target, QByteArray("/v1/secrets/s1"));
    }

    void removingManyNamesWhatFailed()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest& request) {
            return request.target.endsWith("/b") ? HttpStandIn::json(403, R"({"code":100207,"message":"m"})")
                                                 : HttpStandIn::json(200, "null");
        };
        ApiClient api({.baseUrl = server.url()});
        const auto removal = waitFor(UserClient(api).remove({"a", "b", "c"}));
        QVERIFY(removal.has_value());
        QCOMPARE(removal->removed, (std::vector<std::string>{"a", "c"}));
        QCOMPARE(removal->failed.size(), 1U);
        QCOMPARE(removal->failed.front().first, std::string("b"));
        QCOMPARE(removal->failed.front().second.code, Code::PermissionDenied);
    }

    void aServerThatDoesNotAnswerTimesOut()
    {
        HttpStandIn server;
        ApiClient api({.baseUrl = server.url(), .timeout = 100ms});
        QSignalSpy reachability(&api, &ApiClient::reachabilityChanged);
        const auto health = waitFor(ServerClient(api).health());
        QVERIFY(!health);
        QCOMPARE(health.error().code, Code::TimedOut);
        QCOMPARE(reachability.count(), 1);
        QCOMPARE(reachability.first().first().toBool(), false);
    }

    void aDrippingAnswerTimesOutAsWell()
    {
        HttpStandIn server;
        QTimer drip;
        server.handler = [&drip](const StandInRequest&) {
            drip.start(20ms); // not before the head
            return QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n");
        };
        connect(&drip, &QTimer::timeout, &server, [&server] {
            for (auto* socket : server.findChildren<QTcpSocket*>()) socket->write("x");
        });
        ApiClient api({.baseUrl = server.url(), .timeout = 300ms});
        const auto health = waitFor(ServerClient(api).health());
        QVERIFY(!health);
        QCOMPARE(health.error().code, Code::TimedOut);
    }

    void nobodyThereIsUnreachable()
    {
        QUrl url;
        {
            HttpStandIn gone;
            url = gone.url();
        }
        ApiClient api({.baseUrl = url});
        QCOMPARE(waitFor(ServerClient(api).health()).error().code, Code::Unreachable);
    }

    void garbageIsNoAnswer_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("code");
        QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << int(Code::Unreachable);
        QTest::newRow("not JSON") << HttpStandIn::json(200, "<html>") << int(Code::AnswerInvalid);
        QTest::newRow("another JSON") << HttpStandIn::json(200, "[1]") << int(Code::AnswerInvalid);
        QTest::newRow("cut off") << QByteArray("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 900\r\n\r\nx")
                                 << int(Code::Unreachable);
        QTest::newRow("html 500") << HttpStandIn::json(500, "<html>") << int(Code::Unknown);
        QTest::newRow("proxy 502") << HttpStandIn::json(502, "<html>") << int(Code::ServerBusy);
        QTest::newRow("elsewhere") << HttpStandIn::json(302, "", "Location: http://127.0.0.1:1/steal\r\n")
                                   << int(Code::Redirected);
    }
    void garbageIsNoAnswer()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, code);
        HttpStandIn server;
        server.handler = [&](const StandInRequest&) { return answer; };
        ApiClient api({.baseUrl = server.url(), .timeout = 2000ms});
        api.setSession(session("tok"));
        const auto reply = UserClient(api).get("foo");
        if (answer.contains("900")) // a server that closes in the middle
            QTRY_VERIFY(!server.requests.isEmpty());
        for (auto* socket : server.findChildren<QTcpSocket*>())
            if (answer.contains("900")) socket->disconnectFromHost();
        const auto user = waitFor(reply);
        QVERIFY(!user);
        QCOMPARE(int(user.error().code), code);
        if (code == int(Code::Redirected)) QCOMPARE(user.error().detail, std::string("http://127.0.0.1:1/steal"));
    }

    void hugeAnswersAreRefused_data()
    {
        QTest::addColumn<bool>("announced");
        QTest::newRow("announced") << true;
        QTest::newRow("until the end of the connection") << false;
    }
    void hugeAnswersAreRefused()
    {
        QFETCH(bool, announced);
        HttpStandIn server;
        server.handler = [&](const StandInRequest&) {
            return announced ? HttpStandIn::json(200, QByteArray(5000, ' '))
                             : "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + QByteArray(5000, ' ');
        };
        ApiClient api({.baseUrl = server.url(), .timeout = 3000ms, .maxAnswerBytes = 4096});
        const auto user = waitFor(UserClient(api).get("foo"));
        QVERIFY(!user);
        QCOMPARE(user.error().code, Code::AnswerTooLarge);
    }

    void logInGivesASession()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest& request) {
            if (request.target == "/login")
                return HttpStandIn::json(200, R"({"expire":"2099-05-28T10:01:40+08:00","token":"t1"})",
                                         "Set-Cookie: jwt=t1; Path=/\r\n");
            return HttpStandIn::json(200, userJson);
        };
        ApiClient api({.baseUrl = server.url()});
        SessionClient sessions(api);
        const auto made = waitFor(sessions.logIn("FOO", SecretString("p:w")));
        QVERIFY(made.has_value());
        QCOMPARE(made->username, std::string("foo"));
        QVERIFY(made->administrator);
        QCOMPARE(server.requests.first().headers.value("authorization"), "Basic " + QByteArray("FOO:p:w").toBase64());
        QCOMPARE(server.requests.last().headers.value("authorization"), QByteArray("Bearer t1"));
        QVERIFY(!server.requests.last().headers.contains("cookie"));
        QVERIFY(api.session().has_value());
    }

    void aWrongPasswordIsSaidSo()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest&) {
            return HttpStandIn::json(401, R"({"message":"incorrect Username or Password"})",
                                     "WWW-Authenticate: JWT realm=JWT\r\n");
        };
        ApiClient api({.baseUrl = server.url()});
        SessionClient sessions(api);
        QSignalSpy expired(&api, &ApiClient::sessionExpired);
        QCOMPARE(waitFor(sessions.logIn("foo", SecretString("x"))).error().code, Code::PasswordIncorrect);
        QCOMPARE(expired.count(), 0);
        QVERIFY(!api.session());
    }

    void anExpiredSessionIsAskedForOnceAndNoCallIsLost()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest& request) {
            if (request.target == "/login")
                return HttpStandIn::json(200, R"({"expire":"2099-05-28T10:01:40Z","token":"new"})");
            if (request.headers.value("authorization") != "Bearer new")
                return HttpStandIn::json(401, R"({"message":"Token is expired"})",
                                         "WWW-Authenticate: JWT realm=JWT\r\n");
            return HttpStandIn::json(200, userJson);
        };
        ApiClient api({.baseUrl = server.url()});
        SessionClient sessions(api);
        api.setSession(session("old"));
        QSignalSpy expired(&api, &ApiClient::sessionExpired);
        const auto first = UserClient(api).get("foo");
        const auto second = UserClient(api).create({});
        QTRY_COMPARE(expired.count(), 1);
        QTRY_COMPARE(server.requests.size(), 2);
        const auto third = UserClient(api).get("foo"); // waits without being sent
        QTest::qWait(20);
        QVERIFY(!first.isFinished() && !second.isFinished() && !third.isFinished());
        QCOMPARE(server.requests.size(), 2);
        QVERIFY(waitFor(sessions.logIn("foo", SecretString("pw"))).has_value());
        QVERIFY(waitFor(first).has_value());
        QVERIFY(waitFor(second).has_value());
        QVERIFY(waitFor(third).has_value());
        QCOMPARE(expired.count(), 1);
    }

    void givingUpEndsTheWaitingCalls()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest&) {
            return HttpStandIn::json(401, R"({"code":100005,"message":"m"})");
        };
        ApiClient api({.baseUrl = server.url()});
        api.setSession(session("old"));
        const auto call = UserClient(api).get("foo");
        QTRY_VERIFY(api.waitingForSession());
        api.endSession();
        QCOMPARE(waitFor(call).error().code, Code::Cancelled);
    }

    void aWrongOldPasswordIsNoExpiredSession()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest&) {
            return HttpStandIn::json(401, R"({"code":100206,"message":"m"})");
        };
        ApiClient api({.baseUrl = server.url()});
        api.setSession(session("tok"));
        QSignalSpy expired(&api, &ApiClient::sessionExpired);
        QCOMPARE(waitFor(UserClient(api).changePassword("foo", {})).error().code, Code::PasswordIncorrect);
        QCOMPARE(expired.count(), 0);
    }

    void theTokenIsRenewedBeforeItExpires()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest&) {
            return HttpStandIn::json(200, R"({"expire":"2099-05-28T10:01:40Z","token":"renewed"})");
        };
        ApiClient api({.baseUrl = server.url()});
        SessionClient sessions(api);
        Session soon = session("old");
        soon.expires = SystemClock().now() + 1500ms;
        api.setSession(soon);
        QTRY_COMPARE(api.session()->token.reveal(), std::string("renewed"));
        QCOMPARE(server.requests.first().target, QByteArray("/refresh"));
        QCOMPARE(server.requests.first().headers.value("authorization"), QByteArray("Bearer old"));
    }

    void loggingOutForgetsAtOnce()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest&) { return HttpStandIn::json(200, "null"); };
        ApiClient api({.baseUrl = server.url()});
        SessionClient sessions(api);
        api.setSession(session("tok"));
        const auto out = sessions.logOut();
        QVERIFY(!api.session());
        QVERIFY(waitFor(out).has_value());
        QCOMPARE(server.requests.first().headers.value("authorization"), QByteArray("Bearer tok"));
    }

    void theClientsEndIsTheCallsEnd()
    {
        HttpStandIn server;
        auto api = std::make_unique<ApiClient>(ApiConfig{.baseUrl = server.url()});
        const auto call = ServerClient(*api).health();
        QTRY_COMPARE(server.requests.size(), 1);
        api.reset();
        QCOMPARE(waitFor(call).error().code, Code::Cancelled);
    }

    void noAnswerOutlivesItsAsker()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest&) { return HttpStandIn::json(200, "null"); };
        ApiClient api({.baseUrl = server.url()});
        bool answered = false;
        const auto call = ServerClient(api).health();
        {
            QObject guard;
            whenReady(call, &guard, [&](const Result<void>&) { answered = true; });
        }
        QTRY_VERIFY(call.isFinished());
        QTest::qWait(20);
        QVERIFY(!answered);
    }

    void recordsAreFiltered()
    {
        HttpStandIn server;
        server.handler = [](const StandInRequest&) { return HttpStandIn::json(200, R"({"items":[],"next":"c2"})"); };
        ApiClient api({.baseUrl = server.url()});
        contract::RecordFilter filter;
        filter.allowed = false;
        filter.text = "a b&c";
        filter.from = TimePoint(std::chrono::milliseconds(1500));
        const auto page = waitFor(RecordClient(api).decisions(filter, "c1", 50));
        QVERIFY(page.has_value());
        QCOMPARE(page->next, std::string("c2"));
        QCOMPARE(
            server.requests.first().target,
            QByteArray("/v1/audit/decisions?from=1970-01-01T00%3A00%3A01.500Z&allowed=false&text=a%20b%26c&limit=50"
                       "&cursor=c1"));
        filter = {};
        filter.action = "update";
        filter.actor = "admin";
        filter.kind = "policy";
        filter.name = "p0";
        QVERIFY(waitFor(RecordClient(api).changes(filter, {}, 10)).has_value());
        QCOMPARE(server.requests.last().target,
                 QByteArray("/v1/audit/changes?action=update&actor=admin&kind=policy&name=p0&limit=10"));
    }
};

QTEST_GUILESS_MAIN(ClientTest)
#include "clienttest.moc"
