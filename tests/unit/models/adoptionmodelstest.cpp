// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/adoptionfindingmodel.h"
#include "models/adoptionplace.h"
#include "models/adoptionwork.h"
#include "support/adoptionstandin.h"
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

using namespace iam;
using namespace iam::models;
using support::adoptionFinding;
using support::adoptionReport;
using support::AdoptionStandIn;
using support::adoptionStep;
using Phase = AdoptionWork::Phase;

namespace {

const QByteArray twice = adoptionFinding("duplicate-name", "secret", 23, "s0 of alice",
                                         "an older one has the same name", R"("rename","keep","drop")", "rename s0-23");
const QByteArray twiceMore =
    adoptionFinding("duplicate-name", "policy", 48, "p0 of alice", "an older one has the same name",
                    R"("rename","keep","drop")", "rename p0-48");
const QByteArray nobodys = adoptionFinding("owner", "policy", 55, "p6 of ghost", "there is no user ghost", R"("drop")");
const QByteArray refused = adoptionFinding(
    "refused-user", "user", 41, "dave", "it stays as it is, but could not be written today: email must not be empty");

AdoptionReport reportOf(const QByteArray& line)
{
    const auto report = readAdoptionReport(line.toStdString());
    return report ? *report : AdoptionReport();
}

} // namespace

class AdoptionModelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aReportIsRead()
    {
        const AdoptionReport report =
            reportOf(adoptionReport(twice + ',' + refused, R"({"step":1,"note":"/d.sql"},{"step":2,"note":"3"})"));
        QCOMPARE(report.form, AdoptionReport::Form::Old);
        QCOMPARE(report.tables.size(), std::size_t(4));
        QCOMPARE(report.tables[1].rows, std::uint64_t(2408));
        QCOMPARE(report.passwords.bcryptCosts.at(4), std::uint64_t(3));
        QCOMPARE(report.findings.size(), std::size_t(2));
        QCOMPARE(report.findings[0].proposal, std::string("rename s0-23"));
        QCOMPARE(report.steps.at(1), std::string("/d.sql"));
        QVERIFY(report.begun() && report.decided() && !report.goingBack());
        const AdoptionReport ours = reportOf(R"({"place":"p","form":"ours","takenOver":true,"steps":[]})");
        QVERIFY(ours.form == AdoptionReport::Form::Ours && ours.takenOver && !ours.begun());
    }

    void whatIsNoReportIsRefused_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("Segmentation fault");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("deep") << QByteArray(R"({"place":)") + QByteArray(100, '[') + QByteArray(100, ']') + "}";
        QTest::newRow("another form") << QByteArray(R"({"place":"p","form":"x","takenOver":true,"steps":[]})");
        QTest::newRow("no rows") << adoptionReport({}).replace("\"rows\":33", "\"rows\":-1");
        QTest::newRow("text for a number") << adoptionReport({}).replace("\"disabled\":14", "\"disabled\":\"14\"");
        QTest::newRow("key of another row") << adoptionReport(QByteArray(twice).replace("secret-23", "secret-24"));
        QTest::newRow("key that writes YAML")
            << adoptionReport(QByteArray(twice).replace("duplicate-name", "x:\\n  y"));
        QTest::newRow("the same twice") << adoptionReport(twice + ',' + twice);
        QTest::newRow("proposal that is no choice")
            << adoptionReport(QByteArray(twice).replace("rename s0", "burn s0"));
        QTest::newRow("cost") << adoptionReport({}).replace("\"10\":1207", "\"99999999999\":1207");
        QTest::newRow("too long") << QByteArray(R"({"place":")") + QByteArray(qsizetype(maxAdoptionLine), 'x') + "\"}";
    }
    void whatIsNoReportIsRefused()
    {
        QFETCH(QByteArray, line);
        const auto report = readAdoptionReport(std::string_view(line.constData(), std::size_t(line.size())));
        QVERIFY(!report);
        QVERIFY(report.error().code == Code::AnswerInvalid || report.error().code == Code::AnswerTooLarge);
    }

    void newsAreRead()
    {
        const auto done = readAdoptionNews(R"({"event":"done","step":5,"words":"users copied","note":"3 rows"})");
        QVERIFY(done && done->kind == AdoptionNews::Kind::Done && done->step == 5 && done->note == "3 rows");
        const auto failed = readAdoptionNews(
            R"({"event":"failed","stopped":false,"detail":"no","faults":[{"field":"user bob","message":"m"}]})");
        QVERIFY(failed && failed->kind == AdoptionNews::Kind::Failed && failed->words == "no");
        QCOMPARE(failed->faults.front().field, std::string("user bob"));
        QVERIFY(readAdoptionNews(R"({"event":"finished"})").has_value());
        for (const char* line :
             {R"({"event":"burnt"})", R"({"event":"done","step":-1,"words":"","note":""})",
              R"({"event":"done","step":1000,"words":"","note":""})", R"({"event":5})", R"({"event":"failed"})"})
            QCOMPARE(readAdoptionNews(line).error().code, Code::AnswerInvalid);
        QCOMPARE(readAdoptionNews(adoptionReport({}).toStdString()).error().code, Code::PageNotFound);
    }

    void findingsAreDecided()
    {
        AdoptionFindingModel model;
        model.setReport(reportOf(adoptionReport(twice + ',' + twiceMore + ',' + nobodys + ',' + refused)));
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.undecided(), 1);
        QCOMPARE(model.decision(0), QStringLiteral("rename s0-23"));
        QCOMPARE(model.decisionFile(), QByteArray("duplicate-name:\n  secret-23: 'rename s0-23'\n"
                                                  "  policy-48: 'rename p0-48'\n"));
        const QSignalSpy changes(&model, &AdoptionFindingModel::decisionsChanged);
        model.decide(2, QStringLiteral("burn"));
        QCOMPARE(model.undecided(), 1);
        model.decide(2, QStringLiteral("drop"));
        QCOMPARE(model.undecided(), 0);
        model.decide(0, QStringLiteral("rename it's"));
        QVERIFY(model.decisionFile().contains("  secret-23: 'rename it''s'\n"));
        model.decide(0, QStringLiteral("keep"));
        QCOMPARE(model.alike(0), 2);
        model.decideAlike(0);
        QCOMPARE(model.decision(1), QStringLiteral("keep"));
        model.decide(0, QStringLiteral("rename a"));
        model.decideAlike(0);
        QCOMPARE(model.decision(1), QStringLiteral("rename p0-48")); // its own name
        QCOMPARE(model.dropped(), 1);
        QVERIFY(changes.size() >= 5);
        // Another check: what was decided stays, what is gone is forgotten.
        model.setReport(reportOf(adoptionReport(nobodys)));
        QCOMPARE(model.undecided(), 0);
        QCOMPARE(model.decisionFile(), QByteArray("owner:\n  policy-55: 'drop'\n"));
        // Begun: the database has the decisions.
        model.setReport(reportOf(adoptionReport(nobodys, R"({"step":2,"note":""})")));
        QVERIFY(model.isFixed() && model.decisionFile().isEmpty() && model.undecided() == 0);
    }

    void aPlaceIsNamedWithoutItsPassword()
    {
        AdoptionPlace place;
        place.host = QStringLiteral("fd00::5");
        place.user = QStringLiteral("i@m:x");
        place.database = QStringLiteral("a/b?c");
        place.password = SecretString("hidden");
        const QUrl url(databaseUrl(place), QUrl::StrictMode);
        QVERIFY(url.isValid() && url.password().isEmpty());
        QCOMPARE(url.userName(QUrl::FullyDecoded), place.user);
        QCOMPARE(url.path(QUrl::FullyDecoded), QStringLiteral("/a/b?c"));
        QCOMPARE(url.host(), place.host);
        QCOMPARE(url.port(), 3306);
        QVERIFY(configurationText(place, AdoptionWay::Share).contains(QStringLiteral("  shared-with-legacy: true\n")));
        QVERIFY(!configurationText(place, AdoptionWay::Finish).contains(QStringLiteral("shared")));
        QVERIFY(!configurationText(place, AdoptionWay::Share).contains(QStringLiteral("hidden")));
        place.socket = QStringLiteral("/run/it's/db.sock");
        QCOMPARE(databaseUrl(place), QStringLiteral("mysql://i%40m%3Ax@/a%2Fb%3Fc?socket=%2Frun%2Fit%27s%2Fdb.sock"));
        QVERIFY(
            configurationText(place, AdoptionWay::Share).contains(QStringLiteral("  host: '/run/it''s/db.sock'\n")));
    }

    void aRunIsFollowed()
    {
        AdoptionStandIn program;
        AdoptionWork work(program);
        work.start({.act = AdoptionWork::Act::Finish});
        QCOMPARE(work.steps().size(), qsizetype(15));
        program.say(adoptionStep(1, "begun"));
        QCOMPARE(work.steps().front().state, AdoptionWork::Step::State::Running);
        program.say(adoptionStep(1, "done", "/d.sql"));
        program.say(adoptionStep(16)); // of a later version
        QCOMPARE(work.steps().size(), qsizetype(16));
        QCOMPARE(work.stepsDone(), 2);
        work.stop();
        QCOMPARE(program.stops, 1);
        program.say(R"({"event":"failed","stopped":true,"detail":"stopped before step 2","faults":[]})");
        program.end(false, QStringLiteral("iam-server: stopped"));
        QCOMPARE(work.phase(), Phase::Stopped);
        work.start({.act = AdoptionWork::Act::Finish});
        program.say(adoptionStep(1, "before"));
        program.say(R"({"event":"finished"})");
        program.end(true);
        QCOMPARE(work.phase(), Phase::Done);
    }

    void whatEndsBadlyIsSaid()
    {
        AdoptionStandIn program;
        AdoptionWork work(program);
        work.start({.act = AdoptionWork::Act::Finish});
        program.end(true); // without its last line
        QCOMPARE(work.phase(), Phase::Failed);
        work.start({.act = AdoptionWork::Act::Finish});
        program.say(adoptionStep(1, "begun"));
        program.end(false, QStringLiteral("killed"));
        QCOMPARE(work.phase(), Phase::Failed);
        QCOMPARE(work.problem(), QStringLiteral("killed"));
        QCOMPARE(work.steps().front().state, AdoptionWork::Step::State::Waiting);
        // A report where news are expected, and nonsense.
        for (const QByteArray& line : {adoptionReport({}), QByteArray("nonsense")}) {
            const int stops = program.stops;
            work.start({.act = AdoptionWork::Act::Finish});
            program.say(line);
            QCOMPARE(program.stops, stops + 1);
            program.say(R"({"event":"finished"})");
            program.end(true);
            QCOMPARE(work.phase(), Phase::Failed);
        }
    }

    void theWayBackHasItsOwnSteps()
    {
        AdoptionStandIn program;
        AdoptionWork work(program);
        work.start({.act = AdoptionWork::Act::Check});
        program.say(adoptionReport({}, R"({"step":1,"note":""})"));
        program.end(true);
        QVERIFY(work.report()->begun());
        work.start({.act = AdoptionWork::Act::Back}); // before the exchange: nothing but clearing away
        QVERIFY(work.steps().isEmpty());
        program.say(R"({"event":"told","step":0,"words":"our tables are removed","note":""})");
        program.say(R"({"event":"finished"})");
        program.end(true);
        QCOMPARE(work.told().size(), qsizetype(1));
        work.start({.act = AdoptionWork::Act::Finish});
        for (int step = 1; step <= 15; ++step) program.say(adoptionStep(step));
        program.say(R"({"event":"finished"})");
        program.end(true);
        work.start({.act = AdoptionWork::Act::Back});
        QCOMPARE(work.steps().size(), qsizetype(4));
        QCOMPARE(work.steps().front().number, 101);
        program.end(false);
    }
};

QTEST_GUILESS_MAIN(AdoptionModelsTest)
#include "adoptionmodelstest.moc"
