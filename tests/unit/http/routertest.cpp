// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/router.h"
#include "http/admission.h"
#include "http/redirect.h"
#include "http/timerwheel.h"
#include <QTest>
#include <concepts>
#include <map>
#include <type_traits>

using namespace iam;
using namespace iam::http;
using namespace std::chrono_literals;

// A route says what it asks of its caller, or it does not compile.
template <class... Arguments>
concept MakesRoute = std::constructible_from<Route, Arguments...>;
static_assert(MakesRoute<Method, std::string, Auth, LimitClass, Handler>);
static_assert(!MakesRoute<Method, std::string, LimitClass, Handler>);
static_assert(!MakesRoute<Method, std::string, Handler>);
static_assert(!MakesRoute<Method, std::string, std::nullptr_t, LimitClass, Handler>);
static_assert(!MakesRoute<Method, std::string, std::shared_ptr<Authenticator>, LimitClass, Handler>);
static_assert(!std::is_default_constructible_v<Auth>);
static_assert(!std::is_default_constructible_v<Route>);
static_assert(!std::is_aggregate_v<Route>);

namespace {

void nothing(const ExchangePtr&) {}

Route route(Method method, const char* pattern, LimitClass limits = LimitClass::Normal)
{
    return {method, pattern, Auth::none(), limits, nothing};
}

Router table()
{
    std::vector<Route> routes;
    routes.push_back(route(Method::Get, "/healthz", LimitClass::Probe));
    routes.push_back(route(Method::Get, "/v1/users"));
    routes.push_back(route(Method::Post, "/v1/users"));
    routes.push_back(route(Method::Get, "/v1/users/:name"));
    routes.push_back(route(Method::Delete, "/v1/users/:name"));
    routes.push_back(route(Method::Put, "/v1/users/:name/change-password"));
    routes.push_back(route(Method::Get, "/v1/users/me"));
    routes.push_back(route(Method::Get, "/v1/:kind/:name/history"));
    routes.push_back(route(Method::Get, "/slash/"));
    return {std::move(routes), Auth::none(), nothing};
}

} // namespace

class RouterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pathsFindTheirRoutes_data()
    {
        QTest::addColumn<int>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("pattern"); // empty: the fallback
        QTest::addColumn<QString>("params");
        QTest::addColumn<QString>("other");
        const auto row = [](Method method, const char* path, const char* pattern, const char* params = "",
                            const char* other = "") {
            QTest::addRow("%s %s", std::string(methodText(method)).c_str(), path)
                << static_cast<int>(method) << QString::fromUtf8(path) << QString::fromUtf8(pattern)
                << QString::fromUtf8(params) << QString::fromUtf8(other);
        };
        row(Method::Get, "/healthz", "/healthz");
        row(Method::Head, "/healthz", "/healthz");
        row(Method::Post, "/healthz", "");
        row(Method::Get, "/Healthz", "");
        row(Method::Get, "/healthz/", "", "", "/healthz");
        row(Method::Head, "/healthz/", "", "", "/healthz");
        row(Method::Post, "/healthz/", "");
        row(Method::Get, "/slash", "", "", "/slash/");
        row(Method::Get, "/slash/", "/slash/");
        row(Method::Get, "/v1/users", "/v1/users");
        row(Method::Post, "/v1/users", "/v1/users");
        row(Method::Post, "/v1/users/", "", "", "/v1/users");
        row(Method::Get, "/v1/users/", "", "", "/v1/users");
        row(Method::Get, "/v1/users/colin", "/v1/users/:name", "name=colin");
        row(Method::Get, "/v1/users/a b", "/v1/users/:name", "name=a b");
        row(Method::Get, "/v1/users/colin/", "", "", "/v1/users/colin");
        row(Method::Get, "/v1/users/me", "/v1/users/me");
        row(Method::Delete, "/v1/users/me", "/v1/users/:name", "name=me"); // the fixed one has no DELETE
        row(Method::Put, "/v1/users/x/change-password", "/v1/users/:name/change-password", "name=x");
        row(Method::Put, "/v1/users//change-password", "");
        row(Method::Get, "/v1/users/me/history", "/v1/:kind/:name/history", "kind=users,name=me");
        row(Method::Get, "/v1/users/a/b", "");
        row(Method::Get, "//healthz", "");
        row(Method::Get, "/healthz//", "");
        row(Method::Get, "/", "");
        row(Method::Options, "*", "");
        row(Method::Other, "/healthz", "");
    }
    void pathsFindTheirRoutes()
    {
        QFETCH(int, method);
        QFETCH(QString, path);
        QFETCH(QString, pattern);
        QFETCH(QString, params);
        QFETCH(QString, other);
        const Router built = table();
        const Router::Match match = built.find(static_cast<Method>(method), path.toStdString());
        QVERIFY(match.route != nullptr);
        QCOMPARE(QString::fromStdString(match.route->pattern), pattern);
        QStringList found;
        for (const auto& [name, value] : match.params)
            found << QString::fromStdString(name) + QLatin1Char('=') + QString::fromStdString(value);
        QCOMPARE(found.join(QLatin1Char(',')), params);
        QCOMPARE(QString::fromStdString(match.otherPath), other);
    }
    void aSlashMayBePartOfAName()
    {
        const Router built = table();
        const auto found = [&](Method method, const char* path, const char* sent) {
            const Router::Match match = built.find(method, path, sent);
            std::string text = match.route->pattern;
            for (const auto& [name, value] : match.params) text += " " + name + "=" + value;
            return text + match.otherPath;
        };
        QCOMPARE(found(Method::Get, "/v1/users/a/b", "/v1/users/a%2Fb"), std::string("/v1/users/:name name=a/b"));
        QCOMPARE(found(Method::Get, "/v1/users/a/b c", "/v1/users/a%2fb%20c"),
                 std::string("/v1/users/:name name=a/b c"));
        QCOMPARE(found(Method::Put, "/v1/users/a/b/change-password", "/v1/users/a%2Fb/change-password"),
                 std::string("/v1/users/:name/change-password name=a/b"));
        // What is sent as a name is one, though there is a route of that look; without a route for names it is as it
        // was.
        QCOMPARE(found(Method::Get, "/v1/users/me/history", "/v1/users/me%2Fhistory"),
                 std::string("/v1/users/:name name=me/history"));
        QCOMPARE(found(Method::Put, "/v1/users/x/change-password", "/v1/users/x%2Fchange-password"),
                 std::string("/v1/users/:name/change-password name=x"));
        QCOMPARE(found(Method::Get, "/v1/users/a/b", "/v1/users/a/b"), std::string());
        QCOMPARE(found(Method::Get, "/v1/users", "/v1%2Fusers"), std::string("/v1/users"));
        QCOMPARE(found(Method::Get, "/v1/users/colin/", "/v1/users/colin%2F"),
                 std::string("/v1/users/:name name=colin/"));
    }
    void aMovedRouterStillFinds()
    {
        Router first = table();
        Router second(std::move(first));
        QCOMPARE(second.find(Method::Get, "/v1/users/x").route->pattern, std::string("/v1/users/:name"));
        QVERIFY(second.limitClass(Method::Get, "/healthz") == LimitClass::Probe);
        QVERIFY(second.limitClass(Method::Get, "/nowhere") == LimitClass::Normal);
    }
    void mistakesInTheTableAreFound()
    {
        std::vector<Route> twice{route(Method::Get, "/a/:x"), route(Method::Get, "/a/:y")};
        QVERIFY_THROWS_EXCEPTION(std::logic_error, Router(std::move(twice), Auth::none(), nothing));
        std::vector<Route> bare{route(Method::Get, "a")};
        QVERIFY_THROWS_EXCEPTION(std::logic_error, Router(std::move(bare), Auth::none(), nothing));
        QVERIFY_THROWS_EXCEPTION(std::logic_error, std::ignore = Auth::by(nullptr));
    }
    void redirectsStayOnThisHost_data()
    {
        QTest::addColumn<int>("method");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("other");
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("location");
        const auto row = [](const char* name, Method method, const char* target, const char* other, const char* prefix,
                            int status, const char* location) {
            QTest::newRow(name) << static_cast<int>(method) << QString::fromUtf8(target) << QString::fromUtf8(other)
                                << QString::fromUtf8(prefix) << status << QString::fromUtf8(location);
        };
        row("get", Method::Get, "/a/", "/a", "", 301, "/a");
        row("head", Method::Head, "/a/", "/a", "", 301, "/a");
        row("post", Method::Post, "/a/", "/a", "", 307, "/a");
        row("query", Method::Get, "/a/?b=c&d", "/a", "", 301, "/a?b=c&d");
        row("encoded", Method::Get, "/%0d%0aX/", "/\r\nX", "", 301, "/%0D%0AX");
        row("prefix", Method::Get, "/a/", "/a", "/iam", 301, "/iam/a");
        row("prefix with slashes", Method::Get, "/a/", "/a", "//evil.com//x/", 301, "/evil.com/x/a");
        row("prefix with dots", Method::Get, "/a/", "/a", "/x/../../y/./", 301, "/y/a");
        row("prefix with a host", Method::Get, "/a/", "/a", "https://evil.com", 301, "/https/evil.com/a");
        row("prefix with a line break", Method::Get, "/a/", "/a", "/x\r\nSet-Cookie: a", 301, "/xSet-Cookiea/a");
        row("prefix with a backslash", Method::Get, "/a/", "/a", "\\\\evil.com", 301, "/evil.com/a");
        row("double slash path", Method::Get, "//evil.com/", "//evil.com", "", 301, "/evil.com");
    }
    void redirectsStayOnThisHost()
    {
        QFETCH(int, method);
        QFETCH(QString, target);
        QFETCH(QString, other);
        QFETCH(QString, prefix);
        QFETCH(int, status);
        QFETCH(QString, location);
        Request request;
        request.method = static_cast<Method>(method);
        request.target = target.toStdString();
        const Response response = slashRedirect(request, other.toStdString(), prefix.toStdString());
        QCOMPARE(response.status, status);
        QCOMPARE(QString::fromStdString(std::string(response.headers.value("Location"))), location);
        QCOMPARE(response.body.empty(), status == 307);
    }
    void queriesAreDecoded()
    {
        const Query query = Query::parse("a=1&b=x%20y+z&a=2&&c&=d&bad=%zz&e=%C3%A4&f=a=b");
        QCOMPARE(query.all("a"), (std::vector<std::string_view>{"1", "2"}));
        QCOMPARE(*query.find("b"), std::string("x y z"));
        QCOMPARE(*query.find("c"), std::string());
        QCOMPARE(*query.find(""), std::string("d"));
        QVERIFY(query.find("bad") == nullptr);
        QCOMPARE(*query.find("e"), std::string("\xC3\xA4"));
        QCOMPARE(*query.find("f"), std::string("a=b"));
        QCOMPARE(query.pairs().size(), std::size_t(7));
        QCOMPARE(*percentDecoded("a%2Fb+%25"), std::string("a/b+%"));
        for (const char* bad : {"%", "%1", "%zz", "a%"}) QVERIFY(!percentDecoded(bad));
    }
    void addressesAreParsed_data()
    {
        QTest::addColumn<QString>("literal");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* literal, const char* shown) {
            QTest::newRow(literal) << QString::fromUtf8(literal) << QString::fromUtf8(shown);
        };
        row("10.0.0.1", "10.0.0.1");
        row(" 10.0.0.1 ", "10.0.0.1");
        row("10.0.0.1:80", "10.0.0.1");
        row("::1", "::1");
        row("[::1]", "::1");
        row("[2001:DB8::1]:80", "2001:db8::1");
        row("::ffff:10.0.0.1", "10.0.0.1");
        for (const char* bad : {"", "10.0.0", "10.0.0.256", "localhost", "10.0.0.1:x", "[10.0.0.1]", "[::1", "[::1]x",
                                "::1%lo", "unknown", "_hidden"})
            row(bad, "");
    }
    void addressesAreParsed()
    {
        QFETCH(QString, literal);
        QFETCH(QString, shown);
        QCOMPARE(QString::fromStdString(Address::parse(literal.toStdString()).toString()), shown);
    }
    void networksContainAddresses()
    {
        const auto contains = [](const char* network, const char* address) {
            return Network::parse(network).value().contains(Address::parse(address));
        };
        QVERIFY(contains("127.0.0.1/8", "127.255.0.1"));
        QVERIFY(!contains("127.0.0.1/8", "128.0.0.1"));
        QVERIFY(contains("10.1.2.0/23", "10.1.3.255"));
        QVERIFY(!contains("10.1.2.0/23", "10.1.4.0"));
        QVERIFY(contains("10.0.0.1", "10.0.0.1"));
        QVERIFY(!contains("10.0.0.1", "10.0.0.2"));
        QVERIFY(contains("0.0.0.0/0", "1.2.3.4"));
        QVERIFY(!contains("0.0.0.0/0", "::1"));
        QVERIFY(contains("2001:db8::/33", "2001:db8:7fff::1"));
        QVERIFY(!contains("2001:db8::/33", "2001:db8:8000::1"));
        QVERIFY(contains("::1", "::1"));
        for (const char* bad :
             {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "x/8", "::1/129", "10.0.0.1:80/8"})
            QVERIFY2(!Network::parse(bad).has_value(), bad);
    }
    void theClientIsTheRightMostUntrustedEntry_data()
    {
        QTest::addColumn<QString>("peer");
        QTest::addColumn<QStringList>("forwarded");
        QTest::addColumn<QString>("client");
        const auto row = [](const char* name, const char* peer, const QStringList& forwarded, const char* client) {
            QTest::newRow(name) << QString::fromUtf8(peer) << forwarded << QString::fromUtf8(client);
        };
        const auto s = [](const char* text) { return QString::fromUtf8(text); };
        row("direct", "10.9.9.9", {}, "10.9.9.9");
        row("untrusted peer is not believed", "10.9.9.9", {s("1.2.3.4")}, "10.9.9.9");
        row("through the proxy", "127.0.0.1", {s("1.2.3.4")}, "1.2.3.4");
        row("forged entry on the left", "127.0.0.1", {s("6.6.6.6, 1.2.3.4")}, "1.2.3.4");
        row("two proxies", "127.0.0.1", {s("6.6.6.6, 1.2.3.4, 10.1.0.1")}, "1.2.3.4");
        row("two fields", "127.0.0.1", {s("6.6.6.6"), s("1.2.3.4"), s("10.1.0.1")}, "1.2.3.4");
        row("all trusted", "127.0.0.1", {s("10.1.0.2, 10.1.0.1")}, "10.1.0.2");
        row("no address", "127.0.0.1", {s("1.2.3.4, nonsense")}, "127.0.0.1");
        row("empty entry", "127.0.0.1", {s("1.2.3.4, ")}, "127.0.0.1");
        row("no address behind a proxy", "127.0.0.1", {s("nonsense, 10.1.0.1")}, "10.1.0.1");
        row("with a port", "127.0.0.1", {s("1.2.3.4:5678")}, "1.2.3.4");
        row("version 6", "::1", {s("2001:db8::1")}, "2001:db8::1");
    }
    void theClientIsTheRightMostUntrustedEntry()
    {
        QFETCH(QString, peer);
        QFETCH(QStringList, forwarded);
        QFETCH(QString, client);
        std::vector<std::string> values;
        for (const QString& value : forwarded) values.push_back(value.toStdString());
        const std::vector<Network> trusted{*Network::parse("127.0.0.1/8"), *Network::parse("::1"),
                                           *Network::parse("10.1.0.0/16")};
        const Address found =
            resolveClient(Address::parse(peer.toStdString()), {values.begin(), values.end()}, trusted);
        QCOMPARE(QString::fromStdString(found.toString()), client);
    }
    void theWheelWakesNeitherEarlyNorMuchTooLate()
    {
        const TimerWheel::Time start{1h};
        TimerWheel wheel(start);
        QVERIFY(!wheel.next());
        std::map<std::uint64_t, TimerWheel::Time> due;
        std::uint64_t id = 0;
        for (const auto wait : {0ms, 1ms, 49ms, 50ms, 51ms, 1000ms, 25599ms, 25600ms, 26000ms, 60000ms, 600000ms}) {
            due[++id] = start + wait;
            wheel.add(id, start + wait);
        }
        std::size_t woken = 0;
        for (TimerWheel::Time now = start; now <= start + 601s; now += 10ms) {
            wheel.advance(now, [&](std::uint64_t which, TimerWheel::Time when) {
                ++woken;
                QCOMPARE(when, due.at(which));
                QVERIFY(now >= when);
                QVERIFY(now <= when + TimerWheel::TICK + 10ms);
            });
        }
        QCOMPARE(woken, due.size());
        QVERIFY(!wheel.next());
    }
    void theWheelSurvivesALongPause()
    {
        const TimerWheel::Time start{1h};
        TimerWheel wheel(start);
        for (std::uint64_t id = 0; id < 100; ++id) wheel.add(id, start + id * 1s);
        std::size_t woken = 0;
        wheel.advance(start + 1h, [&](std::uint64_t, TimerWheel::Time) { ++woken; });
        QCOMPARE(woken, std::size_t(100));
    }
    void silentConnectionsAreCappedPerAddress()
    {
        Limits limits;
        limits.silentPerAddress = 2;
        limits.connections = 6;
        const auto admission = std::make_shared<Admission>(limits);
        const Address one = Address::parse("1.1.1.1");
        std::vector<int> evicted;
        const auto admit = [&](const Address& address, int number, bool exempt = false) {
            return Admission::admit(admission, address, exempt, [&evicted, number] { evicted.push_back(number); });
        };
        auto a = admit(one, 1);
        auto b = admit(one, 2);
        QVERIFY(!a->isOnProbation() && !b->isOnProbation());
        auto c = admit(one, 3);
        auto d = admit(one, 4);
        QVERIFY(c->isOnProbation() && d->isOnProbation());
        QVERIFY(evicted.empty());
        auto e = admit(one, 5); // the oldest on probation makes room
        QCOMPARE(evicted, std::vector<int>{3});
        c.reset();
        d->prove(); // spoke: stays, and no longer counts
        QVERIFY(!d->isOnProbation());
        auto f = admit(one, 6);
        QCOMPARE(evicted, std::vector<int>{3});
        QVERIFY(!admit(Address::parse("2.2.2.2"), 7) == false); // another address has its own places
        auto g = admit(Address::parse("2.2.2.2"), 8);
        QVERIFY(!g->isOnProbation());
        QCOMPARE(admission->connections(), std::size_t(6));
        QVERIFY(!admit(Address::parse("3.3.3.3"), 9)); // all places taken
        QVERIFY(admit(Address::parse("3.3.3.3"), 10, true));
        a.reset();
        auto h = admit(one, 11);
        QVERIFY(!h->isOnProbation());
        a.reset(), b.reset(), e.reset(), d.reset(), f.reset(), g.reset(), h.reset();
        QCOMPARE(admission->connections(), std::size_t(0));
    }
    void aLocalExchangeAnswersOnce()
    {
        std::vector<int> statuses;
        const auto take = [&statuses](const Response& response) { statuses.push_back(response.status); };
        auto answered = std::make_shared<LocalExchange>(Request{}, take);
        answered->reply(Response::json(200, "{}"));
        QTest::ignoreMessage(QtWarningMsg, "a request was answered twice; the second answer (201) is dropped");
        answered->reply(Response::json(201, "{}"));
        answered.reset();
        QCOMPARE(statuses, std::vector<int>{200});
        std::make_shared<LocalExchange>(Request{}, take).reset();
        QCOMPARE(statuses, (std::vector<int>{200, 500}));
    }
    void headersIgnoreCase()
    {
        Headers headers;
        headers.add("Accept", "a");
        headers.add("accept", "b");
        QCOMPARE(headers.count("ACCEPT"), std::size_t(2));
        QCOMPARE(headers.value("aCCEPT"), std::string_view("a"));
        headers.set("ACCEPT", "c");
        QCOMPARE(headers.all("accept"), std::vector<std::string_view>{"c"});
        QVERIFY(!headers.has("accep"));
        QVERIFY(headers.find("x") == nullptr);
    }
};

QTEST_GUILESS_MAIN(RouterTest)
#include "routertest.moc"
