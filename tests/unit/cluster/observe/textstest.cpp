// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/accesslogline.h"
#include "cluster/observe/addressdump.h"
#include "cluster/observe/keepaliveddump.h"
#include "cluster/observe/nginxcheck.h"
#include "cluster/observe/notifyline.h"
#include "cluster/observe/servicemetrics.h"
#include <QTest>
#include <arpa/inet.h>
#include <cstring>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>

using namespace iam::cluster;

namespace {

template <class T>
std::string bytesOf(const T& value)
{
    return std::string(reinterpret_cast<const char*>(&value), sizeof value);
}

std::string attribute(unsigned short type, std::uint32_t value)
{
    rtattr head{};
    head.rta_len = sizeof head + sizeof value;
    head.rta_type = type;
    return bytesOf(head) + bytesOf(value);
}

std::string message(unsigned short type, std::uint32_t sequence, const std::string& body, unsigned short flags = 0)
{
    nlmsghdr head{};
    head.nlmsg_len = static_cast<std::uint32_t>(sizeof head + body.size());
    head.nlmsg_type = type;
    head.nlmsg_seq = sequence;
    head.nlmsg_flags = flags;
    return bytesOf(head) + body;
}

std::string address(unsigned index, const std::string& attributes)
{
    ifaddrmsg body{};
    body.ifa_family = AF_INET;
    body.ifa_index = index;
    return message(RTM_NEWADDR, 7, bytesOf(body) + attributes);
}

AddressDump dumpFor(const char* wanted)
{
    AddressDump dump;
    dump.sequence = 7;
    dump.wanted = ::inet_addr(wanted);
    return dump;
}

const std::string vip = "10.0.4.99";

} // namespace

class ObserveTextsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void addressesOfADumpAreFound()
    {
        const std::uint32_t wanted = ::inet_addr(vip.c_str());
        const std::uint32_t other = ::inet_addr("10.0.4.20");
        AddressDump dump = dumpFor(vip.c_str());
        dump.read(address(2, attribute(IFA_ADDRESS, other) + attribute(IFA_LOCAL, other)) +
                  address(2, attribute(IFA_ADDRESS, wanted) + attribute(IFA_LOCAL, wanted)));
        QVERIFY(!dump.done && !dump.failed);
        dump.read(address(5, attribute(IFA_ADDRESS, wanted)) + address(5, attribute(IFA_LOCAL, wanted)));
        dump.read(message(NLMSG_DONE, 7, std::string(4, '\0')));
        QVERIFY(dump.done);
        QCOMPARE(dump.interfaces, (std::vector<int>{2, 5}));
    }
    void theOtherEndOfALinkIsNotOurs()
    {
        AddressDump dump = dumpFor(vip.c_str());
        dump.read(address(3, attribute(IFA_ADDRESS, ::inet_addr(vip.c_str())) +
                                 attribute(IFA_LOCAL, ::inet_addr("10.0.4.20"))));
        QVERIFY(dump.interfaces.empty());
    }
    void answersToOthersAreSkipped()
    {
        AddressDump dump = dumpFor(vip.c_str());
        dump.sequence = 8;
        dump.read(address(2, attribute(IFA_LOCAL, ::inet_addr(vip.c_str()))) +
                  message(NLMSG_DONE, 7, std::string(4, '\0')));
        QVERIFY(!dump.done && dump.interfaces.empty());
    }
    void aBrokenDatagramIsReadWithinItsBounds()
    {
        std::string good = address(2, attribute(IFA_LOCAL, ::inet_addr(vip.c_str())));
        for (std::size_t size = 0; size < good.size(); ++size) {
            AddressDump dump = dumpFor(vip.c_str());
            dump.read(std::string_view(good).substr(0, size));
            QVERIFY2(dump.interfaces.empty(), qPrintable(QString::number(size)));
            QCOMPARE(dump.failed, size >= sizeof(nlmsghdr));
        }
        AddressDump interrupted = dumpFor(vip.c_str());
        interrupted.read(message(NLMSG_DONE, 7, std::string(4, '\0'), NLM_F_DUMP_INTR));
        QVERIFY(interrupted.done && interrupted.interrupted);
    }

    void notifyLines_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("says"); // empty: no such line
        const auto row = [](const char* text, const char* says) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(says);
        };
        row("INSTANCE \"VI_1\" MASTER 100", "MASTER");
        row("INSTANCE \"VI_1\" MASTER_RX_LOWER_PRI 100", "MASTER_RX_LOWER_PRI");
        row("GROUP \"G 1\" FAULT 0", "FAULT");
        row("INSTANCE \"VI_1\" STOP 254", "STOP");
        row("INSTANCE VI_1 MASTER 100", "");
        row("INSTANCE \"VI_1 MASTER 100", "");
        row("INSTANCE \"VI_1\"MASTER 100", "");
        row("INSTANCE \"VI_1\" KING 100", "");
        row("INSTANCE \"VI_1\" MASTER", "");
        row("INSTANCE \"VI_1\" MASTER 100 more", "");
        row("instance \"VI_1\" MASTER 100", "");
        row("INSTANCE", "");
        row("\"", "");
        row("", "");
    }
    void notifyLines()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, says);
        const auto line = readNotifyLine(text.toStdString());
        QCOMPARE(line.has_value(), !says.isEmpty());
        if (line) QCOMPARE(QByteArray::fromStdString(line->says), says);
    }
    void linesAreMadeOfPieces()
    {
        NotifyLines lines;
        std::vector<std::string> found;
        const auto keep = [&](std::string_view line) { found.emplace_back(line); };
        const std::string text = "one\ntwo\n" + std::string(1000, 'x') + "\nthree\n";
        for (const char c : text) lines.take(std::string_view(&c, 1), keep);
        QCOMPARE(found, (std::vector<std::string>{"one", "two", "three"}));
        QCOMPARE(lines.tooLong(), std::size_t{1});
        found.clear();
        lines.take(text + "begun", keep);
        QCOMPARE(found, (std::vector<std::string>{"one", "two", "three"}));
        lines.take(" and ended\n", keep);
        QCOMPARE(found.back(), std::string("begun and ended"));
    }

    void stubStatusIsRead()
    {
        const auto counters = readStubStatus("Active connections: 291 \nserver accepts handled requests\n"
                                             " 16630948 16630946 31070465 \nReading: 6 Writing: 179 Waiting: 106 \n");
        QVERIFY(counters);
        QCOMPARE(counters->active, 291U);
        QCOMPARE(counters->accepted, 16630948U);
        QCOMPARE(counters->handled, 16630946U);
        QCOMPARE(counters->requests, 31070465U);
        QCOMPARE(counters->reading, 6U);
        QCOMPARE(counters->writing, 179U);
        QCOMPARE(counters->waiting, 106U);
        QVERIFY(!readStubStatus("ok"));
        QVERIFY(!readStubStatus("Active connections: 1\nserver accepts handled requests\n 1 2"));
    }

    void accessLogLinesAreRead()
    {
        AccessLogLine line;
        QVERIFY(readAccessLogLine("<190>Nov 22 10:04:05 iam: 1795341845.123 10.0.4.20:8080 200 200 0.012 0.010 "
                                  "iam.api.example.com\n",
                                  line));
        QCOMPARE(line.domain, std::string_view("iam.api.example.com"));
        QCOMPARE(line.status, 200);
        QCOMPARE(line.tried, std::size_t{1});
        QCOMPARE(line.attempts[0].upstream, std::string_view("10.0.4.20:8080"));
        QCOMPARE(line.attempts[0].seconds, 0.010);

        QVERIFY(readAccessLogLine("<190>Nov  2 10:04:05 iam: 1.1 10.0.4.20:8080, 10.0.4.21:8080 : 10.0.4.22:1 502, - : "
                                  "200 200 0.5 0.3, - : 0.2 d",
                                  line));
        QCOMPARE(line.tried, std::size_t{3});
        QCOMPARE(line.attempts[0].status, 502);
        QCOMPARE(line.attempts[1].status, 0);
        QCOMPARE(line.attempts[1].seconds, 0.0);
        QCOMPARE(line.attempts[2].upstream, std::string_view("10.0.4.22:1"));
        QCOMPARE(line.attempts[2].status, 200);

        QVERIFY(readAccessLogLine("<190>Nov 22 10:04:05 iam: 1.1 - - 404 0.000 - d", line));
        QCOMPARE(line.tried, std::size_t{0});
        QCOMPARE(line.status, 404);
    }
    void otherLinesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* text) { QTest::newRow(text) << QByteArray(text); };
        row("");
        row("<190>");
        row("<190>Nov 22 10:04:05 iam: ");
        row("Nov 22 10:04:05 iam: 1.1 a 200 200 0.1 0.1 d");
        row("<190>Nov 22 10:04:05 iam: now a 200 200 0.1 0.1 d");
        row("<190>Nov 22 10:04:05 iam: 1.1 a ok 200 0.1 0.1 d");
        row("<190>Nov 22 10:04:05 iam: 1.1 a 200 200 -0.1 0.1 d");
        row("<190>Nov 22 10:04:05 iam: 1.1 a 200 200 0.1 0.1");
        row("<190>Nov 22 10:04:05 iam: 1.1 a 200 200 0.1 0.1 d more");
        row("<190>Nov 22 10:04:05 iam: 1.1 a, 200 200 0.1 0.1 d");
        row("<190>Nov 22 10:04:05 iam: 1.1 a 200, 200 200 0.1 0.1 d");
        row("<190>Nov 22 10:04:05 iam: 1.1 1, 2, 3, 4, 5, 6, 7, 8, 9 200 200 0.1 0.1 d");
        row("<190>Nov 22 10:04:05 iam: 1.1 , 200 200 0.1 0.1 d");
    }
    void otherLinesAreRefused()
    {
        QFETCH(QByteArray, text);
        AccessLogLine line;
        QVERIFY(!readAccessLogLine(std::string_view(text.data(), static_cast<std::size_t>(text.size())), line));
    }

    void theDumpOfOurInstanceIsRead()
    {
        const std::string dump =
            R"([{"data":{"iname":"VI_2","state":1},"stats":{}},)"
            R"({"data":{"iname":"VI_1","state":2,"vipset":true,"effective_priority":100,"last_transition":1795341146.18},)"
            R"("stats":{"advert_rcvd":3,"advert_sent":9,"become_master":1,"release_master":0}}])";
        const auto state = readKeepalivedDump(dump, "VI_1");
        QVERIFY(state);
        QCOMPARE(state->state, std::string("MASTER"));
        QVERIFY(state->vipSet);
        QCOMPARE(state->priority, 100);
        QCOMPARE(state->advertsReceived, 3U);
        QCOMPARE(state->becameMaster, 1U);
        QVERIFY(state->lastTransition > 1795341146);
        QVERIFY(!readKeepalivedDump(dump, "VI_3"));
        for (std::size_t size = 0; size < dump.size(); ++size)
            QVERIFY(!readKeepalivedDump(std::string_view(dump).substr(0, size), "VI_1"));
        QVERIFY(!readKeepalivedDump(R"([{"data":{"iname":"VI_1","state":17}}])", "VI_1"));
        QVERIFY(!readKeepalivedDump(R"([{"data":{"iname":"VI_1","state":"2"}}])", "VI_2"));
        QVERIFY(!readKeepalivedDump(R"({"data":1})", "VI_1"));
    }

    void totalsOfOneListenerAreRead()
    {
        const ServiceTotals totals = readServiceTotals(
            "# HELP iam_http_requests_total Answers.\n"
            "iam_http_requests_total{listener=\"apiserver\",method=\"GET\",route=\"/v1/users\",code=\"200\"} 90\n"
            "iam_http_requests_total{listener=\"apiserver\",method=\"GET\",route=\"/v1/\\\"odd\\\\\",code=\"503\"} 10\n"
            "iam_http_requests_total{listener=\"apiserver\",method=\"GET\",route=\"/readyz\",code=\"503\"} 1000\n"
            "iam_http_requests_total{listener=\"authz-server\",method=\"POST\",route=\"/v1/authz\",code=\"200\"} 7\n"
            "iam_http_requests_total{listener=\"apiserver\"\n"
            "iam_http_requests_total{} \n"
            "iam_http_request_duration_seconds_bucket{listener=\"apiserver\",route=\"/a\",le=\"0.01\"} 50\n"
            "iam_http_request_duration_seconds_bucket{listener=\"apiserver\",route=\"/a\",le=\"+Inf\"} 60\n"
            "iam_http_request_duration_seconds_bucket{listener=\"apiserver\",route=\"/b\",le=\"0.01\"} 5\n"
            "iam_http_request_duration_seconds_bucket{listener=\"apiserver\",route=\"/b\",le=\"0.02\"} 6\n"
            "iam_http_request_duration_seconds_bucket{listener=\"apiserver\",route=\"/b\",le=\"+Inf\"} 6",
            "apiserver");
        QCOMPARE(totals.answers, 100U);
        QCOMPARE(totals.errors, 10U);
        QCOMPARE(totals.buckets.size(), std::size_t{3});
        QCOMPARE(totals.buckets[0].upTo, 55U);
        QCOMPARE(totals.buckets[2].upTo, 66U);
    }
    void quantilesAreOfWhatCameBetween()
    {
        const auto totals = [](std::uint64_t a, std::uint64_t b, std::uint64_t all) {
            ServiceTotals made;
            made.buckets = {{0.001, a}, {0.010, b}, {std::numeric_limits<double>::infinity(), all}};
            return made;
        };
        const ServiceTotals before = totals(1000, 1000, 1000);
        const ServiceTotals after = totals(1080, 1100, 1100);
        QCOMPARE(quantileBetween(before, after, 0.5), std::optional(0.625));
        QVERIFY(qAbs(*quantileBetween(before, after, 0.9) - 5.5) < 1e-9);
        QCOMPARE(quantileBetween(before, totals(1000, 1000, 1001), 0.5), std::optional(10.0));
        QCOMPARE(quantileBetween(before, before, 0.5), std::nullopt);
        QCOMPARE(quantileBetween(after, before, 0.5), std::nullopt);
        QCOMPARE(quantileBetween({}, {}, 0.5), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(ObserveTextsTest)
#include "textstest.moc"
