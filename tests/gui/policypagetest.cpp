// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/policy/policypage.h"
#include "authz/validate.h"
#include "client/errortext.h"
#include "contract/validation.h"
#include "gui/pagetest.h"
#include "pages/policy/policytext.h"
#include "widgets/diffview.h"
#include "widgets/jsoneditor.h"
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QListWidget>
#include <QTranslator>
#include <QTreeWidget>

using namespace iam;
using namespace iam::support;

namespace {

/// Marks what went through the table of the server's sentences.
class MarkingTranslator : public QTranslator {
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char*, int) const override
    {
        return QByteArrayView(context) == "ServerText" ? u'#' + QString::fromUtf8(source) : QString();
    }
};

} // namespace

class PolicyPageTest : public QObject {
    Q_OBJECT
    std::unique_ptr<LoggedIn> m_login;
    std::unique_ptr<pages::PolicyPage> m_page;

    /// Replaces what is found in the rule by keys, as a user would.
    static bool retype(const QString& from, const QString& to)
    {
        auto* area = visible<widgets::JsonTextArea>("policy.rule.text");
        if (area == nullptr) return false;
        area->setFocus();
        area->moveCursor(QTextCursor::Start);
        if (!area->find(from)) return false;
        if (to.isEmpty())
            QTest::keyClick(area, Qt::Key_Delete);
        else
            QTest::keyClicks(area, to);
        return true;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QSettings().clear();
        widgets::applyTheme(*qApp, widgets::ColorScheme::Light);
        m_login = std::make_unique<LoggedIn>();
        QCOMPARE(m_login->server().error(), QString());
        QVERIFY(m_login->logIn());
    }
    void init()
    {
        m_page = std::make_unique<pages::PolicyPage>(m_login->api());
        m_page->resize(1200, 760);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->enter();
    }
    void cleanup() { m_page.reset(); }
    void cleanupTestCase() { m_login.reset(); }

    void templatesAreValid()
    {
        for (const pages::PolicyTemplate& one : pages::policyTemplates()) {
            const auto checked = pages::checkPolicyText(one.text);
            QVERIFY2(checked.document && checked.faults.isEmpty(), qPrintable(one.title));
            QCOMPARE(pages::policyText(*checked.document), one.text);
        }
    }

    void faultsStandWhereTheyAre_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("marked");
        const auto row = [](const char* text, const char* marked) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(marked);
        };
        row("{\"effect\":\"Allow\"}", "\"Allow\"");
        row("{\"effect\":\"allow\",\"subjects\":[\"a\",\"<[a>\"]}", "\"<[a>\"");
        row("{\"effect\":\"allow\",\"actions\":3}", "3");
        row("{\"effect\":\"allow\",\"conditions\":{\"ä\":{\"type\":\"CIDRCondition\",\"options\":{\"cidr\":\"x\"}}}}",
            "\"x\"");
        row("{\"effect\":\"allow\",\"conditions\":{\"a\":{\"type\":\"Nothing\"}}}", "\"Nothing\"");
        row("{\"effect\":\"allow\" \"subjects\":[]}", "\"subjects\"");
    }
    void faultsStandWhereTheyAre()
    {
        QFETCH(QString, text);
        QFETCH(QString, marked);
        const auto checked = pages::checkPolicyText(text);
        QVERIFY(!checked.document);
        QCOMPARE(checked.faults.size(), 1);
        QCOMPARE(text.mid(checked.faults[0].start, checked.faults[0].length), marked);
        QVERIFY(!checked.faults[0].words.isEmpty());
    }

    void everySentenceOfTheChecksIsInTheTable()
    {
        using namespace contract;
        const std::string tooLong(5000, 'x');
        const contract::Complaint complaints[] = {authz::checkTemplate("<["),
                                                  authz::checkTemplate("<"),
                                                  authz::checkTemplate(tooLong),
                                                  authz::checkCidr("x"),
                                                  authz::checkExpression("["),
                                                  authz::checkExpression(tooLong),
                                                  authz::checkEffect("Allow"),
                                                  checkName(""),
                                                  checkName("A/b"),
                                                  checkName(std::string(50, 'a')),
                                                  checkName("-"),
                                                  checkName("a b"),
                                                  checkPassword("a"),
                                                  checkPassword("AAAAAAA1!"),
                                                  checkPassword("aaaaaaa1!"),
                                                  checkPassword("aaaaaaaA!"),
                                                  checkPassword("aaaaaaaA1"),
                                                  checkNickname(""),
                                                  checkNickname(tooLong),
                                                  checkEmail("x"),
                                                  checkEmail(tooLong),
                                                  checkPhone(tooLong),
                                                  checkDescription(tooLong),
                                                  checkExpires(-1)};
        MarkingTranslator translator;
        QVERIFY(QCoreApplication::installTranslator(&translator));
        for (const contract::Complaint& complaint : complaints) {
            QVERIFY(complaint);
            const QString words = client::serverText(*complaint);
            QVERIFY2(words.startsWith(u'#'), complaint->c_str());
            QVERIFY2(!words.contains(QStringLiteral("%1")), complaint->c_str());
        }
    }

    void createsFromATemplate()
    {
        QTRY_VERIFY(visible<QLabel>("state.title"));
        QVERIFY(click("state.action"));
        QTRY_VERIFY(visible<QLineEdit>("policy.name"));
        QVERIFY(type("policy.name", QStringLiteral("p0")));
        auto* chooser = visible<QComboBox>("policy.template");
        chooser->setFocus();
        QTest::keyClick(chooser, Qt::Key_Down);
        QTest::keyClick(chooser, Qt::Key_Down);
        auto* area = visible<widgets::JsonTextArea>("policy.rule.text");
        QVERIFY(!area->toPlainText().isEmpty());
        QVERIFY(retype(QStringLiteral("users:"), QStringLiteral("users:<(")));
        auto* faults = visible<QListWidget>("policy.rule.faults");
        QTRY_VERIFY((faults = visible<QListWidget>("policy.rule.faults")) != nullptr && faults->count() >= 1);
        QVERIFY(click("policy.save")); // goes to the fault, sends nothing
        QVERIFY(area->hasFocus() && area->textCursor().hasSelection());
        QVERIFY(retype(QStringLiteral("users:<("), QStringLiteral("users:")));
        QTRY_VERIFY(!visible<QListWidget>("policy.rule.faults"));
        QVERIFY(click("policy.save"));
        QTRY_VERIFY(rowOf("policies.table", QStringLiteral("p0")) >= 0);
        const auto policy = m_login->wait(client::PolicyClient(m_login->api()).get({std::nullopt, "p0"}));
        QVERIFY(policy && *policy);
        QVERIFY((*policy)->value.policy.subjects.has_value());
    }

    void aConflictLosesNothing()
    {
        QTRY_VERIFY(rowOf("policies.table", QStringLiteral("p0")) >= 0);
        QVERIFY(clickRow("policies.table", rowOf("policies.table", QStringLiteral("p0"))));
        QVERIFY(click("policies.edit"));
        QTRY_VERIFY(visible<widgets::JsonTextArea>("policy.rule.text"));
        client::PolicyClient policies(m_login->api());
        auto theirs = m_login->wait(policies.get({std::nullopt, "p0"}));
        QVERIFY(theirs && *theirs);
        (*theirs)->value.username.clear();
        (*theirs)->value.policy.description = "theirs";
        QVERIFY(m_login->wait(policies.update((*theirs)->value, (*theirs)->etag)).value().has_value());
        QVERIFY(retype(QStringLiteral("\"description\": \""), QStringLiteral("\"description\": \"mine ")));
        QVERIFY(click("policy.save"));
        QTRY_VERIFY(visible<QPlainTextEdit>("policy.theirs"));
        QVERIFY(visible<QPlainTextEdit>("policy.theirs")->toPlainText().contains(QStringLiteral("\"theirs\"")));
        auto* area = visible<widgets::JsonTextArea>("policy.rule.text");
        QVERIFY(area->toPlainText().contains(QStringLiteral("mine ")));
        QVERIFY(click("policy.overwrite"));
        QTRY_VERIFY(!visible<widgets::JsonTextArea>("policy.rule.text"));
        theirs = m_login->wait(policies.get({std::nullopt, "p0"}));
        QVERIFY((*theirs)->value.policy.description.rfind("mine ", 0) == 0);
    }

    void historyShowsAndRestoresVersions()
    {
        QTRY_VERIFY(rowOf("policies.table", QStringLiteral("p0")) >= 0);
        QVERIFY(clickRow("policies.table", rowOf("policies.table", QStringLiteral("p0"))));
        QVERIFY(click("policies.history"));
        QTRY_VERIFY(visible<QTreeWidget>("policy.versions.list"));
        auto* list = visible<QTreeWidget>("policy.versions.list");
        QTRY_COMPARE(list->topLevelItemCount(), 3); // created, theirs, mine
        QCOMPARE(list->topLevelItem(0)->text(0), QStringLiteral("3, current"));
        QCOMPARE(list->topLevelItem(0)->text(2), QStringLiteral("admin"));
        QCOMPARE(list->topLevelItem(0)->text(3), QStringLiteral("Changed"));
        QCOMPARE(list->topLevelItem(2)->text(3), QStringLiteral("Created"));

        QVERIFY(list->columnWidth(0) > list->fontMetrics().horizontalAdvance(list->topLevelItem(0)->text(0)));

        auto* diff = visible<widgets::DiffView>("policy.versions.diff"); // of the one before the current
        QTRY_VERIFY(visible<QPushButton>("policy.versions.restore")->isEnabled());
        QVERIFY(diff->toPlainText().contains(QStringLiteral("+     \"description\": \"theirs\"")));
        QVERIFY(diff->toPlainText().contains(QStringLiteral("\u2212     \"description\": \"mine ")));
        const QTextCursor added = diff->document()->find(QStringLiteral("+ "));
        const QTextCursor removed = diff->document()->find(QStringLiteral("\u2212 "));
        QVERIFY(added.charFormat().foreground() != removed.charFormat().foreground());
        QVERIFY(added.blockFormat().background() != removed.blockFormat().background());

        QTest::keyClick(list, Qt::Key_Up); // the current one: nothing to restore
        QTRY_VERIFY(!diff->toPlainText().isEmpty());
        QVERIFY(!visible<QPushButton>("policy.versions.restore")->isEnabled());
        QVERIFY(!diff->toPlainText().contains(QStringLiteral("+ ")));
        QTest::keyClick(list, Qt::Key_End);
        QTRY_VERIFY(visible<QPushButton>("policy.versions.restore")->isEnabled());
        QVERIFY(click("policy.versions.restore"));
        QTRY_VERIFY(visible<QDialog>("confirm"));
        QVERIFY(click("confirm.cancel"));
        QTRY_VERIFY(!visible<QDialog>("confirm"));
        QCOMPARE(list->topLevelItemCount(), 3);

        // Somebody else is faster: nothing is restored, the list shows what is there now.
        const client::PolicyClient policies(m_login->api());
        QVERIFY(m_login->wait(policies.rollBack({std::nullopt, "p0"}, 2, {})).value().has_value());
        QVERIFY(click("policy.versions.restore"));
        QTRY_VERIFY(visible<QDialog>("confirm"));
        QVERIFY(click("confirm.accept"));
        QTRY_COMPARE(list->topLevelItemCount(), 4);
        QVERIFY(visible<QLabel>("messageBar.text"));
        QCOMPARE(list->topLevelItem(0)->text(3), QStringLiteral("Restored"));

        list->setFocus();
        QTest::keyClick(list, Qt::Key_End);
        QTRY_VERIFY(visible<QPushButton>("policy.versions.restore")->isEnabled());
        QVERIFY(click("policy.versions.restore"));
        QTRY_VERIFY(visible<QDialog>("confirm"));
        QVERIFY(click("confirm.accept"));
        QTRY_COMPARE(list->topLevelItemCount(), 5);
        const auto first = m_login->wait(policies.version({std::nullopt, "p0"}, 1));
        const auto now = m_login->wait(policies.get({std::nullopt, "p0"}));
        QVERIFY(first && *first && now && *now);
        QVERIFY((*first)->policy == (*now)->value.policy);
        const auto same = m_login->wait(policies.diff({std::nullopt, "p0"}, 1, {}));
        QVERIFY(same && *same);
        QCOMPARE((*same)->to, std::uint64_t{5});
        QCOMPARE((*same)->patch, std::string("[]"));
        const auto last = m_login->wait(policies.diff({std::nullopt, "p0"}, {}, 2));
        QVERIFY(last && *last && (*last)->from == 1);
        QVERIFY((*last)->patch.find("/policy/description") != std::string::npos);
        QVERIFY(click("panel.close"));
    }

    void historyIsReachedFromTheEditor()
    {
        QTRY_VERIFY(rowOf("policies.table", QStringLiteral("p0")) >= 0);
        QVERIFY(clickRow("policies.table", rowOf("policies.table", QStringLiteral("p0"))));
        QVERIFY(click("policies.edit"));
        QTRY_VERIFY(visible<widgets::JsonTextArea>("policy.rule.text"));
        QVERIFY(retype(QStringLiteral("\"description\": \""), QStringLiteral("\"description\": \"unsaved ")));
        QVERIFY(click("policy.history")); // asks first
        QTRY_VERIFY(visible<QWidget>("messageBar.action"));
        QVERIFY(visible<widgets::JsonTextArea>("policy.rule.text"));
        QVERIFY(click("messageBar.action"));
        QTRY_VERIFY(visible<QTreeWidget>("policy.versions.list"));
        QTRY_VERIFY(visible<QTreeWidget>("policy.versions.list")->topLevelItemCount() > 0);
        QVERIFY(click("panel.close"));
    }

    void anEndedSessionLosesNothing()
    {
        QTRY_VERIFY(rowOf("policies.table", QStringLiteral("p0")) >= 0);
        QVERIFY(clickRow("policies.table", rowOf("policies.table", QStringLiteral("p0"))));
        QVERIFY(click("policies.edit"));
        QTRY_VERIFY(visible<widgets::JsonTextArea>("policy.rule.text"));
        QVERIFY(retype(QStringLiteral("\"description\": \""), QStringLiteral("\"description\": \"later ")));
        client::Session broken = *m_login->api().session();
        broken.token = SecretString("no.token.any.more");
        m_login->api().setSession(broken);
        QSignalSpy expired(&m_login->api(), &client::ApiClient::sessionExpired);
        QVERIFY(click("policy.save"));
        QTRY_COMPARE(expired.size(), 1);
        QVERIFY(visible<widgets::JsonTextArea>("policy.rule.text")); // waits, nothing lost
        QVERIFY(m_login->logIn());
        QTRY_VERIFY(!visible<widgets::JsonTextArea>("policy.rule.text"));
        const auto policy = m_login->wait(client::PolicyClient(m_login->api()).get({std::nullopt, "p0"}));
        QVERIFY((*policy)->value.policy.description.rfind("later ", 0) == 0);
    }

    void deletes()
    {
        QTRY_VERIFY(rowOf("policies.table", QStringLiteral("p0")) >= 0);
        QVERIFY(clickRow("policies.table", rowOf("policies.table", QStringLiteral("p0"))));
        QTest::keyClick(visible<QTableView>("policies.table"), Qt::Key_Delete);
        QTRY_VERIFY(visible<QDialog>("confirm"));
        QVERIFY(click("confirm.cancel"));
        QTRY_VERIFY(!visible<QDialog>("confirm"));
        QVERIFY(rowOf("policies.table", QStringLiteral("p0")) >= 0);
        QVERIFY(click("policies.delete"));
        QTRY_VERIFY(visible<QDialog>("confirm"));
        QVERIFY(click("confirm.accept"));
        QTRY_VERIFY(visible<QLabel>("state.title"));
    }
};

QTEST_MAIN(PolicyPageTest)
#include "policypagetest.moc"
