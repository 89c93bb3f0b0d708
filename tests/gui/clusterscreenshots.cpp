// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/photographer.h"
#include "models/clusterload.h"
#include "pages/cluster/clusterpage.h"
#include "pages/cluster/definitionpage.h"
#include "support/clusterconsole.h"
#include "widgets/headline.h"
#include <QTabWidget>
#include <QTableView>
#include <QTreeWidget>
#include <cmath>

using namespace iam;
using support::ClusterConsole;
using support::ExampleCluster;
using support::Photographer;
using support::visible;
using Scene = ExampleCluster::Scene;

namespace {

bool showsTone(widgets::Tone tone)
{
    auto* headline = visible<widgets::Headline>("cluster.verdict");
    return headline != nullptr && headline->tone() == tone;
}

/// Two minutes of load that went before.
void addLoad(ClusterConsole& console)
{
    auto* load = console.window->findChild<models::ClusterLoadModel*>();
    const auto now = std::chrono::steady_clock::now();
    contract::ClusterStatus status;
    status.apiDomain = "iam.api.example.com";
    status.nodes.resize(1);
    status.nodes.front().name = "n1";
    for (int second = 118; second > 0; --second) {
        auto& upstreams = status.nodes.front().upstreams;
        upstreams.clear();
        for (int i = 1; i <= console.cluster.backends(); ++i) {
            const double wave = 1 + 0.25 * std::sin(second / 9.0) + 0.05 * std::sin(second * (1.3 + i));
            const bool away = i == 2 && second > 50 && second < 75;
            const double rate = away ? 0 : 1324.0 / console.cluster.backends() * wave;
            upstreams.push_back({status.apiDomain, "n" + std::to_string(i), static_cast<std::uint64_t>(rate), 0});
        }
        load->take(status, now - std::chrono::seconds(second));
    }
}

void openCluster(ClusterConsole& console, Photographer& photographer)
{
    addLoad(console);
    photographer.reach("logged in", [] { return visible<QWidget>("rail.cluster") != nullptr; });
    support::click("rail.cluster");
    photographer.reach("cluster", [] { return visible<QWidget>("cluster.topology") != nullptr; });
}

void shootScene(ClusterConsole& console, Photographer& photographer, Scene scene, widgets::Tone tone, const char* name)
{
    console.cluster.scene = scene;
    const int asked = static_cast<int>(console.cluster.server().requests.size());
    // All of what was shown before has been asked for again.
    photographer.reach(name, [&] { return console.cluster.server().requests.size() >= asked + 8 && showsTone(tone); });
    photographer.shootCurrent(QString::fromLatin1(name));
}

void shootTabs(Photographer& photographer)
{
    auto* tabs = visible<QTabWidget>("cluster.tabs");
    if (tabs == nullptr) return;
    tabs->setCurrentIndex(2);
    photographer.shootCurrent(QStringLiteral("61-cluster-nodes"));
    tabs->setCurrentIndex(1);
    if (auto* table = visible<QTableView>("clusterEvents.table")) {
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                          table->visualRect(table->model()->index(0, 0)).center());
        QTest::keyClick(table, Qt::Key_Return);
    }
    photographer.shootCurrent(QStringLiteral("62-cluster-history"));
    support::click("panel.close");
    tabs->setCurrentIndex(0);
}

void shootDashboard(Photographer& photographer, const char* name)
{
    support::click("cluster.fullScreen");
    if (!photographer.reach("dashboard", [] { return visible<QWidget>("dashboard") != nullptr; })) return;
    auto* dashboard = visible<QWidget>("dashboard");
    dashboard->showNormal();
    dashboard->resize(1600, 900);
    // Drawing large pictures takes its time, in the same thread as the cluster that stands in.
    photographer.reach("dashboard is fresh", [dashboard] {
        return dashboard->findChild<widgets::Headline*>()->tone() != widgets::Tone::Neutral;
    });
    photographer.shoot(dashboard, QString::fromLatin1(name));
    QTest::keyClick(dashboard, Qt::Key_Escape);
}

void shootAll(Photographer& photographer)
{
    ClusterConsole console(2);
    openCluster(console, photographer);
    shootScene(console, photographer, Scene::Good, widgets::Tone::Success, "60-cluster");
    shootTabs(photographer);
    shootDashboard(photographer, "63-cluster-dashboard");
    shootScene(console, photographer, Scene::Double, widgets::Tone::Error, "64-cluster-double");
    shootDashboard(photographer, "65-cluster-dashboard-double");
    shootScene(console, photographer, Scene::Disputed, widgets::Tone::Warning, "66-cluster-disputed");
    shootScene(console, photographer, Scene::None, widgets::Tone::Error, "67-cluster-none");
    shootScene(console, photographer, Scene::AppDown, widgets::Tone::Success, "68-cluster-app-down");
    shootScene(console, photographer, Scene::DatabaseDown, widgets::Tone::Success, "69-cluster-database-down");
    console.cluster.silent = {QStringLiteral("127.0.4.21")};
    console.cluster.scene = Scene::NodeDown;
    auto* page = console.window->findChild<pages::ClusterPage*>();
    photographer.reach("node unheard", [page] {
        const auto& nodes = page->watch().state().status.nodes;
        return std::any_of(nodes.begin(), nodes.end(), [](const auto& node) { return node.age > cluster::freshFor; });
    });
    shootScene(console, photographer, Scene::NodeDown, widgets::Tone::Neutral, "70-cluster-node-down");
    console.cluster.silent = {QStringLiteral("*")};
    photographer.reach("stale", [page] { return page->watch().state().stale; });
    photographer.shootCurrent(QStringLiteral("71-cluster-unknown"));
}

void shootEight(Photographer& photographer)
{
    ClusterConsole console(8);
    openCluster(console, photographer);
    shootScene(console, photographer, Scene::Good, widgets::Tone::Success, "72-cluster-eight");
    console.window->resize(900, 700);
    photographer.shootCurrent(QStringLiteral("73-cluster-eight-small"));
}

void shootDefinition(Photographer& photographer)
{
    ClusterConsole console;
    openCluster(console, photographer);
    support::click("rail.definition");
    if (!photographer.reach("definition", [] { return visible<QWidget>("definition.form") != nullptr; })) return;
    auto* page = console.window->findChild<pages::DefinitionPage*>();
    auto& draft = page->draft();
    draft.finish();
    photographer.shootCurrent(QStringLiteral("80-definition"));
    draft.open(draft.text()); // from now on there is something to tell changes against
    auto wrong = draft.definition();
    wrong.nodes[1].address = "10.0.5";
    wrong.vip.address = "10.0.9.99";
    wrong.balance.method = cluster::BalanceDefinition::Method::Cookie;
    draft.setDefinition(wrong);
    photographer.shootCurrent(QStringLiteral("81-definition-faults"));
    auto* tabs = visible<QTabWidget>("definition.tabs");
    tabs->setCurrentIndex(1);
    photographer.shootCurrent(QStringLiteral("82-definition-yaml"));
    auto unwise = wrong;
    unwise.nodes[1].address = "10.0.4.21";
    unwise.vip.address = "10.0.4.99";
    unwise.balance.method = cluster::BalanceDefinition::Method::AddressHash;
    unwise.timeouts.decisionRead = std::chrono::seconds(5);
    unwise.probe.fall = 1;
    draft.setDefinition(unwise);
    draft.finish();
    tabs->setCurrentIndex(2);
    if (auto* list = visible<QTreeWidget>("definition.files.list"))
        for (int i = 0; i < list->topLevelItemCount(); ++i)
            if (list->topLevelItem(i)->text(0) == u"/etc/nginx/conf.d/iam-upstreams.conf")
                list->setCurrentItem(list->topLevelItem(i));
    photographer.shootCurrent(QStringLiteral("83-definition-files"));
    tabs->setCurrentIndex(0);
    if (auto* problems = visible<QTreeWidget>("definition.problems");
        problems != nullptr && problems->topLevelItemCount() > 0)
        Q_EMIT problems->itemActivated(problems->topLevelItem(0), 0);
    photographer.shootCurrent(QStringLiteral("84-definition-finding"));
}

} // namespace

/// screenshots_cluster FOLDER THEME LANGUAGE: the pages of a cluster over one that stands in for a real one.
int main(int argc, char** argv)
{
    return support::takePictures(argc, argv, [](Photographer& photographer) {
        shootAll(photographer);
        shootEight(photographer);
        shootDefinition(photographer);
    });
}
