// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/codec.h"
#include "storagefixture.h"
#include <atomic>
#include <latch>
#include <thread>

using namespace iam;
using namespace iam::store;

class SecretStoreTest : public QObject {
    Q_OBJECT

    StorageFixture m_storage;
    static constexpr std::uint64_t many = 10;

private Q_SLOTS:
    void initTestCase_data() { StorageFixture::engines(); }
    void init()
    {
        m_storage.open();
        for (const char* name : {"Ann", "bob"}) VERIFY_OK(m_storage->users().create(user(name), "h", actor, at(0)));
    }

    void whatWasCreatedIsFound()
    {
        StoredSecret given = secret("aNN", "S0");
        given.secret.metadata.extend = contract::Json(contract::Json::Object{{"n", contract::Json(5)}});
        auto made = m_storage->secrets().create(given, many, actor, at(3));
        VERIFY_OK(made);
        QCOMPARE(made->secret.metadata.id, std::uint64_t{1});
        QCOMPARE(made->secret.metadata.instanceId, contract::makeInstanceId("secret-", 1));
        QCOMPARE(made->secret.username, std::string("Ann"));
        QVERIFY(made->secret.secretKey.empty());
        auto found = m_storage->secrets().find("ANN", "s0");
        VERIFY_OK(found);
        QVERIFY(found->secret.metadata == made->secret.metadata);
        QVERIFY(found->secret.metadata.extend == given.secret.metadata.extend);
        QCOMPARE(found->secret.metadata.name, std::string("S0"));
        QCOMPARE(found->secret.metadata.createdAt, at(3));
        QCOMPARE(found->secret.metadata.version, std::uint64_t{1});
        QCOMPARE(found->secret.username, std::string("Ann"));
        QCOMPARE(found->secret.secretId, given.secret.secretId);
        QCOMPARE(found->secret.expires, given.secret.expires);
        QCOMPARE(found->secret.description, given.secret.description);
        QCOMPARE(found->sealedKey, given.sealedKey);
        QVERIFY(found->secret.secretKey.empty());
        VERIFY_CODE(m_storage->secrets().find("bob", "S0"), Code::SecretNotFound);
        VERIFY_CODE(m_storage->secrets().find("nobody", "S0"), Code::SecretNotFound);
    }

    void createRefuses()
    {
        SecretStore& secrets = m_storage->secrets();
        VERIFY_CODE(secrets.create(secret("nobody", "s"), many, actor, at(0)), Code::UserNotFound);
        VERIFY_OK(secrets.create(secret("Ann", "s"), 2, actor, at(0)));
        VERIFY_CODE(secrets.create(secret("ann", "S"), 2, actor, at(0)), Code::SecretAlreadyExist);
        StoredSecret sameId = secret("Ann", "t");
        sameId.secret.secretId = secret("Ann", "s").secret.secretId;
        VERIFY_CODE(secrets.create(sameId, 2, actor, at(0)), Code::Database);
        VERIFY_OK(secrets.create(secret("Ann", "t"), 2, actor, at(0)));
        VERIFY_CODE(secrets.create(secret("Ann", "s"), 2, actor, at(0)), Code::ReachMaxCount);
        VERIFY_OK(secrets.create(secret("bob", "s"), 2, actor, at(0)));
        QCOMPARE(secrets.list(std::nullopt, {})->totalCount, std::uint64_t{3});
    }

    void resealingIsSeenByNobody()
    {
        SecretStore& secrets = m_storage->secrets();
        VERIFY_OK(secrets.create(secret("Ann", "s"), many, actor, at(0)));
        VERIFY_OK(secrets.create(secret("Ann", "t"), many, actor, at(0)));
        const auto before = secrets.find("Ann", "s");
        const std::uint64_t records = m_storage->changes().query({}, {}, 100)->items.size();
        const Resealing change{before->secret.secretId, before->sealedKey, "anew"};
        const Resealing late{before->secret.secretId, "SEALED-s", "late"};
        const Resealing unknown{"unknown", before->sealedKey, "anew"};
        QCOMPARE(secrets.reseal({change, late, unknown}).value(), std::uint64_t{1});
        const auto after = secrets.find("Ann", "s");
        VERIFY_OK(after);
        QCOMPARE(after->sealedKey, std::string("anew"));
        QVERIFY(after->secret.metadata == before->secret.metadata);
        QCOMPARE(secrets.find("Ann", "t")->sealedKey, std::string("sealed-t"));
        QCOMPARE(m_storage->changes().query({}, {}, 100)->items.size(), records);
        QCOMPARE(secrets.reseal({change}).value(), std::uint64_t{0}); // another node was faster
    }

    void theLimitHoldsForManyAtOnce()
    {
        std::atomic<int> made = 0;
        std::atomic<int> refused = 0;
        std::latch start(8);
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 8; ++t) {
                threads.emplace_back([&, t] {
                    start.arrive_and_wait();
                    for (int i = 0; i < 5; ++i) {
                        const std::string name = "s" + std::to_string(t) + "-" + std::to_string(i);
                        auto result = m_storage->secrets().create(secret("Ann", name), many, actor, at(i));
                        if (result)
                            ++made;
                        else if (result.error().code == Code::ReachMaxCount)
                            ++refused;
                    }
                });
            }
        }
        QCOMPARE(made.load(), 10);
        QCOMPARE(refused.load(), 30);
        QCOMPARE(m_storage->secrets().list("Ann", {})->totalCount, std::uint64_t{10});
    }

    void ofOneNameOneIsMade()
    {
        std::atomic<int> made = 0;
        std::atomic<int> refused = 0;
        std::latch start(8);
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 8; ++t) {
                threads.emplace_back([&, t] {
                    StoredSecret wanted = secret("Ann", "same");
                    wanted.secret.secretId += std::to_string(t);
                    start.arrive_and_wait();
                    auto result = m_storage->secrets().create(wanted, many, actor, at(0));
                    if (result)
                        ++made;
                    else if (result.error().code == Code::SecretAlreadyExist)
                        ++refused;
                });
            }
        }
        QCOMPARE(made.load(), 1);
        QCOMPARE(refused.load(), 7);
    }

    void listsAreOfOneOwnerOrAll()
    {
        SecretStore& secrets = m_storage->secrets();
        for (const char* name : {"a", "b", "c"}) VERIFY_OK(secrets.create(secret("Ann", name), many, actor, at(0)));
        VERIFY_OK(secrets.create(secret("bob", "b2"), many, actor, at(0)));
        QCOMPARE(namesOf(*secrets.list("ANN", {})), (Names{"c", "b", "a"}));
        QCOMPARE(namesOf(*secrets.list(std::nullopt, {})), (Names{"b2", "c", "b", "a"}));
        auto page = secrets.list(std::nullopt, {.offset = 1, .limit = 2, .nameContains = {}});
        QCOMPARE(namesOf(*page), (Names{"c", "b"}));
        QCOMPARE(page->totalCount, std::uint64_t{4});
        auto named = secrets.list(std::nullopt, {.offset = 0, .limit = 10, .nameContains = "B"});
        QCOMPARE(namesOf(*named), (Names{"b2", "b"}));
        QCOMPARE(named->totalCount, std::uint64_t{2});
        QCOMPARE(named->items[0].sealedKey, std::string("sealed-b2"));
        QCOMPARE(secrets.list("nobody", {})->totalCount, std::uint64_t{0});
    }

    void updateReplacesThree()
    {
        SecretStore& secrets = m_storage->secrets();
        VERIFY_OK(secrets.create(secret("Ann", "s"), many, actor, at(0)));
        contract::Secret wanted;
        wanted.username = "ann";
        wanted.metadata.name = "S";
        wanted.metadata.extend = contract::Json(contract::Json::Object{{"k", contract::Json(true)}});
        wanted.expires = 1;
        wanted.secretId = "another";
        auto updated = secrets.update(wanted, 1, actor, at(4));
        VERIFY_OK(updated);
        QCOMPARE(updated->secret.metadata.version, std::uint64_t{2});
        QCOMPARE(updated->secret.metadata.updatedAt, at(4));
        QCOMPARE(updated->secret.metadata.createdAt, at(0));
        QCOMPARE(updated->secret.expires, std::int64_t{1});
        QCOMPARE(updated->secret.description, std::string());
        QVERIFY(updated->secret.metadata.extend == wanted.metadata.extend);
        QCOMPARE(updated->secret.secretId, std::string("id-of-Ann-s"));
        QCOMPARE(updated->sealedKey, std::string("sealed-s"));
        VERIFY_CODE(secrets.update(wanted, 1, actor, at(5)), Code::ObjectChanged);
        VERIFY_OK(secrets.update(wanted, std::nullopt, actor, at(6)));
        wanted.metadata.name = "none";
        VERIFY_CODE(secrets.update(wanted, std::nullopt, actor, at(7)), Code::SecretNotFound);
    }

    void removeTakesAllOrPassesOver()
    {
        SecretStore& secrets = m_storage->secrets();
        for (const char* name : {"a", "b", "c"}) VERIFY_OK(secrets.create(secret("Ann", name), many, actor, at(0)));
        VERIFY_OK(secrets.create(secret("bob", "a"), many, actor, at(0)));
        QCOMPARE(*secrets.remove("ann", {"A", "none", "b"}, actor, at(1)), std::uint64_t{2});
        QCOMPARE(namesOf(*secrets.list(std::nullopt, {})), (Names{"a", "c"}));
        QCOMPARE(*secrets.remove("nobody", {"a"}, actor, at(2)), std::uint64_t{0});
        QCOMPARE(*secrets.remove("Ann", {}, actor, at(2)), std::uint64_t{0});
        const Names changes = changesOf(*m_storage.operator->());
        QCOMPARE(Names(changes.end() - 2, changes.end()), (Names{"secret delete Ann/a", "secret delete Ann/b"}));
    }

    void everyKeyIsShown()
    {
        VERIFY_OK(m_storage->secrets().create(secret("ann", "s"), many, actor, at(0)));
        VERIFY_OK(m_storage->secrets().create(secret("bob", "t"), many, actor, at(0)));
        std::vector<SecretKeyEntry> keys;
        const auto take = [&](const SecretKeyEntry& key) { keys.push_back(key); };
        VERIFY_OK(m_storage->secrets().forEachKey(std::nullopt, take));
        QCOMPARE(keys.size(), std::size_t{2});
        QCOMPARE(keys[0].secretId, std::string("id-of-ann-s"));
        QCOMPARE(keys[0].owner, std::string("Ann"));
        QCOMPARE(keys[0].sealedKey, std::string("sealed-s"));
        QCOMPARE(keys[0].expires, std::int64_t{4294967295});
        QCOMPARE(keys[1].owner, std::string("bob"));
        keys.clear();
        VERIFY_OK(m_storage->secrets().forEachKey("BOB", take));
        QCOMPARE(keys.size(), std::size_t{1});
        QCOMPARE(keys[0].secretId, std::string("id-of-bob-t"));
        VERIFY_OK(m_storage->secrets().forEachKey("nobody", take));
        QCOMPARE(keys.size(), std::size_t{1});
    }

    void duplicatesFromElsewhereReadOldestFirst()
    {
        if (!m_storage.isSql()) QSKIP("nobody else writes to memory");
        SecretStore& secrets = m_storage->secrets();
        VERIFY_OK(secrets.create(secret("Ann", "dup"), many, actor, at(0)));
        VERIFY_OK(m_storage.raw("INSERT INTO secrets (owner_id, name, secret_id, sealed_key, expires, description,"
                                " extend, created_at, updated_at, version)"
                                " SELECT owner_id, 'DUP', 'second', 'x', 0, 'younger', NULL, 1, 1, 1 FROM secrets"));
        QCOMPARE(secrets.find("Ann", "dup")->secret.description, std::string("for dup"));
        QCOMPARE(secrets.find("Ann", "DUP")->secret.description, std::string("for dup"));
        auto list = secrets.list("Ann", {});
        VERIFY_OK(list);
        QCOMPARE(namesOf(*list), (Names{"DUP", "dup"}));
        QCOMPARE(list->items[0].secret.metadata.instanceId, contract::makeInstanceId("secret-", 2));
        contract::Secret wanted = secret("Ann", "dup").secret;
        wanted.description = "changed";
        VERIFY_OK(secrets.update(wanted, std::nullopt, actor, at(1)));
        list = secrets.list("Ann", {});
        QCOMPARE(list->items[0].secret.description, std::string("younger"));
        QCOMPARE(list->items[1].secret.description, std::string("changed"));
        QCOMPARE(*secrets.remove("Ann", {"dup"}, actor, at(2)), std::uint64_t{2});
        QCOMPARE(secrets.list("Ann", {})->totalCount, std::uint64_t{0});
    }

    void noKeyIsRecorded()
    {
        VERIFY_OK(m_storage->secrets().create(secret("Ann", "s"), many, actor, at(0)));
        VERIFY_OK(m_storage->secrets().update(secret("Ann", "s").secret, std::nullopt, actor, at(1)));
        VERIFY_OK(m_storage->users().setPasswordHash("Ann", "the-hash", at(1), actor, at(1)));
        VERIFY_OK(m_storage->users().remove({"Ann"}, actor, at(2)));
        for (const char* text : {"plain key", "sealed-s", "the-hash"}) {
            contract::RecordFilter filter;
            filter.text = text;
            auto found = m_storage->changes().query(filter, {}, 10);
            VERIFY_OK(found);
            QVERIFY2(found->items.empty(), text);
        }
    }
};

QTEST_GUILESS_MAIN(SecretStoreTest)
#include "secretstoretest.moc"
