// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/logging.h"
#include "base/randomuuid.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/shardedmap.h"
#include "base/text.h"
#include "base/timetext.h"
#include "base/waitforstop.h"
#include "base/workerpool.h"
#include "base/yamltext.h"
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <set>
#include <thread>

using namespace iam;

class BaseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void invalidUtf8IsReplacedByteByByte_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("plain") << QByteArray("abc") << QByteArray("abc");
        QTest::newRow("four bytes") << QByteArray("\xF0\x9F\x98\x80") << QByteArray("\xF0\x9F\x98\x80");
        QTest::newRow("lone continuation") << QByteArray("a\x80z") << QByteArray("a\xEF\xBF\xBDz");
        QTest::newRow("cut in the middle") << QByteArray("\xE4\xBD") << QByteArray("\xEF\xBF\xBD\xEF\xBF\xBD");
        QTest::newRow("overlong") << QByteArray("\xC0\xAF") << QByteArray("\xEF\xBF\xBD\xEF\xBF\xBD");
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << QByteArray("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
        QTest::newRow("beyond U+10FFFF") << QByteArray("\xF4\x90\x80\x80") << QByteArray("\xEF\xBF\xBD").repeated(4);
    }
    void invalidUtf8IsReplacedByteByByte()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, expected);
        QCOMPARE(QByteArray::fromStdString(text::toUtf8(bytes.toStdString())), expected);
    }
    void yamlTextsAreQuoted()
    {
        QCOMPARE(text::yamlQuoted("rename: it's {new}\n- x"), std::string("'rename: it''s {new} - x'"));
        QCOMPARE(text::yamlQuoted(""), std::string("''"));
    }
    void oneEventIsOneLineWithoutControlCharacters()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("log"));
        LogConfig config;
        config.outputPaths = {path.toStdString()};
        QVERIFY(installLogging(config));
        qCInfo(lcAuth, "log-in of %s failed", "a\nFORGED\r\t\x1b[2J\x7f\xC2\x9B\xE2\x80\xA8 \xC3\xA4");
        qInstallMessageHandler(nullptr);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QCOMPARE(text.count('\n'), 1);
        const QByteArray expected("\tlog-in of a\\nFORGED\\r\\u0009\\u001b[2J\\u007f\\u009b\\u2028 \xC3\xA4 failed\n");
        QVERIFY2(text.endsWith(expected), text.constData());
    }
    void timesGoThereAndBack()
    {
        const auto time = fromRfc3339("2021-05-27T10:01:40.123456789+08:00");
        QVERIFY(time.has_value());
        QCOMPARE(toRfc3339(*time), std::string("2021-05-27T02:01:40.123Z"));
        QCOMPARE(toRfc3339Local(*time), std::string("2021-05-27T02:01:40.123Z"));
        QCOMPARE(toRfc3339Local(*fromRfc3339("2021-05-27T02:01:40.120Z")), std::string("2021-05-27T02:01:40.12Z"));
        QCOMPARE(toRfc3339LocalSeconds(*time), std::string("2021-05-27T02:01:40Z"));
    }
    void impossibleTimesAreRefused_data()
    {
        QTest::addColumn<QString>("textValue");
        for (const char* bad : {"", "2021-02-30T00:00:00Z", "2021-05-27", "2021-05-27T24:00:00Z", "2021-05-27T10:01:40",
                                "2021-05-27T10:01:40.Z", "2021-05-27T10:01:40+0800", "2021-05-27T10:01:40Zx",
                                "2021-05-27t10:01:40Z", "2021-13-01T00:00:00Z"})
            QTest::newRow(bad) << QString::fromLatin1(bad);
    }
    void impossibleTimesAreRefused()
    {
        QFETCH(QString, textValue);
        QVERIFY(!fromRfc3339(textValue.toStdString()).has_value());
    }
    void aMovedSecretLeavesNothingBehind()
    {
        SecretString first(std::string(64, 'x'));
        const SecretString second(std::move(first));
        QVERIFY(first.empty()); // NOLINT(bugprone-use-after-move): that is what is tested
        QVERIFY(second == SecretString(std::string(64, 'x')));
        QVERIFY(!(second == SecretString(std::string(63, 'x'))));
    }
    void aResultCarriesItsError()
    {
        const auto divide = [](int a, int b) -> Result<int> {
            if (b == 0) return fail(Code::Validation, "by zero", {{"b", "must not be 0"}});
            return a / b;
        };
        QCOMPARE(*divide(6, 3), 2);
        const auto failed = divide(1, 0);
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, Code::Validation);
        QCOMPARE(failed.error().faults.front().field, std::string("b"));
    }
    void theLevelIsThatOfOurOwnCategories_data()
    {
        QTest::addColumn<QString>("level");
        QTest::addColumn<bool>("info");
        QTest::addColumn<bool>("debug");
        QTest::newRow("info") << QStringLiteral("info") << true << false;
        QTest::newRow("debug") << QStringLiteral("debug") << true << true;
        QTest::newRow("warn") << QStringLiteral("warn") << false << false;
    }
    void theLevelIsThatOfOurOwnCategories()
    {
        QFETCH(QString, level);
        QFETCH(bool, info);
        QFETCH(bool, debug);
        const Result<> installed =
            installLogging(LogConfig{.level = level.toStdString(), .format = "console", .outputPaths = {"stderr"}});
        qInstallMessageHandler(nullptr); // the test's own lines go on as before
        QVERIFY(installed.has_value());
        QCOMPARE(lcHttp().isInfoEnabled(), info);
        QCOMPARE(lcHttp().isDebugEnabled(), debug);
        // Qt says there what it draws and what is typed.
        const QLoggingCategory foreign("qt.widgets.painting", QtWarningMsg);
        QVERIFY(!foreign.isInfoEnabled());
        QVERIFY(!foreign.isDebugEnabled());
        QVERIFY(foreign.isWarningEnabled());
    }
    void aPoolThatStopsDropsWhatHasNotBegun()
    {
        std::atomic<int> done = 0;
        std::mutex gate;
        gate.lock();
        WorkerPool pool("test", 1, 8);
        const auto held = std::make_shared<int>(0);
        const auto job = [&, held] {
            const std::lock_guard lock(gate);
            ++done;
        };
        QVERIFY(pool.post(job));
        QTRY_COMPARE(pool.busy(), std::size_t{1});
        for (int i = 0; i < 3; ++i) QVERIFY(pool.post(job));
        const long queuedAndRunning = held.use_count();
        std::thread stopping([&] { pool.stop(); });
        const bool dropped = QTest::qWaitFor([&] { return held.use_count() == queuedAndRunning - 3; });
        gate.unlock();
        stopping.join();
        QVERIFY(dropped); // while the first still ran
        QCOMPARE(done.load(), 1);
        QVERIFY(!pool.post([] {}));
    }
    void aPoolRunsEverythingItTookAndRefusesTheRest()
    {
        std::atomic<int> done = 0;
        std::mutex gate;
        gate.lock();
        int accepted = 0;
        {
            WorkerPool pool("test", 2, 8);
            for (int i = 0; i < 100; ++i)
                accepted += pool.post([&] {
                    const std::lock_guard lock(gate);
                    ++done;
                });
            gate.unlock();
            QTRY_COMPARE(done.load(), accepted);
        }
        QVERIFY(accepted >= 8 && accepted <= 10);
    }
    void aWaitEndsWithItsTimeOrWithTheStop()
    {
        std::stop_source stop;
        QVERIFY(!waitForStop(stop.get_token(), std::chrono::milliseconds(1)));
        bool stopped = false;
        std::thread waiting([&] { stopped = waitForStop(stop.get_token(), std::chrono::hours(1)); });
        stop.request_stop();
        waiting.join();
        QVERIFY(stopped);
        QVERIFY(waitForStop(stop.get_token(), std::chrono::hours(1)));
    }
    void copiesOfAShardedMapGoTheirOwnWays()
    {
        ShardedMap<int> map;
        for (int i = 0; i < 1000; ++i) map.set("k" + std::to_string(i), i);
        map.set("k7", 70);
        QCOMPARE(map.size(), std::size_t{1000});
        const ShardedMap<int> before = map;
        map.erase("k7");
        map.erase("nothing");
        map.set("new", 1);
        map.set("k8", 80);
        QCOMPARE(map.size(), std::size_t{1000});
        QVERIFY(!map.contains("k7"));
        QCOMPARE(*map.find("k8"), 80);
        QCOMPARE(*before.find("k7"), 70);
        QCOMPARE(*before.find("k8"), 8);
        QVERIFY(before.find("new") == nullptr);
        int sum = 0;
        before.forEach([&](const std::string&, int value) { sum += value; });
        QCOMPARE(sum, 999 * 500 - 7 + 70);
    }
    void uuidsAreRandomAndOfVersionFour()
    {
        static const QRegularExpression form(
            QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
        std::set<std::string> seen;
        for (int i = 0; i < 1000; ++i) {
            const std::string id = randomUuid();
            QVERIFY2(form.match(QString::fromStdString(id)).hasMatch(), id.c_str());
            seen.insert(id);
        }
        QCOMPARE(seen.size(), std::size_t{1000});
    }
};

QTEST_GUILESS_MAIN(BaseTest)
#include "basetest.moc"
