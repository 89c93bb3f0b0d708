// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/policyset.h"
#include "base/hashedtable.h"
#include "base/published.h"
#include "support/decisionsamples.h"
#include "support/policyworkload.h"
#include <QTest>
#include <map>
#include <random>
#include <thread>

using namespace iam;
using authz::PolicySet;
using authz::RankedPolicy;
using support::document;
using support::same;

using List = std::vector<std::string>;
using SetPtr = std::shared_ptr<const PolicySet>;

/// The index must not change a decision: sets with it are compared with sets without.
class IndexTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTableHoldsWhatWasPutIntoIt();
    void aSequenceKeepsItsOrder();
    void decidesAsWithoutIt();
    void staysRightThroughChanges();
    void setsThatShareTheirTextsStayRight_data();
    void setsThatShareTheirTextsStayRight();
    void failuresAreNotPassedOver_data();
    void failuresAreNotPassedOver();
    void looksAtFewPolicies();
    void oldSetsDieWithTheirLastReader();
    void readersAndWritersOnManyThreads();
};

namespace {

/// Policies and requests out of so few words that they often meet.
class Dice {
public:
    explicit Dice(unsigned seed)
        : m_random(seed)
    {
    }

    std::size_t below(std::size_t end) { return m_random() % end; }
    const std::string& pick(const List& from) { return from[below(from.size())]; }

    std::string word()
    {
        static const List words{"a",           "b",         "ab",   "abc", "a:b", "b:a",
                                "users:peter", "users:ken", "用户", "",    "x y", "1"};
        return pick(words);
    }
    std::string entry()
    {
        static const List parts{"<.*>",      "<peter|ken>", "<a|b|>",    "<[^:]*>",   "<\\d+>", "<(?i)AB>",
                                "<(?!b).*>", "<(?s).*>",    "<a+>",      "<\\w>",     "<^a>",   "<b$>",
                                "<.*:b>",    "<(a|b)+>",    "<(?=a).*>", "<a\\nb|b>", "<用.*>"};
        static const List broken{"a<", "<[>", "users:<a", "b>c<", "<a*+>"};
        switch (below(10)) {
        case 0:
        case 1:
        case 2:
        case 3:
            return word();
        case 4:
            return below(4) == 0 ? pick(broken) : word() + pick(parts);
        case 5:
            return pick(parts) + word();
        case 6:
            return word() + pick(parts) + word() + pick(parts);
        default:
            return word() + pick(parts) + word();
        }
    }
    List list()
    {
        List made;
        for (std::size_t i = below(5); i > 0; --i) made.push_back(entry());
        return made;
    }
    contract::PolicyDocument policy(const std::string& id)
    {
        auto made = document(id, below(8) == 0 ? "deny" : "allow", list(), list(), list());
        if (below(4) == 0) made.actions = {"<.*>"};
        if (below(4) == 0) made.subjects = {"<.*>"};
        if (below(5) == 0) made.resources = {"<.*>"};
        if (below(20) == 0) made.resources = std::nullopt;
        if (below(4) == 0) made.conditions.emplace("k", contract::StringEqualCondition{word()});
        return made;
    }
    std::string needle()
    {
        std::string made = word();
        while (below(2) == 0) made += word();
        if (below(6) == 0) made += '\n';
        if (below(30) == 0) made += '\n';
        if (below(30) == 0) made += "\xff";
        if (below(50) == 0) made.insert(0, 300, 'a');
        return made;
    }
    contract::DecisionRequest request()
    {
        contract::DecisionRequest made{needle(), needle(), needle(), {}};
        made.context.set("k", word());
        return made;
    }

private:
    std::mt19937_64 m_random;
};

int compare(const PolicySet& indexed, const PolicySet& plain, const contract::DecisionRequest& request)
{
    const contract::Decision expected = plain.decide(request);
    const bool explained = indexed.size() > 50 || same(indexed.explain(request).decision, expected);
    if (!same(indexed.decide(request), expected) || !explained) {
        qWarning("'%s' '%s' '%s': %s, not %s", request.subject.c_str(), request.action.c_str(),
                 request.resource.c_str(), indexed.decide(request).reason.c_str(), expected.reason.c_str());
        return 1;
    }
    return 0;
}

} // namespace

void IndexTest::aTableHoldsWhatWasPutIntoIt()
{
    struct Entry {
        std::uint64_t hash = 0;
        std::uint64_t rank = 0;
        int value = 0;
    };
    using Table = HashedTable<Entry>;
    std::mt19937_64 random(1);
    const auto hashOf = [](std::uint64_t n) { return n * 0x9e3779b97f4a7c15U; };
    std::map<std::pair<std::uint64_t, std::uint64_t>, int> expected;
    Table table;
    std::vector<Table> copies;
    std::vector<std::size_t> sizes;
    for (int round = 0; round < 300; ++round) {
        std::vector<Table::Key> erased;
        std::vector<Entry> put;
        const bool shrinking = round % 100 > 60;
        for (std::size_t i = random() % 200; i > 0; --i) {
            const std::uint64_t hash = hashOf(random() % 3 == 0 ? 7 : random() % 3000);
            const std::uint64_t rank = random() % 8;
            erased.push_back({hash, rank});
            expected.erase({hash, rank});
        }
        if (shrinking)
            for (const auto& [key, value] : std::map(expected))
                if (random() % 8 == 0) {
                    erased.push_back({key.first, key.second});
                    expected.erase(key);
                }
        for (std::size_t i = shrinking ? 0 : random() % 300; i > 0; --i) {
            const Entry entry{hashOf(random() % 3 == 0 ? 7 : random() % 3000), random() % 200, round};
            put.push_back(entry);
            expected[{entry.hash, entry.rank}] = entry.value;
        }
        copies.push_back(table);
        sizes.push_back(table.size());
        table.change(erased, put);
        QCOMPARE(table.size(), expected.size());
        std::size_t seen = 0;
        for (auto first = expected.begin(); first != expected.end();) {
            const auto found = table.find(first->first.first);
            // The highest rank first, that is the other way round than in the map.
            auto last = expected.upper_bound({first->first.first, ~std::uint64_t{0}});
            QCOMPARE(found.size(), static_cast<std::size_t>(std::distance(first, last)));
            auto next = last;
            for (const Entry& entry : found) {
                --next;
                QCOMPARE(entry.rank, next->first.second);
                QCOMPARE(entry.value, next->second);
                QVERIFY(table.contains({entry.hash, entry.rank}));
            }
            seen += found.size();
            first = last;
        }
        QCOMPARE(seen, expected.size());
        QVERIFY(table.find(hashOf(5000)).empty());
        QVERIFY(!table.contains({hashOf(7), 1000}));
    }
    for (std::size_t i = 0; i < copies.size(); ++i) {
        std::size_t count = 0;
        copies[i].forEach([&count](const Entry&) { ++count; });
        QCOMPARE(count, sizes[i]); // what came later did not touch it
    }
    QVERIFY(*std::max_element(sizes.begin(), sizes.end()) > 2000);
}

void IndexTest::aSequenceKeepsItsOrder()
{
    authz::PatternPool pool;
    const auto compiled = [&pool](std::uint64_t number) {
        return authz::CompiledPolicy::compile(document(std::to_string(number), "allow", List{}, List{}, List{}), pool);
    };
    std::mt19937_64 random(2);
    std::map<std::uint64_t, std::string, std::greater<>> expected;
    std::vector<RankedPolicy> first;
    for (std::uint64_t rank = 1; rank < 3000; rank += 2) {
        first.push_back({rank, compiled(rank)});
        expected[rank] = std::to_string(rank);
    }
    authz::PolicySequence sequence(first);
    for (int round = 0; round < 200; ++round) {
        std::vector<RankedPolicy> changes;
        for (std::size_t i = random() % (round % 50 == 0 ? 2000 : 20); i > 0; --i) {
            const std::uint64_t rank = 1 + random() % 4000;
            const bool erased = random() % 100 < (round < 100 ? 40 : 80);
            changes.push_back({rank, erased ? nullptr : compiled(random())});
            if (erased)
                expected.erase(rank);
            else
                expected[rank] = changes.back().policy->id();
        }
        sequence = sequence.with(changes);
        QCOMPARE(sequence.size(), expected.size());
        auto next = expected.begin();
        for (auto at = sequence.begin(); at != sequence.end(); ++at, ++next) {
            QCOMPARE(at.rank(), next->first);
            QCOMPARE((*at)->id(), next->second);
            QCOMPARE(sequence.find(next->first), at->get());
        }
        QVERIFY(next == expected.end());
        QVERIFY(sequence.find(5000) == nullptr);
    }
    QVERIFY(authz::PolicySequence().begin() == authz::PolicySequence().end());
}

void IndexTest::decidesAsWithoutIt()
{
    Dice dice(20260701);
    int wrong = 0;
    int allowed = 0;
    int failed = 0;
    for (int round = 0; round < 400; ++round) {
        std::vector<contract::PolicyDocument> documents;
        const std::size_t size = round % 20 == 0 ? 300 : dice.below(12);
        for (std::size_t i = 0; i < size; ++i) documents.push_back(dice.policy("p" + std::to_string(i)));
        const auto indexed = PolicySet::compile(documents);
        const auto plain = PolicySet::compile(documents, PolicySet::Indexing::Off);
        for (int i = 0; i < 60; ++i) {
            const auto request = dice.request();
            const auto decision = plain->decide(request);
            allowed += decision.allowed ? 1 : 0;
            failed += decision.failed ? 1 : 0;
            wrong += compare(*indexed, *plain, request);
        }
    }
    QCOMPARE(wrong, 0);
    QVERIFY(allowed > 500 && failed > 500); // the cases say something
}

void IndexTest::staysRightThroughChanges()
{
    Dice dice(20260702);
    authz::PatternPool pool;
    int wrong = 0;
    for (int round = 0; round < 12; ++round) {
        std::map<std::uint64_t, std::shared_ptr<const authz::CompiledPolicy>> expected;
        SetPtr indexed = std::make_shared<const PolicySet>();
        for (int step = 0; step < 120; ++step) {
            std::vector<RankedPolicy> changes;
            for (std::size_t i = dice.below(step % 40 == 0 ? 60 : 4); i > 0; --i) {
                const std::uint64_t rank = 1 + dice.below(150);
                const bool erased = dice.below(3) == 0;
                changes.push_back(
                    {rank,
                     erased ? nullptr : authz::CompiledPolicy::compile(dice.policy("p" + std::to_string(rank)), pool)});
                if (erased)
                    expected.erase(rank);
                else
                    expected[rank] = changes.back().policy;
            }
            indexed = indexed->with(changes);
            QCOMPARE(indexed->size(), expected.size());
            if (step % 4 != 0) continue;
            std::vector<RankedPolicy> all;
            for (const auto& [rank, policy] : expected) all.push_back({rank, policy});
            const PolicySet plain(all, PolicySet::Indexing::Off);
            for (int i = 0; i < 25; ++i) wrong += compare(*indexed, plain, dice.request());
        }
    }
    QCOMPARE(wrong, 0);
}

void IndexTest::setsThatShareTheirTextsStayRight_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("one action for all, nothing else to tell") << 0;
    QTest::newRow("one prefix for all, suffixes differ") << 1;
    QTest::newRow("long lists") << 2;
    QTest::newRow("more lengths of prefixes than are looked up") << 3;
    QTest::newRow("long literals") << 4;
    QTest::newRow("many beginnings inside of one another") << 5;
    QTest::newRow("nothing but expressions") << 6;
}

void IndexTest::setsThatShareTheirTextsStayRight()
{
    QFETCH(int, kind);
    Dice dice(20260703);
    const auto resources = [&](std::size_t i) -> List {
        const std::string number = std::to_string(i);
        switch (kind) {
        case 0:
            return {"<.*" + number + ".*>"};
        case 1:
            return {"resources:<.*>:" + number};
        case 2: {
            List many;
            for (std::size_t k = 0; k < 200; ++k) many.push_back("r" + std::to_string(i * 3 + k));
            return many;
        }
        case 3:
            return {std::string(1 + 2 * i, 'x') + "<.*>" + number};
        case 4:
            return {std::string(200 + i % 200, 'x')};
        case 6: {
            const List forms{"<[a-z]+>:" + number + ":<.*>", "<\\w*>" + number + "<[^:]*>",
                             "<(?i)X|用>:<.>" + number + "<.*>", "<.*>:" + number + "<[0-9]?>",
                             "<.*(?=" + number + ").*>"};
            return {forms[i % forms.size()]};
        }
        default:
            return {std::string(i % 60, 'x') + "<.*>"};
        }
    };
    auto resource = [&](std::size_t i) -> std::string {
        const std::string number = std::to_string(i);
        switch (kind) {
        case 0:
            return "n" + number;
        case 1:
            return "resources:any:" + number + (i % 3 == 0 ? "\n" : "");
        case 2:
            return "r" + number;
        case 3:
            return std::string(2 * i + i % 5, 'x') + number;
        case 4:
            return std::string(200 + i % 200, 'x');
        case 6:
            return dice.pick({"x:", "", "用", "用:ä", "ab:"}) + number + dice.pick({"", ":", "7", ":用", "\n"});
        default:
            return std::string(i % 70, 'x') + "y";
        }
    };
    authz::PatternPool pool;
    const auto compiled = [&](std::size_t i) {
        return authz::CompiledPolicy::compile(
            document("p" + std::to_string(i), i % 50 == 49 ? "deny" : "allow", List{"get"}, List{"<.*>"}, resources(i)),
            pool);
    };
    const std::size_t count = kind == 2 || kind == 4 || kind == 6 ? 300 : kind == 3 ? 120 : 60;
    std::vector<RankedPolicy> policies;
    for (std::size_t i = 0; i < count; ++i) policies.push_back({count - i, compiled(i)});
    SetPtr indexed = std::make_shared<const PolicySet>(policies);
    SetPtr grown = std::make_shared<const PolicySet>(); // the same, made of single changes
    for (const RankedPolicy& policy : policies) grown = grown->with({policy});
    SetPtr plain = std::make_shared<const PolicySet>(policies, PolicySet::Indexing::Off);
    int wrong = 0;
    int allowed = 0;
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 300; ++i) {
            const contract::DecisionRequest request{
                "s", dice.below(9) == 0 ? "put" : "get", resource(dice.below(count + 20)), {}};
            wrong += compare(*indexed, *plain, request) + compare(*grown, *plain, request);
            allowed += plain->decide(request).allowed ? 1 : 0;
        }
        std::vector<RankedPolicy> changes;
        for (std::size_t i = 0; i < count; i += 2)
            changes.push_back({count - i, i % 3 == 0 ? nullptr : compiled(i + 1)});
        for (const RankedPolicy& change : changes) indexed = indexed->with({change});
        grown = grown->with(changes);
        plain = plain->with(changes);
    }
    QCOMPARE(wrong, 0);
    QVERIFY(allowed > 5);
}

void IndexTest::failuresAreNotPassedOver_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<bool>("fails");
    QTest::newRow("action") << 0 << true;
    QTest::newRow("subject") << 1 << true;
    QTest::newRow("resource") << 2 << true;
    QTest::newRow("resource, but the subject misses") << 3 << false;
    QTest::newRow("subject, but the action misses") << 4 << false;
}

// What fails is reached although the lists behind it name texts that the request does not have.
void IndexTest::failuresAreNotPassedOver()
{
    QFETCH(int, field);
    QFETCH(bool, fails);
    std::vector<contract::PolicyDocument> documents;
    for (int i = 0; i < 100; ++i) {
        const std::string n = std::to_string(i);
        documents.push_back(document("p" + n, "allow", List{"a" + n}, List{"s" + n}, List{"r" + n}));
    }
    const std::string broken = "<[>";
    auto faulty = document("f", "allow", List{"a1"}, List{"s1"}, List{"other"});
    if (field == 0) faulty = document("f", "allow", List{broken}, List{"other"}, List{"other"});
    if (field == 1) faulty = document("f", "allow", List{"a1"}, List{"no", broken}, List{"other"});
    if (field == 2) faulty = document("f", "allow", List{"a1"}, List{"s1"}, List{broken});
    if (field == 3) faulty = document("f", "allow", List{"a1"}, List{"other"}, List{broken});
    if (field == 4) faulty = document("f", "allow", List{"other"}, List{broken}, List{"r1"});
    documents.push_back(faulty);
    const contract::DecisionRequest request{"s1", "a1", "r1", {}};
    const auto decision = PolicySet::compile(documents)->decide(request);
    QCOMPARE(decision.failed, fails);
    QCOMPARE(decision.allowed, !fails);
    QVERIFY(same(decision, PolicySet::compile(documents, PolicySet::Indexing::Off)->decide(request)));
}

void IndexTest::looksAtFewPolicies()
{
    using Resources = support::PolicyWorkload::Resources;
    for (const auto resources : {Resources::Literals, Resources::Templates, Resources::Mixed}) {
        const support::PolicyWorkload workload(3000, resources);
        authz::PatternPool pool;
        std::vector<RankedPolicy> policies;
        for (std::size_t i = 0; i < workload.size(); ++i)
            policies.push_back({workload.size() - i, authz::CompiledPolicy::compile(workload.document(i), pool)});
        const authz::PolicyIndex whole{authz::PolicySequence(policies)};
        authz::PolicyIndex grown;
        for (const RankedPolicy& policy : policies) grown.change({{policy.rank, nullptr, policy.policy.get()}});
        for (const authz::PolicyIndex* index : std::initializer_list<const authz::PolicyIndex*>{&whole, &grown}) {
            std::size_t most = 0;
            for (const auto& request : workload.requestsForAll(1000)) {
                authz::Question question(request);
                authz::Candidates candidates;
                QVERIFY(index->collect(question, 100, candidates));
                candidates.sort();
                most = std::max(most, candidates.size());
            }
            // Made one by one, the first policies do not know yet what the others have in common.
            QVERIFY2(most >= 1 && most <= 12, std::to_string(most).c_str());
        }
    }
}

void IndexTest::oldSetsDieWithTheirLastReader()
{
    authz::PatternPool pool;
    Dice dice(1);
    auto set = std::make_shared<const PolicySet>();
    std::vector<RankedPolicy> changes;
    for (std::uint64_t rank = 1; rank <= 500; ++rank)
        changes.push_back({rank, authz::CompiledPolicy::compile(dice.policy(std::to_string(rank)), pool)});
    set = set->with(changes);
    const std::weak_ptr<const authz::CompiledPolicy> replaced = changes[249].policy;
    const std::weak_ptr<const authz::CompiledPolicy> kept = changes[250].policy;
    changes.clear();
    std::weak_ptr<const PolicySet> old = set;
    auto reader = set;
    set = set->with({{250, nullptr}});
    QVERIFY(!old.expired() && !replaced.expired());
    reader.reset();
    QVERIFY(old.expired() && replaced.expired() && !kept.expired());
    set.reset();
    QVERIFY(kept.expired());
    QCOMPARE(pool.size(), std::size_t{0});
}

// Readers never wait and see every change whole: of each pair of policies that one change replaces, both are of the
// same generation.
void IndexTest::readersAndWritersOnManyThreads()
{
    authz::PatternPool pool;
    constexpr std::uint64_t pairs = 100;
    const auto change = [&pool](std::uint64_t pair, int generation) {
        const std::string n = std::to_string(pair);
        const std::string g = std::to_string(generation);
        std::vector<RankedPolicy> both;
        for (const std::uint64_t rank : {2 * pair + 1, 2 * pair + 2})
            both.push_back({rank, authz::CompiledPolicy::compile(document(g, "allow", List{"get", "<put|post>"},
                                                                          List{"users:<.*>"},
                                                                          List{"r:" + n + ":<.*>", "g:" + n + ':' + g}),
                                                                 pool)});
        return both;
    };
    SetPtr latest = std::make_shared<const PolicySet>();
    for (std::uint64_t pair = 0; pair < pairs; ++pair) latest = latest->with(change(pair, 0));
    Published<PolicySet> published(latest);
    std::mutex writing;
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::atomic<int> newer = 0;
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < 3; ++t)
        threads.emplace_back([&, t] {
            std::mt19937 random(t);
            for (int i = 0; i < 3000 || !done; ++i) {
                const std::string n = std::to_string(random() % pairs);
                const auto decision =
                    published.read()->decide({"users:a", i % 2 == 0 ? "get" : "post", "r:" + n + ":x", {}});
                if (decision.deciders.size() != 2 || decision.deciders[0] != decision.deciders[1])
                    ++wrong;
                else if (decision.deciders[0] != "0")
                    ++newer;
            }
        });
    for (unsigned t = 0; t < 2; ++t)
        threads.emplace_back([&, t] {
            for (int generation = 1; generation <= 300; ++generation) {
                const std::lock_guard lock(writing);
                latest = latest->with(change((static_cast<std::uint64_t>(generation) * 7 + t) % pairs, generation));
                published.publish(latest);
            }
            done = true;
        });
    for (std::thread& thread : threads) thread.join();
    QCOMPARE(wrong.load(), 0);
    QVERIFY(newer > 0);
}

QTEST_GUILESS_MAIN(IndexTest)
#include "indextest.moc"
