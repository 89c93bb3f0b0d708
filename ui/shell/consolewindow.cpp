// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/consolewindow.h"
#include "pages/adoption/adoptionpage.h"
#include "pages/change/changepage.h"
#include "pages/cluster/clusterpage.h"
#include "pages/cluster/definitionpage.h"
#include "pages/decision/decisionpage.h"
#include "pages/policy/policypage.h"
#include "pages/pump/pumppage.h"
#include "pages/secret/secretpage.h"
#include "pages/user/userpage.h"
#include "shell/connection.h"

namespace iam::shell {

namespace {

enum Index { Users, Secrets, Policies, Decisions, Changes, Pump, Cluster, Definition };

} // namespace

std::unique_ptr<MainWindow> makeMainWindow(client::ApiClient& api, Connection& connection,
                                           models::ClusterMemory& memory, models::AdoptionProgram* adoption)
{
    auto* users = new pages::UserPage(api);
    auto* secrets = new pages::SecretPage(api);
    auto* policies = new pages::PolicyPage(api);
    auto* decisions = new pages::DecisionPage(api);
    auto* changes = new pages::ChangePage(api);
    auto* pump = new pages::PumpPage(api);
    auto* cluster = new pages::ClusterPage(api, memory);
    auto* definition = new pages::DefinitionPage;
    std::vector<PageEntry> entries{
        {QStringLiteral("users"), MainWindow::tr("Users"), QStringLiteral("user-others"), users},
        {QStringLiteral("secrets"), MainWindow::tr("Secrets"), QStringLiteral("password-copy"), secrets},
        {QStringLiteral("policies"), MainWindow::tr("Policies"), QStringLiteral("document-properties"), policies},
        {QStringLiteral("decisions"), MainWindow::tr("Decisions"), QStringLiteral("view-calendar-list"), decisions},
        {QStringLiteral("changes"), MainWindow::tr("Changes"), QStringLiteral("appointment-new"), changes},
        {QStringLiteral("pump"), MainWindow::tr("Pump"), QStringLiteral("document-send"), pump},
        {QStringLiteral("cluster"), MainWindow::tr("Cluster"), QStringLiteral("network-server"), cluster},
        {QStringLiteral("definition"), MainWindow::tr("Definition"), QStringLiteral("document-edit"), definition},
    };
    auto window = std::make_unique<MainWindow>(api, connection, std::move(entries));
    QObject::connect(users, &pages::UserPage::secretsRequested, window.get(),
                     [window = window.get(), secrets](const QString& owner) {
                         window->showPage(Secrets);
                         secrets->showOwner(owner);
                     });
    QObject::connect(users, &pages::UserPage::policiesRequested, window.get(),
                     [window = window.get(), policies](const QString& owner) {
                         window->showPage(Policies);
                         policies->showOwner(owner);
                     });
    QObject::connect(decisions, &pages::DecisionPage::simulationRequested, window.get(),
                     [window = window.get(), policies](const contract::DecisionRequest& request, const QString& owner) {
                         window->showPage(Policies);
                         policies->simulate({request, owner});
                     });
    QObject::connect(cluster, &pages::ClusterPage::definitionRequested, window.get(),
                     [window = window.get()] { window->showPage(Definition); });
    if (adoption != nullptr) window->offerAdoption(new pages::AdoptionPage(*adoption));
    connection.setClusterMemory(memory);
    // Its nodes can still tell who has the address.
    QObject::connect(&connection, &Connection::addressSilent, window.get(),
                     [window = window.get()] { window->showPage(Cluster); });
    return window;
}

} // namespace iam::shell
