// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/pump/recordshape.h"
#include "../recordsamples.h"
#include <QTest>

using namespace iam;
using namespace iam::records;

namespace {

std::shared_ptr<const crypto::HmacKey> key(const std::string& text = "a key of a pump")
{
    auto made = crypto::HmacKey::make(crypto::HmacAlgorithm::Sha256, SecretString(text));
    return std::make_shared<const crypto::HmacKey>(std::move(*made));
}

contract::DecisionRecord shaped(const SinkConfig& config, contract::DecisionRecord record = test::sampleRecord({}))
{
    RecordShape::make(config, key())->apply(record);
    return record;
}

SinkConfig masking(std::vector<std::string> fields, SinkConfig::Mask with = SinkConfig::Mask::Stars)
{
    SinkConfig config;
    config.maskFields = std::move(fields);
    config.maskWith = with;
    return config;
}

} // namespace

class RecordShapeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void filters();
    void leavesOutDetails();
    void masksFields();
    void hashesTellEqualTextsOnly();
    void masksMembersOfTheContext();
    void refusesWhatItCannotMask();
};

void RecordShapeTest::filters()
{
    const auto wanted = [](const SinkConfig& config, const std::string& owner) {
        return RecordShape::make(config, nullptr)->wants(test::sampleRecord({}, 0, owner));
    };
    SinkConfig config;
    QVERIFY(wanted(config, "colin"));
    config.usernames = {"colin", "peter"};
    QVERIFY(wanted(config, "colin"));
    QVERIFY(!wanted(config, "ruth"));
    config.skipUsernames = {"colin"};
    QVERIFY(!wanted(config, "colin"));
    QVERIFY(wanted(config, "peter"));
    config.usernames.clear();
    QVERIFY(!wanted(config, "colin"));
    QVERIFY(wanted(config, "ruth"));
}

void RecordShapeTest::leavesOutDetails()
{
    SinkConfig config;
    config.omitDetailedRecording = true;
    const auto before = test::sampleRecord({}, 3);
    const auto record = shaped(config, before);
    QVERIFY(record.context.empty() && record.reason.empty() && record.deciders.empty());
    QCOMPARE(record.subject, before.subject);
    QCOMPARE(record.allowed, before.allowed);
    QVERIFY(!RecordShape::make(config, nullptr)->changesNothing());
    QVERIFY(RecordShape::make({}, nullptr)->changesNothing());
}

void RecordShapeTest::masksFields()
{
    const auto record = shaped(masking({"owner", "subject", "resource", "requestId", "context"}));
    for (const std::string& text : {record.owner, record.subject, record.resource, record.requestId})
        QCOMPARE(text, std::string("***"));
    QCOMPARE(record.context, std::string(R"({"masked":"***"})"));
    QCOMPARE(record.action, test::sampleRecord({}).action);
}

void RecordShapeTest::hashesTellEqualTextsOnly()
{
    const SinkConfig config = masking({"subject"}, SinkConfig::Mask::Hash);
    auto other = test::sampleRecord({});
    other.subject = "users:ruth";
    const std::string mask = shaped(config).subject;
    QCOMPARE(mask.size(), std::string("hmac:").size() + 32);
    QVERIFY(mask.starts_with("hmac:"));
    QCOMPARE(shaped(config).subject, mask);
    QVERIFY(shaped(config, other).subject != mask);
    auto record = test::sampleRecord({});
    RecordShape::make(config, key("another key"))->apply(record);
    QVERIFY(record.subject != mask);
}

void RecordShapeTest::masksMembersOfTheContext()
{
    const SinkConfig config = masking({"context.remoteIP", "context.absent"});
    QCOMPARE(shaped(config).context, std::string(R"({"remoteIP":"***","username":"colin"})"));
    auto record = test::sampleRecord({});
    record.context = R"({"remoteIP":{"v4":1},"z":1,"remoteIP":"192.168.0.9"})"; // the last one is what was evaluated
    QCOMPARE(shaped(config, record).context, std::string(R"({"remoteIP":"***","z":1})"));
    record.context = R"({"remoteIP":"192.168)";
    QCOMPARE(shaped(config, record).context, std::string(R"({"masked":"***"})"));
    record.context = R"({"other":1.50})";
    QCOMPARE(shaped(config, record).context, std::string(R"({"other":1.50})"));
    record.context.clear();
    QVERIFY(shaped(config, record).context.empty());
}

void RecordShapeTest::refusesWhatItCannotMask()
{
    for (const char* field : {"", "action", "context.", "Subject"}) {
        const auto shape = RecordShape::make(masking({field}), key());
        QVERIFY2(!shape && shape.error().code == Code::Validation, field);
    }
    QVERIFY(!RecordShape::make(masking({"subject"}, SinkConfig::Mask::Hash), nullptr));
}

QTEST_GUILESS_MAIN(RecordShapeTest)
#include "recordshapetest.moc"
