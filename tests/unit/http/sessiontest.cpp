// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/session.h"
#include "http/requestid.h"
#include <QTest>
#include <deque>
#include <thread>

using namespace iam;
using namespace iam::http;
using namespace std::chrono_literals;

namespace {

/// The limits of a server that runs several requests of one connection at a time.
Limits pipelining(std::size_t cap)
{
    Limits limits;
    limits.pipeline = cap;
    return limits;
}

/// A session with a clock of its own and a server that answers with what it was asked.
class Desk final : public SessionEvents {
public:
    explicit Desk(Limits chosen = pipelining(16))
        : limits(chosen)
        , bodies(std::make_shared<BodyBudget>(limits.allBodies))
        , session(limits, bodies, *this, now)
    {
    }

    std::size_t bodyLimit(Method, std::string_view) override { return limits.body; }
    void requestArrived(std::uint64_t sequence, WireRequest&& request) override
    {
        requests.push_back(std::move(request));
        sequences.push_back(sequence);
        if (answersAtOnce) answer(sequence, std::to_string(requests.size()));
    }
    Answer refusal(Code code) override
    {
        refusals.push_back(code);
        return {Response::json(400, std::to_string(static_cast<int>(code))), "refused", false, false};
    }

    void answer(std::uint64_t sequence, const std::string& body)
    {
        session.respond(sequence, {Response::json(200, body), "id", false, false}, now);
    }
    void receive(std::string_view bytes) { session.receive(bytes, now); }
    void pass(std::chrono::milliseconds time)
    {
        now += time;
        session.timeOut(now);
    }
    std::string takeOutput()
    {
        std::string out;
        while (!session.output().empty()) {
            const std::string_view part = session.output();
            out += part;
            session.sent(part.size(), now);
        }
        return out;
    }

    const Limits limits;
    HttpSession::Time now = HttpSession::Time(1h);
    std::shared_ptr<BodyBudget> bodies;
    std::deque<WireRequest> requests;
    std::vector<std::uint64_t> sequences;
    std::vector<Code> refusals;
    bool answersAtOnce = true;
    HttpSession session;
};

const std::string GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

std::string headOfSize(std::size_t size)
{
    const std::string start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    return start + std::string(size - start.size() - 4, 'x') + "\r\n\r\n";
}

std::string postOfSize(std::size_t size)
{
    return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
           std::string(size, 'b');
}

std::string chunked(const std::string& chunks)
{
    return "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;
}

std::size_t count(const std::string& text, std::string_view what)
{
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
}

} // namespace

Q_DECLARE_METATYPE(Code)

class SessionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void brokenRequestsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code"); // 0: taken
        const auto row = [](const char* name, const std::string& bytes, Code code = Code::Success) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes)
                                << (code == Code::Success ? 0 : static_cast<int>(code));
        };
        const Code bad = Code::MalformedRequest;
        const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";
        row("plain", GET);
        row("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n");
        row("empty line before", "\r\n" + GET);
        row("no space after the colon", "GET / HTTP/1.1\r\nHost:a\r\n\r\n");
        row("unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n");
        row("options of everything", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
        row("bytes beyond ASCII in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: \xC3\xA4\r\n\r\n");
        row("length and body", post + "Content-Length: 3\r\n\r\nabc");
        row("chunks", chunked("3\r\nabc\r\n0\r\n\r\n"));
        row("chunk with extension", chunked("3;a=b\r\nabc\r\n0\r\n\r\n"));
        row("chunks with trailer", chunked("3\r\nabc\r\n0\r\nX: y\r\n\r\n"));
        row("both lengths", post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", bad);
        row("both lengths turned round", post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc", bad);
        row("two different lengths", post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", bad);
        row("two equal lengths", post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", bad);
        row("list of lengths", post + "Content-Length: 3, 3\r\n\r\nabc", bad);
        row("signed length", post + "Content-Length: +3\r\n\r\nabc", bad);
        row("negative length", post + "Content-Length: -3\r\n\r\nabc", bad);
        row("hexadecimal length", post + "Content-Length: 0x3\r\n\r\nabc", bad);
        row("overflowing length", post + "Content-Length: 18446744073709551617\r\n\r\nabc", bad);
        row("empty length", post + "Content-Length: \r\n\r\n", bad);
        row("space before the colon", post + "Content-Length : 0\r\n\r\n", bad);
        row("unknown coding", post + "Transfer-Encoding: gzip\r\n\r\n", bad);
        row("coding after chunked", post + "Transfer-Encoding: chunked, gzip\r\n\r\n", bad);
        row("coding before chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n", bad);
        row("chunked twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", bad);
        row("hidden coding", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", bad);
        row("coding with a vertical tab",
            post + "Transfer-Encoding: \x0B"
                   "chunked\r\n\r\n0\r\n\r\n",
            bad);
        row("chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", bad);
        row("bare line feeds", "GET / HTTP/1.1\nHost: a\n\n", bad);
        row("bare line feed within", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", bad);
        row("bare carriage return", "GET / HTTP/1.1\r\nHost: a\rX: y\r\n\r\n", bad);
        row("no Host", "GET / HTTP/1.1\r\n\r\n", bad);
        row("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", bad);
        row("Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", bad);
        row("Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", bad);
        row("folded line", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n", bad);
        row("folded first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", bad);
        row("space in a name", "GET / HTTP/1.1\r\nHost: a\r\nX Y: z\r\n\r\n", bad);
        row("no colon", "GET / HTTP/1.1\r\nHost: a\r\nXY\r\n\r\n", bad);
        row("empty name", "GET / HTTP/1.1\r\nHost: a\r\n: z\r\n\r\n", bad);
        row("zero byte in a value", std::string("GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n", 34), bad);
        row("zero byte in the target", std::string("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 28), bad);
        row("control character in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n", bad);
        row("absolute form", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", bad);
        row("authority form", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", bad);
        row("star with another method", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", bad);
        row("space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", bad);
        row("HTTP/0.9", "GET /\r\n", bad);
        row("HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", bad);
        row("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", bad);
        row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", bad);
        row("lower case version", "GET / http/1.1\r\nHost: a\r\n\r\n", bad);
        row("TLS hello", std::string("\x16\x03\x01\x02\x00\x01", 6), bad);
        row("chunk without a size", chunked("\r\nabc\r\n0\r\n\r\n"), bad);
        row("chunk size that is no number", chunked("zz\r\nabc\r\n0\r\n\r\n"), bad);
        row("negative chunk size", chunked("-3\r\nabc\r\n0\r\n\r\n"), bad);
        row("overflowing chunk size", chunked("FFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n"), bad);
        row("chunk longer than its size", chunked("3\r\nabcd\r\n0\r\n\r\n"), bad);
        row("chunk size ended by a bare line feed", chunked("3\nabc\r\n0\r\n\r\n"), bad);
        row("endless chunk extension", chunked("3;" + std::string(40000, 'a')), bad);
        row("endless trailer", chunked("0\r\nX: " + std::string(40000, 'a')), bad);
        row("other expectation", post + "Expect: 200-ok\r\nContent-Length: 0\r\n\r\n", bad);
        row("head at the limit", headOfSize(Limits{}.header));
        row("head one over the limit", headOfSize(Limits{}.header + 1), Code::HeadersTooLarge);
        row("20 KiB head", headOfSize(20 * 1024), Code::HeadersTooLarge);
        row("endless first line", "GET /" + std::string(20 * 1024, 'a'), Code::HeadersTooLarge);
        row("body at the limit", postOfSize(Limits{}.body));
        row("body one over the limit", postOfSize(Limits{}.body + 1), Code::BodyTooLarge);
        row("6 MiB body announced only", post + "Content-Length: 6291456\r\n\r\n", Code::BodyTooLarge);
        row("chunks at the limit", chunked("500000\r\n" + std::string(0x500000, 'b') + "\r\n0\r\n\r\n"));
        row("chunks one over the limit", chunked("500000\r\n" + std::string(0x500000, 'b') + "\r\n1\r\nb\r\n0\r\n\r\n"),
            Code::BodyTooLarge);
    }
    void brokenRequestsAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const std::string_view all(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        const std::size_t step = all.size() < 4096 ? 1 : 60'000;
        for (const std::size_t piece : {all.size(), step}) { // at once, and in small pieces
            Desk desk;
            std::string out;
            for (std::size_t at = 0; at < all.size(); at += piece) desk.receive(all.substr(at, piece));
            out = desk.takeOutput();
            if (code == 0) {
                QCOMPARE(desk.requests.size(), std::size_t(1));
                QVERIFY(desk.refusals.empty());
                QCOMPARE(count(out, "HTTP/1.1 200"), std::size_t(1));
                continue;
            }
            QVERIFY(desk.requests.empty());
            QCOMPARE(desk.refusals, std::vector<Code>{static_cast<Code>(code)});
            QCOMPARE(count(out, "HTTP/1.1 "), std::size_t(1));
            QVERIFY(out.find("Connection: close\r\n") != std::string::npos);
            QVERIFY(desk.session.isLingering());
            desk.receive(GET); // what comes afterwards is not heard
            QVERIFY(desk.takeOutput().empty());
            desk.session.receiveEnd(desk.now);
            QVERIFY(desk.session.isFinished());
        }
    }
    void theParserKeepsWhatWasSent()
    {
        Desk desk;
        desk.receive("POST /a?b=c HTTP/1.1\r\nHost: a\r\nX-One:  1 \r\nx-one: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "2\r\nab\r\n1\r\nc\r\n0\r\nX-One: 3\r\n\r\n");
        QCOMPARE(desk.requests.size(), std::size_t(1));
        const WireRequest& request = desk.requests.front();
        QVERIFY(request.method == Method::Post);
        QCOMPARE(request.target, std::string("/a?b=c"));
        QCOMPARE(request.body, std::string("abc"));
        const std::vector<std::string_view> values = request.headers.all("X-ONE"); // a trailer is no header
        QCOMPARE(values, (std::vector<std::string_view>{"1", "2"}));
    }
    void pipelinedAnswersKeepTheOrderOfTheRequests()
    {
        Desk desk;
        desk.answersAtOnce = false;
        desk.receive(GET + "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + GET);
        QCOMPARE(desk.requests.size(), std::size_t(3));
        desk.answer(desk.sequences[2], "third");
        desk.answer(desk.sequences[1], "second");
        QVERIFY(desk.session.output().empty());
        desk.answer(desk.sequences[0], "first");
        const std::string out = desk.takeOutput();
        QCOMPARE(count(out, "HTTP/1.1 200"), std::size_t(3));
        QVERIFY(out.find("first") < out.find("third"));
        QVERIFY(out.find("second") == std::string::npos); // HEAD
        QCOMPARE(count(out, "Content-Length: 6\r\n"), std::size_t(1));
        desk.answer(desk.sequences[0], "again");
        QVERIFY(desk.session.output().empty());
    }
    void aRefusalWaitsForTheAnswersBeforeIt()
    {
        Desk desk;
        desk.answersAtOnce = false;
        desk.receive(GET + "GET / HTTP/1.1\r\n\r\n");
        QVERIFY(desk.session.output().empty());
        desk.answer(desk.sequences[0], "first");
        const std::string out = desk.takeOutput();
        QVERIFY(out.find("first") < out.find("100013"));
        QCOMPARE(count(out, "Connection: close"), std::size_t(1));
    }
    void readingPausesAtThePipelineCap_data()
    {
        QTest::addColumn<int>("cap");
        for (const int cap : {1, 2, 16}) QTest::addRow("%d", cap) << cap;
    }
    void readingPausesAtThePipelineCap()
    {
        QFETCH(int, cap);
        Desk desk(pipelining(static_cast<std::size_t>(cap)));
        desk.answersAtOnce = false;
        std::string many;
        for (std::size_t i = 0; i < desk.limits.pipeline + 3; ++i) many += GET;
        desk.receive(many);
        QCOMPARE(desk.requests.size(), desk.limits.pipeline);
        QVERIFY(!desk.session.wantsInput());
        desk.answer(desk.sequences[0], "");
        QCOMPARE(desk.requests.size(), desk.limits.pipeline + 1);
        for (std::size_t i = 1; i < desk.limits.pipeline + 3; ++i) desk.answer(desk.sequences[i], "");
        QVERIFY(desk.session.wantsInput());
        QCOMPARE(count(desk.takeOutput(), "HTTP/1.1 200"), desk.limits.pipeline + 3);
    }
    void readingPausesWhileTheClientTakesNothing()
    {
        Desk desk;
        desk.answersAtOnce = false;
        desk.receive(GET);
        desk.answer(desk.sequences[0], std::string(desk.limits.outBuffer, 'x'));
        QVERIFY(!desk.session.wantsInput());
        desk.receive(GET); // was on its way
        QCOMPARE(desk.requests.size(), std::size_t(1));
        desk.takeOutput();
        QVERIFY(desk.session.wantsInput());
        QCOMPARE(desk.requests.size(), std::size_t(2));
    }
    void connectionsStayOpenAsAsked_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("open");
        QTest::newRow("1.1") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n") << true;
        QTest::newRow("1.1 close") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") << false;
        QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << false;
        QTest::newRow("1.0 keep-alive") << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") << true;
    }
    void connectionsStayOpenAsAsked()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, open);
        Desk desk;
        desk.receive(bytes.toStdString() + GET);
        const std::string out = desk.takeOutput();
        QCOMPARE(desk.requests.size(), std::size_t(open ? 2 : 1));
        QCOMPARE(count(out, "Connection: close"), std::size_t(open ? 0 : 1));
        QCOMPARE(count(out, "Connection: keep-alive"), std::size_t(open ? 2 : 0));
        QCOMPARE(desk.session.isLingering(), !open);
    }
    void continueIsSaidOnlyWhenTheBodyWillBeTaken()
    {
        const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: ";
        {
            Desk desk;
            desk.receive(head + "3\r\n\r\n");
            QCOMPARE(desk.takeOutput(), std::string("HTTP/1.1 100 Continue\r\n\r\n"));
            desk.receive("abc");
            QVERIFY(desk.takeOutput().starts_with("HTTP/1.1 200"));
        }
        {
            Desk desk; // the body came along
            desk.receive(head + "3\r\n\r\nabc");
            QVERIFY(desk.takeOutput().starts_with("HTTP/1.1 200"));
        }
        {
            Desk desk;
            desk.receive(head + "6291456\r\n\r\n");
            QCOMPARE(desk.refusals, std::vector<Code>{Code::BodyTooLarge});
            QCOMPARE(count(desk.takeOutput(), "100 Continue"), std::size_t(0));
        }
        {
            Limits limits;
            limits.allBodies = 10;
            Desk desk(limits);
            desk.receive(head + "11\r\n\r\n");
            QCOMPARE(desk.refusals, std::vector<Code>{Code::ServerBusy});
        }
        {
            Desk desk; // after the answers before it
            desk.answersAtOnce = false;
            desk.receive(GET + head + "3\r\n\r\n");
            QVERIFY(desk.takeOutput().empty());
            desk.answer(desk.sequences[0], "first");
            const std::string out = desk.takeOutput();
            QVERIFY(out.starts_with("HTTP/1.1 200"));
            QVERIFY(out.ends_with("HTTP/1.1 100 Continue\r\n\r\n"));
        }
    }
    void allBodiesTogetherHaveALimit()
    {
        Limits limits = pipelining(16);
        limits.allBodies = 100;
        Desk desk(limits);
        desk.answersAtOnce = false;
        desk.receive(postOfSize(60));
        QCOMPARE(desk.bodies->held(), std::size_t(60)); // as long as the request lives
        desk.receive(postOfSize(40));
        QVERIFY(desk.refusals.empty());
        desk.requests.pop_back();
        QCOMPARE(desk.bodies->held(), std::size_t(60));
        desk.receive(postOfSize(41));
        QCOMPARE(desk.refusals, std::vector<Code>{Code::ServerBusy});
        desk.requests.clear();
        QCOMPARE(desk.bodies->held(), std::size_t(0));
    }
    void anIdleConnectionIsClosedInSilence()
    {
        Desk desk;
        desk.receive(GET);
        desk.takeOutput();
        QVERIFY(desk.session.deadline() == desk.now + desk.limits.idleTime);
        desk.pass(desk.limits.idleTime - 1ms);
        QVERIFY(!desk.session.isFinished());
        desk.pass(1ms);
        QVERIFY(desk.session.isFinished());
        QVERIFY(desk.refusals.empty());
    }
    void aConnectionThatSaysNothingIsClosedInSilence()
    {
        Desk desk;
        desk.pass(desk.limits.headerTime - 1ms);
        QVERIFY(!desk.session.isFinished());
        desk.pass(1ms);
        QVERIFY(desk.session.isFinished());
        QVERIFY(desk.session.output().empty());
    }
    void aSlowHeadIsRefused()
    {
        Desk desk;
        desk.receive(GET);
        desk.takeOutput();
        desk.pass(30s);
        desk.receive("G");
        for (int i = 0; i < 9; ++i) {
            desk.pass(1s);
            desk.receive("E");
        }
        desk.pass(999ms);
        QVERIFY(desk.refusals.empty());
        desk.pass(1ms);
        QCOMPARE(desk.refusals, std::vector<Code>{Code::RequestTimeout});
        QVERIFY(desk.session.isLingering() || !desk.session.output().empty());
    }
    void theFirstHeadCountsFromTheConnection()
    {
        Desk desk;
        desk.pass(9s);
        desk.receive("GET / HTTP/1.1\r\n");
        desk.pass(999ms);
        QVERIFY(desk.refusals.empty());
        desk.pass(1ms);
        QCOMPARE(desk.refusals, std::vector<Code>{Code::RequestTimeout});
    }
    void aSlowBodyIsRefusedAndASteadyOneIsNot()
    {
        const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 102400\r\n\r\n";
        Desk steady;
        steady.receive(head);
        for (int i = 0; i < 100; ++i) {
            steady.pass(1s);
            steady.receive(std::string(1024, 'b'));
        }
        QCOMPARE(steady.requests.size(), std::size_t(1));

        Desk slow;
        slow.receive(head);
        int seconds = 0;
        while (slow.refusals.empty() && seconds < 100) {
            slow.receive(std::string(512, 'b'));
            slow.pass(1s);
            ++seconds;
        }
        QCOMPARE(slow.refusals, std::vector<Code>{Code::RequestTimeout});
        QVERIFY2(seconds >= 10 && seconds <= 21, qPrintable(QString::number(seconds)));

        Desk burst; // much at first does not pay for silence later
        burst.receive(head + std::string(102399, 'b'));
        burst.pass(burst.limits.bodyGrace - 1ms);
        QVERIFY(burst.refusals.empty());
        burst.pass(1ms);
        QCOMPARE(burst.refusals, std::vector<Code>{Code::RequestTimeout});
    }
    void aClientThatTakesNothingIsDropped()
    {
        Desk desk;
        desk.answersAtOnce = false;
        desk.receive(GET);
        desk.pass(1h); // the handler takes its time: nobody's fault
        QVERIFY(!desk.session.isFinished());
        desk.answer(desk.sequences[0], std::string(1000, 'x'));
        desk.pass(desk.limits.writeStall - 1ms);
        desk.session.sent(1, desk.now);
        desk.pass(desk.limits.writeStall - 1ms);
        QVERIFY(!desk.session.isFinished());
        desk.pass(1ms);
        QVERIFY(desk.session.isFinished());
        QVERIFY(desk.session.hasStalled());
    }
    void lingeringEnds()
    {
        Desk desk;
        desk.receive("nonsense\r\n\r\n");
        desk.takeOutput();
        QVERIFY(desk.session.isLingering());
        desk.receive("more and more");
        desk.pass(desk.limits.lingerTime - 1ms);
        QVERIFY(!desk.session.isFinished());
        desk.pass(1ms);
        QVERIFY(desk.session.isFinished());
    }
    void drainClosesWhatIsIdleAndLetsTheRestFinish()
    {
        Desk idle;
        idle.receive(GET);
        idle.takeOutput();
        idle.session.drain(idle.now);
        QVERIFY(idle.session.isFinished());

        Desk running;
        running.answersAtOnce = false;
        running.receive(GET + GET);
        running.session.drain(running.now);
        QVERIFY(!running.session.isFinished());
        running.answer(running.sequences[0], "1");
        running.answer(running.sequences[1], "2");
        const std::string out = running.takeOutput();
        QCOMPARE(count(out, "HTTP/1.1 200"), std::size_t(2));
        QCOMPARE(count(out, "Connection: close"), std::size_t(1));
        QVERIFY(running.session.isLingering());
        running.pass(500ms); // not as long as after a refusal
        QVERIFY(running.session.isFinished());

        Desk halfway;
        halfway.receive("GET / HTTP/1.1\r\n");
        halfway.session.drain(halfway.now);
        QVERIFY(!halfway.session.isFinished());
        halfway.receive("Host: a\r\n\r\n");
        QCOMPARE(count(halfway.takeOutput(), "Connection: close"), std::size_t(1));
    }
    void aClientThatStopsSendingStillGetsItsAnswer()
    {
        Desk desk;
        desk.answersAtOnce = false;
        desk.receive(GET);
        desk.session.receiveEnd(desk.now);
        QVERIFY(!desk.session.isFinished());
        desk.answer(desk.sequences[0], "late");
        QVERIFY(desk.takeOutput().ends_with("late"));
        QVERIFY(desk.session.isFinished());
    }
    void answersCarryTheFixedFields()
    {
        std::string out;
        Response response = Response::json(200, "{}");
        response.headers.add("X-Fine", "yes");
        response.headers.add("X-Bad", "a\r\nSet-Cookie: b");
        appendAnswer(out, {response, "the-id", true, false}, false, true);
        for (const char* line : {"HTTP/1.1 200 OK\r\n", "\r\nX-Request-ID: the-id\r\n", "\r\nX-Frame-Options: DENY\r\n",
                                 "\r\nX-Content-Type-Options: nosniff\r\n", "\r\nX-XSS-Protection: 1; mode=block\r\n",
                                 "\r\nCache-Control: no-cache, no-store, max-age=0, must-revalidate, value\r\n",
                                 "\r\nExpires: Thu, 01 Jan 1970 00:00:00 GMT\r\n", "\r\nLast-Modified: ", "\r\nDate: ",
                                 "\r\nStrict-Transport-Security: max-age=31536000\r\n", "\r\nContent-Length: 2\r\n",
                                 "\r\nX-Fine: yes\r\n", "\r\nContent-Type: application/json; charset=utf-8\r\n"})
            QVERIFY2(out.find(line) != std::string::npos, line);
        QVERIFY(out.find("Set-Cookie") == std::string::npos);
        QVERIFY(out.ends_with("\r\n\r\n{}"));
        out.clear();
        appendAnswer(out, {Response{204, {}, {}, {}}, "id", false, true}, false, false);
        QVERIFY(out.find("Content-Length") == std::string::npos);
        QVERIFY(out.find("X-Request-ID") == std::string::npos);
        QVERIFY(out.find("Strict-Transport-Security") == std::string::npos);
    }
    void requestIdsAreChecked()
    {
        QVERIFY(isRequestId("a"));
        QVERIFY(isRequestId(std::string(128, 'a')));
        QVERIFY(!isRequestId(std::string(129, 'a')));
        QVERIFY(!isRequestId(""));
        QVERIFY(!isRequestId("a b"));
        QVERIFY(!isRequestId("\xC3\xA4"));
    }
    void sessionsOfSeveralThreadsShareOneBudget()
    {
        const Limits limits;
        const auto bodies = std::make_shared<BodyBudget>(limits.allBodies);
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([] {
                for (int i = 0; i < 50; ++i) {
                    Desk desk;
                    desk.receive(postOfSize(10'000));
                    desk.takeOutput();
                }
            });
        std::atomic<std::size_t> most = 0;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&bodies, &most] {
                for (int i = 0; i < 1000; ++i) {
                    BodyLease lease(bodies);
                    if (!lease.grow(5000)) most = 1;
                    BodyLease moved = std::move(lease);
                }
            });
        for (std::thread& thread : threads) thread.join();
        QCOMPARE(most.load(), std::size_t(0));
        QCOMPARE(bodies->held(), std::size_t(0));
        QCOMPARE(bodies->givenBack(), std::size_t(4 * 1000 * 5000));
        {
            BodyLease small(bodies);
            QVERIFY(small.grow(1000));
        }
        QCOMPARE(bodies->held(), std::size_t(0));
        QCOMPARE(bodies->givenBack(), std::size_t(4 * 1000 * 5000)); // small ones are not worth a look
    }
};

QTEST_GUILESS_MAIN(SessionTest)
#include "sessiontest.moc"
