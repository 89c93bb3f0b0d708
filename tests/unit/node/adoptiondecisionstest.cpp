// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is decided for rows that cannot be taken over as they are, and what their names and texts become.
#include "node/adoption/adoptiondecisions.h"
#include "node/adoption/adoptionrules.h"
#include "support/verifyresult.h"
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace iam;
using namespace iam::node;

class AdoptionDecisionsTest : public QObject {
    Q_OBJECT

    static AdoptionSurvey survey()
    {
        AdoptionSurvey survey;
        survey.findings = {
            {"secret", 23, "duplicate-name", "s0 of alice", "m", {"rename", "keep", "drop"}, "rename s0-23"},
            {"secret", 24, "duplicate-name", "s0 of alice", "m", {"rename", "keep", "drop"}, "rename s0-24"},
            {"policy", 55, "owner", "p of ghost", "m", {"drop"}, ""},
            {"policy", 56, "refused-policy", "q of alice", "m", {}, ""}};
        survey.takenNames = {"secret/s0", "secret/s1"};
        return survey;
    }
    static std::size_t faultsOf(std::map<std::string, std::string> entries, bool strict = true)
    {
        const auto resolved = AdoptionDecisions(std::move(entries)).resolvedFor(survey(), strict);
        return resolved ? 0 : resolved.error().faults.size();
    }

private Q_SLOTS:
    void eachFindingGetsItsDecision()
    {
        const AdoptionDecisions given({{"duplicate-name.all", "rename"},
                                       {"duplicate-name.secret-24", "rename s0-two"},
                                       {"owner.policy-55", "drop"}});
        const auto resolved = given.resolvedFor(survey(), true);
        VERIFY_OK(resolved);
        QCOMPARE(resolved->entries().size(), std::size_t(3));
        QCOMPARE(resolved->choice("duplicate-name", "secret", 23).value, std::string("s0-23"));
        QCOMPARE(resolved->choice("duplicate-name", "secret", 24).value, std::string("s0-two"));
        QVERIFY(resolved->drops("policy", 55) && !resolved->drops("policy", 56) && !resolved->drops("secret", 55));
    }

    void whatCannotBeIsNamed()
    {
        QCOMPARE(faultsOf({}), std::size_t(3));
        QCOMPARE(faultsOf({{"duplicate-name.all", "rename"}, {"owner.all", "keep"}}), std::size_t(1));
        QCOMPARE(faultsOf({{"duplicate-name.all", "rename S1"}, {"owner.all", "drop"}}), std::size_t(2));
        QCOMPARE(faultsOf({{"duplicate-name.all", "rename a b"}, {"owner.all", "drop"}}), std::size_t(2));
        QCOMPARE(faultsOf({{"duplicate-name.all", "keep"}, {"owner.all", "drop"}, {"owner.policy-9", "drop"}}),
                 std::size_t(1));
        QCOMPARE(faultsOf({{"duplicate-name.all", "keep"}, {"owner.all", "drop"}, {"owner.policy-9", "drop"}}, false),
                 std::size_t(0));
    }

    void theTemplateCanBeReadAndFilledIn()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("decisions.yaml"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(decisionTemplate(survey())));
        file.close();
        const auto left = AdoptionDecisions::readFile(path.toStdString());
        VERIFY_OK(left);
        const auto open = left->resolvedFor(survey(), true);
        QVERIFY(!open && open.error().faults.size() == 1);
        QCOMPARE(open.error().faults.front().field, std::string("owner.policy-55"));
        VERIFY_CODE(AdoptionDecisions::readFile("/nowhere/decisions.yaml"), Code::Validation);
    }

    void namesAndTextsFit()
    {
        QCOMPARE(freshName("erin ", 42), std::string("erin-42"));
        QCOMPARE(freshName("\xC3\xBC", 7), std::string("n-7"));
        QCOMPARE(freshName(std::string(60, 'x'), 123), std::string(41, 'x') + "-123");
        QCOMPARE(bcryptCost("$2a$10$" + std::string(53, 'a')).value_or(0), 10);
        QVERIFY(!bcryptCost("$2a$99$" + std::string(53, 'a')) && !bcryptCost("Admin@2020") && !bcryptCost(""));
        QCOMPARE(withinThreeBytes("{\"a\":\"\xF0\x9F\x98\x80\xE4\xBD\xA0\"}"),
                 std::string("{\"a\":\"\\ud83d\\ude00\xE4\xBD\xA0\"}"));
        QVERIFY(isReadableExtend("{}") && isReadableExtend("null") && !isReadableExtend("[]") &&
                !isReadableExtend("{"));
        QVERIFY(!readDocument("no json") && !readDocument(std::nullopt));
    }
};

QTEST_GUILESS_MAIN(AdoptionDecisionsTest)
#include "adoptiondecisionstest.moc"
