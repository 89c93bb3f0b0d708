// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/bus/messagescreen.h"
#include "contract/json.h"
#include "support/manualclock.h"
#include "support/verifyresult.h"

using namespace iam;
using namespace iam::cluster;
using namespace std::chrono_literals;

namespace {

crypto::HmacKey keyOf(const std::string& text)
{
    return std::move(*crypto::HmacKey::make(crypto::HmacAlgorithm::Sha256, SecretString(text)));
}

template <class... Texts>
std::shared_ptr<const MessageKeys> keysOf(Texts... texts)
{
    auto keys = std::make_shared<MessageKeys>();
    (keys->push_back(keyOf(texts)), ...);
    return keys;
}

} // namespace

class BusMessageTest : public QObject {
    Q_OBJECT

    using Worth = MessageScreen::Worth;

    test::ManualClock m_clock;
    int m_sent = 0;

    Origin origin() { return {"node-2", 17, m_clock.now(), "other-" + std::to_string(++m_sent)}; }
    std::string written(const Origin& from, const std::string& key = "new")
    {
        return writeMessage(makeMessage(Command::PolicyChanged, from, *keysOf(key)));
    }

private Q_SLOTS:
    void theFormIsThatOfTheOldSystem()
    {
        const Message message{Command::SecretChanged, {}, {}, 0};
        QCOMPARE(writeMessage(message),
                 std::string("{\"command\":\"SecretChanged\",\"payload\":\"\",\"signature\":\"\",\"algorithm\":0}"));
        const auto json = contract::parseWholeJson(written(origin()));
        VERIFY_OK(json);
        QCOMPARE(json->object()->size(), std::size_t{4});
        QCOMPARE(*json->find("command")->string(), std::string("PolicyChanged"));
        QVERIFY(json->find("payload")->string() != nullptr);
        QVERIFY(json->find("signature")->string() != nullptr);
        QCOMPARE(*json->find("algorithm")->integer(), hmacSha256);
    }

    void whatWasSignedIsReadBack()
    {
        const Origin from = origin();
        const auto message = parseMessage(written(from));
        QVERIFY(message);
        QVERIFY(isSigned(*message, *keysOf("new")));
        const auto read = parseOrigin(message->payload);
        QVERIFY(read);
        QCOMPARE(read->node, from.node);
        QCOMPARE(read->change, from.change);
        QVERIFY(read->time == from.time);
        QCOMPARE(read->nonce, from.nonce);
    }

    void everyBitCounts()
    {
        const Message good = *parseMessage(written(origin()));
        const auto keys = keysOf("newest", "new");
        QVERIFY(isSigned(good, *keys));
        Message other = good;
        other.command = Command::SecretChanged;
        QVERIFY(!isSigned(other, *keys));
        other = good;
        other.payload.back() = ' ';
        QVERIFY(!isSigned(other, *keys));
        other = good;
        other.signature.front() = other.signature.front() == 'A' ? 'B' : 'A';
        QVERIFY(!isSigned(other, *keys));
        other = good;
        other.algorithm = 0;
        QVERIFY(!isSigned(other, *keys));
        QVERIFY(!isSigned(good, *keysOf("another")));
        QVERIFY(!isSigned(good, {}));
    }

    void otherTextsAreNoMessages_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("not JSON") << QByteArray("hello");
        QTest::newRow("cut") << QByteArray("{\"command\":\"PolicyChanged\"");
        QTest::newRow("list") << QByteArray("[\"PolicyChanged\"]");
        QTest::newRow("other command") << QByteArray("{\"command\":\"NoticeGroupDelete\"}");
        QTest::newRow("no command") << QByteArray("{}");
        QTest::newRow("number") << QByteArray("{\"command\":7}");
        QTest::newRow("long") << "{\"command\":\"PolicyChanged\",\"payload\":\"" + QByteArray(5000, 'x') + "\"}";
        QTest::newRow("deep") << "{\"command\":\"PolicyChanged\",\"x\":" + QByteArray(100, '[') + QByteArray(100, ']') +
                                     "}";
    }
    void otherTextsAreNoMessages()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!parseMessage(text.toStdString()));
    }

    void onlyFreshSignedNewMessagesAreTrusted()
    {
        std::shared_ptr<const MessageKeys> keys = keysOf("new", "old");
        MessageScreen screen(
            "own-", [&] { return keys; }, m_clock);
        const auto worth = [&](const std::string& text) { return screen.judge(text).worth; };

        const std::string good = written(origin());
        const MessageScreen::Verdict verdict = screen.judge(good);
        QCOMPARE(verdict.worth, Worth::Trusted);
        QCOMPARE(verdict.origin.change, std::uint64_t{17});
        QCOMPARE(worth(good), Worth::Hint); // again
        QCOMPARE(worth(written(origin(), "old")), Worth::Trusted);
        QCOMPARE(worth(written(origin(), "strange")), Worth::Hint);
        QCOMPARE(worth(writeMessage(makeMessage(Command::PolicyChanged, origin(), {}))), Worth::Hint);
        QCOMPARE(worth("{\"command\":\"PolicyChanged\",\"payload\":\"\",\"signature\":\"\",\"algorithm\":0}"),
                 Worth::Hint);
        QCOMPARE(worth("hello"), Worth::Nothing);
        Origin own = origin();
        own.nonce = "own-1";
        QCOMPARE(worth(written(own)), Worth::Own);

        const std::string later = written(origin());
        m_clock.advance(MessageScreen::freshness);
        QCOMPARE(worth(later), Worth::Trusted);
        const std::string tooLate = written(origin());
        m_clock.advance(MessageScreen::freshness + 1ms);
        QCOMPARE(worth(tooLate), Worth::Hint);
        Origin ahead = origin();
        ahead.time += MessageScreen::freshness + 1ms;
        QCOMPARE(worth(written(ahead)), Worth::Hint);
        ahead.time = TimePoint(std::chrono::milliseconds(std::numeric_limits<std::int64_t>::min()));
        QCOMPARE(worth(written(ahead)), Worth::Hint);

        keys = keysOf("newer");
        QCOMPARE(worth(written(origin(), "new")), Worth::Hint);
        QCOMPARE(worth(written(origin(), "newer")), Worth::Trusted);
    }

    // A repetition is found for as long as its time lets it in.
    void aRepetitionIsNeverTrusted()
    {
        const auto keys = keysOf("new");
        MessageScreen screen(
            "own-", [&] { return keys; }, m_clock);
        Origin ahead = origin();
        ahead.time += MessageScreen::freshness;
        const std::string text = written(ahead);
        QCOMPARE(screen.judge(text).worth, Worth::Trusted);
        for (int i = 0; i < 130; ++i) {
            m_clock.advance(1s);
            QCOMPARE(screen.judge(written(origin())).worth, Worth::Trusted);
            QCOMPARE(screen.judge(text).worth, Worth::Hint);
        }
    }
};

QTEST_GUILESS_MAIN(BusMessageTest)
#include "busmessagetest.moc"
