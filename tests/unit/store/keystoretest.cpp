// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storagefixture.h"
#include <atomic>
#include <latch>
#include <thread>

using namespace iam;
using namespace iam::store;

class KeyStoreTest : public QObject {
    Q_OBJECT

    StorageFixture m_storage;

private Q_SLOTS:
    void initTestCase_data() { StorageFixture::engines(); }
    void init() { m_storage.open(); }

    void generationsComeInOrder()
    {
        QVERIFY(m_storage->keys().generations()->empty());
        const KeyGeneration first{1, "fingerprint one", "", at(1), at(1)};
        const KeyGeneration second{2, "fingerprint two", "sealed Two", at(2), at(30'000)};
        VERIFY_OK(m_storage->keys().add(first));
        VERIFY_OK(m_storage->keys().add(second));
        const auto read = m_storage->keys().generations();
        VERIFY_OK(read);
        QVERIFY((*read == std::vector<KeyGeneration>{first, second}));
    }
    void onlyTheNextNumberIsTaken()
    {
        VERIFY_CODE(m_storage->keys().add({2, "f", "", at(0), at(0)}), Code::ObjectChanged);
        VERIFY_OK(m_storage->keys().add({1, "f", "", at(0), at(0)}));
        VERIFY_CODE(m_storage->keys().add({1, "g", "", at(0), at(0)}), Code::ObjectChanged);
        VERIFY_CODE(m_storage->keys().add({3, "g", "", at(0), at(0)}), Code::ObjectChanged);
        QCOMPARE(m_storage->keys().generations()->front().fingerprint, std::string("f"));
    }
    void ofManyExactlyOneWins()
    {
        std::atomic<int> won = 0;
        std::atomic<int> lost = 0;
        std::latch start(8);
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 8; ++t) {
                threads.emplace_back([&, t] {
                    start.arrive_and_wait();
                    const auto added = m_storage->keys().add({1, std::to_string(t), "", at(t), at(t)});
                    if (added)
                        ++won;
                    else if (added.error().code == Code::ObjectChanged)
                        ++lost;
                });
            }
        }
        QCOMPARE(won.load(), 1);
        QCOMPARE(lost.load(), 7);
        QCOMPARE(m_storage->keys().generations()->size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(KeyStoreTest)
#include "keystoretest.moc"
