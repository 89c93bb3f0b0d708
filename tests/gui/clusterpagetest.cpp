// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/cluster/clusterpage.h"
#include "models/clustereventmodel.h"
#include "support/clusterconsole.h"
#include "support/widgetdriver.h"
#include "widgets/headline.h"
#include "widgets/theme.h"
#include "widgets/topologyview.h"
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTabWidget>
#include <QTableView>
#include <QTreeWidget>
#include <algorithm>

using namespace iam;
using namespace iam::support;
using namespace std::chrono_literals;
using Scene = ExampleCluster::Scene;
using widgets::Tone;

namespace {

QString textOf(const char* name)
{
    const auto* label = visible<QLabel>(name);
    return label != nullptr ? label->text() : QString();
}

Tone tone()
{
    const auto* headline = visible<widgets::Headline>("cluster.verdict");
    return headline != nullptr ? headline->tone() : Tone::Info;
}

/// What is broken, one a line.
QString broken()
{
    QStringList lines;
    if (const auto* list = visible<widgets::RemarkList>("cluster.broken"))
        for (const auto& remark : list->remarks()) lines.append(remark.text);
    return lines.join(u'\n');
}

int rows(const char* table)
{
    const auto* view = visible<QTableView>(table);
    return view != nullptr ? view->model()->rowCount() : -1;
}

QString boxDetail(const QString& id)
{
    const auto* view = visible<widgets::TopologyView>("cluster.topology");
    const auto* node = view != nullptr ? view->topology().node(id) : nullptr;
    return node != nullptr ? node->detail : QString();
}

} // namespace

/// The page over a cluster that stands in for a real one, in the true main window.
class ClusterPageTest : public QObject {
    Q_OBJECT
    std::unique_ptr<ClusterConsole> m_console;

    ExampleCluster& cluster() { return m_console->cluster; }
    void open(int backends = 2)
    {
        m_console = std::make_unique<ClusterConsole>(backends);
        QTRY_VERIFY(visible<QWidget>("rail.cluster"));
        QVERIFY(click("rail.cluster"));
        QTRY_COMPARE(tone(), Tone::Success);
    }
    static void showTab(int index)
    {
        auto* tabs = visible<QTabWidget>("cluster.tabs");
        QVERIFY(tabs);
        tabs->setCurrentIndex(index);
    }

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        widgets::applyTheme(*qApp, widgets::ColorScheme::Light);
    }
    void cleanup() { m_console.reset(); }

    void everyVerdictIsShown_data()
    {
        QTest::addColumn<int>("scene");
        QTest::addColumn<Tone>("expected");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("vip"); // below its box
        QTest::addColumn<QString>("line");
        const auto row = [](const char* name, Scene scene, Tone expected, const char* title, const char* vip,
                            const char* line) {
            QTest::newRow(name) << static_cast<int>(scene) << expected << QString::fromLatin1(title)
                                << QString::fromLatin1(vip) << QString::fromLatin1(line);
        };
        row("double", Scene::Double, Tone::Error, "is on n1 and n2 at the same time", "on two nodes", "");
        row("disputed", Scene::Disputed, Tone::Warning, "is disputed", "disputed", "");
        row("none", Scene::None, Tone::Error, "Nobody has", "nobody has it", "n1: nginx does not answer");
        row("node down", Scene::NodeDown, Tone::Neutral, "is not certain", "unknown", "n2: nothing heard for 14 s");
        row("app down", Scene::AppDown, Tone::Success, "is on n1", "confirmed", "n2: the API server is down");
        row("database down", Scene::DatabaseDown, Tone::Success, "is on n1", "confirmed",
            "The database 10.0.4.20:3306 does not answer");
    }
    void everyVerdictIsShown()
    {
        QFETCH(int, scene);
        QFETCH(Tone, expected);
        QFETCH(QString, title);
        QFETCH(QString, vip);
        QFETCH(QString, line);
        open();
        QCOMPARE(textOf("cluster.verdict.title"), QStringLiteral("127.0.4.99 is on n1"));
        QTRY_VERIFY(textOf("cluster.verdict.text").contains(QStringLiteral("this computer")));
        QCOMPARE(broken(), QStringLiteral("Nothing is broken."));
        cluster().scene = static_cast<Scene>(scene);
        if (cluster().scene == Scene::NodeDown) cluster().silent = {QStringLiteral("127.0.4.21")};
        QTRY_COMPARE(tone(), expected);
        QTRY_VERIFY(textOf("cluster.verdict.title").contains(title));
        QTRY_COMPARE(boxDetail(QStringLiteral("vip")), vip);
        QTRY_VERIFY2(broken().contains(line), qPrintable(broken()));
    }

    void whatIsOlderThanTwoSecondsIsNotGreen()
    {
        open();
        cluster().silent = {QStringLiteral("*")};
        QElapsedTimer clock;
        clock.start();
        QTRY_COMPARE_WITH_TIMEOUT(tone(), Tone::Neutral, 2500);
        QVERIFY2(clock.elapsed() <= 2400, qPrintable(QString::number(clock.elapsed())));
        QTRY_VERIFY(textOf("cluster.verdict.text").contains(QStringLiteral("Last known: on n1")));
        QTRY_COMPARE(boxDetail(QStringLiteral("vip")), QStringLiteral("unknown"));
        QTRY_VERIFY(
            !visible<widgets::TopologyView>("cluster.topology")->topology().node(QStringLiteral("nginx:n1"))->strong);
        cluster().silent.clear();
        QTRY_COMPARE(tone(), Tone::Success);
    }

    void nodesAreAskedWhenTheVipIsSilent()
    {
        open();
        cluster().silent = {QString::fromLatin1(ExampleCluster::vip)};
        cluster().server().requests.clear();
        QTRY_VERIFY2(broken().contains(QStringLiteral("The address of this connection does not answer")),
                     qPrintable(broken()));
        QTRY_VERIFY(broken().contains(QStringLiteral("Nobody answers this computer at 127.0.4.99")));
        QVERIFY(tone() != Tone::Success); // the nodes see each other well, but nobody gets there from here
        QVERIFY(!m_console->window->findChild<pages::ClusterPage*>()->watch().state().stale);
        const auto& requests = cluster().server().requests;
        const auto direct = std::find_if(requests.begin(), requests.end(), [](const StandInRequest& request) {
            return request.address.toString() == u"127.0.4.20" && request.target == "/v1/cluster";
        });
        QVERIFY(direct != requests.end());
        QCOMPARE(direct->headers.value("host"), QByteArray("iam.api.example.com"));
        QCOMPARE(direct->headers.value("authorization"), QByteArray("Bearer example"));
    }

    void anInterruptionIsMeasuredFromHere()
    {
        open();
        showTab(1);
        QTRY_COMPARE(rows("clusterEvents.table"), 5);
        // The first request has got through.
        const auto probed = [this] {
            const auto& requests = cluster().server().requests;
            return std::count_if(requests.begin(), requests.end(), [](const StandInRequest& request) {
                return request.target == "/.well-known/iam-probe" && request.address.toString() == u"127.0.4.99";
            });
        };
        QTRY_VERIFY(probed() >= 3);
        cluster().silent = {QString::fromLatin1(ExampleCluster::vip)};
        QTRY_VERIFY2(broken().contains(QStringLiteral("No request of this computer has got through")),
                     qPrintable(broken()));
        cluster().silent.clear();
        QTRY_COMPARE(rows("clusterEvents.table"), 6);
        const auto* events = m_console->window->findChild<models::ClusterEventModel*>();
        QCOMPARE(events->at(0).node, std::string("console"));
        QVERIFY(events->at(0).interruption && *events->at(0).interruption >= 300ms);
        QVERIFY(*events->at(0).interruption <= 10s && events->at(0).error >= 100ms);
    }

    void noTokenGoesWithTheQuestionWhoAnswers()
    {
        open();
        QTRY_VERIFY(textOf("cluster.verdict.text").contains(QStringLiteral("this computer")));
        int asked = 0;
        for (const StandInRequest& request : cluster().server().requests)
            if (request.target.startsWith("/.well-known/iam-node")) {
                ++asked;
                QVERIFY(!request.headers.contains("authorization"));
            }
        QVERIFY(asked > 0);
    }

    void whoeverLacksTheKeyConfirmsNothing()
    {
        open();
        cluster().forges = true;
        QTRY_VERIFY(tone() != Tone::Success);
        auto* witnesses = visible<QTreeWidget>("cluster.witnesses");
        QVERIFY(witnesses);
        QTRY_VERIFY(!witnesses->findItems(QStringLiteral("a wrong signature"), Qt::MatchExactly, 2).isEmpty());
    }

    void happeningsComeAsTheyHappenAndAfterACut()
    {
        open();
        showTab(1);
        QTRY_COMPARE(rows("clusterEvents.table"), 5); // out of the journal
        QTRY_VERIFY(cluster().openStreams() == 1);
        cluster().send(cluster().makeMove("n1", "n2", "nginx-fault", 0ms));
        QTRY_COMPARE(rows("clusterEvents.table"), 6);
        QTRY_VERIFY(textOf("cluster.last").contains(QStringLiteral("n1 → n2")));
        cluster().cutStreams();
        cluster().events.push_back(cluster().makeMove("n2", "n1", "planned", 0ms));
        const QByteArray last = QByteArray::number(qulonglong(cluster().events.back().sequence - 1));
        QTRY_COMPARE(rows("clusterEvents.table"), 7);
        QTRY_COMPARE(cluster().openStreams(), 1);
        const auto& requests = cluster().server().requests;
        QVERIFY(std::any_of(requests.begin(), requests.end(), [&last](const StandInRequest& request) {
            return request.headers.value("last-event-id") == last;
        }));

        auto* table = visible<QTableView>("clusterEvents.table");
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                          table->visualRect(table->model()->index(0, 0)).center());
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_VERIFY(visible<QTreeWidget>("cluster.event.evidence"));
        QCOMPARE(visible<QTreeWidget>("cluster.event.evidence")->topLevelItemCount(), 4);
        QTest::keyClick(table, Qt::Key_Down); // on to the next one
        QTRY_VERIFY(visible<QWidget>("cluster.event"));
        QVERIFY(click("panel.close"));

        QVERIFY(type("clusterEvents.search", QStringLiteral("adverts nobody sent")));
        QTRY_COMPARE(rows("clusterEvents.table"), 0);
        QVERIFY(type("clusterEvents.search", QStringLiteral("keepalived")));
        QTRY_COMPARE(rows("clusterEvents.table"), 1);
    }

    void aStartWhileTheVipIsSilent()
    {
        open(); // the nodes are learned
        std::unique_ptr<ExampleCluster> example = std::move(m_console->owned);
        m_console.reset();
        example->silent = {QString::fromLatin1(ExampleCluster::vip)};
        m_console = std::make_unique<ClusterConsole>(std::move(example));
        QTRY_VERIFY_WITH_TIMEOUT(visible<widgets::Headline>("cluster.verdict"), 8000); // without a click
        QTRY_VERIFY(broken().contains(QStringLiteral("What is shown comes from n")));
        QTRY_VERIFY(tone() != Tone::Success); // once the first question went unanswered
        cluster().silent.clear();
        QTRY_COMPARE(tone(), Tone::Success);
    }

    void theWholeScreen()
    {
        open();
        m_console->window->activateWindow();
        QTRY_VERIFY(m_console->window->isActiveWindow());
        auto* page = m_console->window->findChild<pages::ClusterPage*>();
        page->setFocus();
        QTest::keyClick(page, Qt::Key_F11);
        QTRY_VERIFY(visible<QWidget>("dashboard"));
        QVERIFY(visible<QWidget>("dashboard")->isFullScreen());
        QCOMPARE(textOf("dashboard.verdict.title"), QStringLiteral("127.0.4.99 is on n1"));
        cluster().scene = Scene::Double;
        QTRY_VERIFY(textOf("dashboard.verdict.title").contains(QStringLiteral("at the same time")));
        QTest::keyClick(visible<QWidget>("dashboard"), Qt::Key_Escape);
        QTRY_VERIFY(!visible<QWidget>("dashboard"));
        QVERIFY(click("cluster.fullScreen"));
        QTRY_VERIFY(visible<QWidget>("dashboard"));
        QTest::keyClick(visible<QWidget>("dashboard"), Qt::Key_F11);
        QTRY_VERIFY(!visible<QWidget>("dashboard"));
        QTRY_COMPARE(tone(), Tone::Error); // the page goes on
    }

    void nothingIsAskedWhileAnotherPageIsShown()
    {
        open();
        QVERIFY(click("rail.users"));
        QTRY_COMPARE(cluster().openStreams(), 0);
        QVERIFY(!m_console->window->findChild<pages::ClusterPage*>()->watch().running());
        QVERIFY(click("rail.cluster"));
        QTRY_COMPARE(cluster().openStreams(), 1);
    }

    void aServerAloneTeachesTheNextStep()
    {
        open();
        cluster().scene = Scene::Alone;
        QTRY_COMPARE(textOf("state.title"), QStringLiteral("This server stands alone"));
        cluster().scene = Scene::Good;
        QTRY_COMPARE(tone(), Tone::Success);
    }

    void eightBackends()
    {
        open(8);
        showTab(0);
        QTRY_COMPARE(rows("clusterLoad.table"), 8);
        const auto& drawing = visible<widgets::TopologyView>("cluster.topology")->topology();
        QCOMPARE(drawing.rows(3), 8);
        QCOMPARE(std::count_if(drawing.edges.begin(), drawing.edges.end(),
                               [](const auto& edge) { return edge.from == u"nginx:n1" && edge.label == u"17/s"; }),
                 8);
    }
};

QTEST_MAIN(ClusterPageTest)
#include "clusterpagetest.moc"
