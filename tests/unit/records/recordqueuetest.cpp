// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/recordqueue.h"
#include "records/spareitems.h"
#include <QTest>
#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

using namespace iam::records;
using Item = PendingRecords::Item;
using ItemPtr = PendingRecords::ItemPtr;

class RecordQueueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsTheOrderOfOneThread();
    void fillsAnItemAgain();
    void keepsNoLargeItems();
    void losesNothingBetweenThreads();
};

void RecordQueueTest::keepsTheOrderOfOneThread()
{
    RecordQueue<Item> queue;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        auto item = std::make_unique<Item>();
        item->sequence = i;
        queue.add(std::move(item));
    }
    std::vector<std::uint64_t> taken;
    queue.takeEach([&](ItemPtr&& item) { taken.push_back(item->sequence); });
    QCOMPARE(taken, (std::vector<std::uint64_t>{1, 2, 3}));
    QVERIFY(queue.empty());
}

void RecordQueueTest::fillsAnItemAgain()
{
    SpareItems spares;
    auto item = spares.take();
    const auto* const first = item.get();
    item->sequence = 7;
    item->lost = true;
    item->stored = [](auto) {};
    item->packed = std::string(500, 'p');
    spares.giveBack(std::move(item));
    item = spares.take();
    QCOMPARE(item.get(), first);
    QCOMPARE(item->sequence, std::uint64_t{0});
    QVERIFY(!item->lost && !item->stored);
    QVERIFY(item->packed.capacity() >= 500);
    QVERIFY(spares.take().get() != first);
}

void RecordQueueTest::keepsNoLargeItems()
{
    SpareItems spares;
    auto item = spares.take();
    item->packed = std::string(1024 * 1024, 'p');
    spares.giveBack(std::move(item));
    QVERIFY(spares.take()->packed.capacity() < 1024);
}

void RecordQueueTest::losesNothingBetweenThreads()
{
    constexpr std::uint64_t producers = 3;
    constexpr std::uint64_t each = 50'000;
    RecordQueue<Item> queue;
    SpareItems spares;
    std::atomic<std::uint64_t> running = producers;
    std::vector<std::thread> threads;
    for (std::uint64_t p = 0; p < producers; ++p) {
        threads.emplace_back([&queue, &spares, &running, p] {
            for (std::uint64_t i = 0; i < each; ++i) {
                auto item = spares.take();
                item->sequence = p * each + i;
                item->packed = std::to_string(item->sequence);
                queue.add(std::move(item));
            }
            --running;
        });
    }
    std::vector<int> seen(producers * each);
    bool whole = true;
    for (bool last = false; !last;) {
        last = running == 0;
        queue.takeEach([&](ItemPtr&& item) {
            ++seen.at(item->sequence);
            whole = whole && item->packed == std::to_string(item->sequence);
            spares.giveBack(std::move(item));
        });
    }
    for (std::thread& thread : threads) thread.join();
    QVERIFY(whole);
    QVERIFY(std::all_of(seen.begin(), seen.end(), [](int times) { return times == 1; }));
}

QTEST_APPLESS_MAIN(RecordQueueTest)
#include "recordqueuetest.moc"
