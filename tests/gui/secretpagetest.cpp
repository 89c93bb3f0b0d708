// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/secret/secretpage.h"
#include "gui/pagetest.h"
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QLabel>

using namespace iam;
using namespace iam::support;

class SecretPageTest : public QObject {
    Q_OBJECT
    std::unique_ptr<LoggedIn> m_login;
    std::unique_ptr<pages::SecretPage> m_page;

private Q_SLOTS:
    void initTestCase()
    {
        QSettings().clear();
        widgets::applyTheme(*qApp, widgets::ColorScheme::Dark);
        m_login = std::make_unique<LoggedIn>();
        QCOMPARE(m_login->server().error(), QString());
        QVERIFY(m_login->logIn());
        QVERIFY(m_login->addUser("colin"));
    }
    void init()
    {
        m_page = std::make_unique<pages::SecretPage>(m_login->api());
        m_page->resize(1200, 760);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->enter();
    }
    void cleanup() { m_page.reset(); }
    void cleanupTestCase() { m_login.reset(); }

    void theKeyIsShownOnce()
    {
        QTRY_VERIFY(visible<QLabel>("state.title")); // none yet: the page teaches
        QVERIFY(click("state.action"));
        QTRY_VERIFY(visible<QLineEdit>("secret.name"));
        QVERIFY(type("secret.name", QStringLiteral("ci")));
        QVERIFY(type("secret.description", QStringLiteral("builds")));
        QVERIFY(click("secret.save"));
        QTRY_VERIFY(visible<QDialog>("newSecret"));
        auto* dialog = visible<QDialog>("newSecret");
        const QString key = visible<QLineEdit>("newSecret.key.line")->text();
        QCOMPARE(key.size(), 32);
        QVERIFY(visible<QLineEdit>("newSecret.key.line")->displayText() != key);
        QTest::keyClick(dialog, Qt::Key_Escape); // the way out is to say that it is stored
        QVERIFY(dialog->isVisible());
        QVERIFY(!click("newSecret.close"));
        QVERIFY(click("newSecret.copyJson"));
        const QByteArray json = QGuiApplication::clipboard()->text().toUtf8();
        QVERIFY(json.contains("\"secretKey\":\"" + key.toUtf8() + '"'));
        QVERIFY(click("newSecret.key.copy"));
        QCOMPARE(QGuiApplication::clipboard()->text(), key);
        auto* stored = visible<QCheckBox>("newSecret.stored");
        QTest::mouseClick(stored, Qt::LeftButton, {}, QPoint(8, stored->height() / 2));
        QVERIFY(click("newSecret.close"));
        QTRY_VERIFY(!visible<QDialog>("newSecret"));
        QTRY_VERIFY(rowOf("secrets.table", QStringLiteral("ci")) >= 0);
    }

    void editsExpiry()
    {
        QTRY_VERIFY(rowOf("secrets.table", QStringLiteral("ci")) >= 0);
        auto* table = visible<QTableView>("secrets.table");
        QVERIFY(clickRow("secrets.table", rowOf("secrets.table", QStringLiteral("ci"))));
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_VERIFY(visible<QComboBox>("secret.expiry"));
        auto* expiry = visible<QComboBox>("secret.expiry");
        QVERIFY(!visible<QWidget>("secret.date"));
        expiry->setFocus();
        QTest::keyClick(expiry, Qt::Key_Down); // in 30 days
        QVERIFY(visible<QWidget>("secret.date"));
        QVERIFY(click("secret.save"));
        QTRY_VERIFY(!visible<QComboBox>("secret.expiry"));
        const auto secret = m_login->wait(client::SecretClient(m_login->api()).get({std::nullopt, "ci"}));
        QVERIFY(secret && *secret);
        const qint64 days = ((*secret)->value.expires - QDateTime::currentSecsSinceEpoch()) / 86400;
        QVERIFY(days >= 29 && days <= 30);
        QCOMPARE(QString::fromStdString((*secret)->value.description), QStringLiteral("builds"));
    }

    void actsForAnotherOwner()
    {
        QTRY_VERIFY(visible<QComboBox>("secrets.owner"));
        QVERIFY(type("secrets.owner.line", QStringLiteral("colin")));
        QTest::keyClick(visible<QLineEdit>("secrets.owner.line"), Qt::Key_Return);
        QTRY_VERIFY(visible<QLabel>("state.title"));
        QVERIFY(click("secrets.mainAction"));
        QTRY_VERIFY(visible<QComboBox>("secret.owner"));
        QCOMPARE(visible<QComboBox>("secret.owner")->currentText(), QStringLiteral("colin"));
        QVERIFY(type("secret.name", QStringLiteral("his")));
        QVERIFY(click("secret.save"));
        QTRY_VERIFY(visible<QDialog>("newSecret"));
        auto* stored = visible<QCheckBox>("newSecret.stored");
        QTest::mouseClick(stored, Qt::LeftButton, {}, QPoint(8, stored->height() / 2));
        QVERIFY(click("newSecret.close"));
        QTRY_VERIFY(rowOf("secrets.table", QStringLiteral("his")) >= 0);
        const auto secret = m_login->wait(client::SecretClient(m_login->api()).get({"colin", "his"}));
        QVERIFY(secret && *secret);
        QCOMPARE(QString::fromStdString((*secret)->value.username), QStringLiteral("colin"));
        QVERIFY((*secret)->value.secretKey.empty());
    }

    void allOwnersAndDeletion()
    {
        QTRY_VERIFY(rowOf("secrets.table", QStringLiteral("ci")) >= 0);
        m_page->showOwner(QStringLiteral("*"));
        QTRY_VERIFY(rowOf("secrets.table", QStringLiteral("his")) >= 0);
        QVERIFY(rowOf("secrets.table", QStringLiteral("ci")) >= 0);
        QVERIFY(clickRow("secrets.table", rowOf("secrets.table", QStringLiteral("his"))));
        QVERIFY(click("secrets.delete"));
        QTRY_VERIFY(visible<QLabel>("confirm.lost"));
        QVERIFY(visible<QLabel>("confirm.lost")->text().contains(QStringLiteral("his (of colin)")));
        QVERIFY(click("confirm.accept"));
        QTRY_VERIFY(rowOf("secrets.table", QStringLiteral("his")) < 0);
        QVERIFY(rowOf("secrets.table", QStringLiteral("ci")) >= 0);
    }
};

QTEST_MAIN(SecretPageTest)
#include "secretpagetest.moc"
