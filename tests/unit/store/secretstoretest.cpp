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

    /// Runs `work(i)` for 0 … count-1, each in a thread of its own, all at the same moment.
    template <class Work>
    static void atOnce(int count, Work work)
    {
        std::latch start(count);
        std::vector<std::jthread> threads;
        for (int i = 0; i < count; ++i) {
            threads.emplace_back([&, i] {
                start.arrive_and_wait();
                work(i);
            });
        }
    }

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
        QCOMPARE(found->secret.metadata.createdAt, m_storage.kept(at(3)));
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
        if (m_storage.isShared()) QSKIP("keys are not sealed there");
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

        VERIFY_OK(secrets.rotate("Ann", "s", {"new-id", "new key"}, 1'700'000'100, {}, actor, at(1)));
        QCOMPARE(
            secrets.reseal({{before->secret.secretId, "anew", "once more"}, {"new-id", "new key", "newer"}}).value(),
            std::uint64_t{2});
        QCOMPARE(secrets.find("Ann", "s")->previousSealedKey, std::string("once more"));
        QCOMPARE(secrets.find("Ann", "s")->sealedKey, std::string("newer"));
    }

    void disablingIsAChange()
    {
        if (m_storage.isShared()) QSKIP("other software would go on taking the key");
        SecretStore& secrets = m_storage->secrets();
        const auto made = secrets.create(secret("Ann", "s"), many, actor, at(0));
        VERIFY_OK(made);
        QVERIFY(made->secret.enabled());
        auto done = secrets.setEnabled("ann", "S", false, 1, actor, at(5));
        VERIFY_OK(done);
        QVERIFY(!done->secret.enabled());
        QCOMPARE(done->secret.metadata.version, std::uint64_t{2});
        QCOMPARE(done->secret.metadata.updatedAt, m_storage.kept(at(5)));
        QCOMPARE(done->secret.description, made->secret.description);
        QCOMPARE(done->sealedKey, made->sealedKey);
        QVERIFY(!secrets.find("Ann", "s")->secret.enabled());
        QVERIFY(!secrets.list("Ann", {})->items[0].secret.enabled());
        QVERIFY(
            !secrets.update(secret("Ann", "s").secret, {}, actor, at(6))->secret.enabled()); // is not what it changes
        VERIFY_CODE(secrets.setEnabled("Ann", "s", true, 2, actor, at(7)), Code::ObjectChanged);
        VERIFY_CODE(secrets.setEnabled("Ann", "t", true, {}, actor, at(7)), Code::SecretNotFound);
        const std::size_t records = changesOf(*m_storage.operator->()).size();
        done = secrets.setEnabled("Ann", "s", false, {}, actor, at(8));
        VERIFY_OK(done);
        QCOMPARE(done->secret.metadata.version, std::uint64_t{3}); // it was so already
        QCOMPARE(changesOf(*m_storage.operator->()).size(), records);
        QVERIFY(secrets.setEnabled("Ann", "s", true, 3, actor, at(9))->secret.enabled());
        const Names changes = changesOf(*m_storage.operator->());
        QCOMPARE(Names(changes.end() - 4, changes.end()),
                 (Names{"secret create Ann/s", "secret disable Ann/s", "secret update Ann/s", "secret enable Ann/s"}));
    }

    void aRotationKeepsTheOldKeyForItsTime()
    {
        SecretStore& secrets = m_storage->secrets();
        const std::int64_t end = at(0).time_since_epoch() / std::chrono::seconds(1) + 100;
        const auto made = secrets.create(secret("Ann", "s"), many, actor, at(0));
        VERIFY_OK(secrets.noteUses({{"id-of-Ann-s", at(1), "10.0.0.7", "read"}}));
        const auto rotated = secrets.rotate("ann", "S", {"second", "sealed-2"}, end, 1, actor, at(2));
        VERIFY_OK(rotated);
        QCOMPARE(rotated->secret.secretId, std::string("second"));
        QCOMPARE(rotated->sealedKey, std::string("sealed-2"));
        QVERIFY(!rotated->secret.lastUse.at);
        const contract::PreviousKey old{"id-of-Ann-s", end, {at(1), "10.0.0.7", "read"}};
        QVERIFY(rotated->secret.previous == old);
        QCOMPARE(rotated->previousSealedKey, std::string("sealed-s"));
        QCOMPARE(rotated->secret.metadata.version, std::uint64_t{2});
        QCOMPARE(rotated->secret.metadata.updatedAt, m_storage.kept(at(2)));
        QCOMPARE(rotated->secret.expires, made->secret.expires);
        QVERIFY(secrets.find("Ann", "s")->secret.previous == old);
        QVERIFY(secrets.list({}, {})->items[0].secret.previous == old);

        // One at a time: as long as the old key is valid there is no next one.
        const auto refused = secrets.rotate("Ann", "s", {"third", "sealed-3"}, end, {}, actor, at(100'000));
        VERIFY_CODE(refused, Code::Validation);
        QCOMPARE(refused.error().faults.size(), std::size_t{1});
        QCOMPARE(refused.error().faults[0].field, std::string("previous"));
        VERIFY_CODE(secrets.rotate("Ann", "s", {"third", "x"}, end, 1, actor, at(100'000)), Code::ObjectChanged);
        VERIFY_CODE(secrets.rotate("Ann", "t", {"third", "x"}, end, {}, actor, at(100'000)), Code::SecretNotFound);
        QVERIFY(secrets.find("Ann", "s")->secret.previous == old);
        // Its time is over: it makes room. Nothing is kept of a key that is to end at once.
        const auto next = secrets.rotate("Ann", "s", {"third", "sealed-3"}, std::nullopt, {}, actor, at(101'001));
        VERIFY_OK(next);
        QCOMPARE(next->secret.secretId, std::string("third"));
        QVERIFY(!next->secret.previous);
        QVERIFY(next->previousSealedKey.empty());
        QVERIFY(!secrets.find("Ann", "s")->secret.previous);
        const Names changes = changesOf(*m_storage.operator->());
        QCOMPARE(Names(changes.end() - 3, changes.end()),
                 (Names{"secret create Ann/s", "secret rotate Ann/s", "secret rotate Ann/s"}));
    }

    void theOldKeyCanBeEnded()
    {
        SecretStore& secrets = m_storage->secrets();
        VERIFY_OK(secrets.create(secret("Ann", "s"), many, actor, at(0)));
        const std::size_t records = changesOf(*m_storage.operator->()).size();
        QCOMPARE(secrets.endPrevious("Ann", "s", {}, actor, at(1))->secret.metadata.version, std::uint64_t{1});
        QCOMPARE(changesOf(*m_storage.operator->()).size(), records);
        VERIFY_OK(secrets.rotate("Ann", "s", {"second", "sealed-2"}, 4'000'000'000, {}, actor, at(2)));
        VERIFY_CODE(secrets.endPrevious("Ann", "s", 1, actor, at(3)), Code::ObjectChanged);
        VERIFY_CODE(secrets.endPrevious("Ann", "t", {}, actor, at(3)), Code::SecretNotFound);
        const auto ended = secrets.endPrevious("ANN", "S", 2, actor, at(4));
        VERIFY_OK(ended);
        QVERIFY(!ended->secret.previous);
        QVERIFY(ended->previousSealedKey.empty());
        QCOMPARE(ended->secret.secretId, std::string("second"));
        QCOMPARE(ended->secret.metadata.version, std::uint64_t{3});
        QCOMPARE(changesOf(*m_storage.operator->()).back(), std::string("secret end-previous Ann/s"));
        VERIFY_OK(secrets.rotate("Ann", "s", {"third", "sealed-3"}, 4'000'000'000, {}, actor, at(5)));
    }

    void anIdNamesOneKeyOnly()
    {
        SecretStore& secrets = m_storage->secrets();
        VERIFY_OK(secrets.create(secret("Ann", "s"), many, actor, at(0)));
        VERIFY_OK(secrets.create(secret("bob", "t"), many, actor, at(0)));
        VERIFY_OK(secrets.rotate("Ann", "s", {"second", "x"}, 4'000'000'000, {}, actor, at(0)));
        StoredSecret taken = secret("bob", "u");
        for (const char* id : {"second", "id-of-Ann-s"}) {
            taken.secret.secretId = id;
            VERIFY_CODE(secrets.create(taken, many, actor, at(0)), Code::Database);
            VERIFY_CODE(secrets.rotate("bob", "t", {id, "x"}, 4'000'000'000, {}, actor, at(0)), Code::Database);
        }
        VERIFY_CODE(secrets.rotate("bob", "t", {"id-of-bob-t", "x"}, {}, {}, actor, at(0)), Code::Database); // its own
        QCOMPARE(secrets.find("bob", "t")->secret.metadata.version, std::uint64_t{1});
    }

    void theLastUseIsNoChange()
    {
        SecretStore& secrets = m_storage->secrets();
        VERIFY_OK(secrets.create(secret("Ann", "s"), many, actor, at(0)));
        const auto made = secrets.create(secret("Ann", "t"), many, actor, at(0));
        QVERIFY(!made->secret.lastUse.at);
        VERIFY_OK(secrets.rotate("Ann", "s", {"second", "x"}, 4'000'000'000, {}, actor, at(0)));
        const std::size_t records = changesOf(*m_storage.operator->()).size();
        VERIFY_OK(secrets.noteUses({{"id-of-Ann-t", at(2), "10.0.0.7", "read"},
                                    {"unknown", at(2), "10.0.0.7", "read"},
                                    {"id-of-Ann-s", at(3), "::1", "größer"},
                                    {"second", at(4), "10.0.0.8", ""}}));
        VERIFY_OK(secrets.noteUses({{"id-of-Ann-t", at(1), "10.0.0.9", "older"}, // another node was behind
                                    {"id-of-Ann-s", at(5), "10.0.0.9", "newer"}}));
        auto found = secrets.find("Ann", "t");
        QVERIFY(found->secret.lastUse == (contract::SecretUse{at(2), "10.0.0.7", "read"}));
        QVERIFY(found->secret.metadata == made->secret.metadata);
        found = secrets.find("Ann", "s");
        QVERIFY(found->secret.lastUse == (contract::SecretUse{at(4), "10.0.0.8", ""}));
        QVERIFY(found->secret.previous->lastUse == (contract::SecretUse{at(5), "10.0.0.9", "newer"}));
        QCOMPARE(changesOf(*m_storage.operator->()).size(), records);
        VERIFY_OK(secrets.noteUses({}));
    }

    void twentyAtTheLimitMakeAsManyAsThereIsRoom()
    {
        SecretStore& secrets = m_storage->secrets();
        for (int i = 0; i < 7; ++i)
            VERIFY_OK(secrets.create(secret("Ann", "old" + std::to_string(i)), many, actor, at(i)));
        std::atomic<int> made = 0;
        std::atomic<int> refused = 0;
        atOnce(20, [&](int i) {
            const auto result = secrets.create(secret("Ann", "new" + std::to_string(i)), many, actor, at(i));
            if (result)
                ++made;
            else if (result.error().code == Code::ReachMaxCount)
                ++refused;
        });
        QCOMPARE(made.load(), 3);
        QCOMPARE(refused.load(), 17);
        QCOMPARE(secrets.list("Ann", {})->totalCount, many);
    }

    // Whatever they do: of those that know the same version one is first.
    void ofManyEditsWithOneVersionOneWins()
    {
        SecretStore& secrets = m_storage->secrets();
        VERIFY_OK(secrets.create(secret("Ann", "s"), many, actor, at(0)));
        std::atomic<int> won = 0;
        std::atomic<int> lost = 0;
        atOnce(20, [&](int i) {
            contract::Secret wanted = secret("Ann", "s").secret;
            wanted.description = "edit " + std::to_string(i);
            const bool disables = i % 4 == 0 && !m_storage.isShared();
            const auto result = disables ? secrets.setEnabled("Ann", "s", false, 1, actor, at(i))
                                : i % 4 == 1
                                    ? secrets.rotate("Ann", "s", {"id" + std::to_string(i), "x"}, {}, 1, actor, at(i))
                                    : secrets.update(wanted, 1, actor, at(i));
            if (result)
                ++won;
            else if (result.error().code == Code::ObjectChanged)
                ++lost;
        });
        QCOMPARE(won.load(), 1);
        QCOMPARE(lost.load(), 19);
        QCOMPARE(secrets.find("Ann", "s")->secret.metadata.version, std::uint64_t{2});
    }

    void theLimitHoldsForManyAtOnce()
    {
        std::atomic<int> made = 0;
        std::atomic<int> refused = 0;
        atOnce(8, [&](int t) {
            for (int i = 0; i < 5; ++i) {
                const std::string name = "s" + std::to_string(t) + "-" + std::to_string(i);
                auto result = m_storage->secrets().create(secret("Ann", name), many, actor, at(i));
                if (result)
                    ++made;
                else if (result.error().code == Code::ReachMaxCount)
                    ++refused;
            }
        });
        QCOMPARE(made.load(), 10);
        QCOMPARE(refused.load(), 30);
        QCOMPARE(m_storage->secrets().list("Ann", {})->totalCount, std::uint64_t{10});
    }

    void ofOneNameOneIsMade()
    {
        std::atomic<int> made = 0;
        std::atomic<int> refused = 0;
        atOnce(8, [&](int t) {
            StoredSecret wanted = secret("Ann", "same");
            wanted.secret.secretId += std::to_string(t);
            auto result = m_storage->secrets().create(wanted, many, actor, at(0));
            if (result)
                ++made;
            else if (result.error().code == Code::SecretAlreadyExist)
                ++refused;
        });
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
        QCOMPARE(updated->secret.metadata.updatedAt, m_storage.kept(at(4)));
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

    void previousKeysAreShownToo()
    {
        SecretStore& secrets = m_storage->secrets();
        VERIFY_OK(secrets.create(secret("Ann", "s"), many, actor, at(0)));
        VERIFY_OK(secrets.create(secret("bob", "t"), many, actor, at(0)));
        VERIFY_OK(secrets.rotate("Ann", "s", {"second", "sealed-2"}, 4'000'000'000, {}, actor, at(0)));
        const bool enabled = m_storage.isShared(); // where none can be disabled
        if (!enabled) VERIFY_OK(secrets.setEnabled("Ann", "s", false, {}, actor, at(0)));
        std::vector<SecretKeyEntry> keys;
        VERIFY_OK(secrets.forEachKey({}, [&](const SecretKeyEntry& key) { keys.push_back(key); }));
        const std::vector<SecretKeyEntry> expected = {
            {"second", "Ann", "s", "sealed-2", 4294967295, enabled, {}},
            {"id-of-Ann-s", "Ann", "s", "sealed-s", 4294967295, enabled, 4'000'000'000},
            {"id-of-bob-t", "bob", "t", "sealed-t", 4294967295, true, {}},
        };
        QVERIFY(keys == expected);
    }

    void duplicatesFromElsewhereReadOldestFirst()
    {
        if (!m_storage.isSql()) QSKIP("nobody else writes to memory");
        const bool shared = m_storage.isShared();
        SecretStore& secrets = m_storage->secrets();
        VERIFY_OK(secrets.create(secret("Ann", "dup"), many, actor, at(0)));
        VERIFY_OK(
            m_storage.raw(shared ? "INSERT INTO secret (name, username, secretID, secretKey, expires, description)"
                                   " SELECT 'DUP', username, 'second', 'x', 0, 'younger' FROM secret"
                                 : "INSERT INTO secrets (owner_id, name, secret_id, sealed_key, expires, description,"
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
        VERIFY_OK(m_storage->secrets().rotate("Ann", "s", {"second", "sealed-2"}, 4'000'000'000, {}, actor, at(1)));
        VERIFY_OK(m_storage->secrets().endPrevious("Ann", "s", {}, actor, at(1)));
        VERIFY_OK(m_storage->users().setPasswordHash("Ann", "the-hash", at(1), actor, at(1)));
        VERIFY_OK(m_storage->users().remove({"Ann"}, actor, at(2)));
        for (const char* text : {"plain key", "sealed-s", "sealed-2", "the-hash"}) {
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
