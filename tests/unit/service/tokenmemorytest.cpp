// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/tokenmemory.h"
#include <QtTest>
#include <thread>

using namespace iam;
using namespace iam::service;

class TokenMemoryTest : public QObject {
    Q_OBJECT

    std::shared_ptr<const AccessKey> m_key = std::make_shared<const AccessKey>(
        store::SecretKeyEntry{}, crypto::SecretTokenKey::make(SecretString("a key")).value());
    store::Account m_owner;

    TokenMemory::Known known(std::uint64_t snapshot) const { return {snapshot, &m_key, &m_owner, {1, 2}}; }

private Q_SLOTS:
    void whatIsKeptIsFoundInThatSnapshotOnly()
    {
        const TokenMemory memory(8);
        const auto digest = memory.digestOf("a token");
        QVERIFY(digest.has_value());
        QVERIFY(*digest == *memory.digestOf("a token"));
        QVERIFY(memory.find(*digest, 7) == nullptr);
        memory.keep(*digest, known(7));
        const TokenMemory::Known* found = memory.find(*digest, 7);
        QVERIFY(found != nullptr);
        QVERIFY(found->key == &m_key && found->owner == &m_owner && found->times.ends == 2);
        QVERIFY(memory.find(*digest, 8) == nullptr);
        QVERIFY(memory.find(*digest, 6) == nullptr);
        QVERIFY(memory.find(*memory.digestOf("another token"), 7) == nullptr);
    }

    void aNewcomerTakesAPlace()
    {
        const TokenMemory memory(1);
        const auto first = memory.digestOf("first");
        const auto second = memory.digestOf("second");
        memory.keep(*first, known(7));
        memory.keep(*second, known(7));
        QVERIFY(memory.find(*first, 7) == nullptr);
        QVERIFY(memory.find(*second, 7) != nullptr);
    }

    void eachMemoryHasAKeyOfItsOwn()
    {
        const TokenMemory one(8);
        const TokenMemory other(8);
        QVERIFY(*one.digestOf("a token") != *other.digestOf("a token"));
        one.keep(*one.digestOf("a token"), known(7));
        QVERIFY(other.find(*one.digestOf("a token"), 7) == nullptr);
    }

    void threadsShareNothing()
    {
        const TokenMemory memory(8);
        const auto digest = memory.digestOf("a token");
        memory.keep(*digest, known(7));
        bool seen = true;
        std::thread([&] { seen = memory.find(*digest, 7) != nullptr; }).join();
        QVERIFY(!seen);
    }

    void withoutPlacesNothingIsRemembered() { QVERIFY(!TokenMemory(0).digestOf("a token")); }
};

QTEST_GUILESS_MAIN(TokenMemoryTest)
#include "tokenmemorytest.moc"
