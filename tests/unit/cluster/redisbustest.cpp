// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/bus/redisbus.h"
#include "support/redisserver.h"
#include "support/verifyresult.h"
#include <QTcpServer>
#include <QTcpSocket>

using namespace iam;
using namespace iam::cluster;
using namespace std::chrono_literals;

namespace {

/// A bus and what it heard.
struct Node {
    explicit Node(const RedisConfig& config, const std::string& name = "node", const std::string& key = "key")
        : bus(config, name, keysOf(key), clock,
              {[this](std::uint64_t id) {
                   change = id;
                   ++changes;
               },
               [this] { ++unsure; }})
    {
    }
    static MessageKeySource keysOf(const std::string& key)
    {
        MessageKeys keys;
        if (!key.empty())
            keys.push_back(std::move(*crypto::HmacKey::make(crypto::HmacAlgorithm::Sha256, SecretString(key))));
        return [kept = std::make_shared<const MessageKeys>(std::move(keys))] { return kept; };
    }

    SystemClock clock;
    std::atomic<std::uint64_t> change = 0;
    std::atomic<int> changes = 0;
    std::atomic<int> unsure = 0;
    RedisBus bus; ///< last: its threads use the others
};

} // namespace

/// The bus on a real Redis, and on what is none.
class RedisBusTest : public QObject {
    Q_OBJECT

    static RedisConfig configOf(std::uint16_t port, const std::string& password = {})
    {
        RedisConfig config;
        config.host = "127.0.0.1";
        config.port = port;
        config.password = SecretString(password);
        config.timeout = 500ms;
        return config;
    }
    static bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

private Q_SLOTS:
    void aChangeIsHeardByTheOthers()
    {
        test::RedisServer redis;
        QVERIFY(redis.start());
        Node one(configOf(redis.port()), "one");
        Node two(configOf(redis.port()), "two");
        QTRY_VERIFY(one.bus.stats().up && two.bus.stats().up);
        QTRY_COMPARE(two.unsure.load(), 1); // whatever was before is not known
        one.bus.publish(Command::PolicyChanged, 17);
        QTRY_COMPARE(two.changes.load(), 1);
        QCOMPARE(two.change.load(), std::uint64_t{17});
        two.bus.publish(Command::SecretChanged, 18);
        QTRY_COMPARE(one.changes.load(), 1);
        QCOMPARE(two.changes.load(), 1); // not its own
        QCOMPARE(two.bus.stats().received, std::uint64_t{1});
        QVERIFY(two.bus.stats().lastMessage.has_value());
        QCOMPARE(one.bus.stats().published, std::uint64_t{1});
        QCOMPARE(two.bus.stats().rejected, std::uint64_t{0});
        QCOMPARE(two.unsure.load(), 1);
        QCOMPARE(two.bus.complaint(), std::string());
    }

    void whoIsNotKnownGivesAHint()
    {
        test::RedisServer redis;
        QVERIFY(redis.start());
        Node ours(configOf(redis.port()));
        Node strange(configOf(redis.port()), "other", "another key");
        Node keyless(configOf(redis.port()), "keyless", "");
        QTRY_COMPARE(ours.unsure + strange.unsure + keyless.unsure, 3);
        QTRY_VERIFY(strange.bus.stats().up && keyless.bus.stats().up);
        strange.bus.publish(Command::PolicyChanged, 1);
        QTRY_COMPARE(ours.unsure.load(), 2);
        keyless.bus.publish(Command::PolicyChanged, 1);
        QTRY_COMPARE(ours.unsure.load(), 3);
        const auto publish = [&](const char* text) {
            redis.ask({QStringLiteral("publish"), QString::fromLatin1(notificationChannel), QString::fromLatin1(text)});
        };
        publish("{\"command\":\"SecretChanged\",\"payload\":\"\",\"signature\":\"\",\"algorithm\":0}");
        QTRY_COMPARE(ours.unsure.load(), 4);
        publish("no message");
        QTRY_COMPARE(ours.bus.stats().received, std::uint64_t{4});
        QCOMPARE(ours.bus.stats().rejected, std::uint64_t{4});
        QCOMPARE(ours.unsure.load(), 4);
        QCOMPARE(ours.changes.load(), 0);
        // The keyless one takes nobody's word, its own it knows.
        QTRY_COMPARE(keyless.unsure.load(), 3);
    }

    void aRestartIsSurvived()
    {
        test::RedisServer redis(QStringLiteral("pass word"));
        QVERIFY(redis.start());
        const RedisConfig config = configOf(redis.port(), "pass word");
        Node one(config);
        Node two(config);
        QTRY_VERIFY(one.bus.stats().up && two.bus.stats().up);
        redis.kill();
        QTRY_VERIFY(!one.bus.stats().up && !two.bus.stats().up);
        QTRY_COMPARE(one.bus.complaint(), std::string("Redis cannot be reached; the database is polled instead"));
        one.bus.publish(Command::PolicyChanged, 5); // waits
        QVERIFY(redis.start());
        QTRY_VERIFY(one.bus.stats().up && two.bus.stats().up);
        QTRY_COMPARE(two.unsure.load(), 2);           // again: it may have missed something
        QTRY_VERIFY(two.bus.stats().reconnects >= 2); // an idle publisher notices at its next PING
        QTRY_COMPARE(one.bus.stats().published, std::uint64_t{1});
        one.bus.publish(Command::PolicyChanged, 6);
        QTRY_COMPARE(two.change.load(), std::uint64_t{6});
    }

    void aWrongPasswordIsSaidAndMended()
    {
        test::RedisServer redis(QStringLiteral("right"));
        QVERIFY(redis.start());
        Node wrong(configOf(redis.port(), "wrong-and-secret"));
        QTRY_COMPARE(wrong.bus.complaint(), std::string("Redis refuses the password"));
        Node none(configOf(redis.port()));
        QTRY_COMPARE(none.bus.complaint(), std::string("Redis refuses the password"));
        redis.ask({QStringLiteral("config"), QStringLiteral("set"), QStringLiteral("requirepass"),
                   QStringLiteral("wrong-and-secret")});
        QTRY_VERIFY(wrong.bus.stats().up);
    }

    void userNameAndDatabaseAreUsed()
    {
        test::RedisServer redis;
        QVERIFY(redis.start());
        redis.ask({QStringLiteral("acl"), QStringLiteral("setuser"), QStringLiteral("iam"), QStringLiteral("on"),
                   QStringLiteral(">key"), QStringLiteral("+@all"), QStringLiteral("-config"), QStringLiteral("&*")});
        RedisConfig config = configOf(redis.port(), "key");
        config.username = "iam";
        config.database = 3;
        Node node(config);
        QTRY_VERIFY(node.bus.stats().up);
        QVERIFY(redis.ask({QStringLiteral("client"), QStringLiteral("list")}).contains("user=iam"));
        QVERIFY(redis.ask({QStringLiteral("client"), QStringLiteral("list")}).contains("db=3"));
        QCOMPARE(node.bus.complaint(), std::string()); // CONFIG is forbidden: nothing to say
        config.database = 99;
        Node beyond(config);
        QTRY_COMPARE(beyond.bus.complaint(), std::string("Redis does not answer as it should"));
    }

    void aHangIsNoticed()
    {
        test::RedisServer redis;
        QVERIFY(redis.start());
        Node node(configOf(redis.port()));
        QTRY_VERIFY(node.bus.stats().up);
        redis.hang();
        QTRY_COMPARE(node.bus.complaint(), std::string("Redis does not answer"));
        // Nobody waits for it; what does not fit in the queue goes.
        for (int i = 0; i < 10'000; ++i) node.bus.publish(Command::PolicyChanged, 1);
        QVERIFY(node.bus.stats().dropped >= 9'000);
        redis.resume();
        QTRY_VERIFY(node.bus.stats().up);
        QTRY_COMPARE(node.bus.stats().published + node.bus.stats().dropped, std::uint64_t{10'000});
    }

    void redisMayComeLater()
    {
        test::RedisServer redis;
        Node node(configOf(redis.port()));
        QTRY_COMPARE(node.bus.complaint(), std::string("Redis cannot be reached; the database is polled instead"));
        QVERIFY(redis.start(false));
        QTRY_VERIFY(node.bus.stats().up);
        QCOMPARE(node.unsure.load(), 1);
        QTRY_VERIFY(contains(node.bus.complaint(), "appendonly is off"));
    }

    void garbageIsALostConnectionNoMore_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("words") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n");
        QTest::newRow("agrees to everything") << QByteArray("+OK\r\n");
        QTest::newRow("endless list") << QByteArray("*2000000000\r\n");
        QTest::newRow("list of lists") << QByteArray("*1\r\n").repeated(100);
        QTest::newRow("endless text") << "$1000000000\r\n" + QByteArray(200'000, 'x');
        QTest::newRow("endless line") << "+" + QByteArray(200'000, 'x');
        QTest::newRow("negative") << QByteArray("$-7\r\n*-9\r\n:x\r\n");
        QTest::newRow("zeros") << QByteArray(1000, '\0');
        QTest::newRow("subscribed, then words")
            << QByteArray("*3\r\n$9\r\nsubscribe\r\n$1\r\nx\r\n:1\r\n+nonsense\r\n");
        QTest::newRow("nothing") << QByteArray();
    }
    void garbageIsALostConnectionNoMore()
    {
        QFETCH(QByteArray, answer);
        QTcpServer listener;
        QVERIFY(listener.listen(QHostAddress::LocalHost));
        int taken = 0;
        connect(&listener, &QTcpServer::newConnection, &listener, [&] {
            while (QTcpSocket* socket = listener.nextPendingConnection()) {
                ++taken;
                connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
                    socket->readAll();
                    if (answer.isEmpty())
                        socket->close();
                    else
                        socket->write(answer);
                });
            }
        });
        Node node(configOf(listener.serverPort()));
        QTRY_VERIFY(taken >= 4); // both tried again
        QTRY_VERIFY(!node.bus.complaint().empty());
        QCOMPARE(node.changes.load(), 0);
    }
};

QTEST_GUILESS_MAIN(RedisBusTest)
#include "redisbustest.moc"
