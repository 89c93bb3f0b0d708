// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json.h"
#include <QTest>

using namespace iam;
using namespace iam::contract;

class JsonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsOneValueAndWritesItLikeGo_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("output"); // empty: refused
        const auto row = [](const char* name, const char* in, const char* out) {
            QTest::newRow(name) << QByteArray(in) << QByteArray(out);
        };
        row("trailing garbage is ignored", "{\"a\":1} garbage", "{\"a\":1}");
        row("duplicates: the last wins", "{\"a\":1,\"a\":2}", "{\"a\":2}");
        row("members are sorted", "{\"b\":1,\"a\":[true,null]}", "{\"a\":[true,null],\"b\":1}");
        row("escapes", "\"<>&\\u2028\\u0001\\/\"", "\"\\u003c\\u003e\\u0026\\u2028\\u0001/\"");
        row("numbers are doubles", "[1.0,1e3,1e21,1e-7,-0.5,123456789012345680000,0.000001]",
            "[1,1000,1e+21,1e-7,-0.5,123456789012345680000,0.000001]");
        row("large integers lose what a double loses", "9007199254740993", "9007199254740992");
        row("lone surrogate", "\"\\ud800x\"", "\"\xEF\xBF\xBDx\"");
        row("surrogate pair", "\"\\ud83d\\ude00\"", "\"\xF0\x9F\x98\x80\"");
        row("escaped backslash before u", "\"\\\\ud800\"", "\"\\\\ud800\"");
        row("invalid UTF-8", "\"a\xFF\"", "\"a\xEF\xBF\xBD\"");
        row("byte order mark", "\xEF\xBB\xBF{}", "");
        row("nothing", "", "");
        row("blank", " \n", "");
        row("cut", "{\"a\":", "");
        row("single quotes", "{'a':1}", "");
        row("comment", "/*x*/1", "");
        row("NaN", "NaN", "");
        row("number beyond double", "1e999", "");
        row("leading zero", "[01]", "");
        row("control character in a string", "\"\n\"", "");
    }
    void readsOneValueAndWritesItLikeGo()
    {
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, output);
        const auto json = parseJson(input.toStdString());
        if (output.isEmpty()) {
            QVERIFY(!json);
            QCOMPARE(json.error().code, Code::Bind);
            QVERIFY(!json.error().faults.empty());
        } else {
            QVERIFY(json.has_value());
            QCOMPARE(QByteArray::fromStdString(writeJson(*json)), output);
        }
    }
    void wholeTextsAllowOnlyWhiteSpaceBehind()
    {
        QVERIFY(parseWholeJson("1 \n").has_value());
        QVERIFY(!parseWholeJson("1 2"));
        const std::string zero("{} \0, 2", 8);
        QVERIFY(!parseWholeJson(zero));
        QCOMPARE(checkJsonSyntax(zero).value().offset, std::size_t{3});
        QVERIFY(parseJson(zero).has_value());
        QVERIFY(checkJsonSyntax("\xEF\xBB\xBF{}").has_value());
    }
    void depthIsLimited()
    {
        const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
        const auto deepest = parseJson(nested(10000));
        QVERIFY(deepest.has_value());
        QCOMPARE(writeJson(*deepest), nested(10000));
        QVERIFY(!parseJson(nested(10001)));
        QVERIFY(!parseJson(std::string(5'000'000, '[')));
    }
    void syntaxFaultsSayWhere()
    {
        const auto fault = checkJsonSyntax("{\"a\": tru}");
        QVERIFY(fault.has_value());
        QCOMPARE(fault->offset, std::size_t{9});
        QVERIFY(!fault->message.empty());
        QVERIFY(!checkJsonSyntax("{\"a\": true}").has_value());
    }
    void integersStayIntegers()
    {
        const auto json = parseJson("[18446744073709551615, -9223372036854775808, 1.0]");
        const Json::Array& array = *json->array();
        QCOMPARE(*array[0].bigInteger(), UINT64_MAX);
        QCOMPARE(*array[1].integer(), INT64_MIN);
        QCOMPARE(array[2].kind(), Json::Kind::Real);
    }
};

QTEST_GUILESS_MAIN(JsonTest)
#include "jsontest.moc"
