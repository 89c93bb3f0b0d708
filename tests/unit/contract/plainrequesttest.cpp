// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/plainrequest.h"
#include <QtTest>
#include <array>
#include <random>

using namespace iam;
using namespace iam::contract;

#ifndef Q_MOC_RUN // it stumbles over raw strings
namespace {

bool same(const DecisionRequest& a, const DecisionRequest& b)
{
    return a.subject == b.subject && a.action == b.action && a.resource == b.resource && a.context == b.context &&
           writeJson(a.context) == writeJson(b.context);
}

struct Case {
    const char* body;
    bool plain;
};

constexpr std::array CASES{
    Case{R"({"subject":"users:ken","action":"delete","resource":"r:1","context":{"remoteIP":"192.168.0.5"}})", true},
    Case{R"({})", true},
    Case{R"({"SUBJECT":"a","Action":"b","rEsOuRcE":"c","conText":{"a":1}})", true},
    Case{R"({"subject":"first","subject":"last","Subject":null})", true},
    Case{R"({"context":{"a":1,"a":2},"context":{"b":[1,{"c":null}]}})", true},
    Case{R"({"context":{"a":1},"context":null,"context":{"b":2}})", true},
    Case{R"({"context":{}})", true},
    Case{R"({"context":null})", true},
    Case{R"({"subject":null,"other":[1,2,{"x":"y"}]})", true},
    Case{R"({"subject":"line\nbreak \"quoted\" \\ \/ \b\f\r\t"})", true},
    Case{"{\"subject\":\"\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80\"}", true},
    Case{"  {}", false},
    Case{"{} ", true},
    Case{"{}x", false},
    Case{"{}{}", false},
    Case{"", false},
    Case{"null", false},
    Case{"[]", false},
    Case{"\"text\"", false},
    Case{"\xEF\xBB\xBF{}", false},
    Case{R"({"subject":1})", false},
    Case{R"({"context":[]})", false},
    Case{R"({"context":"text"})", false},
    Case{R"({"context":{"a":1},"subject":{}})", false},
    Case{R"({"subject":"\u0041"})", false},
    Case{R"({"subject":"\ud800"})", false},
    Case{R"({"subject":"\udc00\ud800"})", false},
    Case{R"({"subject":"\ud83d\ude00"})", false},
    Case{"{\"subject\":\"\xFF\"}", false},
    Case{"{\"subject\":\"\xED\xA0\x80\"}", false},
    Case{"{\"subject\":\"\xC0\x80\"}", false},
    Case{"{\"subject\":\"a\nb\"}", false},
    Case{R"({"subject":"a",})", false},
    Case{R"({"subject":'a'})", false},
    Case{R"({subject:"a"})", false},
    Case{R"({"subject":"a")", false},
    Case{R"({"context":{"n":[0,-0,-0.0,1,-1,1.5,1e3,1E-3,1e308,5e-324,0.1]}})", true},
    Case{R"({"context":{"n":9223372036854775807}})", true},
    Case{R"({"context":{"n":9223372036854775808}})", true},
    Case{R"({"context":{"n":18446744073709551615}})", true},
    Case{R"({"context":{"n":18446744073709551616}})", false},
    Case{R"({"context":{"n":-9223372036854775808}})", true},
    Case{R"({"context":{"n":-9223372036854775809}})", false},
    Case{R"({"context":{"n":1e400}})", false},
    Case{R"({"context":{"n":01}})", false},
    Case{R"({"context":{"n":1.}})", false},
    Case{R"({"context":{"n":.5}})", false},
    Case{R"({"context":{"n":+1}})", false},
    Case{R"({"context":{"n":NaN}})", false},
    Case{R"({"other":1e400})", false},
    Case{R"({"context":{"t":true,"f":false,"n":null,"":""}})", true},
    Case{R"({"context":{"t":True}})", false},
};

} // namespace
#endif

class PlainRequestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsPlainIsReadTheSame();
    void depth();
    void size();
    void damagedBodiesAreReadTheSame();
};

void PlainRequestTest::whatIsPlainIsReadTheSame()
{
    for (const Case& one : CASES) {
        const auto plain = readPlainRequest(one.body);
        QVERIFY2(plain.has_value() == one.plain, one.body);
        if (!plain) continue;
        const auto any = readAnyRequest(one.body);
        QVERIFY2(any && same(*plain, *any), one.body);
    }
    // Zero bytes within, which end no text.
    for (const std::string_view body :
         {std::string_view("{\"subject\":\"a\0b\"}", 17), std::string_view("{}\0", 3), std::string_view("{\0}", 3)})
        QVERIFY(!readPlainRequest(body));
}

void PlainRequestTest::depth()
{
    for (const int levels : {1, 30, 31, 32, 33, 40, 1000, 1100, 9000}) {
        const auto count = static_cast<std::size_t>(levels);
        const std::string body = R"({"context":{"a":)" + std::string(count, '[') + std::string(count, ']') + "}}";
        const auto plain = readPlainRequest(body);
        QCOMPARE(plain.has_value(), levels < 32);
        const auto any = readAnyRequest(body);
        QVERIFY(any);
        if (plain) QVERIFY(same(*plain, *any));
    }
}

void PlainRequestTest::size()
{
    for (const std::size_t length : {std::size_t{0}, std::size_t{60'000}, std::size_t{70'000}}) {
        const std::string body = R"({"resource":")" + std::string(length, 'r') + R"("})";
        const auto plain = readPlainRequest(body);
        QCOMPARE(plain.has_value(), length <= 60'000);
        if (plain) QCOMPARE(plain->resource.size(), length);
        QCOMPARE(readAnyRequest(body)->resource.size(), length);
    }
}

/// Bodies with some bytes changed, left out, doubled: whatever the quick way takes, the thorough one takes likewise.
void PlainRequestTest::damagedBodiesAreReadTheSame()
{
    constexpr std::string_view spice = "{}[]\",:\\ \n0123456789-+.eEtrufalsn/bSA\xC3\xA9\xFF\x80";
    std::mt19937 random(20261122);
    const auto below = [&random](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    int plain = 0;
    for (int i = 0; i < 60'000; ++i) {
        std::string body = CASES[below(CASES.size())].body;
        for (std::size_t changes = below(4); changes > 0 && !body.empty(); --changes) {
            const std::size_t at = below(body.size());
            switch (below(4)) {
            case 0:
                body[at] = spice[below(spice.size())];
                break;
            case 1:
                body.erase(at, 1 + below(3));
                break;
            case 2:
                body.insert(at, 1, spice[below(spice.size())]);
                break;
            default:
                body.insert(at, body.substr(below(body.size()), below(20)));
                break;
            }
        }
        const auto quick = readPlainRequest(body);
        if (!quick) continue;
        ++plain;
        const auto any = readAnyRequest(body);
        QVERIFY2(any && same(*quick, *any), body.c_str());
    }
    QVERIFY(plain > 3'000);
}

QTEST_GUILESS_MAIN(PlainRequestTest)
#include "plainrequesttest.moc"
