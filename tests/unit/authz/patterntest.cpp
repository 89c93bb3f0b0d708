// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/shape.h"
#include "authz/pattern/template.h"
#include "authz/pattern/templatematcher.h"
#include "authz/patternpool.h"
#include "base/text.h"
#include "contract/decision.h"
#include "contract/json.h"
#include <QTest>
#include <algorithm>
#include <fstream>
#include <random>
#include <set>
#include <thread>

using namespace iam;
using authz::Effort;
using authz::MatchResult;
using authz::Needle;
using authz::Outline;
using authz::PatternPool;
using authz::PatternPtr;

using List = std::vector<std::string>;

/// Patterns as policies share them, and that templates answered without an engine say what the engine says.
class PatternTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plainTemplatesNeedNoEngine_data();
    void plainTemplatesNeedNoEngine();
    void classesAgreeWithTheirMembers();
    void shapesAgreeWithTheEngine();
    void shapesAgreeOnTheCorpus();
    void outlines_data();
    void outlines();
    void outlinesHoldOfEveryNeedle();
    void equalEntriesAreOnePattern();
    void patternsOutliveTheirPool();
    void manyThreadsShareOnePool();
    void withoutMemoryMatchersAreMadeForTheMoment();
    void spentEffortDeniesWithItsReason();
    void sharedPatternsAreAskedOnce();
    void whatIsNotHeldCostsTheSameEachTime();
    void thousandsOfPlacesAreCompiledWithinADecision();
};

namespace {

MatchResult ask(const PatternPtr& pattern, const std::string& text, std::string& fault)
{
    Needle needle(text);
    Effort effort;
    return pattern->match(needle, effort, fault);
}

bool isPlain(const std::string& entry)
{
    const auto root = authz::readTemplate(entry);
    return root && authz::Shape::of(**root, std::min(entry.find('<'), entry.size()));
}

/// Makes templates of the kinds that may be plain, with texts that nearly match them.
class Maker {
public:
    explicit Maker(unsigned seed)
        : m_random(seed)
    {
    }

    std::size_t upTo(std::size_t most) { return m_random() % (most + 1); }
    const std::string& pick(const List& from) { return from[m_random() % from.size()]; }

    std::string entry()
    {
        static const List outside{"a", "ab", "b:", ":", "res:", ".", "é", "用户", "\n", "a\n", "", "\\", "x*", "^"};
        std::string made;
        for (std::size_t parts = 1 + upTo(2); parts > 0; --parts) {
            made += pick(outside);
            made += '<' + part(2) + '>';
        }
        return made + pick(outside);
    }

    std::string needle(const std::string& entry)
    {
        static const List pieces{"a",      "b", "c",      "ab", ":",    "res:", "é",    "用户", "\n", "1",
                                 "\u0661", " ", "\u00A0", "-",  "\xFF", "\xC3", "\xA9", ".",    "x",  "\uFFFD"};
        std::string made;
        for (std::size_t i = 0; i < entry.size(); ++i) { // the entry without its signs is often close to a match
            const char c = entry[i];
            if (std::string_view("<>()|*+?^$\\{}[]").find(c) != std::string_view::npos) {
                if (upTo(3) == 0) made += pick(pieces);
            } else {
                made += c;
            }
        }
        if (upTo(3) == 0) made.clear();
        for (std::size_t changes = upTo(3); changes > 0; --changes) {
            const std::size_t at = upTo(made.size());
            if (upTo(1) == 0)
                made.insert(at, pick(pieces));
            else
                made.erase(at, 1 + upTo(2));
        }
        if (upTo(4) == 0) made += '\n';
        if (upTo(8) == 0) made += '\n';
        return made;
    }

private:
    std::string part(int depth)
    {
        static const List atoms{"a",    "b",     "ab",   "abc", ":",        "é",     "",       "[^:]",        "[ab]",
                                "[^a]", "[a-c]", "\\d",  "\\w", "\\s",      ".",     "\\.",    "[\\w.-]",     "[^\\w]",
                                "\\D",  "\\n",   "[^é]", "^",   "$",        "\\W",   "[\\d:]", "[[:alpha:]]", "(?s).",
                                "x",    "(?i)a", "res",  "用",  "[\\s\\S]", "\\x41", "-"};
        static const List repeats{"", "", "", "*", "+", "?", "{2}", "{1,2}", "{2,}", "*?"};
        std::string made;
        for (std::size_t units = 1 + upTo(2); units > 0; --units) {
            if (depth > 0 && upTo(4) == 0)
                made += '(' + part(depth - 1) + ')' + (upTo(3) == 0 ? "?" : "");
            else if (upTo(2) == 0)
                made += pick({".*", ".+", "[^:]*", "\\d+", "\\w*", "[^/]+"});
            else if (const std::string& atom = pick(atoms); !atom.empty())
                made += atom + pick(repeats);
            if (upTo(5) == 0) made += '|';
        }
        return made;
    }

    std::mt19937 m_random;
};

std::string shown(const std::string& entry, const std::string& needle)
{
    return contract::writeJson(contract::Json(entry)) + " on " +
           QByteArray::fromStdString(needle).toPercentEncoding().toStdString();
}

bool isTrueOf(const Outline& outline, const std::string& needle)
{
    if (outline.alwaysFails) return true;
    std::vector<std::string_view> forms{needle};
    if (outline.mayEndWithLineFeed && needle.ends_with('\n'))
        forms.push_back(std::string_view(needle).substr(0, needle.size() - 1));
    const auto ends = [&](std::string_view form) { return form.ends_with(outline.suffix); };
    const auto isLiteral = [&](std::string_view form) {
        return std::find(outline.literals.begin(), outline.literals.end(), form) != outline.literals.end();
    };
    return needle.starts_with(outline.prefix) && std::any_of(forms.begin(), forms.end(), ends) &&
           (outline.literals.empty() || std::any_of(forms.begin(), forms.end(), isLiteral));
}

} // namespace

void PatternTest::plainTemplatesNeedNoEngine_data()
{
    QTest::addColumn<bool>("plain");
    for (const char* entry :
         {"users:<peter|ken>", "<create|update>", "resources:articles:<.*>", "<.*>", "<>", "<.+>:x", "a<[^:]*>b",
          "<\\d+>", "a:<\\w+>:b", "res:<.*>:articles:<.*>", "<[a-z0-9-]+>.example.com", "<^a$>", "<(a|b)c?>",
          "<(?s).*>", "<(?P<name>a)>", "<[\\w.-]+>@<[^@]+>", "<a|b>:<.*>", "<\\d{2,4}>", "<a<b>c>"})
        QTest::addRow("%s", entry) << true;
    for (const char* entry : {"<(?i)a>", "<(?=a).*>", "<(ab)*>", "<a*>a<b*>c", "<.*><.+a>b<c*>", "<\\bfoo>", "<a\\z>",
                              "<\\p{Greek}>", "<a$>\n", "b<^a>", "<(?m)^a>", "<\\x{fffd}>", "<[>", "<.*a.*b[^c]*c>"})
        QTest::addRow("%s", entry) << false;
}

void PatternTest::plainTemplatesNeedNoEngine()
{
    QFETCH(bool, plain);
    QCOMPARE(isPlain(QTest::currentDataTag()), plain);
}

void PatternTest::classesAgreeWithTheirMembers()
{
    std::mt19937 random(7);
    int told = 0;
    for (int round = 0; round < 3000; ++round) {
        authz::CharClass made;
        for (auto parts = random() % 4; parts > 0; --parts) {
            switch (random() % 6) {
            case 0:
                made.addWord(random() % 3 == 0);
                break;
            case 1:
                made.addSpace(random() % 3 == 0);
                break;
            case 2:
                made.addDigit(random() % 3 == 0);
                break;
            case 3:
                made.addRange(random() % 0x90, random() % 2 == 0 ? 0x10FFFF : 0x70 + random() % 0x20);
                break;
            case 4:
                made.addCategory("Lu", false, false);
                break;
            default:
                made.addRune(static_cast<char32_t>('0' + random() % 0x40));
            }
        }
        if (random() % 3 == 0) made.negate();
        const auto test = made.test();
        if (!test) continue;
        ++told;
        const authz::RuneSet members = made.members();
        for (char32_t rune = 0; rune < 0x100; ++rune) QCOMPARE(test->contains(rune), members.contains(rune));
        for (char32_t rune : {U'\u0661', U'\u2003', U'用', U'\uFFFD', U'\U0010FFFF', U'\u200D', U'\u0301'})
            QCOMPARE(test->contains(rune), members.contains(rune));
    }
    QVERIFY(told > 1000);
}

void PatternTest::shapesAgreeWithTheEngine()
{
    Maker maker(20261122);
    int plain = 0;
    int matched = 0;
    std::string fault;
    PatternPool pool;
    for (int round = 0; round < 1'500; ++round) {
        const std::string entry = maker.entry();
        if (!isPlain(entry)) continue;
        ++plain;
        const PatternPtr pattern = pool.pattern(entry);
        authz::MatcherMemory memory(std::size_t{1} << 30);
        const auto root = authz::readTemplate(entry);
        const authz::TemplateMatcher engine(entry, **root, memory);
        for (int i = 0; i < 25; ++i) {
            const std::string text = maker.needle(entry);
            Needle needle(text);
            Effort effort;
            MatchResult expected = MatchResult::No;
            if (text.starts_with(entry.substr(0, entry.find('<')))) expected = engine.match(needle, effort, fault);
            const MatchResult result = ask(pattern, text, fault);
            QVERIFY2(result == expected, shown(entry, text).c_str());
            matched += result == MatchResult::Yes ? 1 : 0;
        }
    }
    QVERIFY2(plain > 200 && matched > 200, qPrintable(QString::number(plain) + u' ' + QString::number(matched)));
}

void PatternTest::shapesAgreeOnTheCorpus()
{
    std::ifstream file(IAM_TEST_DATA "/decisions.jsonl");
    std::set<std::string> entries;
    std::set<std::string> needles;
    for (std::string line; std::getline(file, line);) {
        const auto set = contract::parseWholeJson(line);
        QVERIFY(set);
        for (const contract::Json& policy : *set->find("policies")->array())
            for (const char* list : {"actions", "subjects", "resources"})
                if (const contract::Json* written = policy.find(list); written && written->array())
                    for (const contract::Json& entry : *written->array())
                        if (authz::isTemplate(*entry.string())) entries.insert(*entry.string());
        for (const contract::Json& item : *set->find("cases")->array())
            for (const char* part : {"action", "subject", "resource"})
                needles.insert(*item.find("request")->find(part)->string());
    }
    int plain = 0;
    PatternPool pool;
    std::string fault;
    for (const std::string& entry : entries) {
        if (!isPlain(entry)) continue;
        ++plain;
        const PatternPtr pattern = pool.pattern(entry);
        authz::MatcherMemory memory(std::size_t{1} << 30);
        const auto root = authz::readTemplate(entry);
        const authz::TemplateMatcher engine(entry, **root, memory);
        for (const std::string& text : needles) {
            Needle needle(text);
            Effort effort;
            MatchResult expected = MatchResult::No;
            if (text.starts_with(entry.substr(0, entry.find('<')))) expected = engine.match(needle, effort, fault);
            QVERIFY2(ask(pattern, text, fault) == expected, shown(entry, text).c_str());
        }
    }
    QVERIFY2(plain > 50, qPrintable(QString::number(plain)));
}

void PatternTest::outlines_data()
{
    QTest::addColumn<QByteArray>("prefix");
    QTest::addColumn<QByteArray>("suffix");
    QTest::addColumn<int>("literals");
    QTest::addColumn<bool>("canFail");
    const auto row = [](const char* entry, const char* prefix, const char* suffix, int literals, bool canFail) {
        QTest::addRow("%s", entry) << QByteArray(prefix) << QByteArray(suffix) << literals << canFail;
    };
    row("users:maria", "users:maria", "users:maria", 1, false);
    row("", "", "", 1, false);
    row("users:<peter|ken>", "users:", "", 2, false);
    row("<peter|penny>s", "pe", "s", 2, false);
    row("res:<.*>", "res:", "", 0, false);
    row("<.*>.example.com", "", ".example.com", 0, false);
    row("<a.*|ab.*>c", "a", "c", 0, false);
    row("res:<(?i)a.*>:x", "res:", ":x", 0, false);
    row("<re(?i)s:>a", "re", "a", 0, false);
    row("res:<(?!a).*>:x", "res:", "", 0, true);
    row("res:<.*a.{20}>:x", "res:", "", 0, true);
}

void PatternTest::outlines()
{
    QFETCH(QByteArray, prefix);
    QFETCH(QByteArray, suffix);
    QFETCH(int, literals);
    QFETCH(bool, canFail);
    PatternPool pool;
    const Outline outline = pool.pattern(QTest::currentDataTag())->outline();
    QVERIFY(!outline.alwaysFails);
    QCOMPARE(QByteArray::fromStdString(outline.prefix), prefix);
    QCOMPARE(QByteArray::fromStdString(outline.suffix), suffix);
    QCOMPARE(static_cast<int>(outline.literals.size()), literals);
    QCOMPARE(outline.canFail, canFail);
    QCOMPARE(outline.mayEndWithLineFeed, authz::isTemplate(QTest::currentDataTag()));
    QVERIFY(pool.pattern("res:<[>")->outline().alwaysFails);
}

void PatternTest::outlinesHoldOfEveryNeedle()
{
    Maker maker(5);
    int positive = 0;
    std::string fault;
    PatternPool pool;
    for (int round = 0; round < 600; ++round) {
        const std::string entry = maker.entry();
        const PatternPtr pattern = pool.pattern(entry);
        const Outline outline = pattern->outline();
        for (int i = 0; i < 10; ++i) {
            const std::string text = maker.needle(entry);
            const MatchResult result = ask(pattern, text, fault);
            if (result == MatchResult::No) continue;
            ++positive;
            QVERIFY2(isTrueOf(outline, text), shown(entry, text).c_str());
            QVERIFY(result == MatchResult::Yes || outline.alwaysFails || outline.canFail);
        }
    }
    QVERIFY2(positive > 100, qPrintable(QString::number(positive)));
}

void PatternTest::equalEntriesAreOnePattern()
{
    PatternPool pool;
    const PatternPtr literal = pool.pattern("users:maria");
    const PatternPtr made = pool.pattern("users:<peter|ken>");
    QCOMPARE(pool.pattern(std::string("users:maria")).get(), literal.get());
    QCOMPARE(pool.pattern("users:<peter|ken>").get(), made.get());
    QVERIFY(pool.pattern("users:Maria").get() != literal.get());
    QCOMPARE(pool.pattern("<a>\xFF").get(), pool.pattern("<a>\uFFFD").get()); // templates are read as UTF-8 …
    QVERIFY(pool.pattern("\xFF")->text() == "\xFF");                          // … and literals are bytes
    QCOMPARE(pool.size(), std::size_t{2});
}

void PatternTest::patternsOutliveTheirPool()
{
    auto pool = std::make_unique<PatternPool>();
    PatternPtr pattern = pool->pattern("a<(?i)b>");
    pool.reset();
    std::string fault;
    QCOMPARE(ask(pattern, "aB", fault), MatchResult::Yes);
    pattern = nullptr;
}

void PatternTest::manyThreadsShareOnePool()
{
    PatternPool pool;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < 4; ++t) {
        threads.emplace_back([&pool, &wrong, t] {
            std::mt19937 random(t);
            std::vector<PatternPtr> held(8);
            std::string fault;
            for (int i = 0; i < 400; ++i) {
                const std::string number = std::to_string(random() % 20);
                PatternPtr& place = held[random() % held.size()];
                place = pool.pattern("p" + number + (random() % 2 == 0 ? "<.*>" : "<(?i)a.*>"));
                const MatchResult result = ask(place, "p" + number + "a", fault);
                if (result != MatchResult::Yes) ++wrong;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    QCOMPARE(wrong.load(), 0);
    QCOMPARE(pool.size(), std::size_t{0});
    QCOMPARE(pool.matcherBytes(), std::size_t{0});
}

void PatternTest::withoutMemoryMatchersAreMadeForTheMoment()
{
    constexpr std::size_t most = std::size_t{1} << 20;
    PatternPool pool(most);
    std::vector<PatternPtr> held;
    std::string fault;
    for (int i = 0; i < 100; ++i) {
        held.push_back(pool.pattern("p" + std::to_string(i) + "<(?i)a.*>"));
        QCOMPARE(ask(held.back(), "p" + std::to_string(i) + "Ab", fault), MatchResult::Yes);
        QCOMPARE(ask(held.back(), "p" + std::to_string(i) + "b", fault), MatchResult::No);
        QVERIFY(pool.matcherBytes() <= most);
    }
    QVERIFY(pool.matcherBytes() > 0);
    held.clear();
    QCOMPARE(pool.matcherBytes(), std::size_t{0});
}

void PatternTest::spentEffortDeniesWithItsReason()
{
    PatternPool pool;
    const std::string text(2'000, 'a');
    for (const char* entry : {"<.*>b", "<(?i)a+>b", "<(?!x)a*>b", "<(a+)+$>b"}) {
        Needle needle(text);
        std::string fault;
        Effort enough;
        QCOMPARE(pool.pattern(entry)->match(needle, enough, fault), MatchResult::No);
        QVERIFY(!enough.isSpent());
        const std::int64_t needed = Effort::decision - enough.left();
        QVERIFY(needed > 0);
        Needle again(text);
        Effort same(needed);
        QCOMPARE(pool.pattern(entry)->match(again, same, fault), MatchResult::No); // the same steps every time
        QCOMPARE(same.left(), std::int64_t{0});
        Needle briefly(text);
        Effort less(needed - 1);
        QCOMPARE(pool.pattern(entry)->match(briefly, less, fault), MatchResult::LimitReached);
        QCOMPARE(fault, std::string(contract::reasonTooMuchWork));
    }
}

void PatternTest::sharedPatternsAreAskedOnce()
{
    PatternPool pool;
    const PatternPtr pattern = pool.pattern("<(?=(a+)+$)a.*>");
    const std::string text(15, 'a');
    Needle needle(text);
    Effort effort;
    std::string fault;
    QCOMPARE(pattern->match(needle, effort, fault), MatchResult::Yes);
    const std::int64_t left = effort.left();
    QCOMPARE(pattern->match(needle, effort, fault), MatchResult::Yes);
    QVERIFY(left - effort.left() < 10);
}

void PatternTest::whatIsNotHeldCostsTheSameEachTime()
{
    PatternPool none(0);
    PatternPool enough;
    for (const char* entry : {"<(?i)a.*é>", "<(?!x)\\w*>", "<(\\D{1,3}[\\w\\-]){1,3}>"}) {
        const std::string text = "aé用b\u00C9";
        const PatternPtr momentary = none.pattern(entry);
        const PatternPtr held = enough.pattern(entry);
        std::int64_t first = 0;
        for (int i = 0; i < 3; ++i) {
            Needle needle(text);
            Needle same(text);
            Effort effort;
            Effort less;
            std::string fault;
            QCOMPARE(momentary->match(needle, effort, fault), held->match(same, less, fault));
            QVERIFY(effort.left() < less.left());
            if (i == 0) first = effort.left();
            QCOMPARE(effort.left(), first);
        }
    }
    QCOMPARE(none.matcherBytes(), std::size_t{0});
}

void PatternTest::thousandsOfPlacesAreCompiledWithinADecision()
{
    PatternPool none(0);
    std::string words;
    for (int i = 0; i < 800; ++i) words += (i > 0 ? "|w" : "w") + std::to_string(1'000 + i);
    const PatternPtr pattern = none.pattern("<(" + words + ")x?y>");
    std::string fault;
    QCOMPARE(ask(pattern, "w1799xy", fault), MatchResult::Yes);
    QCOMPARE(ask(pattern, "w1800xy", fault), MatchResult::No);
    QCOMPARE(none.matcherBytes(), std::size_t{0});
}

QTEST_GUILESS_MAIN(PatternTest)
#include "patterntest.moc"
