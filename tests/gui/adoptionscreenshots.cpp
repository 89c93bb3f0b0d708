// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/photographer.h"
#include "support/adoptionstandin.h"
#include "support/consoleundertest.h"
#include <QRadioButton>
#include <QTableView>
#include <QTemporaryDir>

using namespace iam;
using support::adoptionFinding;
using support::adoptionReport;
using support::AdoptionStandIn;
using support::adoptionStep;
using support::click;
using support::Photographer;
using support::type;
using support::visible;

namespace {

QByteArray findings()
{
    const char* names = R"("rename","keep","drop")";
    const QByteArrayList all{
        adoptionFinding("duplicate-name", "secret", 23, "s0 of alice", "an older one has the same name", names,
                        "rename s0-23"),
        adoptionFinding("duplicate-name", "policy", 48, "p0 of alice", "an older one has the same name", names,
                        "rename p0-48"),
        adoptionFinding("extend", "user", 41, "dave",
                        "extendShadow is no JSON object: the old server cannot read the row",
                        R"("clear","keep","drop")", "clear"),
        adoptionFinding("name", "user", 42, "erin ", "the name must begin and end with a letter or digit",
                        R"("rename","drop","keep")", "rename erin-42"),
        adoptionFinding("password", "user", 44, "frank",
                        "the password is stored as something that no password fits, perhaps in plain text",
                        R"("lock","keep","drop")", "lock"),
        adoptionFinding("owner", "policy", 55, "p6 of ghost",
                        "there is no user ghost; the old authz-server takes it all the same", R"("drop")"),
        adoptionFinding("owner-spelling", "policy", 53, "p5 of ALICE",
                        "it is written as ALICE's, which the old authz-server takes for another owner than alice: "
                        "kept, this policy comes together with those of alice",
                        R"("keep","drop")"),
        adoptionFinding("document", "policy", 49, "p1 of alice",
                        "the policy cannot be read (policyShadow is no JSON): the old authz-server passes over it; "
                        "kept, it denies every request of its owner",
                        R"("drop","keep")"),
        adoptionFinding("refused-user", "user", 47, "ivan",
                        "it stays as it is, but could not be written today: nickname must not be empty; email must "
                        "not be empty"),
        adoptionFinding("refused-policy", "policy", 51, "p3 of alice",
                        "it stays and denies as before, but could not be written today: policy.effect must be allow "
                        "or deny"),
    };
    return all.join(',');
}

void openRow(const char* kindText, int row)
{
    auto* table = visible<QTableView>(kindText);
    if (table == nullptr) return;
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(row, 0)).center());
    QTest::keyClick(table, Qt::Key_Return);
}

void shootReport(AdoptionStandIn& program, Photographer& photographer)
{
    program.say(adoptionReport(findings()));
    program.end(true);
    photographer.reach("report", [] { return visible<QWidget>("adoption.report") != nullptr; });
    photographer.shootCurrent(QStringLiteral("93-adoption-report"));
    openRow("adoption.findings.table", 3);
    photographer.shootCurrent(QStringLiteral("94-adoption-decision"));
    for (int row = 0; row < 3; ++row) {
        openRow("adoption.findings.table", row);
        if (auto* drop = visible<QRadioButton>("adoption.decision.drop")) drop->click();
    }
    photographer.shootCurrent(QStringLiteral("95-adoption-decided"));
}

void shootWays(Photographer& photographer)
{
    click("adoption.next");
    type("adoption.dataFolder", QStringLiteral("/var/lib/iam-server"));
    type("adoption.backupFolder", QStringLiteral("/var/lib/iam-server/backups"));
    photographer.shootCurrent(QStringLiteral("96-adoption-finish"));
    if (auto* share = visible<QRadioButton>("adoption.way.share")) share->click();
    photographer.shootCurrent(QStringLiteral("97-adoption-share"));
    if (auto* finish = visible<QRadioButton>("adoption.way.finish")) finish->click();
    click("adoption.next");
    if (photographer.reach("question", [] { return visible<QWidget>("confirm") != nullptr; }))
        photographer.shoot(visible<QWidget>("confirm"), QStringLiteral("98-adoption-question"));
    click("confirm.accept");
}

void shootRun(AdoptionStandIn& program, Photographer& photographer)
{
    const char* notes[] = {"/var/lib/iam-server/backups/iam-20261122T101500Z.sql, 18273645 bytes, sha256 9f86d081884c",
                           "8", "",
                           "nobody writes to the old tables any more, old servers get an error; reading goes on until "
                           "step 13, where the tables get other names",
                           "1211 rows before, 1211 after"};
    for (int step = 1; step <= 5; ++step) program.say(adoptionStep(step, "done", notes[step - 1]));
    program.say(adoptionStep(6, "begun"));
    photographer.shootCurrent(QStringLiteral("99-adoption-running"));
    program.say(R"({"event":"failed","stopped":false,"detail":"the database iam on 10.0.4.10:3306 does not answer",)"
                R"("faults":[]})");
    program.end(false);
    photographer.shootCurrent(QStringLiteral("99a-adoption-failed"));
    click("adoption.next");
    for (int step = 1; step <= 5; ++step) program.say(adoptionStep(step, "before", notes[step - 1]));
    for (int step = 6; step <= 15; ++step) program.say(adoptionStep(step));
    program.say(R"({"event":"finished"})");
    program.end(true);
    photographer.shootCurrent(QStringLiteral("99b-adoption-done"));
    click("adoption.giveBack");
    photographer.reach("question", [] { return visible<QWidget>("confirm") != nullptr; });
    click("confirm.accept");
    program.say(
        R"({"event":"failed","stopped":false,"detail":"the old tables cannot hold what was changed here since",)"
        R"("faults":[{"field":"user newer","message":"the password was set here, and its hash is none that the )"
        R"(old servers understand"},{"field":"secret 61 deploy","message":"it is disabled, and the old servers )"
        R"(would let it in: remove or enable it"}]})");
    program.end(false);
    photographer.shootCurrent(QStringLiteral("99c-adoption-back-refused"));
}

void shootAll(Photographer& photographer)
{
    const QTemporaryDir data;
    support::MemorySessionStore store;
    AdoptionStandIn program;
    support::ConsoleUnderTest console(data.filePath(QStringLiteral("server")), store, &program);
    if (!photographer.reach("first run", [] { return visible<QWidget>("firstRun.adopt") != nullptr; })) return;
    photographer.shootCurrent(QStringLiteral("90-adoption-from-first-run"));
    click("firstRun.adopt");
    photographer.shootCurrent(QStringLiteral("91-adoption-intro"));
    click("adoption.next");
    type("adoption.host", QStringLiteral("10.0.4.10"));
    type("adoption.database", QStringLiteral("iam"));
    type("adoption.user", QStringLiteral("iam"));
    click("adoption.next");
    photographer.shootCurrent(QStringLiteral("92-adoption-checking"));
    shootReport(program, photographer);
    shootWays(photographer);
    shootRun(program, photographer);
}

} // namespace

/// screenshots_adoption FOLDER THEME LANGUAGE: taking over an old system, with a program that stands in.
int main(int argc, char** argv)
{
    return support::takePictures(argc, argv, shootAll);
}
