// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/codec.h"
#include "contract/endpoints.h"
#include "contract/errortable.h"
#include "contract/recordquery.h"
#include "contract/validation.h"
#include <QTest>
#include <set>

using namespace iam;
using namespace iam::contract;

namespace {

QByteArray bytes(const std::string& text)
{
    return QByteArray::fromStdString(text);
}

} // namespace

class ContractTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void instanceIdsAreTheKnownOnes()
    {
        const std::map<std::uint64_t, std::string> known{{1, "v3z4nq"},      {2, "qnxp31"},           {3, "230vjv"},
                                                         {10, "p38ojy"},     {22, "53e537"},          {38, "jley3w"},
                                                         {47, "j8wm30"},     {100, "399gjl"},         {1000, "jmlvgj"},
                                                         {123456, "7prpej"}, {4294967295, "rmqkky9m"}};
        for (const auto& [id, text] : known) QCOMPARE(makeInstanceId("user-", id), "user-" + text);
    }

    void aMillionFaultsAreToldShortly()
    {
        std::string entries = "0";
        for (int i = 0; i < 100'000; ++i) entries += ",0";
        const auto policy = decodePolicy("{\"policy\":{\"subjects\":[" + entries + "]}}");
        QVERIFY(!policy);
        QCOMPARE(policy.error().code, Code::Bind);
        QCOMPARE(policy.error().faults.size(), std::size_t{100});
        QCOMPARE(policy.error().faults.back().field, std::string("policy.subjects[99]"));
    }

    void aUserGoesThereAndBack()
    {
        const auto user =
            decodeUser(R"({"METADATA":{"name":"foo","extend":{"b":1,"a":"<"}},"nickname":"f","password":"Foo@2020",
            "email":"foo@foxmail.com","phone":"1812884xxxx","unknown":[1],"isAdmin":1,"email":null})");
        QVERIFY(user.has_value());
        QCOMPARE(user->email, std::string("foo@foxmail.com"));
        QCOMPARE(user->password.reveal(), std::string("Foo@2020"));
        const std::string json = encodeUser(*user);
        QCOMPARE(
            bytes(json),
            QByteArray(R"({"metadata":{"name":"foo","extend":{"a":"\u003c","b":1},"createdAt":"1970-01-01T00:00:00Z",)"
                       R"("updatedAt":"1970-01-01T00:00:00Z"},"status":1,"nickname":"f","email":"foo@foxmail.com",)"
                       R"("phone":"1812884xxxx","isAdmin":1,"totalPolicy":0,"loginedAt":"0001-01-01T00:00:00Z"})"));
        QVERIFY(!json.empty() && json.find("Foo@2020") == std::string::npos);
        const auto again = decodeUser(json);
        QVERIFY(again.has_value());
        QVERIFY(!again->loginedAt.has_value());
    }

    void listsShowUsersReduced()
    {
        User user;
        user.metadata.name = "a";
        user.isAdmin = 1;
        const std::string json = encodeUserList({1, {user}});
        QVERIFY(json.starts_with("{\"totalCount\":1,\"items\":[{"));
        QVERIFY(json.find("\"status\":0") != std::string::npos);
        QVERIFY(json.find("isAdmin") == std::string::npos);
        QCOMPARE(encodeUserList({}), std::string("{\"items\":[]}"));
    }

    void aPolicyGoesThereAndBack()
    {
        const std::string body =
            R"({"metadata":{"name":"p0"},"policy":{"description":"d","subjects":["users:<peter|ken>"],"actions":["delete"],)"
            R"("effect":"allow","resources":["resources:articles:<.*>"],"conditions":{"remoteIP":{"type":"CIDRCondition",)"
            R"("options":{"cidr":"192.168.0.1/16","unknown":1}},"u":{"type":"EqualsSubjectCondition","options":null}}}})";
        const auto policy = decodePolicy(body);
        QVERIFY(policy.has_value());
        QCOMPARE(bytes(encodePolicyDocument(policy->policy)),
                 QByteArray(R"({"id":"","description":"d","subjects":["users:\u003cpeter|ken\u003e"],"effect":"allow",)"
                            R"("resources":["resources:articles:\u003c.*\u003e"],"actions":["delete"],"conditions":)"
                            R"({"remoteIP":{"type":"CIDRCondition","options":{"cidr":"192.168.0.1/16"}},)"
                            R"("u":{"type":"EqualsSubjectCondition","options":{}}},"meta":null})"));
        QCOMPARE(bytes(encodePolicyDocument({})),
                 QByteArray(R"({"id":"","description":"","subjects":null,"effect":"","resources":null,"actions":null,)"
                            R"("conditions":{},"meta":null})"));
    }

    void wrongTypesAreNamed_data()
    {
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<QByteArray>("field");
        const auto row = [](const char* policy, const char* field) {
            QTest::newRow(policy) << QByteArray(policy) << QByteArray(field);
        };
        row(R"({"policy":{"subjects":"a"}})", "policy.subjects");
        row(R"({"policy":{"subjects":["a",1]}})", "policy.subjects[1]");
        row(R"({"policy":{"meta":"%%"}})", "policy.meta");
        row(R"({"policy":{"meta":"YQ="}})", "policy.meta");
        row(R"({"policy":{"conditions":[]}})", "policy.conditions");
        row(R"({"policy":{"conditions":{"k":{"type":"Nope"}}}})", "policy.conditions.k.type");
        row(R"({"policy":{"conditions":{"k":null}}})", "policy.conditions.k.type");
        row(R"({"policy":{"conditions":{"k":{"type":"BooleanCondition","options":{"value":"true"}}}}})",
            "policy.conditions.k.options.value");
        row(R"({"metadata":{"id":1.0}})", "metadata.id");
        row(R"({"metadata":{"id":-1}})", "metadata.id");
        row(R"({"metadata":{"createdAt":"yesterday"}})", "metadata.createdAt");
        row(R"({"metadata":{"extend":[]}})", "metadata.extend");
        row(R"([])", "");
        row(R"("x")", "");
    }
    void wrongTypesAreNamed()
    {
        QFETCH(QByteArray, policy);
        QFETCH(QByteArray, field);
        const auto decoded = decodePolicy(policy.toStdString());
        QVERIFY(!decoded);
        QCOMPARE(decoded.error().code, Code::Bind);
        QCOMPARE(bytes(decoded.error().faults.front().field), field);
        QVERIFY(
            bytes(encodeError(decoded.error()))
                .startsWith(
                    R"({"code":100003,"message":"Error occurred while binding the request body to the struct","details":[{"field":)"));
    }

    void nullAloneIsAnEmptyObject() { QVERIFY(decodeUser("null").has_value()); }

    void decisionsAreShort()
    {
        QCOMPARE(encodeDecision({true, false, "", {}}), std::string("{\"allowed\":true}"));
        QCOMPARE(encodeDecision({false, false, reasonDefault, {}}),
                 std::string("{\"allowed\":false,\"denied\":true,\"reason\":\"Request was denied by default\"}"));
    }

    void recordsGoThereAndBack()
    {
        DecisionRecord record{7,
                              TimePoint(std::chrono::milliseconds(1500)),
                              "o",
                              "s",
                              "a",
                              "r",
                              R"({"username":"o"})",
                              true,
                              "",
                              {"p"},
                              "id",
                              "n",
                              42};
        const auto page = decodeDecisionRecords(encodeDecisionRecords({{record}, "next"}));
        QVERIFY(page.has_value());
        QVERIFY(page->items.front() == record);
        QCOMPARE(page->next, std::string("next"));
        const auto changes = decodeChangeRecords(encodeChangeRecords(
            {{ChangeRecord{1, {}, {"a", "::1", "r"}, "user", "create", "u", "u", "", R"({"a":1})"}}, ""}));
        QVERIFY(changes.has_value());
        QCOMPARE(changes->items.front().after, std::string(R"({"a":1})"));
        QVERIFY(changes->items.front().before.empty());
    }

    void recordQueriesAreChecked()
    {
        const auto good =
            parseRecordQuery({{"from", "2026-01-01T00:00:00.5Z"}, {"allowed", "false"}, {"limit", "1000"}, {"x", "y"}});
        QVERIFY(good.has_value());
        QCOMPARE(parseRecordQuery(toParameters(*good))->filter.from, good->filter.from);
        const auto change = parseRecordQuery({{"actor", "a"}, {"action", "b"}, {"kind", "c"}, {"name", "d"}});
        QVERIFY(change.has_value());
        QCOMPARE(change->filter.kind, std::optional<std::string>("c"));
        QCOMPARE(change->filter.name, std::optional<std::string>("d"));
        QVERIFY(parseRecordQuery(toParameters(*change))->filter == change->filter);
        for (const auto& bad : std::vector<QueryParameters>{
                 {{"from", "x"}}, {{"allowed", "1"}}, {{"limit", "0"}}, {{"limit", "1001"}}, {{"limit", "1x"}}})
            QVERIFY(!parseRecordQuery(bad));
    }

    void listQueries_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("good");
        QTest::addColumn<QString>("contains");
        const auto row = [](const char* name, const char* value, bool good, const char* contains = "") {
            QTest::addRow("%s=%s", name, value)
                << QString::fromLatin1(name) << QString::fromLatin1(value) << good << QString::fromLatin1(contains);
        };
        row("limit", "x", false);
        row("limit", "1.5", false);
        row("limit", "", true);
        row("offset", "99999999999999999999", false);
        row("TimeoutSeconds", "x", false);
        row("Kind", "x", true);
        row("fieldSelector", "name", false);
        row("fieldSelector", "name=a=b", false);
        row("fieldSelector", "name=a\\", false);
        row("fieldSelector", "name=a\\x", false);
        row("fieldSelector", "name=ab", true, "ab");
        row("fieldselector", "name==ab", true, "ab");
        row("fieldSelector", "name!=ab", true);
        row("fieldSelector", "x=1,name=a\\,b,", true, "a,b");
        row("fieldSelector", "=", true);
    }
    void listQueries()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(bool, good);
        QFETCH(QString, contains);
        const auto query = parseListQuery({{name.toStdString(), value.toStdString()}});
        QCOMPARE(query.has_value(), good);
        if (good) QCOMPARE(QString::fromStdString(query->nameContains.value_or("")), contains);
    }
    void limitsOfLists()
    {
        QCOMPARE(*parseListQuery({})->limit, std::uint64_t{1000});
        QVERIFY(!parseListQuery({{"limit", "-1"}})->limit.has_value());
        QCOMPARE(parseListQuery({{"offset", "-5"}})->offset, std::uint64_t{0});
        QCOMPARE(parseListQuery({{"offset", "5"}, {"limit", "0"}})->offset, std::uint64_t{5});
    }

    void names_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("good");
        const auto row = [](const QString& name, bool good) { QTest::newRow(qPrintable(name)) << name << good; };
        for (const char* good : {"a", "A1", "a-b_c.d", "ex.com/a"}) row(QString::fromLatin1(good), true);
        for (const char* bad : {"", "-a", "a-", "a b", "a/b/c", "EX/a", "a/", "/a", "a\n", "ex..com/a"})
            row(QString::fromLatin1(bad), false);
        row(QString(45, QLatin1Char('a')), true);
        row(QString(46, QLatin1Char('a')), false);
    }
    void names()
    {
        QFETCH(QString, name);
        QFETCH(bool, good);
        QCOMPARE(!checkName(name.toStdString()).has_value(), good);
    }

    void passwords_data()
    {
        QTest::addColumn<QString>("password");
        QTest::addColumn<bool>("good");
        const auto row = [](const char* password, bool good) {
            QTest::newRow(password) << QString::fromUtf8(password) << good;
        };
        row("Admin@2021", true);
        row("Aa1!aaaa", true);
        row("Aa1!aaa", false);
        row("Aa1!aaaaaaaaaaaa", true);
        row("Aa1!aaaaaaaaaaaaa", false);
        row("aa1!aaaa", false);
        row("AA1!AAAA", false);
        row("Aaa!aaaa", false);
        row("Aa1aaaaa", false);
        row("Aa1!中文中文", false); // other letters do not count
        row("Aa1! aaaa", true);
    }
    void passwords()
    {
        QFETCH(QString, password);
        QFETCH(bool, good);
        QCOMPARE(!checkPassword(password.toStdString()).has_value(), good);
    }

    void emails_data()
    {
        QTest::addColumn<QString>("email");
        QTest::addColumn<bool>("good");
        const auto row = [](const char* email, bool good) { QTest::newRow(email) << QString::fromUtf8(email) << good; };
        for (const char* good : {"foo@foxmail.com", "a.b+c@x.co", "\"a b\"@x.org", "用户@例子.广告", "a@b-c.d.ee"})
            row(good, true);
        for (const char* bad :
             {"", "a", "a@b", "@x.org", "a@x..org", "a@.org", ".a@x.org", "a@x.1", "a b@x.org", "a@x.org\n"})
            row(bad, false);
    }
    void emails()
    {
        QFETCH(QString, email);
        QFETCH(bool, good);
        QCOMPARE(!checkEmail(email.toStdString()).has_value(), good);
    }

    void everyErrorCodeHasItsRow()
    {
        int previous = 0;
        for (const ErrorEntry& entry : errorTable()) {
            QVERIFY(static_cast<int>(entry.code) > previous);
            previous = static_cast<int>(entry.code);
            Error error = decodeError(entry.httpStatus, encodeError({entry.code, "secret detail", {}}));
            QCOMPARE(error.code, entry.code);
            QCOMPARE(error.detail, std::string(entry.message)); // the detail stays inside
        }
        QCOMPARE(decodeError(401, "{\"message\":\"Token is expired\"}").code, Code::TokenInvalid);
        QCOMPARE(decodeError(502, "<html>").code, Code::ServerBusy);
    }

    void endpointsAreListedOnce()
    {
        std::set<std::pair<std::string_view, std::string_view>> seen;
        for (const Endpoint& endpoint : endpoints()) QVERIFY(seen.emplace(endpoint.method, endpoint.path).second);
    }
};

QTEST_GUILESS_MAIN(ContractTest)
#include "contracttest.moc"
