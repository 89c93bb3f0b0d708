// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Taking over a database of the old system in the console: with the true program on a real MariaDB, and with one that
// stands in for it where it is to say what the true one never does.
#include "console/adoptionprocess.h"
#include "models/adoptionfindingmodel.h"
#include "pages/adoption/adoptionpage.h"
#include "pages/adoption/adoptionreportview.h"
#include "support/adoptionstandin.h"
#include "support/consoleundertest.h"
#include "support/legacydatabase.h"
#include "support/widgetdriver.h"
#include "widgets/headline.h"
#include "widgets/valuetable.h"
#include <QCheckBox>
#include <QDir>
#include <QLabel>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QSettings>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <csignal>

using namespace iam;
using console::AdoptionProcess;
using pages::AdoptionPage;
using support::adoptionReport;
using support::AdoptionStandIn;
using support::adoptionStep;
using support::click;
using support::type;
using support::visible;
using test::LegacyDatabase;
using test::MariaDbServer;
using Phase = models::AdoptionWork::Phase;

namespace {

QString titleOf(const char* headline)
{
    auto* found = visible<widgets::Headline>(headline);
    return found == nullptr ? QString() : found->title();
}

QString textOf(const char* name)
{
    auto* label = visible<QLabel>(name);
    return label == nullptr ? QString() : label->text();
}

QByteArray fileOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void open(AdoptionPage& page)
{
    page.resize(1180, 760);
    page.show();
}

/// From the introduction to the check of some database.
bool checkAny()
{
    if (!click("adoption.next")) return false;
    for (const char* field : {"adoption.host", "adoption.database", "adoption.user"})
        if (!type(field, QStringLiteral("db"))) return false;
    return click("adoption.next");
}

/// A radio button or a check box, by key.
bool choose(const char* name)
{
    auto* button = visible<QAbstractButton>(name);
    if (button == nullptr || !button->isEnabled()) return false;
    button->setFocus();
    if (!button->isChecked()) QTest::keyClick(button, Qt::Key_Space);
    return button->isChecked();
}

} // namespace

class AdoptionWizardTest : public QObject {
    Q_OBJECT

    MariaDbServer m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LegacyDatabase> m_database;
    std::unique_ptr<AdoptionProcess> m_program;
    std::unique_ptr<AdoptionPage> m_page;

    /// A console is opened, and the wizard in it.
    void openPage()
    {
        m_page.reset();
        m_program = std::make_unique<AdoptionProcess>(QStringLiteral(IAM_SERVER_PROGRAM));
        m_page = std::make_unique<AdoptionPage>(*m_program);
        open(*m_page);
    }
    [[nodiscard]] const models::AdoptionWork& work() const { return m_page->work(); }
    bool fillPlace(const QString& password = QLatin1String(MariaDbServer::password))
    {
        if (!click("adoption.next") || !type("adoption.host", QStringLiteral("127.0.0.1"))) return false;
        visible<QSpinBox>("adoption.port")->setValue(m_server.port());
        return type("adoption.database", m_database->name()) &&
               type("adoption.user", QLatin1String(MariaDbServer::username)) &&
               type("adoption.password.line", password);
    }
    bool check()
    {
        return fillPlace() && click("adoption.next") &&
               QTest::qWaitFor([] { return visible<QWidget>("adoption.report") != nullptr; }, 60'000);
    }
    /// Opens the first finding that stands in the way.
    bool openFirst()
    {
        auto* table = visible<QTableView>("adoption.findings.table");
        if (table == nullptr) return false;
        auto& findings = m_page->findings();
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            const QModelIndex cell = table->model()->index(row, models::AdoptionFindingModel::State);
            if (cell.data().toString() != u"Stands in the way") continue;
            table->scrollTo(cell);
            QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(cell).center());
            QTest::keyClick(table, Qt::Key_Return);
            return findings.rowCount() > 0 && visible<QWidget>("adoption.decision") != nullptr;
        }
        return false;
    }
    /// Decides everything that no proposal is made for: leaves it out.
    bool decideAll()
    {
        for (int most = 20; m_page->findings().undecided() > 0 && most > 0; --most) {
            if (!openFirst() || !choose("adoption.decision.drop")) return false;
            if (visible<QWidget>("adoption.decision.alike") != nullptr) click("adoption.decision.alike");
        }
        return m_page->findings().undecided() == 0;
    }
    bool chooseToFinish()
    {
        if (!click("adoption.next") || !choose("adoption.way.finish")) return false;
        return type("adoption.dataFolder", m_folder->filePath(QStringLiteral("data"))) &&
               type("adoption.backupFolder", m_folder->filePath(QStringLiteral("dumps")));
    }
    static bool confirm(const char* button)
    {
        return click(button) && QTest::qWaitFor([] { return visible<QWidget>("confirm") != nullptr; }) &&
               click("confirm.accept");
    }
    bool waitForEnd() const
    {
        return QTest::qWaitFor([this] { return !work().isBusy(); }, 120'000);
    }
    QString tables() const { return m_database->run(QStringLiteral("SHOW TABLES;")); }

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setApplicationName(QStringLiteral("iam-console-test"));
        if (!MariaDbServer::isInstalled()) QSKIP("mariadb-server is not installed");
        QVERIFY2(m_server.start(), m_server.log().constData());
    }
    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = std::make_unique<LegacyDatabase>(m_server);
        m_database->addAdministrator();
    }
    void cleanup()
    {
        m_page.reset();
        m_program.reset();
    }

    void itIsReachedBeforeAndAfterTheLogIn()
    {
        const QTemporaryDir data;
        support::MemorySessionStore store;
        AdoptionStandIn program;
        support::ConsoleUnderTest console(data.filePath(QStringLiteral("server")), store, &program);
        QTRY_VERIFY(visible<QWidget>("firstRun"));
        QVERIFY(click("firstRun.adopt"));
        QTRY_VERIFY(visible<QWidget>("adoption.intro"));
        QVERIFY(click("adoption.close"));
        QTRY_VERIFY(visible<QWidget>("firstRun"));
        QVERIFY(type("firstRun.password.line", QStringLiteral("Horse-7battery")));
        QVERIFY(type("firstRun.repeat.line", QStringLiteral("Horse-7battery")));
        QVERIFY(click("firstRun.start"));
        QTRY_VERIFY_WITH_TIMEOUT(visible<QWidget>("rail"), 20'000);
        QVERIFY(click("rail.decisions"));
        QVERIFY(click("rail.adopt"));
        QTRY_VERIFY(visible<QWidget>("adoption.intro"));
        QVERIFY(click("adoption.close"));
        QTRY_VERIFY(visible<QWidget>("decisions")); // where it was opened
        // While a database is worked on, closing the console asks.
        QVERIFY(click("rail.adopt"));
        QVERIFY(checkAny());
        program.say(adoptionReport({}));
        program.end(true);
        QVERIFY(click("adoption.next"));
        QVERIFY(confirm("adoption.next"));
        QTRY_COMPARE(program.requests.size(), qsizetype(2));
        QVERIFY(!visible<QWidget>("adoption.close")->isEnabled());
        console.window->close();
        QTRY_VERIFY(visible<QWidget>("confirm"));
        QVERIFY(click("confirm.cancel"));
        QVERIFY(console.window->isVisible());
        program.end(false);
    }

    void whatAProgramMustNotSayDoesNoHarm_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("nonsense") << QByteArray("\x1b[2J<b>report</b>\xff");
        QTest::newRow("another shape") << QByteArray(R"({"place":[],"form":"old"})");
        QTest::newRow("a key that writes elsewhere")
            << adoptionReport(support::adoptionFinding("x:\\n y", "user", 1, "a", "m", "\"drop\""));
        QTest::newRow("an event") << QByteArray(R"({"event":"done","step":1e9,"words":"","note":""})");
    }
    void whatAProgramMustNotSayDoesNoHarm()
    {
        QFETCH(QByteArray, line);
        AdoptionStandIn program;
        AdoptionPage page(program);
        open(page);
        QVERIFY(checkAny());
        program.say(line);
        program.say(adoptionReport({})); // nothing more is believed
        program.end(true);
        QTRY_VERIFY(visible<QWidget>("messageBar.text"));
        QVERIFY(textOf("messageBar.advice").contains(QStringLiteral("cannot be understood")));
        QVERIFY(visible<QWidget>("adoption.place"));
        QCOMPARE(program.stops, 1);
    }
    void whatIsInADatabaseIsShownAsItIs()
    {
        AdoptionStandIn program;
        AdoptionPage page(program);
        open(page);
        QVERIFY(checkAny());
        program.say(
            adoptionReport(support::adoptionFinding("odd", "user", 1, "<img src=x> ", "<b>bold</b>", "\"drop\"") + ',' +
                           support::adoptionFinding("odd", "user", 2, "=1+1", "later", "\"melt\"", "melt down")));
        program.end(true);
        QTRY_VERIFY(visible<QTableView>("adoption.findings.table"));
        QVERIFY(visible<QWidget>("adoption.next")->isEnabled()); // sharing needs no decision
        auto* table = visible<QTableView>("adoption.findings.table");
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                          table->visualRect(table->model()->index(0, 0)).center());
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_COMPARE(textOf("adoption.decision.meaning"), QStringLiteral("<b>bold</b>"));
        QCOMPARE(visible<QLabel>("adoption.decision.meaning")->textFormat(), Qt::PlainText);
        QVERIFY(click("adoption.next"));
        QVERIFY(!visible<QWidget>("adoption.next")->isEnabled()); // taking over does
        QVERIFY(choose("adoption.way.share"));
        QVERIFY(visible<QWidget>("adoption.next")->isEnabled());
    }

    void aWrongPasswordIsSaidAndShownNowhere()
    {
        openPage();
        QVERIFY(fillPlace(QStringLiteral("Wrong;of=iam")));
        QVERIFY(click("adoption.next"));
        QTRY_VERIFY_WITH_TIMEOUT(visible<QWidget>("messageBar.text"), 30'000);
        QCOMPARE(textOf("messageBar.text"), QStringLiteral("The database could not be checked."));
        QVERIFY(!textOf("messageBar.advice").isEmpty());
        QVERIFY(!textOf("messageBar.advice").contains(QStringLiteral("Wrong;of=iam")));
        // Without any it neither asks on a terminal nor waits.
        QVERIFY(type("adoption.password.line", QString()));
        QVERIFY(click("adoption.next"));
        QTRY_COMPARE_WITH_TIMEOUT(work().phase(), Phase::Failed, 30'000);
        QCOMPARE(QSettings().value(QStringLiteral("adoption/host")).toString(), QStringLiteral("127.0.0.1"));
        for (const QString& key : QSettings().allKeys())
            QVERIFY2(!QSettings().value(key).toString().contains(QStringLiteral("of=iam")), qPrintable(key));
    }

    void aDatabaseIsCheckedDecidedTakenOverAndGivenBack()
    {
        m_database->addBlemishes();
        m_database->addMany(120);
        const QString before = m_database->fingerprint();
        openPage();
        QVERIFY(check());
        QCOMPARE(m_database->fingerprint(), before);
        QCOMPARE(titleOf("adoption.verdict"), QStringLiteral("Rows that stand in the way: 8"));
        QVERIFY(textOf("adoption.remarks.0").contains(QStringLiteral("user 131, secret 128, ")));
        // Sharing: the lines that it shows are a configuration.
        QVERIFY(click("adoption.next"));
        QVERIFY(choose("adoption.way.share"));
        const QString config = m_folder->filePath(QStringLiteral("iam.yaml"));
        QFile file(config);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(visible<QPlainTextEdit>("adoption.share.text")->toPlainText().toUtf8());
        file.close();
        QProcess checkConfig;
        checkConfig.start(QStringLiteral(IAM_SERVER_PROGRAM),
                          {QStringLiteral("check-config"), QStringLiteral("--config"), config});
        QVERIFY(checkConfig.waitForFinished());
        QVERIFY2(checkConfig.exitCode() == 0, checkConfig.readAllStandardError().constData());
        QVERIFY(click("adoption.back"));

        QVERIFY(decideAll());
        QCOMPARE(titleOf("adoption.verdict").section(u':', 0, 0),
                 QStringLiteral("Rows that cannot be taken over as they are"));
        const QString saved = m_folder->filePath(QStringLiteral("decisions.yaml"));
        m_page->findChild<pages::AdoptionReportView*>()->saveDecisions(saved);
        QVERIFY(fileOf(saved).contains("owner:\n  secret-26: 'drop'\n  policy-55: 'drop'\n"));
        QVERIFY(chooseToFinish());
        QVERIFY(click("adoption.next"));
        QTRY_VERIFY(visible<QWidget>("confirm"));
        QVERIFY(textOf("confirm.consequence").contains(m_folder->filePath(QStringLiteral("dumps"))));
        QVERIFY(textOf("confirm.lost").contains(QStringLiteral("tables: user 131, secret 128, ")));
        QVERIFY(click("confirm.cancel"));
        QCOMPARE(m_database->fingerprint(), before);
        QVERIFY(confirm("adoption.next"));
        QVERIFY(waitForEnd());
        QVERIFY2(work().phase() == Phase::Done, qPrintable(work().problem()));
        QCOMPARE(titleOf("adoption.outcome"), QStringLiteral("The database is taken over"));
        QCOMPARE(visible<widgets::ValueTable>("adoption.run.steps")->rows().size(), qsizetype(15));
        QCOMPARE(m_database->run(QStringLiteral("SELECT COUNT(*) FROM users;")), QStringLiteral("131\n"));
        const QStringList dumps =
            QDir(m_folder->filePath(QStringLiteral("dumps"))).entryList({QStringLiteral("*.sql")});
        QCOMPARE(dumps.size(), 1);
        QVERIFY(work().steps().first().note.contains(dumps.first()));
        QVERIFY(!visible<QPlainTextEdit>("adoption.run.configuration.text")
                     ->toPlainText()
                     .contains(QStringLiteral("shared")));

        QVERIFY(confirm("adoption.giveBack"));
        QVERIFY(waitForEnd());
        QVERIFY2(work().phase() == Phase::Done, qPrintable(work().problem()));
        QCOMPARE(titleOf("adoption.outcome"), QStringLiteral("The database has the old form again"));
        QCOMPARE(m_database->fingerprint(), before);
        QCOMPARE(tables(), QStringLiteral("policy\npolicy_audit\nsecret\nuser\n"));
    }

    void itIsStoppedBetweenStepsAndGoesOn()
    {
        m_database->addMany(50);
        openPage();
        QVERIFY(check());
        QCOMPARE(titleOf("adoption.verdict"), QStringLiteral("Nothing stands in the way"));
        QVERIFY(chooseToFinish());
        LegacyDatabase::Reader reader(*m_database); // which the fourth step waits for
        QVERIFY(confirm("adoption.next"));
        QTRY_VERIFY_WITH_TIMEOUT(work().stepsDone() == 3, 60'000);
        // The password is where only this user looks, and on no command line.
        const QString process = QStringLiteral("/proc/%1/").arg(m_program->processId());
        const QByteArray line = fileOf(process + QStringLiteral("cmdline"));
        QVERIFY2(line.contains("--finish") && !line.contains(MariaDbServer::password), line.constData());
        QVERIFY(click("adoption.next"));
        QTRY_COMPARE(titleOf("adoption.outcome"), QStringLiteral("Stopping…"));
        reader.stop();
        QVERIFY(waitForEnd());
        QCOMPARE(work().phase(), Phase::Stopped);
        QCOMPARE(work().stepsDone(), 4);
        QVERIFY(click("adoption.next"));
        QVERIFY(waitForEnd());
        QVERIFY2(work().phase() == Phase::Done, qPrintable(work().problem()));
        const auto& steps = work().steps();
        QVERIFY(steps[3].state == models::AdoptionWork::Step::State::DoneBefore);
        QVERIFY(steps[4].state == models::AdoptionWork::Step::State::Done);
    }

    void itGoesOnAfterTheConsoleWasKilled()
    {
        m_database->addBlemishes();
        m_database->addMany(50);
        const QString before = m_database->fingerprint();
        openPage();
        QVERIFY(check() && decideAll() && chooseToFinish());
        LegacyDatabase::Reader reader(*m_database);
        QVERIFY(confirm("adoption.next"));
        QTRY_VERIFY_WITH_TIMEOUT(work().stepsDone() == 3, 60'000);
        ::kill(static_cast<pid_t>(m_program->processId()), SIGKILL);
        QVERIFY(waitForEnd());
        QCOMPARE(work().phase(), Phase::Failed);
        reader.stop();
        openPage(); // a new console, which knows nothing but its settings
        QVERIFY(click("adoption.next"));
        QVERIFY(type("adoption.password.line", QLatin1String(MariaDbServer::password)));
        QVERIFY(click("adoption.next"));
        QTRY_VERIFY_WITH_TIMEOUT(visible<QWidget>("adoption.report"), 60'000);
        QCOMPARE(titleOf("adoption.verdict"), QStringLiteral("Taking this database over was begun"));
        QVERIFY(m_page->findings().isFixed());
        QVERIFY(click("adoption.next"));
        QVERIFY(!visible<QWidget>("adoption.way.share")->isEnabled());
        QVERIFY(visible<QWidget>("adoption.giveBack"));
        QVERIFY(confirm("adoption.next"));
        QVERIFY(waitForEnd());
        QVERIFY2(work().phase() == Phase::Done, qPrintable(work().problem()));
        QVERIFY(work().steps().first().state == models::AdoptionWork::Step::State::DoneBefore);
        // Another console sees that it was taken over, and can only give it back.
        openPage();
        QVERIFY(click("adoption.next"));
        QVERIFY(type("adoption.password.line", QLatin1String(MariaDbServer::password)));
        QVERIFY(click("adoption.next"));
        QTRY_VERIFY_WITH_TIMEOUT(visible<QWidget>("adoption.report"), 60'000);
        QCOMPARE(titleOf("adoption.verdict"), QStringLiteral("This database was taken over"));
        QVERIFY(click("adoption.next"));
        QVERIFY(confirm("adoption.giveBack"));
        QVERIFY(waitForEnd());
        QVERIFY2(work().phase() == Phase::Done, qPrintable(work().problem()));
        QCOMPARE(m_database->fingerprint(), before);
    }

    void whatCannotBeGivenBackIsNamed()
    {
        openPage();
        QVERIFY(check() && chooseToFinish());
        QVERIFY(confirm("adoption.next"));
        QVERIFY(waitForEnd());
        QVERIFY2(work().phase() == Phase::Done, qPrintable(work().problem()));
        m_database->run(
            QStringLiteral("UPDATE users SET nickname = REPEAT('n', 200);"
                           " UPDATE users SET nickname = REPEAT('n', 200), email = 'x' WHERE name = 'admin';"));
        QVERIFY(confirm("adoption.giveBack"));
        QVERIFY(waitForEnd());
        QCOMPARE(work().phase(), Phase::Failed);
        QCOMPARE(titleOf("adoption.outcome"), QStringLiteral("It was not given back"));
        QVERIFY(!visible<widgets::ValueTable>("adoption.run.faults")->rows().isEmpty());
        QVERIFY(visible<QCheckBox>("adoption.run.lock"));
        QVERIFY(tables().contains(QStringLiteral("users")));
        m_database->run(QStringLiteral("UPDATE users SET nickname = 'admin';"));
        QVERIFY(choose("adoption.run.lock"));
        QVERIFY(click("adoption.next"));
        QVERIFY(waitForEnd());
        QVERIFY2(work().phase() == Phase::Done, qPrintable(work().problem()));
        QCOMPARE(tables(), QStringLiteral("policy\npolicy_audit\nsecret\nuser\n"));
    }
};

QTEST_MAIN(AdoptionWizardTest)
#include "adoptionwizardtest.moc"
