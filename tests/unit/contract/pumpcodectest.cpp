// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/pump.h"
#include <QTest>

using namespace iam;
using namespace iam::contract;
using namespace std::chrono_literals;

class PumpCodecTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBack();
    void readsWhatItKnows();
    void refusesWhatDoesNotFit();
};

void PumpCodecTest::comesBack()
{
    const TimePoint now(1'700'000'000'123ms);
    const SinkStatus failing{
        "records", "csv",  "csv",    "retrying",    {"", 5, 100, 80, 1, 10, {{"crash", 3}, {"damaged", 1}}},
        7,         1500ms, 3,        "no \"room\"", now - 1s,
        now,       "n1",   now - 9s, now + 12s,     "/data/pump/dead-letters.jsonl",
        410ms};
    const SinkStatus fresh{"legacy", "sql", "sql", "standby", {}, 0, 0ms, 0, "", {}, now};
    const std::vector<SinkStatus> sinks{failing, fresh};
    const auto back = decodeSinkStatuses(encodeSinkStatuses(sinks));
    QVERIFY(back.has_value());
    QVERIFY(*back == sinks);
    QCOMPARE(encodeSinkStatuses({}), std::string(R"({"items":[]})"));
}

void PumpCodecTest::readsWhatItKnows()
{
    const auto sinks = decodeSinkStatuses(R"({"items":[{"sink":"csv","later":{"x":[1]}}],"next":""})");
    QVERIFY(sinks.has_value() && sinks->size() == 1);
    QCOMPARE(sinks->front().sink, std::string("csv"));
    QVERIFY(!sinks->front().lastErrorAt && !sinks->front().takenAt && !sinks->front().nextTryAt);
}

void PumpCodecTest::refusesWhatDoesNotFit()
{
    for (const char* body : {"", "[]x", R"({"items":{}})", R"({"items":[{"holes":[]}]})",
                             R"({"items":[{"holes":{"crash":"many"}}]})", R"({"items":[{"lag":"1s"}]})"}) {
        const auto sinks = decodeSinkStatuses(body);
        QVERIFY2(!sinks && sinks.error().code == Code::Bind, body);
    }
}

QTEST_GUILESS_MAIN(PumpCodecTest)
#include "pumpcodectest.moc"
