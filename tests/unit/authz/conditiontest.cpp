// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/condition.h"
#include "authz/validate.h"
#include "contract/json.h"
#include <QTest>

using namespace iam;

class ConditionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holds_data();
    void holds();
    void networks_data();
    void networks();
    void addresses();
    void expressions_data();
    void expressions();
    void textsAreChargedBeforeTheyAreSearched();
    void policyFaults();
    void limits();
};

namespace {

void row(const char* name, contract::Condition condition, const char* value, bool holding)
{
    QTest::addRow("%s %s", name, value) << QVariant::fromValue(condition) << QByteArray(value) << holding;
}

} // namespace
Q_DECLARE_METATYPE(iam::contract::Condition)

void ConditionTest::holds_data()
{
    using namespace contract;
    QTest::addColumn<QVariant>("condition");
    QTest::addColumn<QByteArray>("value"); // JSON; empty: absent
    QTest::addColumn<bool>("holding");

    for (const Condition& condition :
         {Condition(StringEqualCondition{}), Condition(CidrCondition{"0.0.0.0/0"}), Condition(EqualsSubjectCondition{}),
          Condition(StringPairsEqualCondition{}), Condition(StringMatchCondition{}),
          Condition(ResourceContainsCondition{}), Condition(BooleanCondition{})})
        for (const char* value : {"", "null", "1"}) row(conditionTypeName(condition).c_str(), condition, value, false);

    row("equal", StringEqualCondition{"a"}, R"("a")", true);
    row("equal", StringEqualCondition{"a"}, R"("A")", false);
    row("equal empty", StringEqualCondition{}, R"("")", true);
    row("equal", StringEqualCondition{"1"}, "1", false);
    row("subject", EqualsSubjectCondition{}, R"("peter")", true);
    row("subject", EqualsSubjectCondition{}, R"("ken")", false);
    row("boolean", BooleanCondition{true}, "true", true);
    row("boolean", BooleanCondition{true}, "false", false);
    row("boolean", BooleanCondition{}, "false", true);
    row("boolean", BooleanCondition{true}, R"("true")", false);
    row("pairs", StringPairsEqualCondition{}, "[]", true);
    row("pairs", StringPairsEqualCondition{}, R"([["a","a"],["b","b"]])", true);
    row("pairs", StringPairsEqualCondition{}, R"([["a","a"],["b","c"]])", false);
    row("pairs", StringPairsEqualCondition{}, R"([["a","a","a"]])", false);
    row("pairs", StringPairsEqualCondition{}, R"([["a"]])", false);
    row("pairs", StringPairsEqualCondition{}, R"([[1,1]])", false);
    row("pairs", StringPairsEqualCondition{}, R"(["aa"])", false);
    row("match", StringMatchCondition{"b+"}, R"("abbc")", true);
    row("match", StringMatchCondition{"^b"}, R"("abbc")", false);
    row("match", StringMatchCondition{"b$"}, R"("ab\n")", false);
    row("match", StringMatchCondition{""}, R"("x")", true);
    row("match", StringMatchCondition{"("}, R"("(")", false);
    row("match", StringMatchCondition{"(?i)AB"}, R"("xabx")", true);
    row("match", StringMatchCondition{"\\d"}, R"("\u0661")", false);
    row("match", StringMatchCondition{"\\pL"}, R"("é")", true);
    row("resource", ResourceContainsCondition{}, R"({"value":"b"})", true);
    row("resource", ResourceContainsCondition{}, R"({"value":"b","delimiter":":"})", true);
    row("resource", ResourceContainsCondition{}, R"({"value":"a","delimiter":":"})", true);
    row("resource", ResourceContainsCondition{}, R"({"value":"cc","delimiter":":"})", true);
    row("resource", ResourceContainsCondition{}, R"({"value":"c","delimiter":":"})", false);
    row("resource", ResourceContainsCondition{}, R"({"value":"c","delimiter":1})", true);
    row("resource", ResourceContainsCondition{}, R"({"value":""})", false);
    row("resource", ResourceContainsCondition{}, R"({"value":1})", false);
    row("resource", ResourceContainsCondition{}, R"({"value":"x","value":"b"})", true);
    row("resource", ResourceContainsCondition{}, R"("b")", false);
}

void ConditionTest::holds()
{
    QFETCH(QVariant, condition);
    QFETCH(QByteArray, value);
    QFETCH(bool, holding);
    const authz::CompiledCondition compiled(condition.value<contract::Condition>());
    const contract::DecisionRequest request{"peter", "get", "a:b:cc", {}};
    authz::Question question(request);
    const auto json = value.isEmpty() ? Result<contract::Json>() : contract::parseWholeJson(value.toStdString());
    QVERIFY(json);
    QCOMPARE(compiled.holds(value.isEmpty() ? nullptr : &*json, question), holding);
}

void ConditionTest::networks_data()
{
    QTest::addColumn<QByteArray>("cidr");
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<bool>("holding");
    const auto add = [](const char* cidr, const char* address, bool holding) {
        QTest::addRow("%s %s", cidr, address) << QByteArray(cidr) << QByteArray(address) << holding;
    };
    add("10.0.0.0/8", "10.1.2.3", true);
    add("10.0.0.0/8", "11.1.2.3", false);
    add("192.168.0.1/16", "192.168.255.255", true);
    add("192.168.0.0/17", "192.168.128.0", false);
    add("10.1.2.3/32", "10.1.2.3", true);
    add("0.0.0.0/0", "255.1.1.1", true);
    add("0.0.0.0/0", "::1", false);
    add("::/0", "1.2.3.4", false);
    add("::/0", "::1", true);
    add("::1/128", "::1", true);
    add("fd00::/8", "fdff::1", true);
    add("10.0.0.0/8", "::ffff:10.1.2.3", true);
    add("::ffff:10.0.0.0/104", "10.9.9.9", true);
    add("::ffff:10.0.0.0/104", "11.9.9.9", false);
    add("::ffff:0.0.0.0/90", "1.2.3.4", false);
    add("10.0.0.0/08", "10.1.2.3", true);
    for (const char* cidr : {"", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8 ", "010.0.0.0/8",
                             "::/129", "not-a-cidr", "10.0.0/8", "fe80::1%eth0/64", "10.0.0.0/8/8"}) {
        add(cidr, "10.0.0.1", false);
    }
}

void ConditionTest::networks()
{
    QFETCH(QByteArray, cidr);
    QFETCH(QByteArray, address);
    QFETCH(bool, holding);
    const authz::CompiledCondition compiled(contract::CidrCondition{cidr.toStdString()});
    const contract::Json value(address.toStdString());
    const contract::DecisionRequest request;
    authz::Question question(request);
    QCOMPARE(compiled.holds(&value, question), holding);
}

void ConditionTest::addresses()
{
    for (const char* good : {"0.0.0.0", "255.255.255.255", "::", "::1", "1::", "1:2:3:4:5:6:7:8", "1::8",
                             "1:2:3:4:5:6:7::", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "ABCD::00001", "::1.2.3.4"})
        QVERIFY2(authz::parseIp(good), good);
    for (const char* bad : {"",
                            "1",
                            "1.2.3",
                            "1.2.3.4.5",
                            "1.2.3.256",
                            "01.2.3.4",
                            "1.2.3.4 ",
                            " 1.2.3.4",
                            "1.2.3.4%x",
                            ":",
                            ":::",
                            "1:2:3:4:5:6:7",
                            "1:2:3:4:5:6:7:8:9",
                            "1::2::3",
                            "::10000",
                            "::g",
                            "::1%eth0",
                            "1:",
                            "1.2.3.4:80",
                            "1:2:3:4:5:6:7:1.2.3.4",
                            "::1.2.3",
                            "1:2:3:4:5:6:7:8::",
                            ":1:2:3:4:5:6:7"})
        QVERIFY2(!authz::parseIp(bad), bad);
}

void ConditionTest::expressions_data()
{
    QTest::addColumn<bool>("valid");
    for (const char* good : {"", "a|b", "\\pN", "\\p{Greek}", "\\Q(\\E", "(?P<n>a)", "a{1000}", "[[:alpha:]]", "[]a]",
                             "\\_", "[(?<]", "\\x{10FFFF}", "^*", "(?U)a+", "\\Q\\C\\E", "a{,2}"})
        QTest::addRow("%s", good) << true;
    for (const char* bad : {"(", "[", "a**", "a*+", "\\C", "(?<n>a)", "(?P<é>a)", "(?=a)", "a{1001}", "\\1", "(?P=n)",
                            "\\Z", "[b-a]", "(?x)a", "\\8", "*a", "(?P<n>a)(?P<n>b)"})
        QTest::addRow("%s", bad) << false;
}

void ConditionTest::expressions()
{
    QFETCH(bool, valid);
    QCOMPARE(!authz::checkExpression(QTest::currentDataTag()), valid);
}

void ConditionTest::textsAreChargedBeforeTheyAreSearched()
{
    const authz::CompiledCondition condition(contract::StringMatchCondition{"^b"});
    const contract::DecisionRequest request{"peter", "get", "r", {}};
    std::int64_t before = 0;
    // What is no UTF-8 costs more than what is, and that more than ASCII.
    for (const char* piece : {"aa", "é", "\xff\xff"}) {
        std::string text = "b";
        for (int i = 0; i < 10'000; ++i) text += piece;
        const contract::Json value(text);
        authz::Question question(request);
        QVERIFY(condition.holds(&value, question));
        const std::int64_t steps = authz::Effort::decision - question.effort.left();
        QVERIFY(steps > before);
        before = steps;
        authz::Question same(request, authz::Effort(steps));
        QVERIFY(condition.holds(&value, same));
        authz::Question less(request, authz::Effort(steps - 1));
        QVERIFY(!condition.holds(&value, less));
        QVERIFY(less.effort.isSpent());
    }
}

void ConditionTest::policyFaults()
{
    contract::PolicyDocument document;
    document.effect = "Allow";
    document.actions = {"get", "<a", "<\\pL>"};
    document.subjects = {"<[>"};
    document.resources = {"<.*>"};
    document.conditions.emplace("remoteIP", contract::CidrCondition{"10.0.0.0"});
    document.conditions.emplace("name", contract::StringMatchCondition{"("});
    document.conditions.emplace("fine", contract::StringMatchCondition{"a"});
    std::vector<std::string> fields;
    for (const FieldFault& fault : authz::validatePolicy(document, "policy")) {
        fields.push_back(fault.field);
        QVERIFY(fault.message.ends_with('.'));
    }
    QCOMPARE(fields, (std::vector<std::string>{"policy.subjects[0]", "policy.effect", "policy.actions[1]",
                                               "policy.actions[2]", "policy.conditions.name.options.matches",
                                               "policy.conditions.remoteIP.options.cidr"}));
    document = {};
    document.effect = "deny";
    QVERIFY(authz::validatePolicy(document).empty());
    document.effect = "";
    QCOMPARE(authz::validatePolicy(document).front().field, std::string("effect"));
}

void ConditionTest::limits()
{
    QVERIFY(!authz::checkTemplate(std::string(authz::maxEntryLength, 'a')));
    QVERIFY(authz::checkTemplate(std::string(authz::maxEntryLength + 1, 'a')));
    QVERIFY(!authz::checkExpression(std::string(authz::maxExpressionLength, 'a')));
    QVERIFY(authz::checkExpression(std::string(authz::maxExpressionLength + 1, 'a')));
}

QTEST_GUILESS_MAIN(ConditionTest)
#include "conditiontest.moc"
