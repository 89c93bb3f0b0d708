// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/decisionlistmodel.h"
#include "support/consoleundertest.h"
#include "support/decisionasker.h"
#include "support/widgetdriver.h"
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

using namespace iam;
using support::click;
using support::ConsoleUnderTest;
using support::MemorySessionStore;
using support::type;
using support::visible;

namespace {

const QString password = QStringLiteral("Horse-7battery");

const QByteArray rule = R"({"description":"reading","subjects":["users:<peter|ken>"],"actions":["get"],"effect":"allow",
"resources":["resources:articles:<.*>"],"conditions":{}})";

QJsonObject question(const char* subject)
{
    return {{QStringLiteral("subject"), QString::fromLatin1(subject)},
            {QStringLiteral("action"), QStringLiteral("get")},
            {QStringLiteral("resource"), QStringLiteral("resources:articles:ladon")}};
}

QString textOf(const char* name)
{
    auto* line = visible<QLineEdit>(name);
    return line != nullptr ? line->text() : QString();
}

/// The visible text of a cell, found by its row's first column.
QStringList column(const char* table, int column)
{
    QStringList out;
    if (auto* view = visible<QTableView>(table))
        for (int row = 0; row < view->model()->rowCount(); ++row)
            out.append(view->model()->index(row, column).data().toString());
    return out;
}

bool chooseOwner(const char* name, const QString& owner)
{
    auto* chooser = visible<QComboBox>(name);
    if (chooser == nullptr || !chooser->isEnabled()) return false;
    QLineEdit* line = chooser->lineEdit();
    line->setFocus();
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(line, owner);
    QTest::keyClick(line, Qt::Key_Return);
    return true;
}

} // namespace

/// From the very first start to the decision that is seen, with mouse and keys on visible widgets only.
class FirstRunTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setApplicationName(QStringLiteral("iam-console-test"));
        QSettings().clear();
        m_console = std::make_unique<ConsoleUnderTest>(m_data.filePath(QStringLiteral("server")), m_store);
    }
    void cleanupTestCase() { m_console.reset(); }

    void aWeakPasswordIsNotTaken()
    {
        QTRY_VERIFY(visible<QWidget>("firstRun"));
        QVERIFY(type("firstRun.password.line", QStringLiteral("onlylower")));
        QVERIFY(!visible<QLabel>("firstRun.password.fault")->text().isEmpty());
        QVERIFY(!visible<QPushButton>("firstRun.start")->isEnabled());
        QVERIFY(type("firstRun.password.line", password));
        QVERIFY(type("firstRun.repeat.line", QStringLiteral("Horse-8")));
        QVERIFY(!visible<QLabel>("firstRun.repeat.fault")->text().isEmpty());
        QVERIFY(!visible<QPushButton>("firstRun.start")->isEnabled());
        QVERIFY(!m_console->server.hasData()); // nothing was made yet
    }
    void thePasswordStartsTheServerAndLogsIn()
    {
        QVERIFY(type("firstRun.repeat.line", password));
        QVERIFY(click("firstRun.start"));
        QTRY_VERIFY_WITH_TIMEOUT(visible<QWidget>("rail"), 20'000);
        QCOMPARE(visible<QLabel>("rail.user")->text(), QStringLiteral("admin"));
        QTRY_COMPARE(column("users.table", 0), (QStringList{QStringLiteral("admin")}));
    }
    void aUserIsCreated()
    {
        QVERIFY(click("users.mainAction"));
        QTRY_VERIFY(visible<QLineEdit>("user.name"));
        QVERIFY(type("user.name", QStringLiteral("alice")));
        QVERIFY(type("user.password.line", QStringLiteral("Wonder-4land")));
        QVERIFY(type("user.nickname", QStringLiteral("Alice")));
        QVERIFY(type("user.email", QStringLiteral("alice@example.org")));
        QVERIFY(click("user.save"));
        QTRY_VERIFY_WITH_TIMEOUT(column("users.table", 0).contains(QStringLiteral("alice")), 10'000);
    }
    void aSecretIsCreatedAndItsKeyShownOnce()
    {
        QVERIFY(click("rail.secrets"));
        QTRY_VERIFY(visible<QWidget>("secrets"));
        QVERIFY(click("secrets.mainAction"));
        QTRY_VERIFY(visible<QLineEdit>("secret.name"));
        QVERIFY(type("secret.name", QStringLiteral("billing")));
        QVERIFY(chooseOwner("secret.owner", QStringLiteral("alice")));
        QVERIFY(click("secret.save"));
        QTRY_VERIFY_WITH_TIMEOUT(visible<QWidget>("newSecret"), 10'000);
        m_secretId = textOf("newSecret.id.line");
        m_secretKey = textOf("newSecret.key.line");
        QCOMPARE(m_secretId.size(), 36);
        QCOMPARE(m_secretKey.size(), 32);
        QTest::keyClick(visible<QCheckBox>("newSecret.stored"), Qt::Key_Space);
        QVERIFY(click("newSecret.close"));
        QTRY_VERIFY(!visible<QWidget>("newSecret"));
    }
    void aPolicyOfTheSameUserIsWritten()
    {
        QVERIFY(click("rail.policies"));
        QTRY_VERIFY(visible<QWidget>("policies"));
        QVERIFY(click("policies.mainAction"));
        QTRY_VERIFY(visible<QLineEdit>("policy.name"));
        QVERIFY(type("policy.name", QStringLiteral("articles-read")));
        QVERIFY(chooseOwner("policy.owner", QStringLiteral("alice")));
        auto* text = visible<QPlainTextEdit>("policy.rule.text");
        QVERIFY(text != nullptr);
        text->setFocus();
        QTest::keyClick(text, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(text, Qt::Key_Delete);
        QTest::keyClicks(text, QString::fromLatin1(rule).remove(u'\n'));
        QVERIFY(click("policy.save"));
        QTRY_VERIFY_WITH_TIMEOUT(!visible<QLineEdit>("policy.name"), 10'000);
    }
    void aProgramAsks()
    {
        const QByteArray token = support::signToken(m_secretId, m_secretKey);
        const QUrl server = m_console->server.authzUrl().value_or(QUrl());
        QTRY_COMPARE(support::askDecision(server, token, question("users:peter")),
                     (QJsonObject{{QStringLiteral("allowed"), true}}));
        QCOMPARE(support::askDecision(server, token, question("users:mary")),
                 (QJsonObject{{QStringLiteral("allowed"), false},
                              {QStringLiteral("denied"), true},
                              {QStringLiteral("reason"), QStringLiteral("Request was denied by default")}}));
    }
    void theDecisionIsSeen()
    {
        QVERIFY(click("rail.decisions"));
        QTRY_VERIFY(visible<QWidget>("decisions"));
        QVERIFY(click("decisions.follow"));
        QTRY_VERIFY_WITH_TIMEOUT(
            column("decisions.table", models::DecisionListModel::Subject).contains(QStringLiteral("users:mary")), 5000);
        auto* table = visible<QTableView>("decisions.table");
        QCOMPARE(column("decisions.table", models::DecisionListModel::Owner).first(), QStringLiteral("alice"));
        const int row =
            int(column("decisions.table", models::DecisionListModel::Subject).indexOf(QStringLiteral("users:peter")));
        QVERIFY(row >= 0);
        const QModelIndex cell = table->model()->index(row, models::DecisionListModel::Subject);
        table->scrollTo(cell);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(cell).center());
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_VERIFY(visible<QLabel>("decision.deciders"));
        QCOMPARE(visible<QLabel>("decision.deciders")->text(), QStringLiteral("articles-read"));
        QCOMPARE(visible<QLabel>("decision.subject")->text(), QStringLiteral("users:peter"));
    }
    void theDecisionIsTriedAgainInTheSimulator()
    {
        QVERIFY(click("decision.tryAgain"));
        QTRY_VERIFY(visible<QLabel>("simulator.outcome.title"));
        QCOMPARE(visible<QLineEdit>("simulator.subject")->text(), QStringLiteral("users:peter"));
        QCOMPARE(visible<QLabel>("simulator.outcome.title")->text(), QStringLiteral("Allowed"));
        QVERIFY(visible<QLabel>("simulator.summary")->text().contains(QStringLiteral("articles-read")));
    }
    void everyPageIsReachedByKeys()
    {
        QWidget* window = m_console->window.get();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window));
        const char* pages[] = {"users", "secrets", "policies", "decisions", "changes", "pump", "cluster", "definition"};
        for (int i = 0; i < int(std::size(pages)); ++i) {
            QTest::keyClick(window, static_cast<Qt::Key>(Qt::Key_1 + i), Qt::ControlModifier);
            QTRY_VERIFY(visible<QWidget>(pages[i]));
        }
    }
    void everyWidgetThatCanBeUsedHasANameForScreenReaders()
    {
        QStringList nameless;
        for (const QWidget* widget : m_console->window->findChildren<QWidget*>()) {
            const bool used = qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget) ||
                              qobject_cast<const QComboBox*>(widget) || qobject_cast<const QTableView*>(widget) ||
                              qobject_cast<const QPlainTextEdit*>(widget);
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            // Shown and named only when there is something to do.
            if (button != nullptr && !button->isVisible() && button->text().isEmpty() && button->icon().isNull())
                continue;
            if (!used || widget->objectName().startsWith(u"qt_") || widget->focusPolicy() == Qt::NoFocus) continue;
            const QWidget* parent = widget->parentWidget();
            // The parts of a composite widget are its own affair.
            const bool part = qobject_cast<const QComboBox*>(parent) ||
                              qobject_cast<const QAbstractItemView*>(parent) ||
                              qobject_cast<const QAbstractSpinBox*>(parent) || qobject_cast<const QLineEdit*>(parent);
            if (!part && (widget->objectName().isEmpty() || widget->accessibleName().isEmpty()))
                nameless.append(QStringLiteral("%1 %2 in %3")
                                    .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName(),
                                         parent != nullptr ? parent->objectName() : QString()));
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
    }
    void anExpiredSessionLosesNothing()
    {
        QVERIFY(click("rail.users"));
        QVERIFY(click("users.mainAction"));
        QTRY_VERIFY(visible<QLineEdit>("user.name"));
        QVERIFY(type("user.name", QStringLiteral("bob")));
        QVERIFY(type("user.password.line", QStringLiteral("Builder-5yes")));
        QVERIFY(type("user.nickname", QStringLiteral("Bob")));
        QVERIFY(type("user.email", QStringLiteral("bob@example.org")));
        client::Session worthless = *m_console->api.session();
        worthless.token = SecretString("no.longer.good");
        m_console->api.setSession(worthless);
        QVERIFY(click("user.save"));
        QTRY_VERIFY_WITH_TIMEOUT(visible<QWidget>("logInAgain"), 10'000);
        QCOMPARE(textOf("logInAgain.name"), QStringLiteral("admin"));
        QCOMPARE(textOf("user.name"), QStringLiteral("bob")); // still there, below
        QVERIFY(type("logInAgain.password.line", QStringLiteral("Wrong-pass9")));
        QVERIFY(click("logInAgain.submit"));
        QTRY_VERIFY_WITH_TIMEOUT(visible<QPushButton>("logInAgain.submit")->isEnabled(), 10'000);
        QVERIFY(visible<QWidget>("logInAgain"));
        QVERIFY(type("logInAgain.password.line", password));
        QVERIFY(click("logInAgain.submit"));
        QTRY_VERIFY_WITH_TIMEOUT(!visible<QWidget>("logInAgain"), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(column("users.table", 0).contains(QStringLiteral("bob")), 10'000);
    }
    void theNextStartNeedsNoPassword()
    {
        m_console.reset();
        m_console = std::make_unique<ConsoleUnderTest>(m_data.filePath(QStringLiteral("server")), m_store);
        QTRY_VERIFY_WITH_TIMEOUT(visible<QWidget>("rail"), 20'000);
        QTRY_VERIFY(column("users.table", 0).contains(QStringLiteral("alice")));
    }
    void loggingOutAsksForThePasswordAgain()
    {
        QVERIFY(click("rail.logOut"));
        QTRY_VERIFY(visible<QWidget>("logIn"));
        QCOMPARE(textOf("logIn.name"), QStringLiteral("admin"));
        QVERIFY(m_store.kept.isEmpty());
        m_store.available = false; // a desktop without a keyring
        QVERIFY(type("logIn.password.line", password));
        QVERIFY(click("logIn.submit"));
        QTRY_VERIFY_WITH_TIMEOUT(visible<QWidget>("rail"), 10'000);
        QTRY_VERIFY(visible<QLabel>("rail.notice"));
    }

private:
    QTemporaryDir m_data;
    MemorySessionStore m_store;
    std::unique_ptr<ConsoleUnderTest> m_console;
    QString m_secretId;
    QString m_secretKey;
};

QTEST_MAIN(FirstRunTest)
#include "firstruntest.moc"
