// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/user/userpage.h"
#include "gui/pagetest.h"
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QPushButton>

using namespace iam;
using namespace iam::support;

class UserPageTest : public QObject {
    Q_OBJECT
    std::unique_ptr<LoggedIn> m_login;
    std::unique_ptr<pages::UserPage> m_page;

    void open()
    {
        m_page = std::make_unique<pages::UserPage>(m_login->api());
        m_page->resize(1200, 760);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->enter();
    }

    /// Opens a user's detail as Return does.
    bool openDetail(const QString& name)
    {
        if (!clickRow("users.table", rowOf("users.table", name))) return false;
        QTest::keyClick(visible<QTableView>("users.table"), Qt::Key_Return);
        return QTest::qWaitFor([&] {
            const auto* title = visible<QLabel>("panel.title");
            return visible<QWidget>("user.detail") != nullptr && title != nullptr && title->text().contains(name);
        });
    }

private Q_SLOTS:
    void initTestCase()
    {
        QSettings().clear();
        widgets::applyTheme(*qApp, widgets::ColorScheme::Light);
        m_login = std::make_unique<LoggedIn>();
        QCOMPARE(m_login->server().error(), QString());
    }
    void init() { QVERIFY(m_login->logIn()); }
    void cleanup() { m_page.reset(); }
    void cleanupTestCase() { m_login.reset(); }

    void createsAUser()
    {
        open();
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("admin")) >= 0);
        QVERIFY(click("users.mainAction"));
        QTRY_VERIFY(visible<QLineEdit>("user.name"));
        QVERIFY(visible<QLineEdit>("user.name")->hasFocus());
        QStringList order;
        for (int i = 0; i < 9; ++i) {
            order << QApplication::focusWidget()->objectName();
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        QCOMPARE(order.join(u' '), QStringLiteral("user.name user.nickname user.email user.phone user.password.line "
                                                  "user.password.reveal user.administrator user.cancel user.save"));
        QVERIFY(type("user.name", QStringLiteral("not a name")));
        QCOMPARE(visible<QLabel>("user.name.fault")->text(),
                 QStringLiteral("may hold only letters, digits, hyphens, underscores and dots"));
        QVERIFY(click("user.save")); // goes to the first fault and sends nothing
        QVERIFY(visible<QLineEdit>("user.name")->hasFocus());
        QVERIFY(type("user.name", QStringLiteral("foo")));
        QVERIFY(type("user.nickname", QStringLiteral("Foo")));
        QVERIFY(type("user.email", QStringLiteral("foo@example.org")));
        QVERIFY(type("user.password.line", QStringLiteral("Foo@2020")));
        QVERIFY(click("user.save"));
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("foo")) >= 0);
        QVERIFY(message().contains(QStringLiteral("foo")));
        QVERIFY(!visible<QLineEdit>("user.name"));
    }

    void theServersRefusalKeepsTheText()
    {
        open();
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("foo")) >= 0);
        QVERIFY(click("users.mainAction"));
        QTRY_VERIFY(visible<QLineEdit>("user.name"));
        QVERIFY(type("user.name", QStringLiteral("foo")));
        QVERIFY(type("user.nickname", QStringLiteral("Other")));
        QVERIFY(type("user.email", QStringLiteral("o@example.org")));
        QVERIFY(type("user.password.line", QStringLiteral("Foo@2020")));
        QVERIFY(click("user.save"));
        QTRY_VERIFY(message().contains(QStringLiteral("exists already")));
        QCOMPARE(visible<QLineEdit>("user.nickname")->text(), QStringLiteral("Other"));
        QVERIFY(m_page->hasUnsavedChanges());
        QTest::keyClick(visible<QLineEdit>("user.name"), Qt::Key_Escape); // asks, and does not close
        QVERIFY(visible<QLineEdit>("user.name"));
        QVERIFY(click("messageBar.action"));
        QVERIFY(!visible<QLineEdit>("user.name"));
    }

    void editsWithAConflict()
    {
        open();
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("foo")) >= 0);
        QVERIFY(clickRow("users.table", rowOf("users.table", QStringLiteral("foo"))));
        QVERIFY(click("users.edit"));
        QTRY_VERIFY(visible<QLineEdit>("user.nickname"));
        client::UserClient users(m_login->api());
        auto theirs = m_login->wait(users.get("foo"));
        QVERIFY(theirs && *theirs);
        (*theirs)->value.nickname = "Theirs";
        QVERIFY(m_login->wait(users.update((*theirs)->value, (*theirs)->etag)).value().has_value());
        QVERIFY(type("user.nickname", QStringLiteral("Mine")));
        QVERIFY(click("user.save"));
        QTRY_VERIFY(visible<QWidget>("user.conflict"));
        QCOMPARE(visible<QLineEdit>("user.nickname")->text(), QStringLiteral("Mine"));
        QVERIFY(click("user.overwrite"));
        QTRY_VERIFY(!visible<QLineEdit>("user.nickname"));
        theirs = m_login->wait(users.get("foo"));
        QCOMPARE(QString::fromStdString((*theirs)->value.nickname), QStringLiteral("Mine"));
    }

    void changesAPassword()
    {
        open();
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("foo")) >= 0);
        QVERIFY(clickRow("users.table", rowOf("users.table", QStringLiteral("foo"))));
        QVERIFY(click("users.password"));
        QTRY_VERIFY(visible<QLineEdit>("password.new.line"));
        QVERIFY(!visible<QLineEdit>("password.old.line"));
        QVERIFY(type("password.new.line", QStringLiteral("Bar@2021")));
        QVERIFY(type("password.repeat.line", QStringLiteral("Bar@2022")));
        QVERIFY(click("password.save"));
        QVERIFY(visible<QLineEdit>("password.new.line"));
        QVERIFY(type("password.repeat.line", QStringLiteral("Bar@2021")));
        QVERIFY(click("password.save"));
        QTRY_VERIFY(!visible<QLineEdit>("password.new.line"));
        QVERIFY(m_login->logIn("foo", "Bar@2021"));
    }

    void othersSeeThemselves()
    {
        QVERIFY(m_login->logIn("foo", "Bar@2021"));
        open();
        QTRY_VERIFY(visible<QLabel>("users.self.why"));
        QVERIFY(!visible<QTableView>("users.table"));
        QVERIFY(!visible<QPushButton>("users.mainAction"));
        QTRY_VERIFY(visible<QPushButton>("users.self.password"));
        QVERIFY(click("users.self.password"));
        QTRY_VERIFY(visible<QLineEdit>("password.old.line"));
        QVERIFY(type("password.old.line", QStringLiteral("wrong")));
        QVERIFY(type("password.new.line", QStringLiteral("Foo@2020")));
        QVERIFY(type("password.repeat.line", QStringLiteral("Foo@2020")));
        QVERIFY(click("password.save"));
        QTRY_COMPARE(visible<QLabel>("password.old.fault")->text(), QStringLiteral("is not the old password"));
    }

    void searchesAsOneTypes()
    {
        for (const char* name : {"ann", "anna", "bob"}) QVERIFY(m_login->addUser(name));
        open();
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("bob")) >= 0);
        QVERIFY(type("users.search", QStringLiteral("AN")));
        QTRY_COMPARE(visible<QTableView>("users.table")->model()->rowCount(), 2);
        QVERIFY(type("users.search", QStringLiteral("nobody")));
        QTRY_VERIFY(visible<QLabel>("state.title"));
        QTest::keyClick(visible<QLineEdit>("users.search"), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(visible<QLineEdit>("users.search"), Qt::Key_Delete);
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("bob")) >= 0);
    }

    void deletesSeveralAfterNamingThem()
    {
        open();
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("bob")) >= 0);
        auto* table = visible<QTableView>("users.table");
        QVERIFY(clickRow("users.table", rowOf("users.table", QStringLiteral("foo"))));
        const QModelIndex anna = table->model()->index(rowOf("users.table", QStringLiteral("anna")), 0);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::ControlModifier, table->visualRect(anna).center());
        QVERIFY(click("users.delete"));
        QTRY_VERIFY(visible<QDialog>("confirm"));
        const QString lost = visible<QLabel>("confirm.lost")->text();
        QVERIFY(lost.contains(QStringLiteral("foo")) && lost.contains(QStringLiteral("anna")));
        QVERIFY(!lost.contains(QStringLiteral("bob")));
        QVERIFY(click("confirm.accept"));
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("bob")) >= 0 &&
                    rowOf("users.table", QStringLiteral("anna")) < 0);
    }

    void disablesAfterAskingAndEnables()
    {
        open();
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("bob")) >= 0);
        QVERIFY(openDetail(QStringLiteral("bob")));
        QVERIFY(click("user.detail.disable"));
        QTRY_VERIFY(visible<QDialog>("confirm"));
        QVERIFY(visible<QLabel>("confirm.lost")->text().contains(QStringLiteral("bob")));
        QVERIFY(click("confirm.cancel"));
        QTRY_VERIFY(!visible<QDialog>("confirm"));
        QVERIFY(m_login->wait(client::UserClient(m_login->api()).get("bob")).value().has_value());
        QVERIFY(click("user.detail.disable"));
        QTRY_VERIFY(visible<QDialog>("confirm"));
        QVERIFY(click("confirm.accept"));
        QTRY_COMPARE(message(), QStringLiteral("bob is disabled."));
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("bob")) < 0);
        QVERIFY(!m_login->logIn("bob"));

        QVERIFY(m_login->logIn());
        QTest::keyClick(visible<QComboBox>("users.which"), Qt::Key_Down);
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("bob")) >= 0);
        QVERIFY(rowOf("users.table", QStringLiteral("admin")) < 0);
        auto* table = visible<QTableView>("users.table");
        const QModelIndex state =
            table->model()->index(rowOf("users.table", QStringLiteral("bob")), models::UserListModel::Status);
        QCOMPARE(state.data().toString(), QStringLiteral("disabled"));
        QTest::keyClick(visible<QComboBox>("users.which"), Qt::Key_Down);
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("admin")) >= 0);
        QVERIFY(openDetail(QStringLiteral("bob")));
        QVERIFY(!visible<QPushButton>("user.detail.edit")->isEnabled());
        QVERIFY(!visible<QWidget>("logins"));
        QVERIFY(click("user.detail.enable"));
        QTRY_COMPARE(message(), QStringLiteral("bob is enabled."));
        QTRY_VERIFY(visible<QPushButton>("user.detail.disable"));
        QVERIFY(m_login->logIn("bob"));
    }

    void nobodyDisablesThemselves()
    {
        open();
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("admin")) >= 0);
        QVERIFY(openDetail(QStringLiteral("admin")));
        QVERIFY(click("user.detail.disable"));
        QVERIFY(message().contains(QStringLiteral("yourself")));
        QVERIFY(!visible<QDialog>("confirm"));
    }

    void endsTheWaitAfterFailedLogIns()
    {
        open();
        for (int i = 0; i < 10; ++i) QVERIFY(!m_login->logIn("bob", "Wrong@2020"));
        QVERIFY(!m_login->logIn("bob"));
        QVERIFY(m_login->logIn());
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("bob")) >= 0);
        QVERIFY(openDetail(QStringLiteral("bob")));
        QVERIFY(click("user.detail.unlock"));
        QTRY_VERIFY(message().contains(QStringLiteral("bob")));
        QVERIFY(m_login->logIn("bob"));
    }

    void endsLogIns()
    {
        client::ApiConfig config;
        config.baseUrl = m_login->server().apiUrl();
        client::ApiClient first(config), second(config);
        client::SessionClient firstLogin(first), secondLogin(second);
        for (client::SessionClient* login : {&firstLogin, &secondLogin}) {
            const auto session = m_login->wait(login->logIn("ann", SecretString(TestServer::password)));
            QVERIFY(session && *session);
        }
        open();
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("ann")) >= 0);
        QVERIFY(openDetail(QStringLiteral("ann")));
        QTRY_VERIFY(visible<QTableView>("logins.table"));
        QTRY_COMPARE(visible<QTableView>("logins.table")->model()->rowCount(), 2);
        QVERIFY(!visible<QPushButton>("logins.end")->isEnabled());
        QVERIFY(clickRow("logins.table", 0));
        QVERIFY(click("logins.end"));
        QTRY_COMPARE(visible<QTableView>("logins.table")->model()->rowCount(), 1);
        const auto ended = [](client::ApiClient& api) { return api.waitingForSession(); };
        (void)client::UserClient(second).get("ann"); // the newest stands in the first row
        QTRY_VERIFY(ended(second));
        const auto alive = m_login->wait(client::UserClient(first).get("ann"));
        QVERIFY(alive && *alive);
        QVERIFY(click("logins.endAll"));
        QTRY_VERIFY(visible<QDialog>("confirm"));
        QVERIFY(click("confirm.accept"));
        QTRY_VERIFY(visible<QLabel>("logins.state"));
        QTRY_COMPARE(visible<QLabel>("logins.state")->text(), QStringLiteral("Not logged in anywhere."));
        (void)client::UserClient(first).get("ann");
        QTRY_VERIFY(ended(first));
    }

    void othersSeeWhereTheyAreLoggedIn()
    {
        QVERIFY(m_login->logIn("ann"));
        open();
        QTRY_VERIFY(visible<QTableView>("logins.table"));
        QTRY_COMPARE(visible<QTableView>("logins.table")->model()->rowCount(), 1);
        QVERIFY(visible<QTableView>("logins.table")->model()->index(0, 0).data().toString().contains(
            QStringLiteral("(this one)")));
    }

    void nobodyDeletesThemselves()
    {
        open();
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("admin")) >= 0);
        QVERIFY(clickRow("users.table", rowOf("users.table", QStringLiteral("admin"))));
        QTest::keyClick(visible<QTableView>("users.table"), Qt::Key_Delete);
        QVERIFY(message().contains(QStringLiteral("yourself")));
        QVERIFY(!visible<QDialog>("confirm"));
    }
};

QTEST_MAIN(UserPageTest)
#include "userpagetest.moc"
