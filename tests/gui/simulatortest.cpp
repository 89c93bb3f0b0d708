// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pagetest.h"
#include "pages/decision/decisiondetail.h"
#include "pages/policy/policypage.h"
#include "support/clippedtexts.h"
#include "widgets/jsoneditor.h"
#include "widgets/outlinetree.h"
#include <QComboBox>
#include <QListWidget>
#include <QPushButton>

using namespace iam;
using namespace iam::support;

class SimulatorTest : public QObject {
    Q_OBJECT
    std::unique_ptr<LoggedIn> m_login;
    std::unique_ptr<pages::PolicyPage> m_page;

    bool addPolicy(const std::string& owner, const std::string& name, contract::PolicyDocument document);
    static void ask(const QString& subject, const QString& action, const QString& resource);
    static QString outcome();
    static QString detail();
    /// Every line of the tree that is open, with its indentation.
    static QStringList lines();

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_page.reset(); }
    void cleanupTestCase() { m_login.reset(); }

    void teachesBeforeTheFirstQuestion();
    void drawsWhyARequestIsDenied();
    void drawsWhoAllowsAndWhoDenies();
    void aFaultyContextIsMarkedAndNotSent();
    void opensThePolicyByKeysAndComesBack();
    void administratorsAskForOthers();
    void anUnreachableServerIsSaid();
    void nothingIsClippedWhenNarrow();
    void triesARecordedDecisionAgain();
};

bool SimulatorTest::addPolicy(const std::string& owner, const std::string& name, contract::PolicyDocument document)
{
    contract::Policy policy;
    policy.metadata.name = name;
    policy.username = owner;
    policy.policy = std::move(document);
    const auto made = m_login->wait(client::PolicyClient(m_login->api()).create(policy));
    return made && made->has_value();
}

void SimulatorTest::ask(const QString& subject, const QString& action, const QString& resource)
{
    QVERIFY(type("simulator.subject", subject));
    QVERIFY(type("simulator.action", action));
    QVERIFY(type("simulator.resource", resource));
    QTest::keyClick(visible<QLineEdit>("simulator.resource"), Qt::Key_Return);
    QTRY_VERIFY(visible<QPushButton>("simulator.save")->isEnabled());
}

QString SimulatorTest::outcome()
{
    const auto* title = visible<QLabel>("simulator.outcome.title");
    return title != nullptr ? title->text() : QString();
}

QString SimulatorTest::detail()
{
    const auto* text = visible<QLabel>("simulator.outcome.text");
    return text != nullptr ? text->text() : QString();
}

QStringList SimulatorTest::lines()
{
    QStringList out;
    const auto* tree = visible<widgets::OutlineTree>("simulator.policies");
    if (tree == nullptr) return out;
    for (const QTreeWidgetItem* item = tree->topLevelItem(0); item != nullptr; item = tree->itemBelow(item)) {
        QString line = item->text(0);
        for (const QTreeWidgetItem* above = item->parent(); above != nullptr; above = above->parent())
            line.prepend(u' ');
        out << line;
    }
    return out;
}

void SimulatorTest::initTestCase()
{
    QSettings().clear();
    widgets::applyTheme(*qApp, widgets::ColorScheme::Light);
    m_login = std::make_unique<LoggedIn>();
    QCOMPARE(m_login->server().error(), QString());
    QVERIFY(m_login->logIn());
    QVERIFY(m_login->addUser("billing"));
    contract::PolicyDocument read;
    read.effect = "allow";
    read.subjects = {{"users:maria", "users:<peter|ken>"}};
    read.actions = {{"<get|list>"}};
    read.resources = {{"invoices:<.*>"}};
    read.conditions.emplace("remoteIP", contract::CidrCondition{"192.168.0.0/16"});
    QVERIFY(addPolicy("billing", "invoices-read", read));
    contract::PolicyDocument never = read;
    never.effect = "deny";
    never.actions = {{"delete"}};
    never.conditions.clear();
    QVERIFY(addPolicy("billing", "no-deleting", never));
    contract::PolicyDocument own = read;
    own.conditions.clear();
    QVERIFY(addPolicy("admin", "own", own));
}

void SimulatorTest::init()
{
    m_page = std::make_unique<pages::PolicyPage>(m_login->api());
    m_page->resize(1200, 760);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->enter();
}

void SimulatorTest::teachesBeforeTheFirstQuestion()
{
    QVERIFY(click("policies.simulator"));
    QTRY_VERIFY(visible<QLabel>("simulator.words"));
    QVERIFY(visible<QLabel>("simulator.words")->text().contains(QStringLiteral("Nothing is recorded")));
    QVERIFY(!visible<QWidget>("simulator.outcome"));
    QVERIFY(visible<QComboBox>("simulator.owner")->hasFocus()); // the first field
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!visible<QWidget>("simulator.words")); // nothing to save, nothing to ask
}

void SimulatorTest::drawsWhyARequestIsDenied()
{
    m_page->simulate({{"users:ken", "get", "invoices:7", contract::Json::Object{{"remoteIP", "10.0.0.5"}}},
                      QStringLiteral("billing")});
    QTRY_COMPARE(outcome(), QStringLiteral("Denied"));
    QCOMPARE(detail(), QStringLiteral("Request was denied by default"));
    QCOMPARE(visible<QLineEdit>("simulator.subject")->text(), QStringLiteral("users:ken"));
    const QStringList shown = lines();
    QCOMPARE(shown.value(0), QStringLiteral("Nearest misses"));
    QCOMPARE(shown.value(1), QStringLiteral(" invoices-read: would allow, but condition remoteIP does not hold"));
    QCOMPARE(shown.value(2), QStringLiteral("  Action matches entry 1 of 1: <get|list>"));
    QCOMPARE(shown.value(3), QStringLiteral("  Subject matches entry 2 of 2: users:<peter|ken>"));
    QCOMPARE(shown.value(4), QStringLiteral("  Resource matches entry 1 of 1: invoices:<.*>"));
    QCOMPARE(shown.value(5), QStringLiteral("  Condition remoteIP (CIDRCondition) does not hold; it saw \"10.0.0.5\""));
    QCOMPARE(shown.value(6), QStringLiteral(" no-deleting: would deny, but the action does not match"));
    QCOMPARE(shown.value(7), QStringLiteral("  Action “get” matches none of the entries (1)"));
    QCOMPARE(shown.value(8), QStringLiteral("  Subject: not reached"));
}

void SimulatorTest::drawsWhoAllowsAndWhoDenies()
{
    m_page->simulate({{"users:ken", "get", "invoices:7", contract::Json::Object{{"remoteIP", "192.168.3.4"}}},
                      QStringLiteral("billing")});
    QTRY_COMPARE(outcome(), QStringLiteral("Allowed"));
    QVERIFY(visible<QLabel>("simulator.summary")->text().startsWith(QStringLiteral("Decided by invoices-read.\n")));
    QCOMPARE(lines().mid(0, 2),
             QStringList({QStringLiteral("Decided"), QStringLiteral(" invoices-read: matches and allows")}));
    ask(QStringLiteral("users:ken"), QStringLiteral("delete"), QStringLiteral("invoices:7"));
    QTRY_COMPARE(outcome(), QStringLiteral("Denied"));
    QCOMPARE(detail(), QStringLiteral("Request was forcefully denied"));
    QCOMPARE(lines().value(1), QStringLiteral(" no-deleting: matches and denies, which decides"));
    QVERIFY(visible<QLineEdit>("simulator.resource")->hasFocus()); // to go on typing
}

void SimulatorTest::aFaultyContextIsMarkedAndNotSent()
{
    QVERIFY(click("policies.simulator"));
    auto* area = visible<widgets::JsonTextArea>("simulator.context.text");
    QVERIFY(area != nullptr);
    area->setFocus();
    QTest::keyClick(area, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(area, QStringLiteral("{\"a\": tru}"));
    QTRY_VERIFY(visible<QListWidget>("simulator.context.faults"));
    QVERIFY(click("simulator.save"));
    QVERIFY(area->hasFocus() && area->textCursor().hasSelection());
    QVERIFY(!visible<QWidget>("simulator.outcome"));
    QTest::keyClick(area, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(area, QStringLiteral("[1]"));
    QVERIFY(click("simulator.save"));
    QTRY_VERIFY(visible<QListWidget>("simulator.context.faults"));
    QTest::keyClick(area, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(area, Qt::Key_Delete);
    QTest::keyClick(area, Qt::Key_Return, Qt::ControlModifier); // nothing at all is an empty context
    QTRY_COMPARE(outcome(), QStringLiteral("Denied"));
}

void SimulatorTest::opensThePolicyByKeysAndComesBack()
{
    m_page->simulate({{"users:ken", "get", "invoices:7", {}}, QStringLiteral("billing")});
    QTRY_COMPARE(outcome(), QStringLiteral("Denied"));
    auto* tree = visible<widgets::OutlineTree>("simulator.policies");
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Home);
    QTest::keyClick(tree, Qt::Key_Down);
    QTest::keyClick(tree, Qt::Key_Down); // one of its parts leads to it as well
    QTest::keyClick(tree, Qt::Key_Return);
    QTRY_VERIFY(visible<widgets::JsonTextArea>("policy.rule.text"));
    QCOMPARE(visible<QLabel>("panel.title")->text(), QStringLiteral("Edit policy invoices-read (of billing)"));
    QVERIFY(click("policies.simulator"));
    QTRY_COMPARE(outcome(), QStringLiteral("Denied")); // asked again: the policy may have changed
    QCOMPARE(visible<QLineEdit>("simulator.resource")->text(), QStringLiteral("invoices:7"));

    tree = visible<widgets::OutlineTree>("simulator.policies");
    QTRY_VERIFY(tree->visualItemRect(tree->topLevelItem(0)->child(1)).isValid());
    const QPoint second = tree->visualItemRect(tree->topLevelItem(0)->child(1)).center();
    tree->setCurrentItem(tree->topLevelItem(0)->child(1));
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, second);
    QTest::mouseDClick(tree->viewport(), Qt::LeftButton, {}, second);
    QTRY_VERIFY(visible<widgets::JsonTextArea>("policy.rule.text"));
    QCOMPARE(visible<QLabel>("panel.title")->text(), QStringLiteral("Edit policy no-deleting (of billing)"));
}

void SimulatorTest::administratorsAskForOthers()
{
    QVERIFY(click("policies.simulator"));
    ask(QStringLiteral("users:ken"), QStringLiteral("get"), QStringLiteral("invoices:7"));
    QTRY_COMPARE(outcome(), QStringLiteral("Allowed")); // by one's own
    QCOMPARE(lines().value(1), QStringLiteral(" own: matches and allows"));
    auto* owner = visible<QComboBox>("simulator.owner");
    QTRY_VERIFY(owner->findData(QStringLiteral("billing")) >= 0);
    owner->setFocus();
    QTest::keyClick(owner, Qt::Key_Down);
    QVERIFY(click("simulator.save"));
    QTRY_COMPARE(outcome(), QStringLiteral("Denied"));

    QVERIFY(m_login->addUser("newcomer"));
    m_page->simulate({{"users:ken", "get", "invoices:7", {}}, QStringLiteral("newcomer")});
    QTRY_VERIFY(detail().startsWith(QStringLiteral("The owner has no policies")));
    QVERIFY(!visible<QWidget>("simulator.policies"));
}

void SimulatorTest::anUnreachableServerIsSaid()
{
    client::ApiClient elsewhere(client::ApiConfig{.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:1"))});
    elsewhere.setSession({"admin", true, SecretString("token"), SystemClock().now() + std::chrono::hours(1)});
    pages::PolicyPage page(elsewhere);
    m_page.reset();
    page.resize(900, 700);
    page.show();
    page.simulate({{"s", "a", "r", {}}, {}});
    QTRY_VERIFY(!outcome().isEmpty());
    QVERIFY(outcome() != QStringLiteral("Denied") && !detail().isEmpty());
    QVERIFY(visible<QPushButton>("simulator.save")->isEnabled());
    QCOMPARE(visible<QLineEdit>("simulator.subject")->text(), QStringLiteral("s"));
}

void SimulatorTest::nothingIsClippedWhenNarrow()
{
    pages::Simulator simulator(
        client::PolicyClient(m_login->api()), m_login->api(), true,
        {{"users:ken", "get", "invoices:" + std::string(90, '7'), {}}, QStringLiteral("billing")});
    m_page.reset();
    simulator.resize(320, 700);
    simulator.show();
    QVERIFY(QTest::qWaitForWindowActive(&simulator));
    simulator.ask();
    QTRY_COMPARE(outcome(), QStringLiteral("Denied"));
    auto* tree = visible<widgets::OutlineTree>("simulator.policies");
    QTRY_VERIFY(tree->height() > 200); // grows with its lines
    QCOMPARE(simulator.width(), 320);
    QVERIFY(tree->mapTo(&simulator, QPoint(tree->width(), 0)).x() <= simulator.width());
    QVERIFY(!visible<QWidget>("simulator.outcome")->visibleRegion().isEmpty()); // it is scrolled to
    const QStringList clipped = clippedTexts(&simulator);
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
}

void SimulatorTest::triesARecordedDecisionAgain()
{
    m_page.reset();
    pages::DecisionDetail detail({});
    detail.show();
    const QSignalSpy asked(&detail, &pages::DecisionDetail::tryAgainRequested);
    auto* again = visible<QPushButton>("decision.tryAgain");
    QVERIFY(again != nullptr);
    again->setFocus();
    QTest::keyClick(again, Qt::Key_Space);
    QCOMPARE(asked.size(), 1);
}

QTEST_MAIN(SimulatorTest)
#include "simulatortest.moc"
