// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/codec.h"
#include "storagefixture.h"

using namespace iam;
using namespace iam::store;

class PolicyStoreTest : public QObject {
    Q_OBJECT

    StorageFixture m_storage;

    Names evaluationOrder(const std::optional<std::string>& owner)
    {
        Names order;
        auto done = m_storage->policies().forEach(owner, [&](const PolicyEntry& entry) {
            order.push_back(entry.policy.username + "/" + entry.policy.metadata.name + (entry.fault ? "!" : ""));
        });
        if (!done) order.push_back(done.error().detail);
        return order;
    }

    Names named(const std::string& owner, const Names& names)
    {
        Names order;
        auto done = m_storage->policies().forEachNamed(owner, names, [&](const PolicyEntry& entry) {
            order.push_back(entry.policy.username + "/" + entry.policy.metadata.name + (entry.fault ? "!" : ""));
        });
        if (!done) order.push_back(done.error().detail);
        return order;
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
        contract::Policy given = policy("ANN", "P0");
        auto made = m_storage->policies().create(given, actor, at(1));
        VERIFY_OK(made);
        QCOMPARE(made->metadata.instanceId, contract::makeInstanceId("policy-", 1));
        QCOMPARE(made->username, std::string("Ann"));
        auto found = m_storage->policies().find("ann", "p0");
        VERIFY_OK(found);
        QVERIFY(found->policy == given.policy);
        QVERIFY(found->metadata == made->metadata);
        QCOMPARE(found->metadata.name, std::string("P0"));
        QCOMPARE(found->metadata.createdAt, m_storage.kept(at(1)));
        QCOMPARE(found->username, std::string("Ann"));
        VERIFY_CODE(m_storage->policies().find("bob", "P0"), Code::PolicyNotFound);
    }

    void anEmptyDocumentComesBackEmpty()
    {
        contract::Policy given;
        given.username = "Ann";
        given.metadata.name = "empty";
        VERIFY_OK(m_storage->policies().create(given, actor, at(1)));
        auto found = m_storage->policies().find("Ann", "empty");
        VERIFY_OK(found);
        QVERIFY(found->policy == given.policy);
    }

    void createRefuses()
    {
        VERIFY_CODE(m_storage->policies().create(policy("nobody", "p"), actor, at(0)), Code::UserNotFound);
        VERIFY_OK(m_storage->policies().create(policy("Ann", "p"), actor, at(0)));
        VERIFY_CODE(m_storage->policies().create(policy("ann", "P"), actor, at(0)), Code::PolicyAlreadyExist);
        VERIFY_OK(m_storage->policies().create(policy("bob", "p"), actor, at(0)));
    }

    void updateReplacesTheDocument()
    {
        PolicyStore& policies = m_storage->policies();
        VERIFY_OK(policies.create(policy("Ann", "p"), actor, at(0)));
        contract::Policy wanted = policy("ann", "P");
        wanted.policy.effect = "deny";
        wanted.policy.subjects.reset();
        wanted.metadata.extend = contract::Json(contract::Json::Object{});
        auto updated = policies.update(wanted, 1, actor, at(2));
        VERIFY_OK(updated);
        QVERIFY(updated->policy == wanted.policy);
        QVERIFY(updated->metadata.extend == wanted.metadata.extend);
        QCOMPARE(updated->metadata.name, std::string("p"));
        QCOMPARE(updated->metadata.version, std::uint64_t{2});
        QCOMPARE(updated->metadata.updatedAt, m_storage.kept(at(2)));
        VERIFY_CODE(policies.update(wanted, 1, actor, at(3)), Code::ObjectChanged);
        wanted.username = "bob";
        VERIFY_CODE(policies.update(wanted, std::nullopt, actor, at(3)), Code::PolicyNotFound);
    }

    void listsAndRemovals()
    {
        PolicyStore& policies = m_storage->policies();
        for (const char* name : {"a", "b"}) VERIFY_OK(policies.create(policy("Ann", name), actor, at(0)));
        VERIFY_OK(policies.create(policy("bob", "b"), actor, at(0)));
        QCOMPARE(namesOf(*policies.list("ann", {})), (Names{"b", "a"}));
        auto page = policies.list(std::nullopt, {.offset = 1, .limit = 1, .nameContains = "B"});
        VERIFY_OK(page);
        QCOMPARE(page->totalCount, std::uint64_t{2});
        QCOMPARE(page->items.size(), std::size_t{1});
        QCOMPARE(page->items[0].username, std::string("Ann"));
        QCOMPARE(*policies.remove("Ann", {"B", "none"}, actor, at(1)), std::uint64_t{1});
        QCOMPARE(namesOf(*policies.list(std::nullopt, {})), (Names{"b", "a"}));
        QCOMPARE(*policies.remove("nobody", {"b"}, actor, at(1)), std::uint64_t{0});
    }

    void evaluationIsNewestFirstPerOwner()
    {
        PolicyStore& policies = m_storage->policies();
        VERIFY_OK(policies.create(policy("Ann", "a1"), actor, at(0)));
        VERIFY_OK(policies.create(policy("bob", "b1"), actor, at(0)));
        VERIFY_OK(policies.create(policy("Ann", "a2"), actor, at(0)));
        QCOMPARE(evaluationOrder("ANN"), (Names{"Ann/a2", "Ann/a1"}));
        QCOMPARE(evaluationOrder("nobody"), Names{});
        QCOMPARE(named("ANN", {"A1", "none", "a2", "a1"}), (Names{"Ann/a2", "Ann/a1"}));
        QCOMPARE(named("Ann", {"b1"}), Names{});
        QCOMPARE(named("Ann", {}), Names{});
        QCOMPARE(evaluationOrder(std::nullopt), (Names{"Ann/a2", "Ann/a1", "bob/b1"}));
        auto owners = policies.owners();
        VERIFY_OK(owners);
        std::sort(owners->begin(), owners->end());
        QCOMPARE(*owners, (Names{"Ann", "bob"}));
        VERIFY_OK(policies.remove("bob", {"b1"}, actor, at(1)));
        QCOMPARE(*policies.owners(), Names{"Ann"});
    }

    void aBrokenDocumentIsToldAndCanBeRepaired()
    {
        if (!m_storage.isSql()) QSKIP("memory holds no broken text");
        PolicyStore& policies = m_storage->policies();
        VERIFY_OK(policies.create(policy("Ann", "good"), actor, at(0)));
        VERIFY_OK(policies.create(policy("Ann", "bad"), actor, at(0)));
        VERIFY_OK(policies.create(policy("bob", "fine"), actor, at(0)));
        const auto write = [&](std::string column, const std::string& rest) {
            if (m_storage.isShared()) column = column == "extend" ? "extendShadow" : "policyShadow";
            return m_storage.raw("UPDATE " + std::string(m_storage.isShared() ? "policy" : "policies") + " SET " +
                                 column + rest);
        };
        VERIFY_OK(write("document", " = '{\"subjects\":' WHERE name = 'bad'"));
        VERIFY_CODE(policies.find("Ann", "bad"), Code::Database);
        VERIFY_CODE(policies.list("Ann", {}), Code::Database);
        VERIFY_OK(policies.list("bob", {}));
        QCOMPARE(evaluationOrder("Ann"), (Names{"Ann/bad!", "Ann/good"}));
        VERIFY_OK(policies.update(policy("Ann", "bad"), std::nullopt, actor, at(1)));
        QVERIFY(policies.find("Ann", "bad")->policy == policy("Ann", "bad").policy);
        auto changes = m_storage->changes().query({}, {}, 1);
        VERIFY_OK(changes);
        QCOMPARE(changes->items[0].before, std::string("\"{\\\"subjects\\\":\""));
        VERIFY_OK(write("document", " = '{\"conditions\":{\"x\":{\"type\":\"NoSuch\"}}}' WHERE name = 'bad'"));
        VERIFY_CODE(policies.find("Ann", "bad"), Code::Database);
        QCOMPARE(*policies.remove("Ann", {"bad"}, actor, at(2)), std::uint64_t{1});
        QCOMPARE(evaluationOrder("Ann"), Names{"Ann/good"});
        VERIFY_OK(write("extend", " = 'x' WHERE name = 'good'"));
        VERIFY_CODE(policies.find("Ann", "good"), Code::Database);
    }
};

QTEST_GUILESS_MAIN(PolicyStoreTest)
#include "policystoretest.moc"
