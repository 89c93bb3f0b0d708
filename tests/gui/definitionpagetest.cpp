// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/cluster/definitionpage.h"
#include "cluster/definition/definitionfile.h"
#include "pages/cluster/definitionexport.h"
#include "pages/cluster/findingtext.h"
#include "support/clusterconsole.h"
#include "support/widgetdriver.h"
#include "widgets/theme.h"
#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTreeWidget>

using namespace iam;
using namespace iam::support;
using namespace std::chrono_literals;

namespace {

QString textOf(const char* name)
{
    const auto* label = visible<QLabel>(name);
    return label != nullptr ? label->text() : QString();
}

QStringList problems(int column)
{
    QStringList out;
    if (const auto* list = visible<QTreeWidget>("definition.problems"))
        for (int i = 0; i < list->topLevelItemCount(); ++i) out.append(list->topLevelItem(i)->text(column));
    return out;
}

QTreeWidgetItem* fileItem(const QString& path)
{
    auto* list = visible<QTreeWidget>("definition.files.list");
    const auto found = list != nullptr ? list->findItems(path, Qt::MatchExactly, 0) : QList<QTreeWidgetItem*>();
    return found.isEmpty() ? nullptr : found.first();
}

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The page in the true main window; it needs no server, so the one behind the console stands in.
class DefinitionPageTest : public QObject {
    Q_OBJECT
    std::unique_ptr<ClusterConsole> m_console;
    pages::DefinitionPage* m_page = nullptr;
    QTemporaryDir m_folder;

    pages::DefinitionDraft& draft() { return m_page->draft(); }
    static void showTab(int index) { visible<QTabWidget>("definition.tabs")->setCurrentIndex(index); }
    static QPlainTextEdit* text() { return visible<QPlainTextEdit>("definition.text"); }
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        widgets::applyTheme(*qApp, widgets::ColorScheme::Dark);
        m_console = std::make_unique<ClusterConsole>();
        QTRY_VERIFY(visible<QWidget>("rail.definition"));
        QVERIFY(click("rail.definition"));
        QTRY_VERIFY(visible<QWidget>("definition.form"));
        m_page = m_console->window->findChild<pages::DefinitionPage*>();
        draft().finish();
    }
    void cleanup() { m_console.reset(); }

    void aServerAloneLeadsHere()
    {
        m_console->cluster.scene = ExampleCluster::Scene::Alone;
        QVERIFY(click("rail.cluster"));
        QTRY_COMPARE(textOf("state.title"), QStringLiteral("This server stands alone"));
        QVERIFY(click("state.action"));
        QTRY_VERIFY(visible<QWidget>("definition.form"));
    }

    void fieldsWriteTheText()
    {
        QVERIFY(!m_page->hasUnsavedChanges());
        QVERIFY(type("definition.vip.address", QStringLiteral("10.0.4.77")));
        visible<QSpinBox>("definition.timeouts.decision-read")->setValue(450);
        auto* nodes = visible<QTableWidget>("definition.nodes");
        nodes->item(1, 0)->setText(QStringLiteral("second"));
        QCOMPARE(draft().definition().vip.address, std::string("10.0.4.77"));
        QCOMPARE(draft().definition().backends[1].name, std::string("second")); // the server on it is still it
        showTab(1);
        QVERIFY(text()->toPlainText().contains(QStringLiteral("10.0.4.77/24")));
        QVERIFY(text()->toPlainText().contains(QStringLiteral("decision-read: 450ms")));
        const auto again = cluster::parseDefinition(text()->toPlainText().toStdString(), "x");
        QVERIFY(again);
        QVERIFY(*again == draft().definition());
        QVERIFY(m_page->hasUnsavedChanges());
    }

    void theTextWritesFields()
    {
        showTab(1);
        QString yaml = text()->toPlainText();
        yaml.replace(QStringLiteral("iam.api.example.com"), QStringLiteral("api.our.org"));
        yaml.replace(QStringLiteral("router-id: 51"), QStringLiteral("router-id: 77"));
        text()->setPlainText(yaml);
        showTab(0);
        QCOMPARE(visible<QLineEdit>("definition.domains.api")->text(), QStringLiteral("api.our.org"));
        QCOMPARE(visible<QSpinBox>("definition.vrrp.router-id")->value(), 77);
    }

    void textThatCannotBeReadLeavesTheFields()
    {
        showTab(1);
        text()->setPlainText(QStringLiteral("nodes:\n  - {name: n1\nvip: ["));
        QCOMPARE(textOf("definition.verdict"),
                 QStringLiteral("The text cannot be read. The fields show what it was before."));
        QVERIFY(!problems(1).isEmpty());
        QVERIFY(!visible<QAbstractButton>("definition.mainAction")->isEnabled());
        showTab(0);
        QVERIFY(!visible<QWidget>("definition.form")->isEnabled());
        QCOMPARE(visible<QLineEdit>("definition.vip.address")->text(), QStringLiteral("10.0.4.99"));
        showTab(1);
        text()->setPlainText(QString::fromStdString(cluster::formatDefinition(draft().definition())));
        showTab(0);
        QVERIFY(visible<QWidget>("definition.form")->isEnabled());
    }

    void faultsStandBesideTheirFields()
    {
        QVERIFY(type("definition.vip.address", QStringLiteral("10.0.9.99")));
        QVERIFY(textOf("definition.vip.address.fault").contains(QStringLiteral("is another subnet than that of node")));
        visible<QTableWidget>("definition.nodes")->item(1, 1)->setText(QStringLiteral("10.0.4"));
        QVERIFY(textOf("definition.nodes.faults.0").contains(QStringLiteral("n2, Address: must be an IPv4 address")));
        QVERIFY(problems(0).contains(QStringLiteral("nodes[1].address, line 4")));
        QVERIFY(!visible<QAbstractButton>("definition.mainAction")->isEnabled());
        // From the list to the place.
        showTab(1);
        auto* list = visible<QTreeWidget>("definition.problems");
        Q_EMIT list->itemActivated(list->topLevelItem(0), 0);
        QCOMPARE(text()->textCursor().blockNumber(), 3);
        showTab(0);
        Q_EMIT list->itemActivated(list->topLevelItem(0), 0);
        QCOMPARE(visible<QTableWidget>("definition.nodes")->currentColumn(), 1);
        visible<QTableWidget>("definition.nodes")->item(1, 1)->setText(QStringLiteral("10.0.4.21"));
        QVERIFY(type("definition.vip.address", QStringLiteral("10.0.4.99")));
        QCOMPARE(textOf("definition.vip.address.fault"), QStringLiteral("In the subnet of the nodes"));
        QVERIFY(visible<QAbstractButton>("definition.mainAction")->isEnabled());
    }

    void twoToEightMachines()
    {
        for (int i = 0; i < 7; ++i) QVERIFY(click("definition.backends.add"));
        QCOMPARE(draft().definition().backends.size(), std::size_t{9});
        QVERIFY(textOf("definition.backends.faults.0").contains(QStringLiteral("two to eight")));
        auto* table = visible<QTableWidget>("definition.backends");
        table->setCurrentCell(8, 0);
        QVERIFY(click("definition.backends.remove"));
        QVERIFY(textOf("definition.backends.faults.0").isEmpty());
        QCOMPARE(draft().definition().backends.back().address, std::string("10.0.4.27"));
    }

    void whatIsUnwiseIsTold()
    {
        visible<QSpinBox>("definition.timeouts.decision-read")->setValue(5000);
        QTRY_VERIFY(problems(1).contains(QStringLiteral("timeouts.decision-read is 5 s.")));
        auto* list = visible<QTreeWidget>("definition.problems");
        const int row = static_cast<int>(problems(1).indexOf(QStringLiteral("timeouts.decision-read is 5 s.")));
        Q_EMIT list->itemActivated(list->topLevelItem(row), 0);
        QTRY_VERIFY(visible<QWidget>("definition.finding"));
        QVERIFY(click("panel.close"));
        visible<QSpinBox>("definition.timeouts.decision-read")->setValue(500);
        QTRY_VERIFY(!problems(1).contains(QStringLiteral("timeouts.decision-read is 5 s.")));
    }

    void everyFindingOfOurOwnFilesIsTranslated()
    {
        using Profile = cluster::ClusterDefinition::Profile;
        int seen = 0;
        const auto look = [this, &seen](const cluster::ClusterDefinition& definition) {
            draft().setDefinition(definition);
            draft().finish();
            for (const cluster::Finding& finding : draft().findings()) {
                const cluster::RuleText* rule = cluster::ruleText(finding.rule);
                QVERIFY(rule != nullptr);
                for (const char* sentence : {rule->what, rule->why, rule->cost, rule->mend})
                    QVERIFY2(*sentence == 0 || pages::isTranslatedFinding(sentence), sentence);
                ++seen;
            }
        };
        for (const Profile profile : {Profile::Recommended, Profile::Tutorial}) {
            draft().startAnew(profile);
            const cluster::ClusterDefinition plain = draft().definition();
            look(plain);
            auto other = plain;
            other.timeouts = {5s, 5s, 1s, 1s};
            look(other);
            other.timeouts = {60s, 60s, 10ms, 10ms};
            look(other);
            other = plain;
            other.probe.checkInterval = other.probe.checkTimeout = 10s;
            other.probe.fall = 20;
            look(other);
            other = plain;
            other.nodes[0].priority = 120;
            other.vrrp.advertInterval = profile == Profile::Tutorial ? 10s : 10ms;
            look(other);
            other.vrrp.advertInterval = 5s;
            look(other);
            other = plain;
            other.certificate = {"/etc/ssl/iam.pem", "/etc/ssl/iam.key"};
            other.balance.method = cluster::BalanceDefinition::Method::AddressHash;
            other.backends.push_back({"app3", "10.0.4.33", 2});
            other.redis = {};
            look(other);
        }
        QVERIFY(seen > 50);
    }

    void filesTellWhatHasChanged()
    {
        m_page->saveFile(path("kept.yaml"));
        m_page->openFile(path("kept.yaml"));
        showTab(2);
        const QString upstreams = QStringLiteral("/etc/nginx/conf.d/iam-upstreams.conf");
        QTRY_VERIFY(fileItem(upstreams));
        QCOMPARE(fileItem(upstreams)->text(1), QString());
        showTab(0);
        visible<QSpinBox>("definition.ports.api")->setValue(8181);
        draft().finish();
        showTab(2);
        QCOMPARE(fileItem(upstreams)->text(1), QStringLiteral("changed"));
        QCOMPARE(fileItem(QStringLiteral("/etc/nginx/nginx.conf"))->text(1), QString());
        visible<QTreeWidget>("definition.files.list")->setCurrentItem(fileItem(upstreams));
        const QString shown = visible<QPlainTextEdit>("definition.files.text")->toPlainText();
        QVERIFY(shown.contains(QStringLiteral("+ ")) && shown.contains(QStringLiteral("10.0.4.20:8181")));
        QVERIFY(shown.contains(QStringLiteral("10.0.4.20:8080")));
        auto* machine = visible<QComboBox>("definition.files.machine");
        QCOMPARE(machine->count(), 2);
        machine->setCurrentIndex(1);
        QCOMPARE(fileItem(upstreams)->text(1), QStringLiteral("changed"));
    }

    void everythingIsExportedOrNothing()
    {
        const QString folder = path("export");
        m_page->exportTo(folder);
        QVERIFY2(textOf("messageBar.text").contains(folder), qPrintable(textOf("messageBar.text")));
        for (const auto& [machine, files] : draft().files())
            for (const auto& file : files) {
                const QString written =
                    folder + u'/' + QString::fromStdString(machine) + QString::fromStdString(file.path);
                QCOMPARE(read(written), QByteArray::fromStdString(file.content));
                const bool runs = (file.mode & 0100U) != 0;
                QCOMPARE(QFileInfo(written).isExecutable(), runs);
            }
        QCOMPARE(QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 (QStringList{QStringLiteral("n1"), QStringLiteral("n2")}));
        // Again, with something else beside, which stays.
        QVERIFY(QFile(path("kept.yaml")).copy(folder + QStringLiteral("/mine.yaml")));
        visible<QSpinBox>("definition.ports.api")->setValue(8282);
        draft().finish();
        m_page->exportTo(folder);
        QVERIFY(read(folder + QStringLiteral("/n1/etc/nginx/conf.d/iam-upstreams.conf")).contains("8282"));
        QVERIFY(QFileInfo::exists(folder + QStringLiteral("/mine.yaml")));
        // What cannot be made leaves what was there.
        auto files = draft().files();
        files["n2"].push_back({"/etc/nginx/nginx.conf", "twice"});
        files["n1"].front().content = "not to be seen";
        const QByteArray before =
            read(folder + QStringLiteral("/n1") + QString::fromStdString(files["n1"].front().path));
        QVERIFY(!pages::exportFiles(folder, files));
        QCOMPARE(read(folder + QStringLiteral("/n1") + QString::fromStdString(files["n1"].front().path)), before);
        QCOMPARE(QDir(folder).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot).size(), 2);
        m_page->exportTo(path("kept.yaml") + QStringLiteral("/below-a-file"));
        QTRY_VERIFY(textOf("messageBar.text").startsWith(QStringLiteral("Nothing was exported")));
    }

    void whatIsNotSavedIsAskedFor()
    {
        QVERIFY(type("definition.vip.address", QStringLiteral("10.0.4.88")));
        m_console->window->close();
        QTRY_VERIFY(visible<QWidget>("confirm"));
        QVERIFY(click("confirm.cancel"));
        QVERIFY(m_console->window->isVisible());
        m_page->saveFile(path("saved.yaml"));
        QVERIFY(!m_page->hasUnsavedChanges());
        QVERIFY(read(path("saved.yaml")).contains("10.0.4.88/24"));
        QVERIFY(type("definition.vip.address", QStringLiteral("10.0.4.89")));
        QVERIFY(m_page->hasUnsavedChanges());
        QVERIFY(type("definition.vip.address", QStringLiteral("10.0.4.88")));
        QVERIFY(!m_page->hasUnsavedChanges()); // as it was
    }

    void aFileThatIsNoneIsTold()
    {
        m_page->openFile(path("missing.yaml"));
        QTRY_VERIFY(textOf("messageBar.text").contains(QStringLiteral("could not be opened")));
        QVERIFY(pages::writeTextFile(path("odd.yaml"), "nodes: 7\n"));
        m_page->openFile(path("odd.yaml"));
        QVERIFY(visible<QPlainTextEdit>("definition.text")); // where it is mended
        QVERIFY(problems(0).contains(QStringLiteral("line 1")));
    }
};

QTEST_MAIN(DefinitionPageTest)
#include "definitionpagetest.moc"
