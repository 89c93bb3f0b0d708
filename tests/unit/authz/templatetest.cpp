// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/patternpool.h"
#include <QTest>

using namespace iam;
using authz::MatchResult;
using authz::Pattern;

/// What templates take, refuse and match. The expectations follow from the source of dlclark/regexp2 1.2 (grammar,
/// character classes, runner) and from ory/ladon's compiler of templates.
class TemplateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void matches_data();
    void matches();
    void refuses_data();
    void refuses();
    void takesWhatIsOddButValid_data();
    void takesWhatIsOddButValid();
    void expensivePatternsEndInADecision_data();
    void expensivePatternsEndInADecision();
    void faultsHideBehindNothing();
    void brokenNeedlesCountAsReplacementCharacters();
};

namespace {

/// What the entry says of the text.
MatchResult match(const std::string& entry, const std::string& text, std::string& fault)
{
    authz::PatternPool pool;
    authz::Needle needle(text);
    authz::Effort effort;
    return pool.pattern(entry)->match(needle, effort, fault);
}

void addMatch(const char* entry, const char* needle, bool matching)
{
    QTest::addRow("%s on %s", entry, needle) << QByteArray(entry) << QByteArray(needle) << matching;
}

} // namespace

void TemplateTest::matches_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::addColumn<QByteArray>("needle");
    QTest::addColumn<bool>("matching");

    // Literal text and parts.
    addMatch("resources:articles:<.*>", "resources:articles:ladon-introduction", true);
    addMatch("resources:articles:<.*>", "resources:article:x", false);
    addMatch("<a|b>c", "ac", true);
    addMatch("<a|b>c", "a", false);
    addMatch("a.b*<c>", "a.b*c", true);
    addMatch("a.b*<c>", "axbbc", false);
    addMatch("<a<b>c>", "a<b>c", true);
    addMatch("<>", "", true);
    addMatch("<>", "a", false);
    addMatch("x<>y", "xy", true);
    addMatch("<a><b>", "ab", true);
    addMatch("用<.>", "用户", true);
    addMatch("<a>$", "a$", true);
    addMatch("<a>$", "a", false);

    // Ends and lines.
    addMatch("<.*>", "a\nb", false);
    addMatch("<(?s).*>", "a\nb", true);
    addMatch("a<.*>", "ab\n", true);
    addMatch("a<.*>", "ab\n\n", false);
    addMatch("a<b>", "ab\n", true);
    addMatch("<^a$>", "a", true);
    addMatch("<^a$>", "a\n", true);
    addMatch("<a$>b", "ab", false);
    addMatch("<a$>\n", "a\n", true); // the inner end lies before the last line feed, which the literal then takes
    addMatch("<a\\z>", "a", true);
    addMatch("<a\\z>", "a\n", false);
    addMatch("<a\\Z>", "a\n", true);
    addMatch("<\\Aa>", "a", true);
    addMatch("b<\\Aa>", "ba", false);
    addMatch("<\\Ga>", "a", true);
    addMatch("b<^a>", "ba", false);
    addMatch("<(?m)^.*$>", "a", true);
    addMatch("<(?m)a$\n^b>", "a\nb", true);
    addMatch("<(?m)a$>b", "ab", false);
    addMatch("<a\\r>", "a\r", true);
    addMatch("<.>", "\r", true); // only the line feed is no dot
    addMatch("<.>", "\xE2\x80\xA8", true);

    // Case: by the lower case form of pattern and text.
    addMatch("<(?i)abc>", "ABC", true);
    addMatch("<(?i)ABC>", "abc", true);
    addMatch("<(?i)a>B", "Ab", false); // the option ends with its part
    addMatch("<(?i)a>B", "AB", true);
    addMatch("<a(?i)b>", "aB", true);
    addMatch("<a(?i)b>", "AB", false);
    addMatch("<a(?i:b)c>", "aBc", true);
    addMatch("<a(?i:b)c>", "aBC", false);
    addMatch("<(?i)a(?-i)b>", "Ab", true);
    addMatch("<(?i)a(?-i)b>", "AB", false);
    addMatch("<(?i)k>", "\u212A", true);  // the Kelvin sign has k for its lower case
    addMatch("<(?i)s>", "\u017F", false); // the long s is a lower case letter itself
    addMatch("<(?i)\u017F>", "S", false);
    addMatch("<(?i)é>", "É", true);
    addMatch("<(?i)i>", "\u0130", true); // dotted capital I
    addMatch("<(?i)ß>", "SS", false);
    addMatch("<(?i)\u00DF>", "\u1E9E", true); // capital sharp s
    addMatch("<(?i)σ>", "ς", false);
    addMatch("<(?i)[A-Z]>", "q", true);
    addMatch("<(?i)[a-c]>", "B", true);
    addMatch("<(?i)[^a]>", "A", false);
    addMatch("<(?i)[a-z]>", "\u212A", true);
    addMatch("<(?i)\\x41>", "a", true);
    addMatch("<(?i)\\p{Lu}>", "a", true);
    addMatch("<\\p{Lu}>", "a", false);
    addMatch("<(?i)[[:upper:]]>", "a", true);

    // Classes.
    addMatch("<\\d+>", "\u0661\u0662", true);
    addMatch("<\\w+>", "é", true);
    addMatch("<\\w+>", "a_1", true);
    addMatch("<\\w>", "-", false);
    addMatch("<\\w>", "\u200D", true);
    addMatch("<\\W>", "é", false);
    addMatch("<\\D>", "\u0661", false);
    addMatch("<\\s>", "\u00A0", true);
    addMatch("<\\s>", "\u0085", true);
    addMatch("<\\S*>", "a b", false);
    addMatch("<[[:alpha:]]+>", "abc", true);
    addMatch("<[[:alpha:]]+>", "é", false);
    addMatch("<[[:^alpha:]]>", "é", true);
    addMatch("<[[:digit:]]>", "\u0661", true); // this one is Unicode's
    addMatch("<[[:word:]]>", "é", false);
    addMatch("<[[:space:]]>", "\u00A0", true);
    addMatch("<[[:alpha:]_-]+>", "a_-", true);
    addMatch("<[[:alpha]>", ":", true); // not closed: the class counts, and the characters too
    addMatch("<[[:alpha]>", "q", true);
    addMatch("<[]a]>", "]", true);
    addMatch("<[^]a]>", "]", false);
    addMatch("<[^]a]>", "b", true);
    addMatch("<[a-]>", "-", true);
    addMatch("<[-a]>", "-", true);
    addMatch("<[a\\-z]>", "m", false);
    addMatch("<[a\\-z]>", "-", true);
    addMatch("<[a-z-[aeiou]]>", "b", true);
    addMatch("<[a-z-[aeiou]]>", "e", false);
    addMatch("<[^a-z-[0-9]]>", "5", false);
    addMatch("<[^a-z-[0-9]]>", "-", true);
    addMatch("<[a-[a]]>", "a", false);
    addMatch("<[\\w-[\\d]]>", "5", false);
    addMatch("<[\\w-[\\d]]>", "a", true);
    addMatch("<[\\w.-]+>", "a.b-c", true);
    addMatch("<[\\d-z]>", "-", true);
    addMatch("<[\\b]>", "\x08", true);
    addMatch("<\\p{Greek}>", "α", true);
    addMatch("<\\P{Greek}>", "α", false);
    addMatch("<\\p{L}>", "α", true);
    addMatch("<\\p{White_Space}>", " ", true);
    addMatch("<\\p{Han}+>", "用户", true);
    addMatch("<[\\p{Lu}\\d]+>", "A1", true);
    addMatch("<[\\W\\d]>", "5", false); // the first negated class has the last word
    addMatch("<[\\W\\d]>", "-", true);
    addMatch("<[\\d\\W]>", "5", true);
    addMatch("<[\\w\\W]>", "\n", true);
    addMatch("<[\\W]|\\d>", "5", false); // alternatives of one character become one class
    addMatch("<\\W|\\d>", "5", true);    // but not into a negated one
    addMatch("<\\D|5>", "5", true);

    // Escapes.
    addMatch("<\\x41\\u0042\\x{43}\\104>", "ABCD", true);
    addMatch("<\\t\\n\\r\\f\\v\\a\\e\\cA>", "\t\n\r\f\v\a\x1B\x01", true);
    addMatch("<\\.\\*\\-\\ \\/>", ".*- /", true);
    addMatch("<\\0101>",
             "\x08"
             "1",
             true); // three digits at most
    addMatch("<a\\#b>", "a#b", true);

    // Groups, comments, extended form.
    addMatch("<(?P<n>a)>", "a", true);
    addMatch("<(?<n>a)>", "a", true);
    addMatch("<(?'n'a)>", "a", true);
    addMatch("<(?<5>a)>", "a", true);
    addMatch("<a(?#comment)b>", "ab", true);
    addMatch("<a(?#comment)*>", "aaa", true);
    addMatch("<(?x) a b # c\n>", "ab", true);
    addMatch("<(?x)a\\ b>", "a b", true);
    addMatch("<(?x)[ a]>", " ", true);
    addMatch("<(?x: a )b>", "ab", true);
    addMatch("<(?n)(a)>", "a", true);
    addMatch("<(?i-s:A.)>", "ax", true);
    addMatch("<()>", "", true);
    addMatch("<a|>", "", true);
    addMatch("<|other>", "other", true);
    addMatch("<(?:)?>", "", true);
    addMatch("<(?:a|b|:p)*>", "a:pb", true);
    addMatch("<?:a>", "a", true);  // beside its brackets the part becomes a group of another kind
    addMatch("<?i>A", "a", true);  // … or an option for what follows
    addMatch("<?#x>a", "a", true); // … or a comment

    // Quantifiers.
    addMatch("<a{2}>", "aa", true);
    addMatch("<a{2,}>", "aaa", true);
    addMatch("<a{2,3}>", "aaaa", false);
    addMatch("<a{,2}>", "a{,2}", true);
    addMatch("<a{x}>", "a{x}", true);
    addMatch("<a{>", "a{", true);
    addMatch("<a{2>", "a{2", true);
    addMatch("<.*?>", "abc", true);
    addMatch("<a{1,2}?b>", "aab", true);
    addMatch("<(?:a{2}){3}>", "aaaaaa", true);
    addMatch("<a{0}>", "", true);
    addMatch("<a{0}>", "a", false);
    addMatch("<a{1001}>", "a", false);
    addMatch("<^*a>", "a", true);
    addMatch("<(|a)+>", "aaa", true);
    addMatch("<.{0,0}>", "", true);

    // What RE2 cannot say.
    addMatch("<(?=a)a>", "a", true);
    addMatch("<(?=b)a>", "a", false);
    addMatch("<(?!a).*>", "b", true);
    addMatch("<(?!a).*>", "ab", false);
    addMatch("<(?!protected).*>", "protected/x", false);
    addMatch("<(?!protected).*>", "public/x", true);
    addMatch("a<(?!b)>c", "ac", true);
    addMatch("<\\bfoo\\b>", "foo", true);
    addMatch("<foo\\b.*>", "fooé", false);
    addMatch("<foo\\b.*>", "foo-", true);
    addMatch("<é\\B.>", "éa", true);
    addMatch("<(?<=x)b|>>", ">", true);
    addMatch("<(?<=x)b|>>", "b", false);
    addMatch("x<(?<=x)b>|c>", "xb>", true);
    addMatch("y<(?<=x)b>|c>", "yb>", false);
    addMatch("<(?!(?i)A)[a-z]>", "a", false);
}

void TemplateTest::matches()
{
    QFETCH(QByteArray, entry);
    QFETCH(QByteArray, needle);
    QFETCH(bool, matching);
    std::string fault;
    const MatchResult result = match(entry.toStdString(), needle.toStdString(), fault);
    QVERIFY2(result != MatchResult::LimitReached, fault.c_str());
    QCOMPARE(result == MatchResult::Yes, matching);
}

void TemplateTest::refuses_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::addColumn<QByteArray>("fault");
    const auto parsing = [](const char* entry, const char* what, const char* pattern) {
        QTest::addRow("%s", entry) << QByteArray(entry)
                                   << QByteArray("error parsing regexp: ") + what + " in `" + pattern + "`";
    };
    const auto braces = [](const char* entry, const char* quoted) {
        QTest::addRow("%s", entry) << QByteArray(entry) << QByteArray("Unbalanced braces in \"") + quoted + "\"";
    };
    const auto unsupported = [](const char* entry, const char* what) {
        QTest::addRow("%s", entry) << QByteArray(entry) << QByteArray(what);
    };

    braces("<a", "\"<a\"");
    braces("a><b", "\"a><b\"");
    braces("x<y<z>", "\"x<y<z>\"");
    braces("<\"\\\né\x01", "\"<\\\"\\\\\\né\\x01\"");

    parsing("<\\pL+>", "malformed \\p{X} character escape", "^\\pL+$");
    parsing("<[>", "unterminated [] set", "^[$");
    parsing("<[]>", "unterminated [] set", "^[]$");
    parsing("<[^]>", "unterminated [] set", "^[^]$");
    parsing("<a*+>", "invalid nested repetition operator", "^a*+$");
    parsing("<a**>", "invalid nested repetition operator", "^a**$");
    parsing("<a{2}{3}>", "invalid nested repetition operator", "^a{2}{3}$");
    parsing("<a??+>", "invalid nested repetition operator", "^a??+$");
    parsing("<\\Qa.b\\E>", "unrecognized escape sequence \\Q", "^\\Qa.b\\E$");
    parsing("<(>", "missing closing )", "^($");
    parsing("<)>", "unexpected )", "^)$");
    parsing("<a)(b>", "unexpected )", "^a)(b$");
    parsing("<*>", "missing argument to repetition operator", "^(*)$");
    parsing("<?>", "missing argument to repetition operator", "^(?)$");
    parsing("<{2}>", "missing argument to repetition operator", "^({2})$");
    parsing("<a|*>", "missing argument to repetition operator", "^a|*$");
    parsing("<a(?i)*>", "missing argument to repetition operator", "^a(?i)*$");
    parsing("<a{3,2}>", "invalid repeat count", "^a{3,2}$");
    parsing("<a{99999999999}>", "capture group number out of range", "^a{99999999999}$");
    parsing("<[z-a]>", "[x-y] range in reverse order", "^[z-a]$");
    parsing("<[a-\\d]>", "cannot include class \\100 in character range", "^[a-\\d]$");
    parsing("<[[:nope:]]>", "invalid character class range", "^[[:nope:]]$");
    parsing("<[a-z-[b]c]>", "a subtraction must be the last element in a character class", "^[a-z-[b]c]$");
    parsing("<\\p{IsGreek}>", "unknown unicode category, script, or property 'IsGreek'", "^\\p{IsGreek}$");
    parsing("<\\p{Cn}>", "unknown unicode category, script, or property 'Cn'", "^\\p{Cn}$");
    parsing("<\\p{greek}>", "unknown unicode category, script, or property 'greek'", "^\\p{greek}$");
    parsing("<\\p{L>", "incomplete \\p{X} character escape", "^\\p{L$");
    parsing("<\\x4>", "insufficient hexadecimal digits", "^\\x4$");
    parsing("<\\x{}>", "insufficient hexadecimal digits", "^\\x{}$");
    parsing("<\\x{110000}>", "hex values may not be larger than 0x10FFFF", "^\\x{110000}$");
    parsing("<\\x{4g}>", "missing closing }", "^\\x{4g}$");
    parsing("<\\c1>", "unrecognized control character", "^\\c1$");
    parsing("<\\y>", "unrecognized escape sequence \\y", "^\\y$");
    parsing("<\\_>", "unrecognized escape sequence \\_", "^\\_$");
    parsing("<\\C>", "unrecognized escape sequence \\C", "^\\C$");
    parsing("<\\2>", "reference to undefined group number 2", "^\\2$");
    parsing("<\\k<n>>", "reference to undefined group name n", "^\\k<n>$");
    parsing("<\\k>", "malformed \\k<...> named back reference", "^\\k$");
    parsing("<(?<0>a)>", "capture number cannot be zero", "^(?<0>a)$");
    parsing("<(?P=n)>", "unrecognized grouping construct: (?P=", "^(?P=n)$");
    parsing("<(?e)>", "unrecognized grouping construct: (?e", "^(?e)$");
    parsing("<(?r)a>", "unrecognized grouping construct: (?r", "^(?r)a$");
    parsing("<(?U)a>", "unrecognized grouping construct: (?U", "^(?U)a$");
    parsing("<(?#a>", "unterminated comment", "^(?#a$");
    parsing("<a(?#b>", "missing closing )", "^(a(?#b)$"); // the comment takes the bracket that would close the part
    parsing("<a\\>", "missing closing )", "^(a\\)$");
    parsing("<(?x)a#>", "missing closing )", "^((?x)a#)$");
    // An octal escape takes any character below '0' for a digit, here the bracket behind it.
    parsing("<\\12>", "missing closing )", "^(\\12)$");
    parsing("<\\<a>>", "reference to undefined group name a", "^\\<a>$");
    braces("<(?'n>a)>", "\"<(?'n>a)>\"");

    unsupported("<(a)\\1>", "back-references are not supported in `^(a)\\1$`");
    unsupported("<(?<n>a)\\k<n>>", "back-references are not supported in `^(?<n>a)\\k<n>$`");
    unsupported("<(?(a)b|c)>", "conditional expressions are not supported in `^(?(a)b|c)$`");
    unsupported("<(?<n>a)(?<-n>b)>", "balancing groups are not supported in `^(?<n>a)(?<-n>b)$`");
}

void TemplateTest::refuses()
{
    QFETCH(QByteArray, entry);
    QFETCH(QByteArray, fault);
    std::string said;
    QCOMPARE(match(entry.toStdString(), "anything", said), MatchResult::LimitReached);
    QCOMPARE(QByteArray::fromStdString(said), fault);
    const auto checked = Pattern::check(entry.toStdString());
    QVERIFY(checked);
    QCOMPARE(QByteArray::fromStdString(*checked), fault);
}

void TemplateTest::takesWhatIsOddButValid_data()
{
    QTest::addColumn<QByteArray>("entry");
    for (const char* entry : {"<(?d)a>", "<(?-)a>", "<a{1,2}>", "<[a-[b-[c]]]>", "<\\p{Old_Italic}>", "<(?<é>a)>",
                              "<\\'a>", "<[\\x41-\\x5A]>", "<\\u212a>", "<(?im-sx:a)>", "<$*>"})
        QTest::addRow("%s", entry) << QByteArray(entry);
}

void TemplateTest::takesWhatIsOddButValid()
{
    QFETCH(QByteArray, entry);
    const auto fault = Pattern::check(entry.toStdString());
    QVERIFY2(!fault, fault ? fault->c_str() : "");
}

void TemplateTest::expensivePatternsEndInADecision_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::addColumn<QByteArray>("needle");
    QTest::addColumn<bool>("decided"); // by the linear engine
    const QByteArray as(65000, 'a');
    for (const char* entry : {"<(a+)+$>", "<(a|a)*>", "<(a|aa)+>", "<(a*)*b>", "<(.*)(.*)(.*)(.*)[0-9]>", "<(?i)(a+)+>",
                              "<(\\w+\\s?)*>", "<([a-z]+)*=>"})
        QTest::addRow("%s", entry) << QByteArray(entry) << as + 'X' << true;
    for (const char* entry :
         {"<(?=(a+)+$)a.*>", "<(?!x)(a+)+b>", "<(?=(a|a)*b)a*>", "<(a|aa)+\\bX?!>", "<(?:(?=[a-z]*!)a)*b>",
          "<((?!b)a*)*c>", "<(?:(?=.*!)a)*b>", "<(?=(.*)(.*)(.*)!)a.*>", "<.*a.{300}>"})
        QTest::addRow("%s", entry) << QByteArray(entry) << as + 'X' << false;
    QTest::addRow("text beyond the limit") << QByteArray("<(?!b).*>") << QByteArray(70000, 'a') << false;
}

void TemplateTest::expensivePatternsEndInADecision()
{
    QFETCH(QByteArray, entry);
    QFETCH(QByteArray, needle);
    QFETCH(bool, decided);
    std::string fault;
    const MatchResult result = match(entry.toStdString(), needle.toStdString(), fault);
    if (decided) {
        QVERIFY2(result != MatchResult::LimitReached, fault.c_str());
    } else {
        QCOMPARE(result, MatchResult::LimitReached);
        QVERIFY(QByteArray::fromStdString(fault).startsWith("match limit reached on template \""));
    }
}

// A template that is not valid fails whatever it is asked, even when its text cannot match.
void TemplateTest::faultsHideBehindNothing()
{
    std::string fault;
    QCOMPARE(match("prefix<[>", "other", fault), MatchResult::LimitReached);
    QVERIFY(!fault.empty());
    QVERIFY(Pattern::check(std::string(authz::maxTemplateBytes, 'a') + "<a>"));
    std::string deep;
    for (int i = 0; i < 300; ++i) deep += '(';
    QVERIFY(Pattern::check('<' + deep + '>'));
}

void TemplateTest::brokenNeedlesCountAsReplacementCharacters()
{
    std::string fault;
    QCOMPARE(match("a<.>", "a\xFF", fault), MatchResult::Yes);
    QCOMPARE(match("a<(?!b).>", "a\xFF", fault), MatchResult::Yes);
    QCOMPARE(match("a<\\x{fffd}{2}>", "a\xFF\xFE", fault), MatchResult::Yes);
}

QTEST_GUILESS_MAIN(TemplateTest)
#include "templatetest.moc"
