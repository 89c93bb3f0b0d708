// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/policyclient.h"
#include "client/secretclient.h"
#include "client/userclient.h"
#include "client/whenready.h"
#include "gui/photographer.h"
#include "gui/pumppictures.h"
#include "support/consoleundertest.h"
#include "support/decisionasker.h"
#include "support/widgetdriver.h"
#include "widgets/theme.h"
#include <QApplication>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

using namespace iam;
using support::click;
using support::ConsoleUnderTest;
using support::Photographer;
using support::type;
using support::visible;

namespace {

const QString password = QStringLiteral("Horse-7battery");

struct Person {
    const char* name;
    const char* nickname;
};
constexpr Person people[] = {{"colin", "Colin Kong"},       {"wei.zhang", "张伟"},          {"maria", "Maria Silva"},
                             {"ci-runner", "Build runner"}, {"billing", "Billing service"}, {"lars", "Lars Öberg"},
                             {"xiaoming", "小明"},          {"audit", "Audit department"}};

template <class T>
bool waitFor(const client::Reply<T>& reply)
{
    std::optional<bool> good;
    QObject guard;
    client::whenReady(reply, &guard, [&good](const Result<T>& result) {
        good = result.has_value();
        if (!result) qWarning("%s", result.error().detail.c_str());
    });
    return QTest::qWaitFor([&good] { return good.has_value(); }, 20'000) && *good;
}

contract::Policy makePolicy(const std::string& owner, const std::string& name, const std::string& effect,
                            const std::string& subject, const std::string& action, const std::string& resource)
{
    contract::Policy policy;
    policy.metadata.name = name;
    policy.username = owner;
    policy.policy.effect = effect;
    policy.policy.description = "made for the pictures";
    policy.policy.subjects = {{subject}};
    policy.policy.actions = {{action}};
    policy.policy.resources = {{resource}};
    return policy;
}

/// Users, secrets, policies and decisions such as a small company has.
bool fill(ConsoleUnderTest& console)
{
    const client::UserClient users(console.api);
    const client::SecretClient secrets(console.api);
    const client::PolicyClient policies(console.api);
    for (const Person& person : people) {
        contract::User user;
        user.metadata.name = person.name;
        user.nickname = person.nickname;
        user.password = SecretString("Pictures-4all");
        user.email = std::string(person.name) + "@example.org";
        if (!waitFor(users.create(user))) return false;
    }
    for (int i = 0; i < 2; ++i) { // two browsers of the one whose detail is shown
        client::ApiClient other(console.api.config());
        client::SessionClient login(other);
        if (!waitFor(login.logIn("audit", SecretString("Pictures-4all")))) return false;
    }
    if (!waitFor(users.setEnabled("lars", false))) return false;
    contract::Secret secret;
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(SystemClock().now().time_since_epoch()).count();
    for (const auto& [owner, name, days] :
         std::initializer_list<std::tuple<const char*, const char*, int>>{{"billing", "nightly-invoices", 0},
                                                                          {"ci-runner", "deploy", 4},
                                                                          {"ci-runner", "old-deploy", -1},
                                                                          {"colin", "laptop", 200},
                                                                          {"maria", "notebook", 90}}) {
        secret.metadata.name = name;
        secret.username = owner;
        secret.expires = days == 0 ? 0 : now + days * 86'400;
        secret.description = "key of " + std::string(name);
        if (!waitFor(secrets.create(secret))) return false;
    }
    secret.metadata.name = "pictures";
    secret.description = "asks for the decisions";
    secret.username = "billing";
    secret.expires = 0;
    std::optional<contract::Secret> key;
    QObject guard;
    client::whenReady(secrets.create(secret), &guard, [&key](const Result<contract::Secret>& made) {
        if (made) key = *made;
    });
    if (!QTest::qWaitFor([&key] { return key.has_value(); }, 20'000)) return false;
    for (const contract::Policy& policy :
         {makePolicy("billing", "invoices-read", "allow", "users:<[a-z.-]+>", "<get|list>", "invoices:<.*>"),
          makePolicy("billing", "no-deleting", "deny", "users:<.*>", "delete", "invoices:<.*>"),
          makePolicy("ci-runner", "deploy-staging", "allow", "jobs:<.*>", "deploy", "hosts:staging-<[0-9]+>"),
          makePolicy("colin", "own-articles", "allow", "users:colin", "<.*>", "articles:colin:<.*>")})
        if (!waitFor(policies.create(policy))) return false;
    for (const char* subject : {"users:<colin|maria>", "users:<colin|lars|maria>"})
        if (!waitFor(policies.update(
                makePolicy("colin", "own-articles", "allow", subject, "<get|list>", "articles:colin:<.*>"), {})))
            return false;
    const QByteArray token =
        support::signToken(QString::fromStdString(key->secretId), QString::fromStdString(key->secretKey.reveal()));
    const auto ask = [&](const QString& subject, const char* action, const QString& resource) {
        return support::askDecision(
            *console.server.authzUrl(), token,
            {{QStringLiteral("subject"), subject},
             {QStringLiteral("action"), QString::fromLatin1(action)},
             {QStringLiteral("resource"), resource},
             {QStringLiteral("context"), QJsonObject{{QStringLiteral("remoteIP"), QStringLiteral("10.1.2.3")}}}});
    };
    // The key is in force a moment after it was made.
    if (!QTest::qWaitFor(
            [&] {
                return ask(QStringLiteral("users:colin"), "get", QStringLiteral("invoices:1"))
                    .contains(QStringLiteral("allowed"));
            },
            20'000))
        return false;
    for (int i = 0; i < 30; ++i)
        ask(QStringLiteral("users:%1").arg(QString::fromLatin1(people[i % 8].name)),
            i % 5 == 4   ? "delete"
            : i % 7 == 3 ? "update"
                         : "get",
            QStringLiteral("invoices:2026-%1").arg(i, 3, 10, QLatin1Char('0')));
    // One secret in the middle of a rotation, whose old key is still in use, and one that is disabled.
    const client::OwnedName rotated{"billing", "pictures"};
    const auto oldKeySeen = [&] {
        bool seen = false;
        QObject reader;
        client::whenReady(secrets.get(rotated), &reader,
                          [&seen](const Result<client::Versioned<contract::Secret>>& read) {
                              seen = read && read->value.previous && read->value.previous->lastUse.at;
                          });
        return QTest::qWaitFor([&seen] { return seen; }, 500);
    };
    return waitFor(secrets.rotate(rotated, {7 * 86'400}, {})) &&
           waitFor(secrets.setEnabled({"maria", "notebook"}, false, {})) && QTest::qWaitFor(oldKeySeen, 20'000);
}

int rowsOf(const char* table)
{
    auto* view = visible<QTableView>(table);
    return view != nullptr ? view->model()->rowCount() : 0;
}

/// Administrators see their own first: on to all users', by keys.
void showAllOwners(const QByteArray& page)
{
    auto* chooser = visible<QComboBox>((page + ".owner").constData());
    if (chooser == nullptr) return;
    chooser->setFocus();
    for (int i = chooser->findData(QString::fromLatin1(client::everyOwner)) - chooser->currentIndex(); i > 0; --i)
        QTest::keyClick(chooser, Qt::Key_Down);
}

void showAllUsers()
{
    auto* which = visible<QComboBox>("users.which");
    if (which == nullptr) return;
    which->setFocus();
    QTest::keyClick(which, Qt::Key_End);
}

void openFirstRow(const char* table)
{
    auto* view = visible<QTableView>(table);
    if (view == nullptr || view->model()->rowCount() == 0) return;
    const QRect cell = view->visualRect(view->model()->index(0, 0));
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, cell.center());
    QTest::keyClick(view, Qt::Key_Return);
}

void refresh(ConsoleUnderTest& console, Photographer& photographer)
{
    console.window->activateWindow();
    photographer.reach("active window", [&console] { return console.window->isActiveWindow(); });
    QTest::keyClick(console.window.get(), Qt::Key_F5);
}

void shootStart(ConsoleUnderTest& console, Photographer& photographer)
{
    if (!photographer.reach("first run", [] { return visible<QWidget>("firstRun") != nullptr; })) return;
    type("firstRun.password.line", QStringLiteral("Horse-7"));
    photographer.shootCurrent(QStringLiteral("01-first-run"));
    type("firstRun.password.line", password);
    type("firstRun.repeat.line", password);
    photographer.shootCurrent(QStringLiteral("02-first-run-good"));
    click("firstRun.start");
    photographer.reach("logged in",
                       [&console] { return console.connection.stage() == shell::Connection::Stage::Ready; });
}

void shootVersions(Photographer& photographer)
{
    click("policy.history");
    const bool read = photographer.reach("versions", [] {
        auto* restore = visible<QWidget>("policy.versions.restore");
        return restore != nullptr && restore->isEnabled();
    });
    if (read) photographer.shootCurrent(QStringLiteral("25-policies-versions"));
}

/// From a recorded decision to the simulator, which then is asked something else.
void shootSimulator(Photographer& photographer)
{
    const auto answered = [] {
        auto* ask = visible<QWidget>("simulator.save");
        return ask != nullptr && ask->isEnabled() && visible<QWidget>("simulator.outcome") != nullptr;
    };
    click("decision.tryAgain");
    if (!photographer.reach("simulator", answered)) return;
    photographer.shootCurrent(QStringLiteral("26-simulator-again"));
    type("simulator.subject", QStringLiteral("jobs:nightly"));
    type("simulator.action", QStringLiteral("get"));
    QTest::keyClick(visible<QWidget>("simulator.action"), Qt::Key_Return);
    photographer.reach("near misses", answered);
    if (auto* policies = visible<QWidget>("simulator.policies")) {
        policies->setFocus();
        QTest::keyClick(policies, Qt::Key_Home);
        QTest::keyClick(policies, Qt::Key_Down);
    }
    photographer.shootCurrent(QStringLiteral("27-simulator-near-misses"));
    if (auto* context = visible<QPlainTextEdit>("simulator.context.text")) {
        context->setFocus();
        QTest::keyClick(context, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClicks(context, QStringLiteral("["));
    }
    photographer.shootCurrent(QStringLiteral("28-simulator-fault"));
    click("panel.close");
    click("policies.simulator");
    photographer.reach("the same question", answered);
}

/// The newest secret has two keys; the next one is disabled.
void shootRotation(Photographer& photographer)
{
    click("secret.detail.endPrevious");
    if (photographer.reach("end old key", [] { return visible<QWidget>("confirm") != nullptr; }))
        photographer.shoot(visible<QWidget>("confirm"), QStringLiteral("42-end-old-key"));
    click("confirm.cancel");
    auto* table = visible<QTableView>("secrets.table");
    if (table == nullptr) return;
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(1, 0)).center());
    QTest::keyClick(table, Qt::Key_Return);
    photographer.reach("disabled secret", [] { return visible<QWidget>("secret.detail.enable") != nullptr; });
    photographer.shootCurrent(QStringLiteral("43-secret-disabled"));
    click("secret.detail.rotate");
    if (photographer.reach("new key", [] { return visible<QWidget>("rotateSecret") != nullptr; }))
        photographer.shoot(visible<QWidget>("rotateSecret"), QStringLiteral("44-new-key"));
    click("rotateSecret.cancel");
}

/// A policy that was changed, what it was on the clipboard, all that ever happened to it, and nothing at all.
void shootChanges(Photographer& photographer)
{
    auto* kind = visible<QComboBox>("changes.filter.kind");
    auto* action = visible<QComboBox>("changes.filter.action");
    if (kind == nullptr || action == nullptr) return photographer.miss(QStringLiteral("filter of changes"));
    kind->setCurrentIndex(3);   // policies
    action->setCurrentIndex(2); // changed
    if (!photographer.reach("changed policies", [] { return rowsOf("changes.table") == 2; })) return;
    openFirstRow("changes.table");
    photographer.reach("difference", [] { return visible<QWidget>("change.difference") != nullptr; });
    photographer.shootCurrent(QStringLiteral("70-changes-policy"));
    click("change.copyBefore");
    photographer.reach("copied", [] { return visible<QWidget>("messageBar.text") != nullptr; });
    click("change.history");
    photographer.reach("history", [] { return rowsOf("changes.table") == 3; });
    photographer.shootCurrent(QStringLiteral("71-changes-history"));
    click("panel.close");
    type("changes.search", QStringLiteral("nothing like this"));
    photographer.reach("no change", [] { return visible<QWidget>("state") != nullptr; });
    photographer.shootCurrent(QStringLiteral("72-changes-nothing"));
}

void shootPages(ConsoleUnderTest& console, Photographer& photographer)
{
    const char* pages[] = {"users", "secrets", "policies", "decisions", "changes"};
    for (int i = 0; i < int(std::size(pages)); ++i) {
        const QByteArray page = pages[i];
        click(("rail." + page).constData());
        refresh(console, photographer);
        showAllOwners(page);
        if (page == "users") showAllUsers();
        const QByteArray table = page + ".table";
        if (!photographer.reach(page.constData(), [&table] { return rowsOf(table.constData()) > 0; })) continue;
        photographer.shootCurrent(QStringLiteral("1%1-%2").arg(QString::number(i), QString::fromLatin1(page)));
        openFirstRow(table.constData());
        photographer.reach("panel", [] { return visible<QWidget>("panel") != nullptr; });
        if (page == "users") photographer.reach("log-ins", [] { return rowsOf("logins.table") > 0; });
        photographer.shootCurrent(QStringLiteral("2%1-%2-one").arg(QString::number(i), QString::fromLatin1(page)));
        if (page == "policies") shootVersions(photographer);
        if (page == "secrets") shootRotation(photographer);
        if (page == "decisions") shootSimulator(photographer);
        click("panel.close");
        if (page == "changes") shootChanges(photographer);
        if (i >= 3) continue; // records are not made here
        click((page + ".mainAction").constData());
        photographer.reach("editor", [] { return visible<QWidget>("panel") != nullptr; });
        if (page == "policies")
            if (auto* text = visible<QPlainTextEdit>("policy.rule.text")) {
                text->setFocus();
                QTest::keyClick(text, Qt::Key_Home, Qt::ControlModifier);
                QTest::keyClicks(text, QStringLiteral("["));
            }
        photographer.shootCurrent(QStringLiteral("3%1-%2-new").arg(QString::number(i), QString::fromLatin1(page)));
        if (page == "secrets") {
            type("secret.name", QStringLiteral("picture"));
            type("secret.description", QStringLiteral("shown once"));
            click("secret.save");
            if (photographer.reach("new secret", [] { return visible<QWidget>("newSecret") != nullptr; })) {
                photographer.shoot(visible<QWidget>("newSecret"), QStringLiteral("41-secret-shown-once"));
                QTest::keyClick(visible<QWidget>("newSecret.stored"), Qt::Key_Space);
                click("newSecret.close");
            }
        } else {
            click("panel.close");
            if (visible<QWidget>("messageBar.action") != nullptr) click("messageBar.action"); // throw away
        }
    }
}

void shootEnd(ConsoleUnderTest& console, Photographer& photographer)
{
    click("rail.users");
    client::Session worthless = *console.api.session();
    worthless.token = SecretString("no.longer.good");
    console.api.setSession(worthless);
    refresh(console, photographer);
    if (!photographer.reach("log in again", [] { return visible<QWidget>("logInAgain") != nullptr; })) return;
    photographer.shootCurrent(QStringLiteral("50-session-ended"));
    click("logInAgain.logOut");
    if (!photographer.reach("log in", [] { return visible<QWidget>("logIn") != nullptr; })) return;
    photographer.shootCurrent(QStringLiteral("51-log-in"));
    QTest::keyClick(visible<QWidget>("logIn.remote"), Qt::Key_Space);
    type("logIn.url", QStringLiteral("http://iam.example.org"));
    photographer.shootCurrent(QStringLiteral("52-log-in-elsewhere"));
}

void shootAll(Photographer& photographer)
{
    const QTemporaryDir data;
    support::MemorySessionStore store;
    ConsoleUnderTest console(data.filePath(QStringLiteral("server")), store);
    shootStart(console, photographer);
    click("rail.policies");
    photographer.reach("empty page", [] { return visible<QWidget>("state") != nullptr; });
    photographer.shootCurrent(QStringLiteral("03-empty"));
    if (fill(console)) {
        shootPages(console, photographer);
        support::shootPump(photographer, console.server.dataPath(), data.filePath(QStringLiteral("archive")));
        shootEnd(console, photographer);
    } else {
        photographer.miss(QStringLiteral("example data"));
    }
}

} // namespace

/// screenshots FOLDER THEME LANGUAGE: pictures of every page, drawn by the true main window over a true server.
int main(int argc, char** argv)
{
    return support::takePictures(argc, argv, shootAll);
}
