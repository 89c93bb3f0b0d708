// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json.h"
#include "crypto/base64.h"
#include "support/twonodes.h"
#include <QTest>

using namespace iam;
using namespace iam::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* password = "Secret@2026";
constexpr std::chrono::milliseconds soonEnough = 1s;

std::string policyBody(const std::string& name, const std::string& effect)
{
    std::string body;
    {
        contract::JsonObjectWriter object(body);
        contract::JsonObjectWriter(object.raw("metadata")).text("name", name);
        contract::JsonObjectWriter(object.raw("policy"))
            .text("effect", effect)
            .list("subjects", {"<.*>"})
            .list("actions", {"<.*>"})
            .list("resources", {"<.*>"});
    }
    return body;
}

} // namespace

/// What one server is told is in force on the other within a second, with Redis and without it.
class ChangesTest : public QObject {
    Q_OBJECT

    TwoNodes m_nodes;
    std::string m_admin;
    std::string m_user; ///< a new one for each test
    std::string m_token;
    MadeSecret m_secret;
    int m_users = 0;
    bool m_redis = true; ///< whether it runs

    ServerProcess& one() { return m_nodes.one(); }
    ServerProcess& two() { return m_nodes.two(); }

    HttpAnswer asAdmin(const std::string& method, const std::string& target, const std::string& body = {})
    {
        return one().api(method, target, m_admin, body);
    }
    int tokenStatusOnTwo() { return two().api("GET", "/v1/users/" + m_user, m_token).status; }
    int basicStatusOnTwo(const std::string& with)
    {
        return httpCall(two().apiPort(), {"GET",
                                          "/v1/users/" + m_user,
                                          {{"Authorization", "Basic " + crypto::toBase64(m_user + ":" + with)}},
                                          {}})
            .status;
    }
    HttpAnswer decideOnTwo()
    {
        return two().decide(m_secret.id, m_secret.key, "{\"subject\":\"s\",\"action\":\"a\",\"resource\":\"r\"}");
    }
    bool allowedOnTwo() { return memberOf(decideOnTwo().body, "allowed") == "true"; }
    int decisionStatusOnTwo() { return decideOnTwo().status; }

    static bool soon(const std::function<bool()>& ask) { return timeUntil(ask, soonEnough).has_value(); }

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<bool>("redis");
        QTest::newRow("Redis up") << true;
        QTest::newRow("Redis stopped") << false;
    }
    void initTestCase()
    {
        if (!MariaDbServer::isInstalled()) QSKIP("mariadb-server is not installed");
        QVERIFY2(m_nodes.start(), (one().log() + two().log()).constData());
        m_admin = one().logInAsAdmin();
        QVERIFY(!m_admin.empty());
    }
    void init()
    {
        QFETCH_GLOBAL(bool, redis);
        if (m_redis != redis) {
            if (redis)
                QVERIFY(m_nodes.redis().start());
            else
                m_nodes.redis().kill();
            m_redis = redis;
        }
        QVERIFY(m_nodes.waitForRedis(redis));
        QCOMPARE(two().api("GET", "/readyz", {}).status, 200);
        m_user = "user" + std::to_string(++m_users);
        std::string body;
        {
            contract::JsonObjectWriter object(body);
            contract::JsonObjectWriter(object.raw("metadata")).text("name", m_user);
            object.text("nickname", m_user).text("password", password).text("email", "u@example.com");
        }
        QCOMPARE(asAdmin("POST", "/v1/users", body).status, 200);
        m_token = one().logIn(m_user, password);
        QVERIFY(!m_token.empty());
        m_secret = makeSecret(one(), m_token, "s");
        QVERIFY(!m_secret.id.empty());
        QCOMPARE(one().api("POST", "/v1/policies", m_token, policyBody("p", "allow")).status, 200);
        QVERIFY(soon([this] { return allowedOnTwo() && tokenStatusOnTwo() == 200; }));
        QCOMPARE(basicStatusOnTwo(password), 200); // remembered from now on
    }

    void aPolicyIsChangedAndDeleted()
    {
        QCOMPARE(one().api("PUT", "/v1/policies/p", m_token, policyBody("p", "deny")).status, 200);
        QVERIFY(soon([this] { return !allowedOnTwo(); }));
        QCOMPARE(one().api("PUT", "/v1/policies/p", m_token, policyBody("p", "allow")).status, 200);
        QVERIFY(soon([this] { return allowedOnTwo(); }));
        QCOMPARE(one().api("DELETE", "/v1/policies/p", m_token).status, 200);
        QVERIFY(soon([this] { return !allowedOnTwo(); }));
        QCOMPARE(decisionStatusOnTwo(), 200);
    }

    void aSecretIsDisabledAndDeleted()
    {
        QCOMPARE(one().api("PUT", "/v1/secrets/s/disable", m_token).status, 200);
        QVERIFY(soon([this] { return decisionStatusOnTwo() == 401; }));
        QCOMPARE(one().api("PUT", "/v1/secrets/s/enable", m_token).status, 200);
        QVERIFY(soon([this] { return allowedOnTwo(); }));
        QCOMPARE(one().api("DELETE", "/v1/secrets/s", m_token).status, 200);
        QVERIFY(soon([this] { return decisionStatusOnTwo() == 401; }));
    }

    void aUserLogsOut()
    {
        QCOMPARE(one().api("POST", "/logout", m_token).status, 200);
        QVERIFY(soon([this] { return tokenStatusOnTwo() == 401; }));
    }

    void aPasswordIsChanged()
    {
        std::string body;
        contract::JsonObjectWriter(body).text("oldPassword", password).text("newPassword", "Other@2026");
        QCOMPARE(one().api("PUT", "/v1/users/" + m_user + "/change-password", m_token, body).status, 200);
        QVERIFY(soon([this] { return tokenStatusOnTwo() == 401 && basicStatusOnTwo(password) == 401; }));
        QCOMPARE(basicStatusOnTwo("Other@2026"), 200);
    }

    void aUserIsDisabled()
    {
        QCOMPARE(asAdmin("PUT", "/v1/users/" + m_user + "/disable").status, 200);
        QVERIFY(soon([this] {
            return tokenStatusOnTwo() == 401 && decisionStatusOnTwo() == 401 && basicStatusOnTwo(password) == 401;
        }));
        QCOMPARE(asAdmin("PUT", "/v1/users/" + m_user + "/enable").status, 200);
        QVERIFY(soon([this] { return allowedOnTwo(); }));
        QCOMPARE(tokenStatusOnTwo(), 401); // tokens from before stay dead
    }

    void sessionsAreEnded()
    {
        QCOMPARE(one().api("DELETE", "/v1/sessions", m_token).status, 200);
        QVERIFY(soon([this] { return tokenStatusOnTwo() == 401; }));
    }

    void aUserIsDeleted()
    {
        QCOMPARE(asAdmin("DELETE", "/v1/users/" + m_user).status, 200);
        QVERIFY(soon([this] {
            return tokenStatusOnTwo() == 401 && decisionStatusOnTwo() == 401 && basicStatusOnTwo(password) == 401;
        }));
    }
};

QTEST_GUILESS_MAIN(ChangesTest)
#include "changestest.moc"
