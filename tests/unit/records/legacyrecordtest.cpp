// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/decision.h"
#include "legacysamples.h"
#include "records/legacy/legacyform.h"
#include "recordsamples.h"
#include "support/verifyresult.h"

using namespace iam;
using namespace iam::records;

namespace {

std::string fromHex(const char* hex)
{
    return QByteArray::fromHex(hex).toStdString();
}

/// Written by the old system's own library.
const char* const vectorHead =
    "88a954696d655374616d70d300000000608f3d00a8557365726e616d65a561646d696ea6456666656374a5616c6c6f77aa436f6e636c757369"
    "6f6eb7706f6c6963696573207020616c6c6f7720616363657373a752657175657374a27b7da8506f6c6963696573a25b5da844656369646572"
    "73a25b5da84578706972654174";

LegacyRecord sample(LegacyTime expireAt = {4773600000, 123456789})
{
    return {1620000000, "admin", "allow", "policies p allow access", "{}", "[]", "[]", expireAt};
}

/// A map of one field, whose value is `hex`.
std::string oneField(const std::string& name, const char* hex)
{
    return fromHex("81") + static_cast<char>(0xA0 + name.size()) + name + fromHex(hex);
}

} // namespace

/// The old form of a record, byte by byte.
class LegacyRecordTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theVectorsAreMetBothWays_data()
    {
        QTest::addColumn<QByteArray>("tail");
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<quint32>("nanoseconds");
        QTest::newRow("8 bytes") << QByteArray("d7ff1d6f34551c875b00") << qint64(4773600000) << quint32(123456789);
        QTest::newRow("4 bytes") << QByteArray("d6ff608f3d00") << qint64(1620000000) << quint32(0);
        QTest::newRow("12 bytes") << QByteArray("c70cff000000050000000400000005") << (qint64(1) << 34) + 5
                                  << quint32(5);
        QTest::newRow("before 1970") << QByteArray("c70cff00000000fffffff1886e0900") << qint64(-62135596800)
                                     << quint32(0);
    }
    void theVectorsAreMetBothWays()
    {
        QFETCH(QByteArray, tail);
        QFETCH(qint64, seconds);
        QFETCH(quint32, nanoseconds);
        const LegacyRecord record = sample({seconds, nanoseconds});
        const std::string bytes = fromHex(vectorHead) + QByteArray::fromHex(tail).toStdString();
        QCOMPARE(packLegacyRecord(record), bytes);
        const auto read = unpackLegacyRecord(bytes);
        VERIFY_OK(read);
        QVERIFY(*read == record);
    }

    void textsHaveTheShortestForm()
    {
        for (const auto& [size, head] : {std::pair<std::size_t, const char*>{31, "bf"},
                                         {32, "d920"},
                                         {255, "d9ff"},
                                         {256, "da0100"},
                                         {65535, "daffff"},
                                         {65536, "db00010000"}}) {
            LegacyRecord record = sample();
            record.request = std::string(size, 'x');
            const std::string bytes = packLegacyRecord(record);
            QVERIFY(bytes.find("\xA7Request" + fromHex(head) + 'x') != std::string::npos);
            const auto read = unpackLegacyRecord(bytes);
            VERIFY_OK(read);
            QVERIFY(*read == record);
        }
        QVERIFY(packLegacyRecord(sample()).find("\xA9TimeStamp" + fromHex("d3") + std::string(4, '\0')) !=
                std::string::npos);
    }

    void readingIsTolerant()
    {
        const auto time = [](const char* hex) {
            const auto read = unpackLegacyRecord(oneField("TimeStamp", hex));
            return read ? read->timeStamp : -999;
        };
        QCOMPARE(time("05"), std::int64_t{5});
        QCOMPARE(time("cc80"), std::int64_t{128});
        QCOMPARE(time("cd0100"), std::int64_t{256});
        QCOMPARE(time("ce608f3d00"), std::int64_t{1620000000});
        QCOMPARE(time("cf00000000608f3d00"), std::int64_t{1620000000});
        QCOMPARE(time("ff"), std::int64_t{-1});
        QCOMPARE(time("d2ffffffff"), std::int64_t{-1});
        QCOMPARE(time("c0"), std::int64_t{0});                                                          // nil
        QCOMPARE(unpackLegacyRecord(oneField("Username", "c403616263"))->username, std::string("abc")); // bin
        QCOMPARE(unpackLegacyRecord(oneField("Username", "c0"))->username, std::string());
        // The same time in extensions of other lengths of head.
        for (const char* head : {"d6ff", "c704ff", "c80004ff", "c900000004ff"})
            QCOMPARE(
                unpackLegacyRecord(oneField("ExpireAt", (std::string(head) + "608f3d00").c_str()))->expireAt.seconds,
                std::int64_t{1620000000});
        // Map heads of other lengths, unknown fields of every kind, repeated fields, and bytes behind.
        const std::string odd = fromHex("de0006") + fromHex("a15893010280") + fromHex("05c3") +
                                fromHex("a159c70105aa") + fromHex("a6456666656374a3616263") +
                                fromHex("a6456666656374a464656e79") + fromHex("a15a81a1508191cb3ff0000000000000c0") +
                                "rubbish";
        const auto read = unpackLegacyRecord(odd);
        VERIFY_OK(read);
        QCOMPARE(read->effect, std::string("deny"));
        QVERIFY(*unpackLegacyRecord(fromHex("80")) == LegacyRecord());
    }

    void whatIsNoRecordIsRefused_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("nil") << QByteArray("c0");
        QTest::newRow("a number") << QByteArray("05");
        QTest::newRow("a text") << QByteArray("a161");
        QTest::newRow("a list") << QByteArray("90");
        QTest::newRow("a reserved byte") << QByteArray("c1");
        QTest::newRow("a reserved byte inside") << QByteArray("81a158c1");
        QTest::newRow("cut") << QByteArray(vectorHead);
        QTest::newRow("a huge map") << QByteArray("dfffffffff");
        QTest::newRow("a huge text") << QByteArray("81dbffffffff61");
        QTest::newRow("a text as time") << QByteArray("81a954696d655374616d70a131");
        QTest::newRow("a fraction as time") << QByteArray("81a954696d655374616d70cb3ff0000000000000");
        QTest::newRow("a time beyond int64") << QByteArray("81a954696d655374616d70cfffffffffffffffff");
        QTest::newRow("a number as text") << QByteArray("81a8557365726e616d6505");
        QTest::newRow("a list as text") << QByteArray("81a8557365726e616d6590");
        QTest::newRow("a map as text") << QByteArray("81a8557365726e616d6580");
        QTest::newRow("another extension") << QByteArray("81a84578706972654174d60100000000");
        QTest::newRow("a time stamp of 5 bytes") << QByteArray("81a84578706972654174c705ff0000000000");
        QTest::newRow("too many nanoseconds") << QByteArray("81a84578706972654174d7ffffffffff00000000");
        QTest::newRow("too deep") << QByteArray("81a158" + QByteArray("91").repeated(16) + "c0");
        QTest::newRow("endlessly deep") << QByteArray("81a158" + QByteArray("91").repeated(100'000));
    }
    void whatIsNoRecordIsRefused()
    {
        QFETCH(QByteArray, hex);
        VERIFY_CODE(unpackLegacyRecord(QByteArray::fromHex(hex).toStdString()), Code::DecodingFailed);
    }

    void everyCutOfARecordIsRefused()
    {
        const std::string bytes = packLegacyRecord(sample());
        for (std::size_t size = 0; size < bytes.size(); ++size)
            VERIFY_CODE(unpackLegacyRecord(std::string_view(bytes).substr(0, size)), Code::DecodingFailed);
    }

    void decisionsTakeTheOldForm()
    {
        contract::DecisionRecord record = test::sampleRecord(TimePoint(std::chrono::milliseconds(1620000000999)));
        const auto granted = toLegacy(record, {"[1]", "[2]"});
        QVERIFY(granted.has_value());
        QCOMPARE(granted->timeStamp, std::int64_t{1620000000});
        QCOMPARE(granted->username, std::string("colin"));
        QCOMPARE(granted->effect, std::string("allow"));
        QCOMPARE(granted->conclusion, std::string("policies policy-a, policy-b allow access"));
        QCOMPARE(granted->request, std::string(test::grantedRequest));
        QCOMPARE(granted->policies, std::string("[1]"));
        QCOMPARE(granted->deciders, std::string("[2]"));
        QVERIFY((granted->expireAt == LegacyTime{1620000000 + std::int64_t{36'500} * 86'400, 0}));

        record.allowed = false;
        record.deciders = {};
        record.reason = contract::reasonDefault;
        QCOMPARE(toLegacy(record, {})->conclusion, std::string("no policy allowed access"));
        QCOMPARE(toLegacy(record, {})->effect, std::string("deny"));
        QCOMPARE(toLegacy(record, {})->deciders, std::string("[]"));
        record.reason = contract::reasonForced;
        record.deciders = {"d"};
        QCOMPARE(toLegacy(record, {})->conclusion, std::string("policy d forcefully denied the access"));
        record.deciders = {"a", "b", "d"};
        QCOMPARE(toLegacy(record, {})->conclusion,
                 std::string("policies a, b allow access, but policy d forcefully denied it"));
        record.context.clear();
        record.resource = "<a>&\"";
        QCOMPARE(toLegacy(record, {})->request, std::string(test::bareRequest));
        // What the old system does not record.
        record.reason = contract::reasonNoPolicies;
        QVERIFY(!toLegacy(record, {}));
        record.reason = "a template is broken in policy p";
        QVERIFY(!toLegacy(record, {}));
    }

    void theOldFormIsUnderstood()
    {
        contract::DecisionRecord record = test::sampleRecord(TimePoint(std::chrono::seconds(1620000000)));
        record.requestId.clear();
        record.node.clear();
        record.snapshot = 0;
        const auto roundTrip = [&](const std::string& deciders) {
            const auto legacy = unpackLegacyRecord(packLegacyRecord(*toLegacy(record, {"[]", deciders})));
            return legacy ? fromLegacy(*legacy) : Result<contract::DecisionRecord>(fail(legacy));
        };
        const auto granted = roundTrip(test::describedDeciders);
        VERIFY_OK(granted);
        QVERIFY(*granted == record);
        record.allowed = false;
        record.reason = contract::reasonForced;
        const auto forced = roundTrip(test::twoDeciders);
        VERIFY_OK(forced);
        QVERIFY(*forced == record);
        record.reason = contract::reasonDefault;
        record.deciders.clear();
        for (const char* none : {"[]", "", "null"}) {
            const auto denied = roundTrip(none);
            VERIFY_OK(denied);
            QVERIFY(*denied == record);
        }
        LegacyRecord legacy = sample();
        legacy.effect = "deny";
        legacy.conclusion = "another sentence";
        QCOMPARE(fromLegacy(legacy)->reason, std::string("another sentence"));
    }

    void whatNoDecisionMadeIsRefused()
    {
        const auto refuses = [](auto change) {
            LegacyRecord legacy = sample();
            change(legacy);
            const auto record = fromLegacy(legacy);
            return !record && record.error().code == Code::DecodingFailed;
        };
        QVERIFY(!refuses([](LegacyRecord&) {}));
        QVERIFY(!refuses([](LegacyRecord& r) { r.timeStamp = 253'402'300'799; }));
        QVERIFY(refuses([](LegacyRecord& r) { r.timeStamp = 253'402'300'800; }));
        QVERIFY(refuses([](LegacyRecord& r) { r.timeStamp = -1; }));
        QVERIFY(refuses([](LegacyRecord& r) { r.effect.clear(); }));
        QVERIFY(refuses([](LegacyRecord& r) { r.effect = "Allow"; }));
        QVERIFY(refuses([](LegacyRecord& r) { r.request.clear(); }));
        QVERIFY(refuses([](LegacyRecord& r) { r.request = "[]"; }));
        QVERIFY(refuses([](LegacyRecord& r) { r.request = test::numberAsSubject; }));
        QVERIFY(refuses([](LegacyRecord& r) { r.request = test::listAsContext; }));
        QVERIFY(refuses([](LegacyRecord& r) { r.request = "{\"context\":" + std::string(100'000, '['); }));
        QVERIFY(refuses([](LegacyRecord& r) { r.deciders = "{}"; }));
        QVERIFY(refuses([](LegacyRecord& r) { r.deciders = "[1]"; }));
        QVERIFY(refuses([](LegacyRecord& r) { r.deciders = "nothing"; }));
    }
};

QTEST_APPLESS_MAIN(LegacyRecordTest)
#include "legacyrecordtest.moc"
