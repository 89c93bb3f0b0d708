// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The database server is killed (SIGKILL) again and again while several nodes write: every write that was acknowledged
// is there with its change record, nothing is half there, and the nodes go on by themselves.
#include "samples.h"
#include "store/sql/mariadbconfig.h"
#include "store/sql/sqlstorage.h"
#include "support/mariadbserver.h"
#include "support/verifyresult.h"
#include <QTest>
#include <atomic>
#include <mutex>
#include <random>
#include <set>
#include <thread>

using namespace iam;
using namespace iam::store;

class MariaDbCrashTest : public QObject {
    Q_OBJECT

    test::MariaDbServer m_server;

private Q_SLOTS:
    void acknowledgedWritesSurviveAKillOfTheServer()
    {
        if (!test::MariaDbServer::isInstalled()) QSKIP("mariadb-server is not installed");
        QVERIFY2(m_server.start(), m_server.log().constData());
        sql::MariaDbConfig config;
        config.port = m_server.port();
        config.username = test::MariaDbServer::username;
        config.password = SecretString(test::MariaDbServer::password);
        config.database = m_server.makeDatabase().toStdString();
        auto first = sql::openSqlStorage(config);
        VERIFY_OK(first);
        VERIFY_OK((*first)->users().create(user("root", true), "hash", actor, at(0)));
        auto second = sql::openSqlStorage(config);
        VERIFY_OK(second);

        constexpr int kills = 12;
        std::mutex mutex;
        std::set<std::string> acknowledged;
        std::atomic<int> writes = 0;
        std::atomic<int> wrong = 0;
        std::atomic<bool> done = false;
        std::vector<std::jthread> writers;
        for (int t = 0; t < 6; ++t) {
            writers.emplace_back([&, t] {
                Storage& storage = t % 2 == 0 ? **first : **second;
                for (int i = 0; !done; ++i) {
                    const std::string name = "n" + std::to_string(t) + "-" + std::to_string(i);
                    const auto made = storage.policies().create(policy("root", name), actor, at(i));
                    if (!made && made.error().code != Code::StorageUnavailable) {
                        ++wrong;
                        qWarning("%s", made.error().detail.c_str());
                    }
                    if (!made) continue;
                    const std::lock_guard lock(mutex);
                    acknowledged.insert(name);
                    ++writes;
                }
            });
        }
        std::mt19937 random{std::random_device{}()};
        std::uniform_int_distribution<int> moment(1, 60);
        for (int round = 0; round < kills; ++round) {
            const int until = writes + moment(random);
            QTRY_VERIFY_WITH_TIMEOUT(writes >= until, 60'000); // they go on after the last kill
            m_server.kill();
            QVERIFY2(m_server.start(), m_server.log().constData());
        }
        const int until = writes + 20;
        QTRY_VERIFY_WITH_TIMEOUT(writes >= until, 60'000);
        done = true;
        writers.clear();
        QCOMPARE(wrong.load(), 0);

        auto page = (*first)->policies().list("root", {0, std::nullopt, {}});
        VERIFY_OK(page);
        const Names names = namesOf(*page);
        const std::multiset<std::string> stored(names.begin(), names.end());
        std::multiset<std::string> recorded;
        std::string cursor;
        do {
            auto changes = (*first)->changes().query({}, cursor, contract::maxRecordLimit);
            VERIFY_OK(changes);
            for (const auto& change : changes->items)
                if (change.kind == "policy") recorded.insert(change.name);
            cursor = changes->next;
        } while (!cursor.empty());
        QVERIFY(stored == recorded);
        for (const std::string& name : acknowledged) QVERIFY2(stored.count(name) == 1, name.c_str());
    }
};

QTEST_GUILESS_MAIN(MariaDbCrashTest)
#include "mariadbcrashtest.moc"
