// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/explanation.h"
#include "contract/json.h"
#include "decisionlines.h"
#include <QTest>
#include <fstream>
#include <sstream>

using namespace iam;

/// Every recorded decision of the old system, through the code of "iam-server decide".
class CorpusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheOldSystem_data();
    void agreesWithTheOldSystem();
};

namespace {

/// The text of an expression that an entry's broken part or the entry itself shows in the reason.
bool namesAFault(const std::string& reason)
{
    return reason.starts_with("error parsing regexp: ") || reason.starts_with("Unbalanced braces in \"\"") ||
           reason.starts_with("match limit reached on template \"");
}

} // namespace

void CorpusTest::agreesWithTheOldSystem_data()
{
    QTest::addColumn<QByteArray>("line");
    std::ifstream file(IAM_TEST_DATA "/decisions.jsonl");
    std::string line;
    int number = 0;
    while (std::getline(file, line)) QTest::addRow("set %d", number++) << QByteArray::fromStdString(line);
    QCOMPARE(number, 260);
}

void CorpusTest::agreesWithTheOldSystem()
{
    QFETCH(QByteArray, line);
    const auto set = contract::parseWholeJson(line.toStdString());
    QVERIFY(set);
    std::istringstream policiesText(contract::writeJson(*set->find("policies")));
    const auto policies = app::readPolicies(policiesText);
    QVERIFY2(policies, policies ? "" : policies.error().detail.c_str());

    std::string requestLines;
    const auto& cases = *set->find("cases")->array();
    for (const contract::Json& item : cases) requestLines += contract::writeJson(*item.find("request")) + '\n';
    std::istringstream requests(requestLines);
    std::ostringstream answers;
    QVERIFY(app::answerRequests(**policies, requests, answers));

    requests.clear();
    requests.seekg(0);
    std::ostringstream explanations;
    QVERIFY(app::answerRequests(**policies, requests, explanations, app::AnswerForm::Explanation));

    std::istringstream answerLines(answers.str());
    std::istringstream explanationLines(explanations.str());
    for (const contract::Json& item : cases) {
        std::string answerLine;
        QVERIFY(std::getline(answerLines, answerLine));
        const auto answer = contract::parseWholeJson(answerLine);
        std::string explanationLine;
        QVERIFY(std::getline(explanationLines, explanationLine));
        const auto explanation = contract::decodeExplanation(explanationLine);
        QVERIFY(explanation);
        const contract::Json& expected = *item.find("expect");
        const std::string context = contract::writeJson(item) + "\nanswered " + answerLine;
        QVERIFY2(*answer->find("allowed") == *expected.find("allowed"), context.c_str());
        const contract::Json* deciders = expected.find("deciders"); // a fault is recorded without
        QVERIFY2(*answer->find("deciders") == (deciders ? *deciders : contract::Json(contract::Json::Array{})),
                 context.c_str());
        const std::string reason = *answer->find("reason")->string();
        QVERIFY2(contract::Json(explanation->decision.allowed) == *answer->find("allowed"), context.c_str());
        QVERIFY2(explanation->decision.reason == reason, context.c_str());
        const contract::Json* expectedReason = expected.find("reason");
        if (!expectedReason)
            QVERIFY2(reason.empty(), context.c_str());
        else if (*expectedReason == contract::Json("error"))
            QVERIFY2(namesAFault(reason), context.c_str());
        else
            QVERIFY2(reason == *expectedReason->string(), context.c_str());
    }
}

QTEST_GUILESS_MAIN(CorpusTest)
#include "corpustest.moc"
