// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/user/userpage.h"
#include "gui/pagetest.h"
#include <QCheckBox>
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
        QVERIFY(clickRow("users.table", rowOf("users.table", QStringLiteral("ann"))));
        const QModelIndex anna = table->model()->index(rowOf("users.table", QStringLiteral("anna")), 0);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::ControlModifier, table->visualRect(anna).center());
        QVERIFY(click("users.delete"));
        QTRY_VERIFY(visible<QDialog>("confirm"));
        const QString lost = visible<QLabel>("confirm.lost")->text();
        QVERIFY(lost.contains(QStringLiteral("ann")) && lost.contains(QStringLiteral("anna")));
        QVERIFY(!lost.contains(QStringLiteral("bob")));
        QVERIFY(click("confirm.accept"));
        QTRY_VERIFY(rowOf("users.table", QStringLiteral("bob")) >= 0 &&
                    rowOf("users.table", QStringLiteral("anna")) < 0);
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
