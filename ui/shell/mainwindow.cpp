// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/mainwindow.h"
#include "client/apiclient.h"
#include "pages/adoption/adoptionpage.h"
#include "pages/start/firstrunpage.h"
#include "pages/start/loginpage.h"
#include "pages/start/waitingpage.h"
#include "shell/connection.h"
#include "shell/navigationrail.h"
#include "widgets/confirmdialog.h"
#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>

namespace iam::shell {

using pages::LogInPage;

MainWindow::MainWindow(client::ApiClient& api, Connection& connection, std::vector<PageEntry> pages, QWidget* parent)
    : QMainWindow(parent)
    , m_api(api)
    , m_connection(connection)
    , m_pages(std::move(pages))
    , m_root(new QStackedWidget(this))
    , m_waiting(new pages::WaitingPage)
    , m_firstRun(new pages::FirstRunPage)
    , m_logIn(new LogInPage(LogInPage::Purpose::Start))
    , m_workbench(new QWidget)
    , m_rail(new NavigationRail(m_workbench))
    , m_stack(new QStackedWidget(m_workbench))
    , m_logInAgain(new LogInPage(LogInPage::Purpose::Expired, m_workbench))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("IAM Console"));
    setCentralWidget(m_root);
    buildStart();
    buildWorkbench();
    addShortcuts();
    connect(&m_connection, &Connection::stageChanged, this, &MainWindow::showStage);
    connect(&m_connection, &Connection::sessionExpired, this, &MainWindow::askAgain);
    connect(&m_connection, &Connection::sessionResumed, this, &MainWindow::goOn);
    connect(&m_connection, &Connection::temporaryChanged, this, &MainWindow::showIdentity);
    connect(&m_api, &client::ApiClient::reachabilityChanged, this, [this](bool reachable) {
        m_reachable = reachable;
        showIdentity();
    });
    restoreWindow();
    showStage();
}

void MainWindow::buildStart()
{
    for (QWidget* page : std::initializer_list<QWidget*>{m_waiting, m_firstRun, m_logIn, m_workbench})
        m_root->addWidget(page);
    const auto useElsewhere = [this] {
        m_connection.askForServer();
        m_logIn->chooseElsewhere();
    };
    connect(m_waiting, &pages::WaitingPage::retryRequested, &m_connection, &Connection::begin);
    connect(m_waiting, &pages::WaitingPage::otherServerWanted, this, useElsewhere);
    connect(m_firstRun, &pages::FirstRunPage::passwordChosen, &m_connection, &Connection::choosePassword);
    connect(m_firstRun, &pages::FirstRunPage::otherServerWanted, this, useElsewhere);
    connect(m_logIn, &LogInPage::logInRequested, &m_connection, &Connection::logIn);
    connect(m_logIn, &LogInPage::serverChosen, &m_connection, &Connection::useServer);
    connect(&m_connection, &Connection::busyChanged, this, [this](bool busy) {
        m_firstRun->setBusy(busy);
        m_logIn->setBusy(busy);
        m_logInAgain->setBusy(busy);
    });
    connect(&m_connection, &Connection::problemOccurred, this, [this](const QString& what, const QString& advice) {
        switch (m_connection.stage()) {
        case Connection::Stage::FirstRun:
            return m_firstRun->showProblem(what, advice);
        case Connection::Stage::Ready:
            return m_logInAgain->showProblem(what, advice);
        case Connection::Stage::Failed:
        case Connection::Stage::Waiting:
            return m_waiting->showProblem(tr("The bundled server did not start"), what, advice);
        case Connection::Stage::LogIn:
            return m_logIn->showProblem(what, advice);
        }
    });
    connect(&m_connection, &Connection::sessionLapsed, this,
            [this] { m_logIn->showNotice(tr("Your last session has ended.")); });
}

void MainWindow::buildWorkbench()
{
    auto* row = new QHBoxLayout(m_workbench);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addWidget(m_stack, 1);
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        const PageEntry& entry = m_pages[i];
        m_stack->addWidget(entry.page);
        m_rail->addPage(static_cast<int>(i), entry.name, entry.word, entry.iconName);
    }
    connect(m_rail, &NavigationRail::chosen, this, &MainWindow::showPage);
    connect(m_rail, &NavigationRail::logOutRequested, this, &MainWindow::logOut);
    m_logInAgain->setAutoFillBackground(true);
    m_logInAgain->hide();
    m_stack->installEventFilter(this);
    connect(m_logInAgain, &LogInPage::logInRequested, &m_connection, &Connection::logIn);
    connect(m_logInAgain, &LogInPage::logOutRequested, &m_connection, &Connection::logOut);
}

void MainWindow::addShortcuts()
{
    for (int i = 0; i < static_cast<int>(m_pages.size()); ++i) {
        auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i)), m_workbench);
        connect(shortcut, &QShortcut::activated, this, [this, i] { showPage(i); });
    }
    auto* refresh = new QShortcut(QKeySequence(Qt::Key_F5), m_workbench);
    connect(refresh, &QShortcut::activated, this, [this] { currentPage()->refresh(); });
    auto* quit = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q), this);
    connect(quit, &QShortcut::activated, this, &QWidget::close);
}

void MainWindow::showStage()
{
    if (m_adoption != nullptr && m_root->currentWidget() == m_adoption) return; // leaveAdoption() comes
    const Connection::Stage stage = m_connection.stage();
    if (stage != Connection::Stage::Ready && m_root->currentWidget() == m_workbench) leaveWorkbench();
    switch (stage) {
    case Connection::Stage::Waiting:
        m_waiting->showWaiting(m_connection.usesBundled() ? tr("Starting the bundled server…") : tr("Connecting…"));
        m_root->setCurrentWidget(m_waiting);
        break;
    case Connection::Stage::Failed:
        m_root->setCurrentWidget(m_waiting);
        break;
    case Connection::Stage::FirstRun:
        m_root->setCurrentWidget(m_firstRun);
        m_firstRun->setFocus();
        break;
    case Connection::Stage::LogIn:
        m_firstRun->wipe();
        m_logIn->wipe();
        m_logIn->setServer(m_connection.remoteUrl());
        m_logIn->setUserName(m_connection.lastUser());
        m_root->setCurrentWidget(m_logIn);
        m_logIn->focusFirstField();
        break;
    case Connection::Stage::Ready:
        enterWorkbench();
        break;
    }
}

void MainWindow::enterWorkbench()
{
    m_firstRun->wipe();
    m_logIn->wipe();
    showIdentity();
    m_root->setCurrentWidget(m_workbench);
    showPage(0);
}

void MainWindow::leaveWorkbench()
{
    goOn();
    if (currentPage() != nullptr) currentPage()->leave();
    for (const PageEntry& entry : m_pages) entry.page->reset();
}

void MainWindow::showPage(int index)
{
    if (index < 0 || index >= static_cast<int>(m_pages.size()) || !m_logInAgain->isHidden()) return;
    const PageEntry& entry = m_pages[static_cast<std::size_t>(index)];
    if (currentPage() != nullptr && currentPage() != entry.page) currentPage()->leave();
    m_stack->setCurrentWidget(entry.page);
    m_rail->setCurrent(index);
    entry.page->enter();
}

pages::Page* MainWindow::currentPage() const
{
    return qobject_cast<pages::Page*>(m_stack->currentWidget());
}

void MainWindow::showIdentity()
{
    if (!m_api.session()) return;
    const client::Session& session = *m_api.session();
    m_rail->setUser(QString::fromStdString(session.username), session.administrator ? tr("Administrator") : tr("User"));
    const QString address = m_api.config().baseUrl.toString();
    m_rail->setServer(m_connection.usesBundled() ? tr("Bundled server") : m_api.config().baseUrl.host(), address,
                      m_reachable);
    m_rail->setNotice(m_connection.sessionIsTemporary() ? tr("Logged in until you close the console") : QString(),
                      tr("No keyring of this desktop took the session, so it is kept in memory only."));
}

/// The session has ended: the log-in stands over the page, which stays as it is.
void MainWindow::askAgain()
{
    if (!m_api.session()) return;
    m_logInAgain->setUserName(QString::fromStdString(m_api.session()->username));
    m_logInAgain->wipe();
    m_logInAgain->setGeometry(m_stack->geometry());
    m_stack->setEnabled(false);
    m_rail->setEnabled(false);
    m_logInAgain->show();
    m_logInAgain->raise();
    m_logInAgain->focusFirstField();
}

void MainWindow::goOn()
{
    m_logInAgain->hide();
    m_logInAgain->wipe();
    m_stack->setEnabled(true);
    m_rail->setEnabled(true);
    if (currentPage() != nullptr) currentPage()->setFocus();
}

void MainWindow::offerAdoption(pages::AdoptionPage* page)
{
    m_adoption = page;
    m_root->addWidget(page);
    m_firstRun->offerAdoption();
    m_logIn->offerAdoption();
    m_rail->offerAdoption();
    connect(m_firstRun, &pages::FirstRunPage::adoptionWanted, this, &MainWindow::showAdoption);
    connect(m_logIn, &LogInPage::adoptionWanted, this, &MainWindow::showAdoption);
    connect(m_rail, &NavigationRail::adoptionRequested, this, &MainWindow::showAdoption);
    connect(page, &pages::AdoptionPage::closeRequested, this, &MainWindow::leaveAdoption);
}

void MainWindow::showAdoption()
{
    m_beforeAdoption = m_root->currentWidget();
    m_root->setCurrentWidget(m_adoption);
    m_adoption->takeFocus();
}

/// Back to where it was opened, or to what the connection has come to meanwhile.
void MainWindow::leaveAdoption()
{
    m_root->setCurrentWidget(m_beforeAdoption);
    if (m_beforeAdoption != m_workbench || m_connection.stage() != Connection::Stage::Ready) showStage();
}

QStringList MainWindow::unsavedPages() const
{
    QStringList out;
    for (const PageEntry& entry : m_pages)
        if (entry.page->hasUnsavedChanges()) out.append(entry.word);
    return out;
}

void MainWindow::logOut()
{
    const QStringList unsaved = unsavedPages();
    if (unsaved.isEmpty()) return m_connection.logOut();
    widgets::ConfirmDialog::ask(this,
                                {.title = tr("Log out and drop what was typed?"),
                                 .consequence = tr("What you typed on these pages was not saved:"),
                                 .lost = unsaved,
                                 .accept = tr("Log out")},
                                [this] { m_connection.logOut(); });
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_adoption != nullptr && m_adoption->isWorking() && !m_endOfWorkAgreed) {
        event->ignore();
        widgets::ConfirmDialog::ask(this,
                                    {.title = tr("Close the console in the middle of the work on a database?"),
                                     .consequence = tr("It ends where it is. Nothing is lost: it goes on from there "
                                                       "the next time, or the database is given back."),
                                     .lost = {},
                                     .accept = tr("Close the console")},
                                    [this] {
                                        m_endOfWorkAgreed = true;
                                        close();
                                    });
        return;
    }
    const QStringList unsaved = m_closeAgreed ? QStringList() : unsavedPages();
    if (unsaved.isEmpty()) {
        rememberWindow();
        return QMainWindow::closeEvent(event);
    }
    event->ignore();
    widgets::ConfirmDialog::ask(this,
                                {.title = tr("Close the console and drop what was typed?"),
                                 .consequence = tr("What you typed on these pages was not saved:"),
                                 .lost = unsaved,
                                 .accept = tr("Close the console")},
                                [this] {
                                    m_closeAgreed = true;
                                    close();
                                });
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_stack && (event->type() == QEvent::Resize || event->type() == QEvent::Move))
        m_logInAgain->setGeometry(m_stack->geometry());
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::restoreWindow()
{
    setMinimumSize(720, 480);
    resize(1180, 760);
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
}

void MainWindow::rememberWindow() const
{
    QSettings().setValue(QStringLiteral("window/geometry"), saveGeometry());
}

} // namespace iam::shell
