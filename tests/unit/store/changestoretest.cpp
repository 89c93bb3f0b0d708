// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/codec.h"
#include "storagefixture.h"
#include <set>

using namespace iam;
using namespace iam::store;

class ChangeStoreTest : public QObject {
    Q_OBJECT

    StorageFixture m_storage;

    Names query(const contract::RecordFilter& filter)
    {
        Names found;
        auto page = m_storage->changes().query(filter, {}, 100);
        if (!page) return {page.error().detail};
        for (const auto& change : page->items) found.push_back(change.action + " " + change.name);
        return found;
    }

private Q_SLOTS:
    void initTestCase_data() { StorageFixture::engines(); }
    void init() { m_storage.open(); }

    void aChangeSaysWhoWhatBeforeAndAfter()
    {
        VERIFY_OK(m_storage->users().create(user("Ann"), "h", actor, at(1)));
        contract::User wanted = user("ann");
        wanted.nickname = "other";
        const contract::Actor other{"bob", "::1", "request-2"};
        const contract::User before = *m_storage->users().find("Ann");
        const contract::User after = *m_storage->users().update(wanted, std::nullopt, other, at(2));
        auto page = m_storage->changes().query({}, {}, 10);
        VERIFY_OK(page);
        QCOMPARE(page->items.size(), std::size_t{2});
        QVERIFY(page->next.empty());
        const contract::ChangeRecord& update = page->items[0];
        QCOMPARE(update.id, std::uint64_t{2});
        QCOMPARE(update.time, at(2));
        QVERIFY(update.actor == other);
        QCOMPARE(update.kind, std::string("user"));
        QCOMPARE(update.action, std::string("update"));
        QCOMPARE(update.owner, std::string("Ann"));
        QCOMPARE(update.name, std::string("Ann"));
        QCOMPARE(update.before, contract::encodeUser(before));
        QCOMPARE(update.after, contract::encodeUser(after));
        QCOMPARE(page->items[1].before, std::string());
        QCOMPARE(page->items[1].after, contract::encodeUser(before));
    }

    void objectsStandInTheRecordAsTheApiShowsThem()
    {
        VERIFY_OK(m_storage->users().create(user("Ann"), "h", actor, at(0)));
        const StoredSecret made = *m_storage->secrets().create(secret("Ann", "s"), 10, actor, at(1));
        const contract::Policy policyMade = *m_storage->policies().create(policy("Ann", "p"), actor, at(2));
        VERIFY_OK(m_storage->secrets().remove("Ann", {"s"}, actor, at(3)));
        auto page = m_storage->changes().query({}, {}, 3);
        VERIFY_OK(page);
        QCOMPARE(page->items[0].before, contract::encodeSecret(made.secret));
        QCOMPARE(page->items[0].after, std::string());
        QCOMPARE(page->items[1].after, contract::encodePolicy(policyMade));
        QCOMPARE(page->items[2].after, contract::encodeSecret(made.secret));
        QVERIFY(page->items[2].after.find("\"secretKey\":\"\"") != std::string::npos);
    }

    void filtersRestrict()
    {
        for (int i = 0; i < 4; ++i) {
            const contract::Actor who{i < 2 ? "root" : "bob", "10.0.0." + std::to_string(i), "r"};
            VERIFY_OK(m_storage->users().create(user("u" + std::to_string(i)), "h", who, at(i * 10)));
        }
        VERIFY_OK(m_storage->users().remove({"u0"}, actor, at(40)));
        VERIFY_OK(m_storage->policies().create(policy("u3", "u1"), actor, at(-10)));
        const auto filtered = [&](auto set) {
            contract::RecordFilter filter;
            set(filter);
            return query(filter);
        };
        QCOMPARE(filtered([](auto& f) { f.from = at(30); }), (Names{"delete u0", "create u3"}));
        QCOMPARE(filtered([](auto& f) { f.to = at(10); }), (Names{"create u1", "create u0"}));
        QCOMPARE(filtered([](auto& f) { f.owner = "u0"; }), (Names{"delete u0", "create u0"}));
        QCOMPARE(filtered([](auto& f) { f.actor = "bob"; }), (Names{"create u3", "create u2"}));
        QCOMPARE(filtered([](auto& f) { f.action = "delete"; }), Names{"delete u0"});
        QCOMPARE(filtered([](auto& f) { f.action = "DELETE"; }), Names{});
        QCOMPARE(filtered([](auto& f) { f.kind = "policy"; }), Names{"create u1"});
        QCOMPARE(filtered([](auto& f) { f.kind = "none"; }), Names{});
        QCOMPARE(filtered([](auto& f) { f.name = "u1"; }), (Names{"create u1", "create u1"}));
        QCOMPARE(filtered([](auto& f) {
                     f.kind = "user";
                     f.name = "u1";
                 })
                     .size(),
                 std::size_t{1});
        QCOMPARE(filtered([](auto& f) { f.text = "10.0.0.3"; }), Names{"create u3"});
        QCOMPARE(filtered([](auto& f) { f.text = "NICK U2"; }), Names{"create u2"});
        QCOMPARE(filtered([](auto& f) { f.text = "%"; }), Names{});
        QCOMPARE(filtered([](auto& f) {
                     f.owner = "u0";
                     f.text = "delete";
                 }),
                 Names{"delete u0"});
        QCOMPARE(filtered([](auto& f) { f.allowed = true; }).size(), std::size_t{6});
    }

    void pagesContinueBehindTheirLast()
    {
        for (int i = 0; i < 25; ++i) {
            VERIFY_OK(m_storage->users().create(user("u" + std::to_string(i)), "h", actor, at(i)));
        }
        std::set<std::string> seen;
        std::string cursor;
        int pages = 0;
        do {
            auto page = m_storage->changes().query({}, cursor, 10);
            VERIFY_OK(page);
            QCOMPARE(page->items.size(), std::size_t(pages < 2 ? 10 : 5));
            for (const auto& change : page->items) QVERIFY(seen.insert(change.name).second);
            cursor = page->next;
            VERIFY_OK(m_storage->users().create(user("new" + std::to_string(pages)), "h", actor, at(99)));
            ++pages;
        } while (!cursor.empty() && pages < 10);
        QCOMPARE(pages, 3);
        QCOMPARE(seen.size(), std::size_t{25});
        QCOMPARE(m_storage->changes().query({}, {}, 0)->items.size(), std::size_t{1});
        auto exact = m_storage->changes().query({}, {}, 28);
        QCOMPARE(exact->items.size(), std::size_t{28});
        QVERIFY(exact->next.empty());
    }

    void marksGoOnBehindTheLastOneSeen()
    {
        ChangeStore& changes = m_storage->changes();
        QCOMPARE(*changes.lastId(), std::uint64_t{0});
        QVERIFY(changes.since(0, 10)->empty());
        VERIFY_OK(m_storage->users().create(user("Ann"), "h", actor, at(0)));
        VERIFY_OK(m_storage->policies().create(policy("ann", "p"), actor, at(1)));
        VERIFY_OK(m_storage->sessions().revoke({"t1", "Ann", at(100)}, actor, at(2)));
        VERIFY_OK(m_storage->users().remove({"ann"}, actor, at(3)));
        auto marks = changes.since(0, 10);
        VERIFY_OK(marks);
        Names words;
        std::uint64_t last = 0;
        for (const ChangeMark& mark : *marks) {
            QVERIFY(mark.id > last);
            last = mark.id;
            words.push_back(mark.kind + " " + mark.action + " " + mark.owner + "/" + mark.name);
        }
        QCOMPARE(words, (Names{"user create Ann/Ann", "policy create Ann/p", "session logout Ann/t1",
                               "policy delete Ann/p", "user delete Ann/Ann"}));
        QCOMPARE(*changes.lastId(), last);
        QVERIFY(changes.since(last, 10)->empty());
        const auto some = changes.since(marks->at(1).id, 2);
        QCOMPARE(some->size(), std::size_t{2});
        QCOMPARE(some->at(0).id, marks->at(2).id);
    }

    void cursorsFromElsewhereAreRefused_data()
    {
        QTest::addColumn<QString>("cursor");
        for (const char* text :
             {"x", "c", "5", "c5x", "c-1", "c18446744073709551615", "c 5", "c99999999999999999999"}) {
            QTest::newRow(text) << QString::fromLatin1(text);
        }
    }
    void cursorsFromElsewhereAreRefused()
    {
        QFETCH(QString, cursor);
        auto page = m_storage->changes().query({}, cursor.toStdString(), 10);
        VERIFY_CODE(page, Code::Bind);
        QCOMPARE(page.error().faults.at(0).field, std::string("cursor"));
    }

    void aFreshStorageIsHealthy() { VERIFY_OK(m_storage->health()); }
};

QTEST_GUILESS_MAIN(ChangeStoreTest)
#include "changestoretest.moc"
