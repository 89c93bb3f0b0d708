// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/secret/secretpage.h"
#include "gui/pagetest.h"
#include "models/secretlistmodel.h"
#include "support/decisionasker.h"
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QRadioButton>

using namespace iam;
using namespace iam::support;

class SecretPageTest : public QObject {
    Q_OBJECT
    std::unique_ptr<LoggedIn> m_login;
    std::unique_ptr<pages::SecretPage> m_page;

    client::SecretClient secrets() { return client::SecretClient(m_login->api()); }
    /// What the table shows of a secret.
    QString cell(const char* secret, models::SecretListModel::Column column)
    {
        auto* table = visible<QTableView>("secrets.table");
        const int row = rowOf("secrets.table", QString::fromLatin1(secret));
        return row < 0 ? QString() : table->model()->index(row, column).data().toString();
    }
    static QString stateText()
    {
        auto* label = visible<QLabel>("secret.detail.state");
        return label ? label->text() : QString();
    }
    /// Opens the detail of a secret anew.
    void openDetail(const QString& secret)
    {
        if (visible<QWidget>("secret.detail")) QVERIFY(click("panel.close"));
        QTRY_VERIFY(!visible<QWidget>("secret.detail"));
        QTRY_VERIFY(rowOf("secrets.table", secret) >= 0);
        QVERIFY(clickRow("secrets.table", rowOf("secrets.table", secret)));
        QTest::keyClick(visible<QTableView>("secrets.table"), Qt::Key_Return);
        QTRY_VERIFY(visible<QWidget>("secret.detail"));
    }
    /// Asks for a decision as a program with that key would.
    QJsonObject askWith(const contract::Secret& secret)
    {
        const QByteArray token =
            signToken(QString::fromStdString(secret.secretId), QString::fromStdString(secret.secretKey.reveal()));
        return askDecision(m_login->server().authzUrl(), token, {{QStringLiteral("action"), QStringLiteral("read")}});
    }

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
        QTRY_VERIFY(visible<QWidget>("secret.detail"));
        QVERIFY(click("secret.detail.edit"));
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

    void disablesAndEnables()
    {
        openDetail(QStringLiteral("ci"));
        QVERIFY(stateText().startsWith(QStringLiteral("Enabled")));
        QVERIFY(click("secret.detail.disable"));
        QTRY_VERIFY(visible<QWidget>("secret.detail.enable"));
        QVERIFY(stateText().startsWith(QStringLiteral("Disabled")));
        QVERIFY(message().contains(QStringLiteral("ci is disabled")));
        QTRY_COMPARE(cell("ci", models::SecretListModel::State), QStringLiteral("disabled"));
        QVERIFY(!(*m_login->wait(secrets().get({{}, "ci"})))->value.enabled());
        QVERIFY(click("secret.detail.enable"));
        QTRY_VERIFY(visible<QWidget>("secret.detail.disable"));
        QVERIFY((*m_login->wait(secrets().get({{}, "ci"})))->value.enabled());

        // Somebody else was here: what is shown is what is stored now.
        QVERIFY(*m_login->wait(secrets().setEnabled({{}, "ci"}, false, {})));
        QVERIFY(click("secret.detail.disable"));
        QTRY_VERIFY(visible<QWidget>("secret.detail.enable"));
        QVERIFY(click("secret.detail.enable"));
        QTRY_VERIFY(visible<QWidget>("secret.detail.disable"));
    }

    void rotatesAndEndsTheOldKey()
    {
        contract::Secret wanted;
        wanted.metadata.name = "rotating";
        const auto made = m_login->wait(secrets().create(wanted));
        QVERIFY(made && *made);
        const QString oldId = QString::fromStdString((*made)->secretId);
        m_page->refresh();
        openDetail(QStringLiteral("rotating"));
        QCOMPARE(cell("rotating", models::SecretListModel::LastUsed), QStringLiteral("never"));
        QVERIFY(click("secret.detail.rotate"));
        QTRY_VERIFY(visible<QDialog>("rotateSecret"));
        QVERIFY(visible<QRadioButton>("rotateSecret.day")->isChecked());
        auto* week = visible<QRadioButton>("rotateSecret.week");
        QTest::mouseClick(week, Qt::LeftButton, {}, QPoint(8, week->height() / 2));
        QVERIFY(week->isChecked());
        QVERIFY(click("rotateSecret.accept"));
        QTRY_VERIFY(visible<QDialog>("newSecret"));
        QCOMPARE(visible<QLineEdit>("newSecret.key.line")->text().size(), 32);
        QVERIFY(visible<QLineEdit>("newSecret.id.line")->text() != oldId);
        auto* stored = visible<QCheckBox>("newSecret.stored");
        QTest::mouseClick(stored, Qt::LeftButton, {}, QPoint(8, stored->height() / 2));
        QVERIFY(click("newSecret.close"));
        QTRY_VERIFY(visible<QWidget>("secret.detail.previous"));
        QVERIFY(!click("secret.detail.rotate")); // two keys are all there are
        QTRY_COMPARE(cell("rotating", models::SecretListModel::State), QStringLiteral("two keys"));
        const auto rotated = m_login->wait(secrets().get({{}, "rotating"}));
        const qint64 left = (*rotated)->value.previous->expires - QDateTime::currentSecsSinceEpoch();
        QVERIFY(left > 7 * 86'400 - 60 && left <= 7 * 86'400 + 1);

        // Somebody still signs with the old key: it is seen who.
        QCOMPARE(askWith(**made).value(QStringLiteral("denied")), QJsonValue(true));
        const auto usedOld = [&] {
            const auto secret = m_login->wait(secrets().get({{}, "rotating"}));
            return secret && *secret && (*secret)->value.previous && (*secret)->value.previous->lastUse.at;
        };
        QTRY_VERIFY_WITH_TIMEOUT(usedOld(), 20'000);
        openDetail(QStringLiteral("rotating"));
        const QString use = visible<QLabel>("secret.detail.previousUse")->text();
        QVERIFY2(use.contains(QStringLiteral("from 127.0.0.1, action read")), qUtf8Printable(use));
        QVERIFY(click("secret.detail.endPrevious"));
        QTRY_VERIFY(visible<QLabel>("confirm.consequence"));
        QVERIFY(visible<QLabel>("confirm.consequence")->text().contains(QStringLiteral("127.0.0.1")));
        QVERIFY(visible<QLabel>("confirm.lost")->text().contains(oldId));
        QVERIFY(click("confirm.accept"));
        QTRY_VERIFY(!visible<QWidget>("secret.detail.previous"));
        QCOMPARE(askWith(**made).value(QStringLiteral("code")), QJsonValue(100202));
        QVERIFY(*m_login->wait(secrets().remove(client::OwnedName{{}, "rotating"})));
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
