// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/jsonlocation.h"
#include <QTest>
#include <algorithm>

using namespace iam::contract;

namespace {

/// JSON written with ' for ": moc loses its way in raw string literals.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

} // namespace

class JsonLocationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsValues_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("found");
        QTest::addColumn<bool>("exact");
        QTest::newRow("member") << QByteArray("effect") << QByteArray("\"allow\"") << true;
        QTest::newRow("other case") << QByteArray("EFFECT") << QByteArray("\"allow\"") << true;
        QTest::newRow("element") << QByteArray("actions[1]") << QByteArray("\"b<\"") << true;
        QTest::newRow("list") << QByteArray("actions") << QByteArray("[\"a\", \"b<\"]") << true;
        QTest::newRow("deep") << QByteArray("conditions.remoteIP.options.cidr") << QByteArray("\"10/8\"") << true;
        QTest::newRow("name with dots") << QByteArray("conditions.a.b[0].type") << QByteArray("7") << true;
        QTest::newRow("escaped name") << QByteArray("conditions.q\"q") << QByteArray("null") << true;
        QTest::newRow("no element") << QByteArray("actions[2]") << QByteArray("[") << false;
        QTest::newRow("no member") << QByteArray("conditions.remoteIP.type") << QByteArray("{") << false;
        QTest::newRow("not a container") << QByteArray("effect.x") << QByteArray("\"allow\"") << false;
        QTest::newRow("bad index") << QByteArray("actions[x]") << QByteArray("[") << false;
        QTest::newRow("half index") << QByteArray("actions[1") << QByteArray("[") << false;
    }
    void findsValues()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, found);
        QFETCH(bool, exact);
        const std::string text = json(" { 'effect' : 'allow' , 'actions':['a', 'b<'],\n"
                                      "'conditions': {'remoteIP': {'options': {'cidr': '10/8'}},"
                                      "'a.b[0]': {'type': 7}, 'q\\'q': null} } ");
        const JsonRange range = locateJson(text, path.toStdString());
        QCOMPARE(QByteArray::fromStdString(text.substr(range.offset, range.length)), found);
        QCOMPARE(range.exact, exact);
    }

    void takesTheLastDuplicate()
    {
        const std::string text = json("{'effect':'one','Effect':'two'}");
        QCOMPARE(locateJson(text, "effect").offset, text.find("\"two\""));
    }

    void missingMemberIsTheObjectItself() { QCOMPARE(locateJson("  {\"a\":1}", "effect"), (JsonRange{2, 1, false})); }

    void staysInsideBrokenText()
    {
        const std::string whole = json("{'actions':['a',{'b':'\\'}'},[1,2]],'x':tr}");
        for (std::size_t size = 0; size <= whole.size(); ++size)
            for (const char* path : {"", "actions", "actions[1].b", "actions[2][1]", "x.y"}) {
                const JsonRange range = locateJson(std::string_view(whole).substr(0, size), path);
                QVERIFY(range.offset + range.length <= std::max<std::size_t>(size, 1));
            }
    }

    void doesNotRecurseIntoDepth()
    {
        const std::string deep(200000, '[');
        QCOMPARE(locateJson("{\"a\":" + deep + ",\"b\":1}", "b").exact, false);
    }
};

QTEST_APPLESS_MAIN(JsonLocationTest)
#include "jsonlocationtest.moc"
