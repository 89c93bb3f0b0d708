// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/change/changepage.h"
#include "gui/pagetest.h"
#include "models/changelistmodel.h"
#include "support/consoleundertest.h"
#include "support/httpstandin.h"
#include "widgets/datatable.h"
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QFile>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QToolButton>

using namespace iam;
using namespace iam::support;
using models::ChangeListModel;

namespace {

const QString adminPassword = QStringLiteral("Horse-7battery");
const std::string hisPassword = "Wonder-4land";
const std::string hisNextPassword = "Wonder-5land";

template <class T>
std::optional<Result<T>> wait(const client::Reply<T>& reply)
{
    std::optional<Result<T>> answer;
    QObject guard;
    client::whenReady(reply, &guard, [&](const Result<T>& result) { answer = result; });
    (void)QTest::qWaitFor([&] { return answer.has_value(); }, 20'000);
    return answer;
}

template <class T>
bool done(const client::Reply<T>& reply)
{
    const auto answer = wait(reply);
    return answer && answer->has_value();
}

contract::User makeUser(const std::string& name)
{
    contract::User user;
    user.metadata.name = name;
    user.nickname = "Foo";
    user.email = name + "@example.org";
    user.password = SecretString(hisPassword);
    return user;
}

contract::Policy makePolicy(const std::string& subject)
{
    contract::Policy policy;
    policy.metadata.name = "p0";
    policy.username = "foo";
    policy.policy.effect = "allow";
    policy.policy.subjects = {{subject}};
    policy.policy.actions = {{"get"}};
    policy.policy.resources = {{"articles:<.*>"}};
    return policy;
}

widgets::DataTable* table()
{
    return visible<widgets::DataTable>("changes.table");
}

int rows()
{
    return table() != nullptr ? table()->model()->rowCount() : -1;
}

QString cell(int row, ChangeListModel::Column column)
{
    return rows() > row ? table()->model()->index(row, column).data().toString() : QString();
}

QString labelText(const char* name)
{
    const auto* label = visible<QLabel>(name);
    return label != nullptr ? label->text() : QString();
}

QString difference()
{
    const auto* view = visible<QPlainTextEdit>("change.difference");
    return view != nullptr ? view->toPlainText() : QString();
}

/// Picks the entry with that word, by keys.
bool choose(const char* box, const QString& word)
{
    auto* choice = visible<QComboBox>(box);
    if (choice == nullptr || choice->findText(word) < 0) return false;
    choice->setFocus();
    QTest::keyClick(choice, Qt::Key_Home);
    for (int i = choice->findText(word); i > 0; --i) QTest::keyClick(choice, Qt::Key_Down);
    return choice->currentText() == word;
}

bool openRow(int row)
{
    if (!clickRow("changes.table", row)) return false;
    QTest::keyClick(table(), Qt::Key_Return);
    return visible<QWidget>("change") != nullptr;
}

} // namespace

/// Changes made through the API, seen in the true main window over the console's own server.
class ChangePageTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_data;
    MemorySessionStore m_store;
    std::unique_ptr<ConsoleUnderTest> m_console;
    QString m_key;
    int m_all = 0; // rows without a filter

    client::UserClient users() { return client::UserClient(m_console->api); }
    client::PolicyClient policies() { return client::PolicyClient(m_console->api); }
    /// The list as the page first shows it.
    void start()
    {
        if (visible<QWidget>("change")) QVERIFY(click("panel.close"));
        if (auto* search = visible<QLineEdit>("changes.search"); search && !search->text().isEmpty())
            QVERIFY(type("changes.search", {}));
        if (visible<QPushButton>("changes.filter.clear")->isEnabled()) QVERIFY(click("changes.filter.clear"));
        QTRY_COMPARE(rows(), m_all);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setApplicationName(QStringLiteral("iam-console-test"));
        QSettings().clear();
        widgets::applyTheme(*qApp, widgets::ColorScheme::Light);
        m_console = std::make_unique<ConsoleUnderTest>(m_data.filePath(QStringLiteral("server")), m_store);
        QTRY_VERIFY(visible<QWidget>("firstRun"));
        QVERIFY(type("firstRun.password.line", adminPassword));
        QVERIFY(type("firstRun.repeat.line", adminPassword));
        QVERIFY(click("firstRun.start"));
        QTRY_VERIFY_WITH_TIMEOUT(visible<QWidget>("rail.changes"), 20'000);
    }
    void cleanupTestCase() { m_console.reset(); }

    void theFirstChangeIsTheAdministrator()
    {
        QVERIFY(click("rail.changes"));
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(cell(0, ChangeListModel::Name), QStringLiteral("admin"));
        QCOMPARE(cell(0, ChangeListModel::Action), QStringLiteral("created"));
    }

    void theEmptyPageTeaches()
    {
        HttpStandIn server; // one whose records are all too old to be kept
        server.handler = [](const StandInRequest&) { return HttpStandIn::json(200, R"({"items":[],"next":""})"); };
        client::ApiClient api({.baseUrl = server.url()});
        api.setSession({});
        m_console->window->hide();
        pages::ChangePage page(api);
        page.show();
        page.enter();
        QTRY_COMPARE(labelText("state.title"), QStringLiteral("No changes yet"));
        QVERIFY(labelText("state.advice").contains(QStringLiteral("Create a user")));
        page.hide();
        m_console->window->show();
    }

    void theNewestStandsFirst()
    {
        QVERIFY(done(users().create(makeUser("foo"))));
        contract::Secret secret;
        secret.metadata.name = "s0";
        secret.username = "foo";
        const auto made = wait(client::SecretClient(m_console->api).create(secret));
        QVERIFY(made && *made);
        m_key = QString::fromStdString((*made)->secretKey.reveal());
        QCOMPARE(m_key.size(), 32);
        QVERIFY(done(policies().create(makePolicy("users:<peter|ken>"))));
        QVERIFY(done(policies().update(makePolicy("users:<peter>"), {})));
        QVERIFY(done(users().changePassword("foo", {SecretString(), SecretString(hisNextPassword)})));
        QVERIFY(done(users().setEnabled("foo", false)));
        m_console->window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_console->window.get()));
        QTest::keyClick(m_console->window.get(), Qt::Key_F5);
        QTRY_COMPARE(cell(0, ChangeListModel::Action), QStringLiteral("disabled"));
        m_all = rows();
        QCOMPARE(m_all, 7);
        QCOMPARE(labelText("changes.count"), QStringLiteral("7 in all"));
        QCOMPARE(cell(0, ChangeListModel::Actor), QStringLiteral("admin"));
        QCOMPARE(cell(0, ChangeListModel::Kind), QStringLiteral("user"));
        QCOMPARE(cell(0, ChangeListModel::Name), QStringLiteral("foo"));
        static const QRegularExpression zoned(QStringLiteral("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC"));
        QVERIFY2(cell(0, ChangeListModel::Time).contains(zoned), qPrintable(cell(0, ChangeListModel::Time)));
        QVERIFY(openRow(0));
        QCOMPARE(labelText("change.headline.title"), QStringLiteral("admin disabled user foo"));
    }

    void beforeAndAfterAreShown()
    {
        start();
        QVERIFY(choose("changes.filter.kind", QStringLiteral("policy")));
        QTRY_COMPARE(rows(), 2);
        QCOMPARE(cell(0, ChangeListModel::Members), QStringLiteral("policy.subjects"));
        QVERIFY(openRow(0));
        QCOMPARE(labelText("change.headline.title"), QStringLiteral("admin changed policy p0 of foo"));
        const QString circumstances = labelText("change.headline.text");
        QVERIFY(circumstances.contains(QStringLiteral("127.0.0.1")));
        QVERIFY(circumstances.contains(cell(0, ChangeListModel::RequestId)));
        const QString lines = difference();
        QVERIFY2(lines.contains(QStringLiteral("\u2212         \"subjects\": [\"users:<peter|ken>\"]")),
                 qPrintable(lines));
        QVERIFY2(lines.contains(QStringLiteral("+         \"subjects\": [\"users:<peter>\"]")), qPrintable(lines));
        QVERIFY(click("panel.close"));
        QVERIFY(openRow(1)); // it came into being: every member, sorted
        const QString all = difference();
        QVERIFY(!all.contains(QStringLiteral("\n\u2212")));
        const qsizetype at[] = {all.indexOf(u"\"metadata\""), all.indexOf(u"\"createdAt\""),
                                all.indexOf(u"\"updatedAt\""), all.indexOf(u"\"policy\""),
                                all.indexOf(u"\"username\"")};
        QVERIFY(at[0] >= 0);
        QVERIFY(std::is_sorted(std::begin(at), std::end(at)));
        QVERIFY(!click("change.copyBefore")); // there was nothing
    }

    void whatItWasIsCopiedAndCanBePutBack()
    {
        start();
        QVERIFY(choose("changes.filter.action", QStringLiteral("changed")));
        QTRY_COMPARE(rows(), 1);
        QVERIFY(openRow(0));
        QVERIFY(click("change.copyBefore"));
        QVERIFY(message().contains(QStringLiteral("on the clipboard")));
        const auto before = contract::decodePolicy(QGuiApplication::clipboard()->text().toStdString());
        QVERIFY(before.has_value());
        QVERIFY(before->policy.subjects == contract::PatternList{{"users:<peter|ken>"}});
        QCOMPARE(before->username, std::string("foo"));
        QVERIFY(click("change.copyAfter"));
        const auto after = contract::decodePolicy(QGuiApplication::clipboard()->text().toStdString());
        QVERIFY(after && after->policy.subjects == contract::PatternList{{"users:<peter>"}});
    }

    void filtersRestrict()
    {
        start();
        QVERIFY(type("changes.filter.name", QStringLiteral("s0")));
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(cell(0, ChangeListModel::Kind), QStringLiteral("secret"));
        start();
        QVERIFY(type("changes.filter.actor", QStringLiteral("nobody")));
        QTRY_COMPARE(labelText("state.title"), QStringLiteral("No change fits"));
        QVERIFY(type("changes.filter.actor", QStringLiteral("admin")));
        QTRY_COMPARE(rows(), m_all - 1); // the administrator was not made by one
        start();
        QVERIFY(type("changes.filter.owner", QStringLiteral("foo")));
        QTRY_COMPARE(rows(), 6);
        QVERIFY(choose("changes.filter.kind", QStringLiteral("user")));
        QVERIFY(choose("changes.filter.action", QStringLiteral("password changed")));
        QTRY_COMPARE(rows(), 1);
        start();
        auto* until = visible<QCheckBox>("changes.filter.toWanted");
        QTest::mouseClick(until, Qt::LeftButton, {}, QPoint(8, until->height() / 2));
        auto* time = visible<QDateTimeEdit>("changes.filter.to");
        QVERIFY(time->isEnabled());
        time->setDateTime(QDateTime::currentDateTime().addDays(-1));
        QTRY_COMPARE(labelText("state.title"), QStringLiteral("No change fits"));
        time->setDateTime(QDateTime::currentDateTime().addDays(1));
        QTRY_COMPARE(rows(), m_all);
    }

    void theHistoryOfOneObject()
    {
        start();
        QVERIFY(openRow(0));
        QVERIFY(click("change.history"));
        QTRY_COMPARE(rows(), 3); // disabled, new password, created
        QCOMPARE(visible<QComboBox>("changes.filter.kind")->currentText(), QStringLiteral("user"));
        QCOMPARE(visible<QLineEdit>("changes.filter.name")->text(), QStringLiteral("foo"));
        QCOMPARE(cell(2, ChangeListModel::Action), QStringLiteral("created"));
    }

    void aRequestIsFoundByItsId()
    {
        start();
        const QString id = cell(2, ChangeListModel::RequestId);
        QVERIFY(!id.isEmpty());
        QVERIFY(type("changes.search", id));
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(cell(0, ChangeListModel::RequestId), id);
    }

    void noSecretIsEverShown()
    {
        start();
        QString seen;
        for (int row = 0; row < rows(); ++row) {
            for (int column = 0; column < ChangeListModel::ColumnCount; ++column)
                for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(models::ListModel::CopyRole)})
                    seen += table()->model()->index(row, column).data(role).toString();
            QVERIFY(openRow(row));
            seen += difference();
            for (const char* button : {"change.copyBefore", "change.copyAfter"})
                if (click(button)) seen += QGuiApplication::clipboard()->text();
        }
        QVERIFY(seen.contains(QStringLiteral("secretKey"))); // its place is empty
        for (const QString& secret :
             {m_key, QString::fromStdString(hisPassword), QString::fromStdString(hisNextPassword), adminPassword,
              QStringLiteral("$2a$"), QStringLiteral("$2b$"), QStringLiteral("$argon2")})
            QVERIFY2(!seen.contains(secret), qPrintable(secret));
    }

    void theListIsCopiedAndExported()
    {
        start();
        QVERIFY(clickRow("changes.table", 0));
        QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("admin\tdisabled\tuser\tfoo")));
        const QString file = m_data.filePath(QStringLiteral("changes.csv"));
        table()->exportTo(file);
        QTRY_VERIFY(message().contains(file));
        QFile csv(file);
        QVERIFY(csv.open(QIODevice::ReadOnly));
        const QByteArray text = csv.readAll();
        QCOMPARE(text.count("\r\n"), rows() + 1);
        QVERIFY(text.contains("policy.subjects"));
    }

    void newChangesAreFollowed()
    {
        start();
        QVERIFY(click("changes.follow"));
        QVERIFY(done(users().setEnabled("foo", true)));
        QTRY_COMPARE(cell(0, ChangeListModel::Action), QStringLiteral("enabled"));
        QVERIFY(click("changes.follow"));
        QVERIFY(!visible<QToolButton>("changes.follow")->isChecked());
    }

    void everybodySeesTheirOwn()
    {
        client::ApiClient api(m_console->api.config());
        client::SessionClient sessions(api);
        QVERIFY(done(sessions.logIn("foo", SecretString(hisNextPassword))));
        QVERIFY(done(users().create(makeUser("bar"))));
        m_console->window->hide();
        pages::ChangePage page(api);
        page.resize(1200, 760);
        page.show();
        page.enter();
        QTRY_VERIFY(rows() >= 7);
        for (int row = 0; row < rows(); ++row) QCOMPARE(cell(row, ChangeListModel::Owner), QStringLiteral("foo"));
        QVERIFY(type("changes.filter.owner", QStringLiteral("bar")));
        QTRY_VERIFY(!message().isEmpty() || visible<QLabel>("state.title")); // refused, and said so
        page.hide();
        m_console->window->show();
    }

    void aServerThatIsGoneIsTold()
    {
        m_console->window->hide();
        auto server = std::make_unique<TestServer>();
        QCOMPARE(server->error(), QString());
        client::ApiClient api({.baseUrl = server->apiUrl()});
        client::SessionClient sessions(api);
        QVERIFY(done(sessions.logIn("admin", SecretString(TestServer::password))));
        QVERIFY(done(client::UserClient(api).create(makeUser("foo"))));
        pages::ChangePage page(api);
        page.resize(1200, 760);
        page.show();
        page.enter();
        QTRY_VERIFY(rows() >= 1);
        const int before = rows();
        server.reset();
        page.refresh();
        QTRY_VERIFY(!message().isEmpty());
        QCOMPARE(rows(), before); // what was read stays
        QVERIFY(visible<QWidget>("messageBar.action"));
        pages::ChangePage fresh(api);
        page.hide();
        fresh.resize(1200, 760);
        fresh.show();
        fresh.enter();
        QTRY_COMPARE(labelText("state.title"), QStringLiteral("The changes could not be loaded"));
        QVERIFY(visible<QWidget>("state.action"));
        fresh.hide();
        m_console->window->show();
    }
};

QTEST_MAIN(ChangePageTest)
#include "changepagetest.moc"
