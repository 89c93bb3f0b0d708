// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/workerpool.h"
#include "rawclient.h"
#include "serverfixture.h"
#include <QLoggingCategory>
#include <QProcess>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <condition_variable>
#include <fstream>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace iam;
using namespace iam::http;
using namespace std::chrono_literals;

namespace {

using Setup = ServerFixture::Setup;

Route open(Method method, const char* pattern, Handler handler, LimitClass limits = LimitClass::Normal)
{
    return {method, pattern, Auth::none(), limits, std::move(handler)};
}

void sayHello(const ExchangePtr& exchange)
{
    exchange->reply(Response::json(200, "{\"hello\":true}"));
}

void sayLength(const ExchangePtr& exchange)
{
    exchange->reply(Response::json(200, std::to_string(exchange->request().body.size())));
}

Setup helloSetup()
{
    Setup setup;
    setup.routes.push_back(open(Method::Get, "/hello", sayHello));
    setup.routes.push_back(open(Method::Post, "/length", sayLength));
    return setup;
}

std::string post(const std::string& path, const std::string& body)
{
    return "POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body;
}

// A sanitizer keeps what was freed: then only the behaviour is looked at.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool MEMORY_IS_OURS = false;
#else
constexpr bool MEMORY_IS_OURS = true;
#endif

std::size_t residentKiB()
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word != "VmRSS:") continue;
        std::size_t size = 0;
        status >> size;
        return size;
    }
    return 0;
}

/// A door that handlers wait behind until the test opens it.
class Gate {
public:
    void pass()
    {
        std::unique_lock lock(m_mutex);
        ++m_waiting;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_open; });
    }
    void openIt()
    {
        const std::lock_guard lock(m_mutex);
        m_open = true;
        m_changed.notify_all();
    }
    void waitForSomebody()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_waiting > 0; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_waiting = 0;
    bool m_open = false;
};

/// Lets in whoever brings "Authorization: Basic <name>", asking elsewhere.
class NameCheck final : public Authenticator {
public:
    explicit NameCheck(WorkerPool& workers)
        : m_workers(workers)
    {
    }
    void authenticate(const ExchangePtr& exchange, std::function<void()> next) override
    {
        ++asked;
        const std::string_view given = exchange->request().headers.value("Authorization");
        if (!given.starts_with("Basic ")) return exchange->reply(ServerFixture::errorResponse(Code::MissingHeader));
        exchange->setPrincipal(std::make_shared<Principal>(std::string(given.substr(6))));
        if (!m_workers.post(std::move(next))) exchange->reply(ServerFixture::errorResponse(Code::ServerBusy));
    }
    std::atomic<int> asked = 0;

private:
    WorkerPool& m_workers;
};

void threadRows()
{
    QTest::addColumn<unsigned>("threads");
    QTest::newRow("two threads") << 2U;
    QTest::newRow("the server's own thread") << 0U;
}

} // namespace

class ServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(QStringLiteral("iam.http.debug=false"));
        rlimit files{};
        ::getrlimit(RLIMIT_NOFILE, &files);
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }

    void answersGoOverTheWire()
    {
        ServerFixture fixture(helloSetup());
        QVERIFY2(fixture.port() != 0, fixture.error().c_str());
        QCOMPARE(fixture.server().urls(),
                 std::vector<std::string>{"http://127.0.0.1:" + std::to_string(fixture.port())});
        RawClient client(fixture.port());
        const std::string first = client.get("/hello");
        QCOMPARE(statusOf(first), 200);
        QCOMPARE(bodyOf(first), std::string("{\"hello\":true}"));
        QCOMPARE(fieldOf(first, "Content-Type"), std::string("application/json; charset=utf-8"));
        QCOMPARE(fieldOf(first, "Connection"), std::string("keep-alive"));
        QCOMPARE(fieldOf(first, "X-Request-ID").size(), std::size_t(36));
        QCOMPARE(fieldOf(first, "Strict-Transport-Security"), std::string());

        QCOMPARE(fieldOf(client.get("/hello", "X-Request-ID: mine\r\n"), "X-Request-ID"), std::string("mine"));
        const std::string strange = client.get("/hello", "X-Request-ID: " + std::string(129, 'a') + "\r\n");
        QCOMPARE(fieldOf(strange, "X-Request-ID").size(), std::size_t(36));

        client.send("HEAD /hello HTTP/1.1\r\nHost: test\r\n\r\n");
        const std::string head = client.answer(true);
        QCOMPARE(statusOf(head), 200);
        QCOMPARE(fieldOf(head, "Content-Length"), std::string("14"));
        QCOMPARE(bodyOf(client.get("/hello")), std::string("{\"hello\":true}")); // nothing was left over

        for (const char* nowhere : {"/nowhere", "/", "/hello/there"}) QCOMPARE(statusOf(client.get(nowhere)), 404);
        client.send("DELETE /hello HTTP/1.1\r\nHost: test\r\n\r\n");
        QCOMPARE(statusOf(client.answer()), 404); // never 405
        QCOMPARE(statusOf(client.get("/%zz")), 400);
        client.send("OPTIONS /hello HTTP/1.1\r\nHost: test\r\nOrigin: http://a\r\n\r\n");
        const std::string options = client.answer();
        QCOMPARE(statusOf(options), 404); // no CORS unless configured
        QCOMPARE(fieldOf(options, "Access-Control-Allow-Origin"), std::string());
        QCOMPARE(fieldOf(options, "Vary"), std::string());
    }
    void requestsArriveDecoded()
    {
        Setup setup;
        std::mutex mutex;
        Request seen;
        setup.routes.push_back(open(Method::Put, "/v1/users/:name/x", [&](const ExchangePtr& exchange) {
            const std::lock_guard lock(mutex);
            seen = exchange->request();
            exchange->reply(Response::json(200, exchange->takeBody()));
        }));
        ServerFixture fixture(std::move(setup));
        RawClient client(fixture.port());
        client.send("PUT /v1/users/a%20b/x?q=1&q=%2B HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nbody");
        QCOMPARE(bodyOf(client.answer()), std::string("body"));
        const std::lock_guard lock(mutex);
        QCOMPARE(seen.path, std::string("/v1/users/a b/x"));
        QCOMPARE(seen.target, std::string("/v1/users/a%20b/x?q=1&q=%2B"));
        QCOMPARE(seen.pathParam("name"), std::string_view("a b"));
        QCOMPARE(seen.query.all("q"), (std::vector<std::string_view>{"1", "+"}));
        QCOMPARE(seen.peer.toString(), std::string("127.0.0.1"));
        QVERIFY(!seen.forwarded && !seen.secure && !seen.principal);
    }
    void otherThreadsMayAnswerInAnyOrder_data() { threadRows(); }
    void otherThreadsMayAnswerInAnyOrder()
    {
        QFETCH(unsigned, threads);
        Setup setup;
        setup.threads = threads;
        WorkerPool workers("work", 4, 1000);
        std::atomic<unsigned> turn = 0;
        setup.routes.push_back(open(Method::Get, "/later/:n", [&](const ExchangePtr& exchange) {
            if (turn++ % 3 == 0)
                return exchange->reply(Response::json(200, std::string(exchange->request().pathParam("n"))));
            std::ignore = workers.post(
                [exchange] { exchange->reply(Response::json(200, std::string(exchange->request().pathParam("n")))); });
        }));
        ServerFixture fixture(std::move(setup));
        std::vector<RawClient> clients;
        for (int i = 0; i < 8; ++i) clients.emplace_back(fixture.port());
        for (int round = 0; round < 20; ++round) {
            for (RawClient& client : clients) {
                std::string all;
                for (int n = 0; n < 10; ++n) all += "GET /later/" + std::to_string(n) + " HTTP/1.1\r\nHost: t\r\n\r\n";
                QVERIFY(client.send(all));
            }
            for (RawClient& client : clients)
                for (int n = 0; n < 10; ++n) QCOMPARE(bodyOf(client.answer()), std::to_string(n));
        }
        workers.stop();
    }
    /// What came together while nobody looked is told of once: it must be read to its end.
    void readsAllThatCameTogether()
    {
        Gate gate;
        Setup setup = helloSetup();
        setup.threads = 1; // it waits in there
        setup.routes.push_back(open(Method::Get, "/wait", [&](const ExchangePtr& exchange) {
            gate.pass();
            exchange->reply(Response::json(200, "{}"));
        }));
        ServerFixture fixture(std::move(setup));
        RawClient urgent(fixture.port());
        RawClient ending(fixture.port());
        RawClient waiting(fixture.port());
        for (RawClient* client : {&urgent, &ending, &waiting}) QCOMPARE(statusOf(client->get("/hello")), 200);
        waiting.send("GET /wait HTTP/1.1\r\nHost: test\r\n\r\n");
        gate.waitForSomebody();
        urgent.send("GET /hello HTTP/1.1\r\nHost: test\r\nX-Some: th");
        QVERIFY(urgent.sendUrgent('i')); // a read stops before it
        urgent.send("ng\r\n\r\n");
        ending.send("GET /hello HTTP/1.1\r\nHost: test\r\n\r\nGET /hello HTTP/1.1\r\nHost: test\r\n\r\n");
        ending.endSending();
        gate.openIt();
        QCOMPARE(statusOf(waiting.answer()), 200);
        QCOMPARE(statusOf(urgent.answer()), 200);
        for (int i = 0; i < 2; ++i) QCOMPARE(statusOf(ending.answer()), 200);
        QVERIFY(ending.ends());
    }
    void handlersThatFailAreAnsweredFor()
    {
        Setup setup;
        setup.routes.push_back(
            open(Method::Get, "/throws", [](const ExchangePtr&) { throw std::runtime_error("broken on purpose"); }));
        setup.routes.push_back(open(Method::Get, "/forgets", [](const ExchangePtr&) {}));
        setup.routes.push_back(open(Method::Get, "/twice", [](const ExchangePtr& exchange) {
            exchange->reply(Response::json(200, "1"));
            exchange->reply(Response::json(200, "2"));
        }));
        ServerFixture fixture(std::move(setup));
        RawClient client(fixture.port());
        QCOMPARE(bodyOf(client.get("/throws")), std::string("{\"code\":100002}"));
        QCOMPARE(statusOf(client.get("/forgets")), 500);
        QCOMPARE(bodyOf(client.get("/twice")), std::string("1"));
        QCOMPARE(statusOf(client.get("/nowhere")), 404);
        QTRY_COMPARE(fixture.stats().inFlight.load(), std::uint64_t(0));
        QCOMPARE(fixture.server().requests().total(5), std::uint64_t(2));
    }
    void anAnswerWithoutAClientIsDropped()
    {
        Setup setup;
        Gate gate;
        WorkerPool workers("work", 1, 10);
        setup.routes.push_back(open(Method::Get, "/slow", [&](const ExchangePtr& exchange) {
            std::ignore = workers.post([exchange, &gate] {
                gate.pass();
                exchange->reply(Response::json(200, "{}"));
            });
        }));
        ServerFixture fixture(std::move(setup));
        {
            RawClient client(fixture.port());
            client.send("GET /slow HTTP/1.1\r\nHost: t\r\n\r\nnonsense\r\n\r\n");
            gate.waitForSomebody();
        }
        gate.openIt();
        workers.stop();
        QTRY_COMPARE(fixture.stats().connections.load(), std::uint64_t(0));
        QCOMPARE(fixture.stats().inFlight.load(), std::uint64_t(0));
    }
    void authenticationComesFirst()
    {
        WorkerPool workers("auth", 2, 100);
        const auto check = std::make_shared<NameCheck>(workers);
        Setup setup;
        setup.fallbackAuth = Auth::by(check);
        setup.routes.push_back(open(Method::Get, "/open", sayHello));
        setup.routes.emplace_back(Method::Get, "/closed", Auth::by(check), LimitClass::Normal,
                                  [](const ExchangePtr& exchange) {
                                      exchange->reply(Response::json(200, exchange->request().principal->name));
                                  });
        setup.routes.emplace_back(Method::Get, "/throws", Auth::by(check), LimitClass::Normal,
                                  [](const ExchangePtr&) { throw std::runtime_error("broken on purpose"); });
        ServerFixture fixture(std::move(setup));
        RawClient client(fixture.port());
        QCOMPARE(statusOf(client.get("/open")), 200);
        QCOMPARE(check->asked.load(), 0);
        QCOMPARE(statusOf(client.get("/closed")), 401);
        QCOMPARE(bodyOf(client.get("/closed", "Authorization: Basic ann\r\n")), std::string("ann"));
        QCOMPARE(statusOf(client.get("/throws", "Authorization: Basic ann\r\n")), 500);
        QCOMPARE(statusOf(client.get("/nowhere")), 401);
        QCOMPARE(statusOf(client.get("/nowhere", "Authorization: Basic ann\r\n")), 404);

        const int before = check->asked;
        const std::string moved = client.get("/closed/?a=b", "X-Forwarded-Prefix: /iam\r\n");
        QCOMPARE(statusOf(moved), 301);
        QCOMPARE(fieldOf(moved, "Location"), std::string("/iam/closed?a=b"));
        for (const char* absent : {"X-Request-ID", "Cache-Control", "X-Frame-Options", "Last-Modified"})
            QCOMPARE(fieldOf(moved, absent), std::string());
        QCOMPARE(check->asked.load(), before);
        workers.stop();
    }
    void refusalsCanBeReadByTheClient_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const QByteArray post = "POST /length HTTP/1.1\r\nHost: test\r\n";
        const QByteArray body(6 * 1024 * 1024, 'b');
        QTest::newRow("6 MiB body") << post + "Content-Length: 6291456\r\n\r\n" + body << 413;
        QTest::newRow("6 MiB in chunks") << post + "Transfer-Encoding: chunked\r\n\r\n600000\r\n" + body +
                                                "\r\n0\r\n\r\n"
                                         << 413;
        QTest::newRow("20 KiB head") << "GET / HTTP/1.1\r\nHost: test\r\nX: " + QByteArray(20 * 1024, 'x') + "\r\n\r\n"
                                     << 431;
        QTest::newRow("5 MiB of head") << "GET / HTTP/1.1\r\nHost: test\r\nX: " + body << 431;
        QTest::newRow("both lengths") << post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                                      << 400;
        QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 400;
    }
    void refusalsCanBeReadByTheClient()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        ServerFixture fixture(helloSetup());
        RawClient client(fixture.port());
        QVERIFY(client.send({bytes.constData(), static_cast<std::size_t>(bytes.size())})); // to its very end
        client.endSending();
        bool clean = false;
        const std::string answer = client.rest(&clean);
        QVERIFY(clean);
        QCOMPARE(statusOf(answer), status);
        QCOMPARE(fieldOf(answer, "Connection"), std::string("close"));
        QCOMPARE(fieldOf(answer, "X-Request-ID").size(), std::size_t(36));
        QVERIFY(bodyOf(answer).starts_with("{\"code\":1000"));
    }
    void bodiesUpToTheLimitAreTaken()
    {
        Setup setup = helloSetup();
        setup.routes.push_back(open(Method::Post, "/probe", sayLength, LimitClass::Probe));
        const Limits limits = setup.limits;
        ServerFixture fixture(std::move(setup));
        RawClient client(fixture.port());
        client.send(post("/length", std::string(limits.body, 'b')));
        QCOMPARE(bodyOf(client.answer()), std::to_string(limits.body));
        client.send(post("/probe", std::string(limits.probeBody, 'b')));
        QCOMPARE(bodyOf(client.answer()), std::to_string(limits.probeBody));
        client.send(post("/probe", std::string(limits.probeBody + 1, 'b')));
        QCOMPARE(statusOf(client.answer()), 413);
    }
    void slowClientsAreRefused()
    {
        Setup setup = helloSetup();
        setup.routes.push_back(open(Method::Get, "/much", [](const ExchangePtr& exchange) {
            exchange->reply(Response::json(200, std::string(32 * 1024 * 1024, 'x')));
        }));
        setup.limits.headerTime = 300ms;
        setup.limits.bodyGrace = 300ms;
        setup.limits.idleTime = 300ms;
        setup.limits.writeStall = 300ms;
        ServerFixture fixture(std::move(setup));
        RawClient silent(fixture.port());
        bool clean = false;
        QCOMPARE(silent.rest(&clean), std::string());
        QVERIFY(clean);
        RawClient head(fixture.port());
        head.send("GET /hello HTTP/1.1\r\nHo");
        QCOMPARE(statusOf(head.answer()), 408);
        RawClient body(fixture.port());
        body.send("POST /length HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\nabc");
        QCOMPARE(statusOf(body.answer()), 408);
        QVERIFY(body.ends());
        RawClient idle(fixture.port());
        QCOMPARE(statusOf(idle.get("/hello")), 200);
        QCOMPARE(idle.rest(&clean), std::string());
        QVERIFY(clean);
        RawClient reader(fixture.port(), 20s, 4096);
        reader.send("GET /much HTTP/1.1\r\nHost: t\r\n\r\n"); // and reads nothing
        QTRY_COMPARE_WITH_TIMEOUT(fixture.stats().writeStalls.load(), std::uint64_t(1), 20'000);
        QCOMPARE(fixture.stats().refusedSlow.load(), std::uint64_t(2));
    }
    void tooManyRequestsInFlightAreRefused()
    {
        Setup setup;
        setup.limits.loginInFlight = 1;
        Gate gate;
        WorkerPool workers("work", 1, 10);
        const Handler slow = [&](const ExchangePtr& exchange) {
            std::ignore = workers.post([exchange, &gate] {
                gate.pass();
                exchange->reply(Response::json(200, "{}"));
            });
        };
        setup.routes.push_back(open(Method::Get, "/login", slow, LimitClass::Login));
        setup.routes.push_back(open(Method::Get, "/hello", sayHello));
        setup.routes.push_back(open(Method::Get, "/healthz", sayHello, LimitClass::Probe));
        ServerFixture fixture(std::move(setup));
        RawClient first(fixture.port());
        first.send("GET /login HTTP/1.1\r\nHost: t\r\n\r\n");
        gate.waitForSomebody();
        RawClient second(fixture.port());
        const std::string refused = second.get("/login");
        QCOMPARE(statusOf(refused), 503);
        QCOMPARE(bodyOf(refused), std::string("{\"code\":100209}"));
        QVERIFY(!fieldOf(refused, "Retry-After").empty());
        QCOMPARE(statusOf(second.get("/hello")), 200); // other classes are not touched
        QCOMPARE(statusOf(second.get("/healthz")), 200);
        gate.openIt();
        QCOMPARE(statusOf(first.answer()), 200);
        QCOMPARE(statusOf(second.get("/login")), 200);
        workers.stop();
    }
    void allBodiesTogetherAreLimited()
    {
        Setup setup = helloSetup();
        setup.limits.allBodies = 100'000;
        setup.threads = 1;
        ServerFixture fixture(std::move(setup));
        RawClient big(fixture.port());
        big.send("POST /length HTTP/1.1\r\nHost: t\r\nContent-Length: 90000\r\n\r\n" + std::string(80'000, 'b'));
        RawClient other(fixture.port());
        QTRY_VERIFY([&] {
            RawClient probe(fixture.port());
            probe.send(post("/length", std::string(50'000, 'b')));
            return statusOf(probe.answer()) == 503;
        }());
        QCOMPARE(statusOf(other.get("/hello")), 200);
        other.send(post("/length", "abc"));
        QCOMPARE(bodyOf(other.answer()), std::string("3"));
        big.send(std::string(10'000, 'b'));
        QCOMPARE(bodyOf(big.answer()), std::string("90000"));
    }
    void clientsBehindTrustedProxiesAreResolved_data()
    {
        QTest::addColumn<QString>("trusted");
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("expected"); // client, forwarded, secure
        const auto s = [](const char* text) { return QString::fromUtf8(text); };
        QTest::newRow("direct") << s("127.0.0.1/8") << QByteArray() << QByteArray("127.0.0.1 0 0");
        QTest::newRow("proxy") << s("127.0.0.1/8") << QByteArray("X-Forwarded-For: 6.6.6.6, 1.2.3.4\r\n")
                               << QByteArray("1.2.3.4 1 0");
        QTest::newRow("TLS ends at the proxy")
            << s("127.0.0.1/8") << QByteArray("X-Forwarded-Proto: https\r\n") << QByteArray("127.0.0.1 1 1");
        QTest::newRow("nobody is trusted")
            << s("10.0.0.0/8") << QByteArray("X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\n")
            << QByteArray("127.0.0.1 1 0");
        QTest::newRow("RFC 7239") << s("10.0.0.0/8") << QByteArray("Forwarded: for=1.2.3.4\r\n")
                                  << QByteArray("127.0.0.1 1 0");
    }
    void clientsBehindTrustedProxiesAreResolved()
    {
        QFETCH(QString, trusted);
        QFETCH(QByteArray, fields);
        QFETCH(QByteArray, expected);
        Setup setup;
        setup.trustedProxies = {*Network::parse(trusted.toStdString())};
        setup.routes.push_back(open(Method::Get, "/who", [](const ExchangePtr& exchange) {
            const Request& request = exchange->request();
            exchange->reply(Response::json(200, request.client.toString() + (request.forwarded ? " 1" : " 0") +
                                                    (request.secure ? " 1" : " 0")));
        }));
        ServerFixture fixture(std::move(setup));
        RawClient client(fixture.port());
        QCOMPARE(bodyOf(client.get("/who", fields.toStdString())), expected.toStdString());
    }
    void corsIsForConfiguredOriginsOnly()
    {
        Setup setup = helloSetup();
        setup.corsOrigins = {"https://good.example"};
        ServerFixture fixture(std::move(setup));
        RawClient client(fixture.port());
        const std::string good = client.get("/hello", "Origin: https://good.example\r\n");
        QCOMPARE(fieldOf(good, "Access-Control-Allow-Origin"), std::string("https://good.example"));
        QCOMPARE(fieldOf(good, "Access-Control-Allow-Credentials"), std::string("true"));
        QCOMPARE(fieldOf(good, "Access-Control-Expose-Headers"), std::string("Content-Length"));
        QCOMPARE(fieldOf(good, "Vary"), std::string("Origin"));
        for (const char* origin :
             {"Origin: https://evil.example\r\n", "Origin: null\r\n", "Origin: http://test\r\n", ""}) {
            const std::string other = client.get("/hello", origin);
            QCOMPARE(statusOf(other), 200);
            QCOMPARE(fieldOf(other, "Access-Control-Allow-Origin"), std::string());
            QCOMPARE(fieldOf(other, "Vary"), std::string("Origin"));
        }
        client.send("OPTIONS /nowhere HTTP/1.1\r\nHost: test\r\nOrigin: https://good.example\r\n\r\n");
        const std::string preflight = client.answer();
        QCOMPARE(statusOf(preflight), 204);
        QCOMPARE(fieldOf(preflight, "Access-Control-Allow-Origin"), std::string("https://good.example"));
        QCOMPARE(fieldOf(preflight, "Access-Control-Allow-Methods"), std::string("PUT,PATCH,GET,POST,OPTIONS,DELETE"));
        QCOMPARE(fieldOf(preflight, "Access-Control-Allow-Headers"),
                 std::string("Origin,Authorization,Content-Type,Accept"));
        QCOMPARE(fieldOf(preflight, "Access-Control-Max-Age"), std::string("43200"));
        client.send("OPTIONS /hello HTTP/1.1\r\nHost: test\r\nOrigin: https://evil.example\r\n\r\n");
        QCOMPARE(statusOf(client.answer()), 404);
    }
    void aStormOfHalfOpenConnectionsLocksNobodyOut()
    {
        Setup setup = helloSetup(); // loopback is no trusted proxy here, so that the caps hold for it
        setup.limits.headerTime = 3s;
        setup.limits.lingerTime = 300ms;
        const std::size_t silentCap = setup.limits.silentPerAddress;
        ServerFixture fixture(std::move(setup));
        RawClient kept(fixture.port());
        QCOMPARE(statusOf(kept.get("/hello")), 200);
        const std::size_t before = residentKiB();
        std::vector<RawClient> silent;
        for (int i = 0; i < 300; ++i) {
            silent.emplace_back(fixture.port());
            QVERIFY(silent.back().isConnected());
            silent.back().send(i % 2 == 0 ? std::string("GET /hello HTTP/1.1\r\nX: ") + std::string(15'000, 'x')
                                          : std::string());
            if (i % 10 != 0) continue;
            QCOMPARE(statusOf(kept.get("/hello")), 200);
            RawClient fresh(fixture.port());
            QCOMPARE(statusOf(fresh.get("/hello")), 200);
        }
        QTRY_VERIFY_WITH_TIMEOUT(fixture.stats().connections.load() <= silentCap + 1, 10'000);
        if (MEMORY_IS_OURS)
            QVERIFY2(residentKiB() < before + 32 * 1024, qPrintable(QString::number(residentKiB() - before)));
        QVERIFY(fixture.stats().refusedSilent.load() >= 300 - 2 * silentCap);
        QCOMPARE(statusOf(kept.get("/hello")), 200);
        RawClient fresh(fixture.port());
        QCOMPARE(statusOf(fresh.get("/hello")), 200);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.stats().connections.load() <= 2, 10'000); // the header's time is over
        QCOMPARE(statusOf(kept.get("/hello")), 200);
    }
    void memoryComesBackAfterManyBodies()
    {
        Setup setup = helloSetup();
        setup.trustedProxies = {*Network::parse("127.0.0.0/8")}; // no cap on connections: the worst case
        setup.limits.bodyGrace = 1s;
        setup.limits.lingerTime = 300ms;
        ServerFixture fixture(std::move(setup));
        RawClient kept(fixture.port());
        QCOMPARE(statusOf(kept.get("/hello")), 200);
        const std::size_t before = residentKiB();
        const std::string part(700 * 1024, 'b');
        std::vector<RawClient> clients;
        for (int i = 0; i < 300; ++i) {
            clients.emplace_back(fixture.port());
            clients.back().send("POST /length HTTP/1.1\r\nHost: t\r\nContent-Length: 5000000\r\n\r\n");
            clients.back().send(part);
        }
        QCOMPARE(statusOf(kept.get("/hello")), 200);
        const std::size_t most = residentKiB();
        QVERIFY(most > before + 64 * 1024); // it was a storm
        QTRY_VERIFY_WITH_TIMEOUT(fixture.stats().connections.load() <= 1, 30'000);
        if (MEMORY_IS_OURS) QTRY_VERIFY_WITH_TIMEOUT(residentKiB() < before + 32 * 1024, 10'000);
        qInfo("resident: %zu KiB idle, %zu KiB in the storm, %zu KiB afterwards", before, most, residentKiB());
        QCOMPARE(statusOf(kept.get("/hello")), 200);
    }
    void fourThousandIdleConnectionsCostLittle()
    {
        rlimit files{};
        ::getrlimit(RLIMIT_NOFILE, &files);
        if (files.rlim_cur < 8'300) QSKIP("needs 8300 file descriptors");
        Setup setup = helloSetup();
        ServerFixture fixture(std::move(setup));
        const std::size_t before = residentKiB();
        std::vector<RawClient> clients;
        clients.reserve(4000);
        for (int i = 0; i < 4000; ++i) {
            clients.emplace_back(fixture.port());
            QCOMPARE(statusOf(clients.back().get("/hello")), 200);
        }
        QCOMPARE(fixture.stats().connections.load(), std::uint64_t(4000));
        const std::size_t each = (residentKiB() - before) * 1024 / 4000;
        qInfo("%zu bytes a connection, the client's side included", each);
        if (MEMORY_IS_OURS) QVERIFY2(each <= 2048, qPrintable(QString::number(each)));
        for (RawClient& client : clients) QCOMPARE(statusOf(client.get("/hello")), 200);
    }
    void tooManyConnectionsTurnNewcomersAway()
    {
        Setup setup = helloSetup();
        setup.limits.connections = 3;
        ServerFixture fixture(std::move(setup));
        std::vector<RawClient> clients;
        for (int i = 0; i < 3; ++i) {
            clients.emplace_back(fixture.port());
            QCOMPARE(statusOf(clients.back().get("/hello")), 200);
        }
        RawClient fourth(fixture.port());
        QVERIFY(fourth.ends());
        QCOMPARE(fixture.stats().refusedConnections.load(), std::uint64_t(1));
        for (RawClient& client : clients) QCOMPARE(statusOf(client.get("/hello")), 200);
        clients.pop_back();
        QTRY_COMPARE(fixture.stats().connections.load(), std::uint64_t(2));
        QCOMPARE(statusOf(RawClient(fixture.port()).get("/hello")), 200);
    }
    void acceptingGoesOnAfterDescriptorsRanOut()
    {
        ServerFixture fixture(helloSetup());
        QCOMPARE(statusOf(RawClient(fixture.port()).get("/hello")), 200);
        QTRY_COMPARE(fixture.stats().connections.load(), std::uint64_t(0));
        rlimit files{};
        ::getrlimit(RLIMIT_NOFILE, &files);
        const rlimit whole = files;
        files.rlim_cur = 256;
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &files), 0);
        std::vector<int> taken;
        for (int fd = ::dup(0); fd >= 0; fd = ::dup(0)) taken.push_back(fd);
        ::close(taken.back()); // one for the client, none for the server
        taken.pop_back();
        RawClient client(fixture.port());
        QVERIFY(client.isConnected());
        client.send("GET /hello HTTP/1.1\r\nHost: t\r\n\r\n");
        QTRY_VERIFY(fixture.stats().acceptPauses >= 3); // trying, now and then
        QCOMPARE(fixture.stats().accepted.load(), std::uint64_t(1));
        QVERIFY(fixture.stats().acceptPauses < 100);
        for (const int fd : taken) ::close(fd);
        ::setrlimit(RLIMIT_NOFILE, &whole);
        QCOMPARE(statusOf(client.answer()), 200);
    }
    void drainFinishesWhatRuns_data() { threadRows(); }
    void drainFinishesWhatRuns()
    {
        QFETCH(unsigned, threads);
        Setup setup = helloSetup();
        setup.threads = threads;
        Gate gate;
        WorkerPool workers("work", 1, 10);
        setup.routes.push_back(open(Method::Get, "/slow", [&](const ExchangePtr& exchange) {
            std::ignore = workers.post([exchange, &gate] {
                gate.pass();
                exchange->reply(Response::json(200, "{\"done\":true}"));
            });
        }));
        ServerFixture fixture(std::move(setup));
        RawClient idle(fixture.port());
        QCOMPARE(statusOf(idle.get("/hello")), 200);
        RawClient running(fixture.port());
        running.send("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n");
        gate.waitForSomebody();
        std::atomic<int> drained = 0;
        fixture.inServerThread([&] { fixture.server().drain(20s, [&drained] { ++drained; }); });
        QVERIFY(idle.ends());
        QVERIFY(!RawClient(fixture.port()).isConnected());
        QCOMPARE(drained.load(), 0);
        gate.openIt();
        const std::string answer = running.answer();
        QCOMPARE(bodyOf(answer), std::string("{\"done\":true}"));
        QCOMPARE(fieldOf(answer, "Connection"), std::string("close"));
        QVERIFY(running.ends());
        running.endSending();
        QTRY_COMPARE(drained.load(), 1);
        QCOMPARE(fixture.stats().connections.load(), std::uint64_t(0));
        workers.stop();
    }
    void drainEndsWhenItsTimeIsOver()
    {
        Setup setup;
        Gate gate;
        WorkerPool workers("work", 1, 10);
        setup.routes.push_back(open(Method::Get, "/slow", [&](const ExchangePtr& exchange) {
            std::ignore = workers.post([exchange, &gate] {
                gate.pass();
                exchange->reply(Response::json(200, "{}"));
            });
        }));
        {
            ServerFixture fixture(std::move(setup));
            RawClient running(fixture.port());
            running.send("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n");
            gate.waitForSomebody();
            std::atomic<int> drained = 0;
            fixture.inServerThread([&] { fixture.server().drain(100ms, [&drained] { ++drained; }); });
            QVERIFY(running.ends());
            QTRY_COMPARE(drained.load(), 1);
        }
        gate.openIt(); // the answer outlives its server
        workers.stop();
    }
    void addressesThatCannotBeUsedAreNamed()
    {
        ServerFixture fixture(helloSetup());
        const std::string inUse = "127.0.0.1:" + std::to_string(fixture.port());
        fixture.inServerThread([&] {
            const auto twice = fixture.server().listen("127.0.0.1", fixture.port());
            QVERIFY(!twice);
            QVERIFY2(twice.error().detail.find(inUse) != std::string::npos, twice.error().detail.c_str());
            const auto name = fixture.server().listen("no-address", 0);
            QVERIFY(!name);
            QVERIFY(name.error().detail.find("no-address") != std::string::npos);
            const auto second = fixture.server().listen("::1", 0);
            if (second) QCOMPARE(fixture.server().urls().back(), "http://[::1]:" + std::to_string(*second));
        });
    }
    void tlsGoesThereAndBack()
    {
        const QString openssl = QStandardPaths::findExecutable(QStringLiteral("openssl"));
        if (openssl.isEmpty()) QSKIP("needs the openssl command");
        const QTemporaryDir folder;
        const auto file = [&folder](const char* name) { return folder.filePath(QString::fromUtf8(name)); };
        const auto make = [&](const QString& key, const QString& certificate) {
            return QProcess::execute(
                openssl, {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                          QStringLiteral("ec"), QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256"),
                          QStringLiteral("-nodes"), QStringLiteral("-subj"), QStringLiteral("/CN=localhost"),
                          QStringLiteral("-keyout"), key, QStringLiteral("-out"), certificate});
        };
        QCOMPARE(make(file("a.key"), file("a.pem")), 0);
        QCOMPARE(make(file("b.key"), file("b.pem")), 0);
        const auto files = [&file](const char* certificate, const char* key) {
            return TlsFiles{file(certificate).toStdString(), file(key).toStdString()};
        };

        Setup setup = helloSetup();
        setup.tls = files("a.pem", "a.key");
        setup.routes.push_back(open(Method::Get, "/much", [](const ExchangePtr& exchange) {
            exchange->reply(Response::json(200, std::string(3'000'000, 'x')));
        }));
        ServerFixture fixture(std::move(setup));
        QVERIFY2(fixture.port() != 0, fixture.error().c_str());
        QVERIFY(fixture.server().urls().front().starts_with("https://"));
        QSslSocket socket;
        QSslConfiguration trusting = socket.sslConfiguration();
        trusting.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.setSslConfiguration(trusting);
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), fixture.port());
        QVERIFY2(socket.waitForEncrypted(10'000), qPrintable(socket.errorString()));
        QVERIFY(socket.sessionProtocol() == QSsl::TlsV1_3 || socket.sessionProtocol() == QSsl::TlsV1_2);
        const auto ask = [&socket](const QByteArray& bytes) {
            socket.write(bytes);
            QByteArray all;
            while (socket.waitForReadyRead(5000)) {
                all += socket.readAll();
                const std::string text = all.toStdString();
                const std::string length = fieldOf(text, "Content-Length");
                if (!length.empty() && bodyOf(text).size() >= std::stoul(length)) break;
            }
            return all.toStdString();
        };
        const std::string hello = ask("GET /hello HTTP/1.1\r\nHost: t\r\n\r\n");
        QCOMPARE(statusOf(hello), 200);
        QCOMPARE(fieldOf(hello, "Strict-Transport-Security"), std::string("max-age=31536000"));
        QCOMPARE(bodyOf(ask("GET /much HTTP/1.1\r\nHost: t\r\n\r\n")).size(), std::size_t(3'000'000));
        QCOMPARE(bodyOf(ask(QByteArray::fromStdString(post("/length", std::string(2'000'000, 'b'))))),
                 std::string("2000000"));
        const std::string last = ask("GET /hello HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
        QCOMPARE(fieldOf(last, "Connection"), std::string("close"));
        QVERIFY(socket.state() == QAbstractSocket::UnconnectedState || socket.waitForDisconnected(5000));
        RawClient plain(fixture.port()); // no TLS: closed, and nobody is hurt
        plain.send("GET /hello HTTP/1.1\r\nHost: t\r\n\r\n");
        QVERIFY(plain.ends());
        QTRY_COMPARE(fixture.stats().connections.load(), std::uint64_t(0));

        fixture.inServerThread([&] {
            const auto refused = [&](const TlsFiles& pair, const std::string& named) {
                const auto result = fixture.server().listenTls("127.0.0.1", 0, pair);
                QVERIFY(!result);
                QVERIFY2(result.error().detail.find(named) != std::string::npos, result.error().detail.c_str());
            };
            refused(files("none.pem", "a.key"), "none.pem");
            refused(files("a.pem", "none.key"), "none.key");
            refused(files("a.pem", "b.key"), "does not belong");
            refused(files("a.key", "a.key"), "no usable PEM certificate");
            refused({"", ""}, "certificate");
        });
    }
    void aServerMayDieWhileClientsTalk_data() { threadRows(); }
    void aServerMayDieWhileClientsTalk()
    {
        QFETCH(unsigned, threads);
        for (int round = 0; round < 5; ++round) {
            Setup setup = helloSetup();
            setup.threads = threads;
            auto fixture = std::make_unique<ServerFixture>(std::move(setup));
            std::vector<std::thread> talkers;
            std::atomic<int> answered = 0;
            for (int t = 0; t < 4; ++t)
                talkers.emplace_back([port = fixture->port(), &answered] {
                    RawClient client(port);
                    while (client.isConnected() && statusOf(client.get("/hello")) == 200) ++answered;
                });
            QTRY_VERIFY(answered > 20);
            fixture.reset();
            for (std::thread& talker : talkers) talker.join();
        }
    }
};

QTEST_GUILESS_MAIN(ServerTest)
#include "servertest.moc"
