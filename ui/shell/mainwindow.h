// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "pages/page.h"
#include <QMainWindow>
#include <vector>

class QStackedWidget;

namespace iam::client {
class ApiClient;
}

namespace iam::pages {
class AdoptionPage;
class FirstRunPage;
class LogInPage;
class WaitingPage;
} // namespace iam::pages

namespace iam::shell {

class Connection;
class NavigationRail;

/// One entry of the navigation.
struct PageEntry {
    QString name; ///< for object names and settings
    QString word;
    QString iconName;
    pages::Page* page; ///< the window takes it over
};

/// Shows what the connection's stage asks for, and the pages once somebody is logged in. Only navigates.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(client::ApiClient& api, Connection& connection, std::vector<PageEntry> pages, QWidget* parent = nullptr);

    /// Offers to take over a database of the old system, before and after the log-in. The window takes the page over.
    void offerAdoption(pages::AdoptionPage* page);
    void showPage(int index);
    [[nodiscard]] pages::Page* currentPage() const;

protected:
    void closeEvent(QCloseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildStart();
    void buildWorkbench();
    void addShortcuts();
    void showStage();
    void enterWorkbench();
    void leaveWorkbench();
    void showIdentity();
    void askAgain();
    void goOn();
    void logOut();
    void showAdoption();
    void leaveAdoption();
    [[nodiscard]] QStringList unsavedPages() const;
    void restoreWindow();
    void rememberWindow() const;

    client::ApiClient& m_api;
    Connection& m_connection;
    std::vector<PageEntry> m_pages;
    QStackedWidget* m_root;
    pages::WaitingPage* m_waiting;
    pages::FirstRunPage* m_firstRun;
    pages::LogInPage* m_logIn;
    QWidget* m_workbench;
    NavigationRail* m_rail;
    QStackedWidget* m_stack;
    pages::LogInPage* m_logInAgain;
    pages::AdoptionPage* m_adoption = nullptr;
    QWidget* m_beforeAdoption = nullptr;
    bool m_reachable = true;
    bool m_closeAgreed = false;
    bool m_endOfWorkAgreed = false;
};

} // namespace iam::shell
