// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator can see of a running server: /metrics and /readyz.
#include "support/prometheustext.h"
#include "support/serverprocess.h"
#include <QDateTime>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>
#include <thread>

using namespace iam::test;

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

Scrape scrape(std::uint16_t port)
{
    const HttpAnswer answer = httpCall(port, {"GET", "/metrics", {}, {}});
    if (answer.status != 200) return {{}, "status " + std::to_string(answer.status)};
    return readPrometheusText(answer.body);
}

int statusFor(std::uint16_t port, const Fields& fields)
{
    const HttpAnswer answer = httpCall(port, {"GET", "/metrics", fields, {}});
    if (answer.status == 403 && memberOf(answer.body, "code") != "100207") return 0;
    return answer.status;
}

std::string randomWord(int length)
{
    static const std::string characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    std::string word;
    for (int i = 0; i < length; ++i)
        word += characters[QRandomGenerator::global()->bounded(static_cast<quint32>(characters.size()))];
    return word;
}

} // namespace

class MetricsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_server.start({QStringLiteral("metrics.allow=10.9.0.0/16")}), m_server.log().constData());
    }

    void theWholeTextIsWellFormed()
    {
        for (const std::uint16_t port : {m_server.apiPort(), m_server.authzPort()}) {
            const HttpAnswer answer = httpCall(port, {"GET", "/metrics", {}, {}});
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.header("Content-Type"), std::string("text/plain; version=0.0.4; charset=utf-8"));
            QVERIFY(answer.header("Cache-Control").find("no-store") != std::string::npos);
            const Scrape all = readPrometheusText(answer.body);
            QVERIFY2(all.fault.empty(), all.fault.c_str());
            for (const char* name : {"iam_http_requests_total",
                                     "iam_http_request_duration_seconds",
                                     "iam_http_connections",
                                     "iam_http_requests_in_flight",
                                     "iam_http_refusals_total",
                                     "iam_decisions_total",
                                     "iam_snapshot_staleness_seconds",
                                     "iam_snapshot_version",
                                     "iam_snapshot_users",
                                     "iam_snapshot_keys",
                                     "iam_snapshot_policies",
                                     "iam_snapshot_unreadable_policies",
                                     "iam_worker_queue_length",
                                     "iam_worker_rejections_total",
                                     "iam_decision_log_stored_records_total",
                                     "iam_decision_log_pending_records",
                                     "iam_decision_log_lost_records_total",
                                     "iam_login_failures_total",
                                     "iam_login_refusals_total",
                                     "iam_database_up",
                                     "iam_build_info",
                                     "process_start_time_seconds",
                                     "process_resident_memory_bytes",
                                     "process_cpu_seconds_total",
                                     "process_open_fds"})
                QVERIFY2(all.family(name) != nullptr || std::string(name).starts_with("iam_http_request"), name);
        }
        QCOMPARE(httpCall(m_server.apiPort(), {"HEAD", "/metrics", {}, {}}).status, 200);
        QVERIFY(scrape(m_server.apiPort()).family("iam_http_requests_total") != nullptr);
    }

    void theProcessIsMeasured()
    {
        const Scrape all = scrape(m_server.apiPort());
        const double now = static_cast<double>(QDateTime::currentSecsSinceEpoch());
        QVERIFY(std::abs(all.value("process_start_time_seconds").value() - now) < 3600);
        QVERIFY(all.value("process_resident_memory_bytes").value() > 1e6);
        QVERIFY(all.value("process_open_fds").value() > 3);
        QVERIFY(all.value("process_open_fds").value() <= all.value("process_max_fds").value());
        QVERIFY(all.value("process_cpu_seconds_total").value() > 0);
        QCOMPARE(all.value("iam_database_up"), std::optional<double>(1));
    }

    void countersMove()
    {
        const std::string admin = m_server.logInAsAdmin();
        const Scrape before = scrape(m_server.apiPort());
        const MadeSecret secret = makeSecret(m_server, admin, "counted");
        QVERIFY(!secret.id.empty());
        const MetricLabels made{
            {"listener", "apiserver"}, {"method", "POST"}, {"route", "/v1/secrets"}, {"code", "200"}};
        QCOMPARE(m_server.decide(secret.id, secret.key, R"({"subject":"s"})").status, 200);
        const char* policy =
            R"({"metadata":{"name":"p"},"policy":{"effect":"allow","subjects":["s"],"actions":["a"],"resources":["r"]}})";
        QCOMPARE(m_server.api("POST", "/v1/policies", admin, policy).status, 200);
        const char* deny =
            R"({"metadata":{"name":"q"},"policy":{"effect":"deny","subjects":["s"],"actions":["d"],"resources":["r"]}})";
        QCOMPARE(m_server.api("POST", "/v1/policies", admin, deny).status, 200);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(m_server.decide(secret.id, secret.key, R"({"subject":"s","action":"a","resource":"r"})").status,
                     200);
        QCOMPARE(m_server.decide(secret.id, secret.key, R"({"subject":"s","action":"d","resource":"r"})").status, 200);
        QCOMPARE(m_server.decide(secret.id, secret.key, R"({"subject":"x"})").status, 200);
        QCOMPARE(m_server.decide(secret.id, secret.key, "{").status, 400);
        QVERIFY(m_server.logIn("admin", "Wrong@2021").empty());

        const Scrape after = scrape(m_server.authzPort()); // one process: both say the same
        const auto moved = [&](const char* name, const MetricLabels& labels) {
            return after.value(name, labels).value_or(0) - before.value(name, labels).value_or(0);
        };
        const auto decided = [&](const char* result, const char* reason) {
            return moved("iam_decisions_total", {{"result", result}, {"reason", reason}});
        };
        QCOMPARE(moved("iam_http_requests_total", made), 1.0);
        QCOMPARE(decided("allow", "policy"), 3.0);
        QCOMPARE(decided("deny", "policy"), 1.0);
        QCOMPARE(decided("deny", "default"), 1.0);
        QCOMPARE(decided("deny", "no_policies"), 1.0);
        QCOMPARE(decided("error", "malformed"), 1.0);
        const MetricLabels asked{{"listener", "authz-server"}, {"route", "/v1/authz"}};
        QCOMPARE(moved("iam_http_request_duration_seconds_count", asked), 7.0);
        QVERIFY(moved("iam_http_request_duration_seconds_sum", asked) > 0);
        QCOMPARE(moved("iam_login_failures_total", {}), 1.0);
        QCOMPARE(after.value("iam_snapshot_users"), std::optional<double>(1));
        QCOMPARE(after.value("iam_snapshot_keys"), std::optional<double>(1));
        QCOMPARE(after.value("iam_snapshot_policies"), std::optional<double>(2));
        QVERIFY(moved("iam_snapshot_version", {}) >= 3);
        QTRY_COMPARE(scrape(m_server.apiPort()).value("iam_decision_log_stored_records_total").value(), 6.0);
        QVERIFY(scrape(m_server.apiPort()).value("iam_decision_log_stored_bytes_total").value() > 100);
    }

    void refusalsAreCountedByCause()
    {
        const auto refused = [&](const char* cause) {
            return scrape(m_server.apiPort())
                .value("iam_http_refusals_total", {{"cause", cause}, {"listener", "apiserver"}})
                .value();
        };
        const double malformed = refused("malformed");
        const double large = refused("header_too_large");
        HttpConnection bad(m_server.apiPort());
        QVERIFY(bad.sendRaw("GET / HTTP/1.1\r\n\r\n")); // no Host
        QCOMPARE(bad.receive().status, 400);
        QCOMPARE(httpCall(m_server.apiPort(), {"GET", "/healthz", {{"X-Long", std::string(20'000, 'x')}}, {}}).status,
                 431);
        QCOMPARE(refused("malformed"), malformed + 1);
        QCOMPARE(refused("header_too_large"), large + 1);
    }

    /// Whatever is asked for, the number of series is bounded by the route table.
    void clientsMakeNoLabels()
    {
        for (const char* method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"})
            QVERIFY(httpCall(m_server.apiPort(), {method, "/v1/nope", {}, {}}).status >= 400);
        QCOMPARE(httpCall(m_server.apiPort(), {"GET", "/v1/users/somebody", {}, {}}).status, 401);
        const std::size_t before = scrape(m_server.apiPort()).series();
        std::vector<std::string> words;
        HttpConnection connection(m_server.apiPort());
        for (int i = 0; i < 1000; ++i) {
            const std::string word = randomWord(12);
            words.push_back(word);
            const std::string method = i % 3 == 0 ? randomWord(5) : "GET";
            const std::string path = i % 2 == 0 ? "/v1/users/" + word : "/" + word + "?token=" + word;
            QVERIFY2(connection
                             .call({method == "HEAD" ? "GET" : method,
                                    path,
                                    {{"X-Request-ID", word}, {"Origin", "http://" + word}},
                                    {}})
                             .status >= 400,
                     path.c_str());
        }
        const HttpAnswer answer = httpCall(m_server.apiPort(), {"GET", "/metrics", {}, {}});
        const Scrape after = readPrometheusText(answer.body);
        QVERIFY2(after.fault.empty(), after.fault.c_str());
        QCOMPARE(after.series(), before);
        for (const std::string& word : words) QVERIFY(answer.body.find(word) == std::string::npos);
    }

    void whoMayRead_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("status");
        QTest::newRow("near") << QString() << QString() << 200;
        QTest::newRow("forwarded for an allowed network") << "X-Forwarded-For"
                                                          << "10.9.1.2" << 200;
        QTest::newRow("forwarded for another") << "X-Forwarded-For"
                                               << "10.8.1.2" << 403;
        QTest::newRow("forwarded for loopback") << "X-Forwarded-For"
                                                << "127.0.0.1" << 403;
        QTest::newRow("forwarded for ::1") << "X-Forwarded-For"
                                           << "::1" << 403;
        QTest::newRow("an allowed one claimed by another") << "X-Forwarded-For"
                                                           << "10.9.1.2, 192.0.2.7" << 403;
        QTest::newRow("forwarded for nonsense") << "X-Forwarded-For"
                                                << "localhost" << 403;
        QTest::newRow("forwarded without a name") << "Via"
                                                  << "1.1 nginx" << 403;
        QTest::newRow("RFC 7239") << "Forwarded"
                                  << "for=127.0.0.1" << 403;
        QTest::newRow("another header of proxies") << "X-Real-IP"
                                                   << "127.0.0.1" << 403;
    }

    void whoMayRead()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        Fields fields;
        if (!name.isEmpty()) fields.emplace_back(name.toStdString(), value.toStdString());
        QTEST(statusFor(m_server.apiPort(), fields), "status");
        QTEST(statusFor(m_server.authzPort(), fields), "status");
    }

    void nobodyIsBelievedWhenNoProxyIsTrusted()
    {
        ServerProcess server;
        QVERIFY(
            server.start({QStringLiteral("metrics.allow=10.9.0.0/16"), QStringLiteral("server.trusted-proxies=[]")}));
        QCOMPARE(statusFor(server.apiPort(), {}), 200);
        QCOMPARE(statusFor(server.apiPort(), {{"X-Forwarded-For", "10.9.1.2"}}), 403);
    }

    /// Neither waits for the storage workers, so an operator sees what is wrong while it is.
    void answersWhileTheStorageHangs()
    {
        const std::string admin = m_server.logInAsAdmin();
        QProcess lock; // somebody else writes, and does not end
        lock.start(QStringLiteral("sqlite3"), {m_server.dataDir() + QStringLiteral("/iam.db")});
        QVERIFY(lock.waitForStarted());
        lock.write("BEGIN IMMEDIATE;\nSELECT 'locked';\n");
        QVERIFY(lock.waitForReadyRead(10'000));
        {
            std::vector<std::jthread> writers;
            for (int i = 0; i < 8; ++i)
                writers.emplace_back([&, i] {
                    const std::string body =
                        R"({"metadata":{"name":"hang)" + std::to_string(i) + R"("},"policy":{"effect":"allow"}})";
                    m_server.api("POST", "/v1/policies", admin, body);
                });
            QTRY_VERIFY(scrape(m_server.apiPort()).value("iam_worker_queue_length", {{"pool", "storage"}}).value() >=
                        4);
            QCOMPARE(scrape(m_server.apiPort()).value("iam_worker_busy_threads", {{"pool", "storage"}}),
                     std::optional<double>(4));
            QElapsedTimer timer;
            timer.start();
            QVERIFY(m_server.api("GET", "/readyz", {}).status > 0);
            QVERIFY(timer.elapsed() < 2000);
            lock.write("ROLLBACK;\n.quit\n");
            QVERIFY(lock.waitForFinished(10'000));
        }
        QTRY_COMPARE(m_server.api("GET", "/readyz", {}).status, 200);
    }

private:
    ServerProcess m_server;
};

QTEST_GUILESS_MAIN(MetricsTest)
#include "metricstest.moc"
