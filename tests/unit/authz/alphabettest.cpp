// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/pattern/spelling.h"
#include "authz/pattern/template.h"
#include "authz/patternpool.h"
#include "base/text.h"
#include <QTest>
#include <map>
#include <set>

using namespace iam;
using authz::Alphabet;
using authz::Effort;
using authz::MatchResult;
using authz::Node;
using authz::RuneSet;
using authz::Spelling;

/// The letters that expressions are written in stand for the runes that the expressions mean, all of them.
class AlphabetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lettersStandForTheirRunes_data();
    void lettersStandForTheirRunes();
    void severalTreesHaveOneAlphabet();
    void lettersGoRoundTheSurrogates();
    void textsAreSpelledByTheRune();
    void spellingCostsAndEnds();
    void bothFormsMatchAlike_data();
    void bothFormsMatchAlike();
};

namespace {

constexpr char32_t lastRune = 0x10FFFF;

bool isSurrogate(char32_t rune)
{
    return rune >= 0xD800 && rune <= 0xDFFF;
}

bool isBoundary(const Node& node)
{
    return node.kind == Node::Kind::Boundary || node.kind == Node::Kind::NoBoundary;
}

/// The pieces of a tree that take or look at runes, those that mean the same once.
void collect(const Node& node, std::vector<std::pair<RuneSet, const Node*>>& found)
{
    using Kind = Node::Kind;
    if (node.kind == Kind::One || node.kind == Kind::NotOne || node.kind == Kind::Set || isBoundary(node)) {
        const RuneSet runes = isBoundary(node) ? authz::wordRunes() : node.runes();
        if (std::none_of(found.begin(), found.end(), [&](const auto& known) { return known.first == runes; }))
            found.emplace_back(runes, &node);
    }
    for (const authz::NodePtr& child : node.children) collect(*child, found);
}

authz::NodePtr tree(const std::string& entry)
{
    auto root = authz::readTemplate(entry);
    return root ? std::move(*root) : nullptr;
}

/// Sets that tell more runes apart than there are bytes for.
std::string manyLetters()
{
    std::string out;
    for (unsigned bit = 0; bit < 8; ++bit) {
        out += '[';
        for (char32_t number = 0; number < 256; ++number)
            if ((number >> bit & 1U) != 0) text::appendCodePoint(out, 0x4E00 + number);
        out += ']';
    }
    return out;
}

MatchResult match(const std::string& entry, const std::string& text)
{
    authz::PatternPool pool;
    authz::Needle needle(text);
    Effort effort;
    std::string fault;
    return pool.pattern(entry)->match(needle, effort, fault);
}

} // namespace

void AlphabetTest::lettersStandForTheirRunes_data()
{
    QTest::addColumn<bool>("bytes");
    for (const char* entry :
         {"a<b>", "é<用>", "<\\w\\W>", "<\\d\\D\\s\\S>", "<\\bé\\B>", "<(?i)[a-zà-ÿ]k\\p{Lu}>", "<[\\w-[é-ü]][^用]>",
          "<\\p{L}\\p{Lu}\\p{Greek}\\P{Han}>", "<[\\x{d7ff}-\\x{e000}]\\x{ffff}>", "<[^\\x{e000}]>",
          "<[\\x00-\\x{ffff}].>", "<(?s).\\x{fffd}[\\x{fffd}-\\x{ffff}]>", "<[\\W\\d][^\\W\\D]>", "<(?i)ſßÉ\\w[^é]>",
          "<[\\s\\S]>", "<[^\\s\\S]>", "<\\x80\\x7f[\\x7f-\\x81]>"})
        QTest::addRow("%s", entry) << true;
    const QByteArray many = "<" + QByteArray::fromStdString(manyLetters()) + "\\w(?i)\\p{Lu}>";
    QTest::newRow(many.constData()) << false;
}

void AlphabetTest::lettersStandForTheirRunes()
{
    QFETCH(bool, bytes);
    const auto root = tree(QTest::currentDataTag());
    QVERIFY(root);
    const Spelling spelling(*root);
    const Alphabet& alphabet = spelling.alphabet();
    QCOMPARE(alphabet.form() == Alphabet::Form::Bytes, bytes);
    std::vector<std::pair<RuneSet, const Node*>> pieces;
    collect(*root, pieces);
    QVERIFY(!pieces.empty());
    std::map<char32_t, std::vector<bool>> members; // of each letter
    for (char32_t rune = 0; rune <= lastRune; ++rune) {
        if (isSurrogate(rune)) continue;
        const char32_t letter = alphabet.letterOf(rune);
        QVERIFY(rune < 0x80 ? letter == rune : letter >= 0x80);
        std::vector<bool> in;
        in.reserve(pieces.size());
        for (const auto& [runes, piece] : pieces) in.push_back(runes.contains(rune));
        const auto [known, isNew] = members.try_emplace(letter, in);
        if (!isNew) QVERIFY2(known->second == in, qPrintable(QString::number(rune, 16)));
    }
    std::set<std::vector<bool>> kinds;
    std::size_t beyond = 0;
    for (const auto& [letter, in] : members) {
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const Node& piece = *pieces[i].second;
            const RuneSet& letters = isBoundary(piece) ? spelling.word() : spelling.of(piece);
            QCOMPARE(letters.contains(letter), bool(in[i]));
        }
        if (letter < 0x80) continue;
        QCOMPARE(letter, Alphabet::letter(beyond++)); // none is left out …
        QVERIFY(kinds.insert(in).second);             // … and none could be spared
        QVERIFY(spelling.all().contains(letter));
    }
    QCOMPARE(alphabet.letters(), beyond);
}

void AlphabetTest::severalTreesHaveOneAlphabet()
{
    std::vector<authz::NodePtr> roots;
    for (const char* entry : {"<\\w>", "<[é-ü]>", "<用|\\s>"}) roots.push_back(tree(entry));
    const Spelling spelling(roots);
    for (const auto& root : roots) {
        std::vector<std::pair<RuneSet, const Node*>> pieces;
        collect(*root, pieces);
        for (const auto& [runes, piece] : pieces)
            for (char32_t rune = 0; rune <= 0xFFFF; ++rune)
                if (!isSurrogate(rune))
                    QCOMPARE(spelling.of(*piece).contains(spelling.alphabet().letterOf(rune)), runes.contains(rune));
    }
}

void AlphabetTest::lettersGoRoundTheSurrogates()
{
    QCOMPARE(Alphabet::letter(0), char32_t{0x80});
    QCOMPARE(Alphabet::letter(0xD7FF - 0x80), char32_t{0xD7FF});
    QCOMPARE(Alphabet::letter(0xD800 - 0x80), char32_t{0xE000});
}

void AlphabetTest::textsAreSpelledByTheRune()
{
    for (const std::string& entry : {std::string("<\\w[é-ü]>"), '<' + manyLetters() + "\\w>"}) {
        const auto root = tree(entry);
        const Spelling spelling(*root);
        const Alphabet& alphabet = spelling.alphabet();
        const bool bytes = alphabet.form() == Alphabet::Form::Bytes;
        const auto append = [&](std::string& out, char32_t rune) {
            if (bytes)
                out += static_cast<char>(alphabet.letterOf(rune));
            else
                text::appendCodePoint(out, alphabet.letterOf(rune));
        };
        std::string text;
        std::string expected;
        for (char32_t rune = 0; rune <= lastRune; rune += rune < 0x3000 ? 1 : 257) {
            if (isSurrogate(rune)) continue;
            text::appendCodePoint(text, rune);
            append(expected, rune);
        }
        for (const char* broken : {"\xFF", "\xC3", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC0\x80", "\xE7\x94"}) {
            text += broken;
            text += 'x';
            for (std::size_t i = 0; broken[i] != '\0'; ++i) append(expected, 0xFFFD);
            expected += 'x';
        }
        std::string spelled;
        Effort effort;
        QVERIFY(alphabet.spell(text, effort, spelled));
        QVERIFY(spelled == expected);
    }
}

void AlphabetTest::spellingCostsAndEnds()
{
    const auto root = tree("<\\w>");
    const Spelling spelling(*root);
    std::string text;
    for (int i = 0; i < 1'000; ++i) text += "é用";
    std::string spelled;
    Effort effort;
    QVERIFY(spelling.alphabet().spell(text, effort, spelled));
    const std::int64_t cost = Effort::decision - effort.left();
    QVERIFY(cost >= 1'000);
    std::string again;
    Effort less(cost - 1);
    QVERIFY(!spelling.alphabet().spell(text, less, again));
    QVERIFY(less.isSpent());
}

void AlphabetTest::bothFormsMatchAlike_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("matching");
    const auto row = [](const char* entry, const char* text, bool matching) {
        QTest::addRow("%s on %s", entry, text) << QByteArray(text) << matching;
    };
    row("(?:用|用[\\d\\s]??[^:]*a{0})", "用", true); // alternatives that begin alike
    row("(?:用户|用x|用)é?", "用é", true);
    row("(?:用户|用x|用)é?", "户é", false);
    row("\\D{1,3}[\\w\\-]{1,3}", "é用!ж-", true);
    row("\\D{1,3}[\\w\\-]{1,3}", "é٣!", false);
    row("(?i)é+\\b!", "ÉéÉ!", true);
    row("(?<=[é用>])b", "b", false);
    row("é(?<=[é用>])b", "éb", true);
    row("é(?<!\\w|>)b", "éb", false);
    row("[^\\s\\S]", "é", false);
    row("(?=é)[^\\s\\S]", "é", false);
    row("(?s).\\x{fffd}.", "\n\xFF\xC3", true);
    row(".\\x{fffd}.", "\n\xFF\xC3", false);
    row("\\w+(?=\\Z)\\n?", "é用\n", true);
    row("\\W\\S", "\u00A0\u00AB", true);
    row("\\x{10ffff}[^\\x{ffff}]", "\U0010FFFF\uFFFE", true);
}

void AlphabetTest::bothFormsMatchAlike()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, matching);
    const std::string tag = QTest::currentDataTag();
    const std::string part = tag.substr(0, tag.find(" on "));
    const MatchResult expected = matching ? MatchResult::Yes : MatchResult::No;
    QCOMPARE(match('<' + part + '>', text.toStdString()), expected);
    QCOMPARE(match("<(?:" + part + ")|" + manyLetters() + '>', text.toStdString()), expected);
}

QTEST_GUILESS_MAIN(AlphabetTest)
#include "alphabettest.moc"
