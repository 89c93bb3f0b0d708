// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/workers.h"
#include <QTest>
#include <atomic>
#include <mutex>
#include <thread>

using namespace iam;

/// Requests on workers: each gets one answer, whatever becomes of its job.
class WorkersTest : public QObject {
    Q_OBJECT

    std::atomic<int> m_ok = 0;
    std::atomic<int> m_busy = 0;
    std::atomic<int> m_others = 0;

    http::ExchangePtr exchange()
    {
        return std::make_shared<http::LocalExchange>(http::Request(), [this](const http::Response& response) {
            ++(response.status == 200 ? m_ok : response.status == 503 ? m_busy : m_others);
        });
    }

private Q_SLOTS:
    void init() { m_ok = m_busy = m_others = 0; }

    void aPoolThatStopsAnswersWhatHasNotBegun()
    {
        std::mutex gate;
        gate.lock();
        WorkerPool pool("test", 1, 2);
        const http::Handler handler = routes::onPool(pool, [&](http::Exchange&) {
            const std::lock_guard lock(gate);
            return http::Response::json(200, "{}");
        });
        handler(exchange());
        QTRY_COMPARE(pool.busy(), std::size_t{1});
        handler(exchange());
        handler(exchange());
        handler(exchange()); // too many
        QCOMPARE(m_busy.load(), 1);
        std::thread stopping([&] { pool.stop(); });
        const bool answered = QTest::qWaitFor([&] { return m_busy == 3; });
        gate.unlock();
        stopping.join();
        QVERIFY(answered); // while the first still ran
        QCOMPARE(m_ok.load(), 1);
        handler(exchange()); // too late
        QCOMPARE(m_busy.load(), 4);
        QCOMPARE(m_others.load(), 0);
    }
};

QTEST_GUILESS_MAIN(WorkersTest)
#include "workerstest.moc"
