// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/session.h"
#include "rawclient.h"
#include "serverfixture.h"
#include <QTest>
#include <atomic>

using namespace iam;
using namespace iam::http;
using namespace std::chrono_literals;

namespace {

const std::string GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// A session without a socket that answers every request with a stream.
class Desk final : public SessionEvents {
public:
    std::size_t bodyLimit(Method, std::string_view) override { return 0; }
    void requestArrived(std::uint64_t sequence, WireRequest&&) override
    {
        last = sequence;
        Response response = Response::json(200, "first;");
        Answer answer{std::move(response), "id", false, false};
        answer.stream = std::make_shared<StreamLease>(stream);
        session.respond(sequence, std::move(answer), now);
    }
    Answer refusal(Code) override { return {Response::json(400, "{}"), "id", false, false}; }
    std::string takeOutput()
    {
        const std::string out(session.output());
        session.sent(out.size(), now);
        return out;
    }

    Limits limits;
    HttpSession::Time now = HttpSession::Time(1h);
    std::shared_ptr<BodyStream> stream = std::make_shared<BodyStream>();
    std::uint64_t last = 0;
    HttpSession session{limits, std::make_shared<BodyBudget>(limits.allBodies), *this, now};
};

/// A server with one stream, of which the test holds the writing end.
struct StreamServer {
    std::shared_ptr<BodyStream> stream = std::make_shared<BodyStream>();
    std::atomic<bool> asked = false;
    ServerFixture fixture{[this] {
        ServerFixture::Setup setup;
        setup.routes.emplace_back(Method::Get, "/stream", Auth::none(), LimitClass::Normal,
                                  [this](const ExchangePtr& exchange) {
                                      Response response = Response::json(200, "first;");
                                      response.stream = stream;
                                      exchange->reply(std::move(response));
                                      asked = true;
                                  });
        return setup;
    }()};

    void ask(const RawClient& client) const { client.send("GET /stream HTTP/1.1\r\nHost: t\r\n\r\n"); }
};

} // namespace

class StreamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenFollowsTheAnswer()
    {
        StreamServer server;
        QVERIFY(server.stream->write("before;"));
        RawClient client(server.fixture.port());
        server.ask(client);
        QTRY_VERIFY(server.asked.load());
        QVERIFY(server.stream->write("second;"));
        server.stream->end();
        QVERIFY(!server.stream->isOpen());
        QVERIFY(!server.stream->write("late;"));
        bool clean = false;
        const std::string all = client.rest(&clean);
        QVERIFY(clean);
        QCOMPARE(statusOf(all), 200);
        QVERIFY(fieldOf(all, "Content-Length").empty());
        QCOMPARE(fieldOf(all, "Connection"), std::string("close"));
        QVERIFY(all.ends_with("\r\n\r\nfirst;before;second;"));
    }

    void aClientThatGoesIsNoticed()
    {
        StreamServer server;
        {
            RawClient client(server.fixture.port());
            server.ask(client);
            QTRY_VERIFY(server.asked.load());
            QVERIFY(server.stream->isOpen());
        }
        QTRY_VERIFY(!server.stream->isOpen());
        QTRY_COMPARE(server.fixture.stats().connections.load(), std::uint64_t(0));
    }

    void aClientThatDoesNotReadIsDropped()
    {
        StreamServer server;
        RawClient client(server.fixture.port(), 20s, 4096);
        server.ask(client);
        QTRY_VERIFY(server.asked.load());
        std::size_t written = 0;
        while (written < (std::size_t{64} << 20) && server.stream->write(std::string(16 * 1024, 'x')))
            written += 16 * 1024;
        QVERIFY(!server.stream->isOpen());
        QTRY_COMPARE(server.fixture.stats().writeStalls.load(), std::uint64_t(1));
        QTRY_COMPARE(server.fixture.stats().connections.load(), std::uint64_t(0));
    }

    void drainingEndsIt()
    {
        StreamServer server;
        RawClient client(server.fixture.port());
        server.ask(client);
        QTRY_VERIFY(server.asked.load());
        std::atomic<int> drained = 0;
        server.fixture.inServerThread([&] { server.fixture.server().drain(20s, [&drained] { ++drained; }); });
        bool clean = false;
        QVERIFY(client.rest(&clean).ends_with("first;"));
        QVERIFY(clean);
        QVERIFY(!server.stream->isOpen());
        client.endSending();
        QTRY_COMPARE(drained.load(), 1);
    }

    void anAnswerThatReachesNobodyEndsItsStream()
    {
        auto stream = std::make_shared<BodyStream>();
        {
            ServerFixture::Setup setup;
            std::mutex mutex;
            ExchangePtr kept;
            setup.routes.emplace_back(Method::Get, "/later", Auth::none(), LimitClass::Normal,
                                      [&](const ExchangePtr& exchange) {
                                          const std::lock_guard lock(mutex);
                                          kept = exchange;
                                      });
            ServerFixture fixture(std::move(setup));
            {
                RawClient client(fixture.port());
                client.send("GET /later HTTP/1.1\r\nHost: t\r\n\r\n");
                QTRY_VERIFY((std::lock_guard(mutex), kept != nullptr));
            }
            Response response = Response::json(200, {});
            response.stream = stream;
            kept->reply(std::move(response));
            kept.reset();
            QTRY_VERIFY(!stream->isOpen());
        }
    }

    void noTimeIsTooLong()
    {
        Desk desk;
        desk.session.receive(GET, desk.now);
        QVERIFY(desk.takeOutput().ends_with("first;"));
        QVERIFY(!desk.session.deadline());
        desk.now += 24h;
        desk.session.timeOut(desk.now);
        QVERIFY(!desk.session.isFinished());
        desk.session.continueBody(desk.last, "more", false, desk.now);
        QCOMPARE(desk.takeOutput(), std::string("more"));
        desk.session.continueBody(desk.last + 1, "of another", false, desk.now);
        QVERIFY(desk.session.output().empty());
    }

    void whatIsNotTakenInTimeOrIsTooMuchEndsIt()
    {
        Desk slow;
        slow.session.receive(GET, slow.now);
        slow.takeOutput();
        slow.session.continueBody(slow.last, "more", false, slow.now);
        slow.now += slow.limits.writeStall;
        slow.session.timeOut(slow.now);
        QVERIFY(slow.session.isFinished() && slow.session.hasStalled());

        Desk full;
        full.session.receive(GET, full.now);
        full.takeOutput();
        full.session.continueBody(full.last, std::string(full.limits.streamBuffer, 'x'), false, full.now);
        QVERIFY(!full.session.isFinished());
        full.session.continueBody(full.last, "x", false, full.now);
        QVERIFY(full.session.isFinished() && full.session.hasStalled());
        QVERIFY(!full.stream->isOpen());
    }

    void requestsBehindItAreNotAnswered()
    {
        Desk desk;
        desk.session.receive(GET + GET, desk.now);
        const std::string out = desk.takeOutput();
        QCOMPARE(out.find("first;"), out.rfind("first;"));
        QVERIFY(!desk.session.isFinished());
        desk.session.receive(GET, desk.now);
        QVERIFY(desk.session.output().empty());
        desk.session.continueBody(desk.last, {}, true, desk.now);
        QVERIFY(desk.session.isLingering());
    }

    void headHasNoStream()
    {
        Desk desk;
        desk.session.receive("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", desk.now);
        QVERIFY(desk.takeOutput().ends_with("\r\n\r\n"));
        QVERIFY(!desk.stream->isOpen());
    }
};

QTEST_GUILESS_MAIN(StreamTest)
#include "streamtest.moc"
