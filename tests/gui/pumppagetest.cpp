// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/pump/pumppage.h"
#include "gui/pagetest.h"
#include "models/sinklistmodel.h"
#include "node/serverconfig.h"
#include "pages/pump/pumpwords.h"
#include "pages/pump/sinkguide.h"
#include "support/consoleundertest.h"
#include "support/decisionasker.h"
#include "support/freeport.h"
#include "support/pumpyaml.h"
#include "support/tcpreceiver.h"
#include "widgets/headline.h"
#include "widgets/livechart.h"
#include "widgets/valuetable.h"
#include <QClipboard>
#include <QLineEdit>
#include <QTemporaryDir>
#include <cmath>

using namespace iam;
using namespace iam::support;
using namespace std::chrono_literals;
using models::SinkListModel;
using widgets::Tone;

namespace {

constexpr int patience = 20'000;

Tone tone()
{
    const auto* headline = visible<widgets::Headline>("pump.verdict");
    return headline != nullptr ? headline->tone() : Tone::Info;
}

QString textOf(const char* name)
{
    const auto* label = visible<QLabel>(name);
    return label != nullptr ? label->text() : QString();
}

QString cell(const char* sink, SinkListModel::Column column)
{
    const int row = rowOf("pump.table", QString::fromLatin1(sink));
    return row < 0 ? QString() : visible<QTableView>("pump.table")->model()->index(row, column).data().toString();
}

contract::SinkStatus healthy(const char* name)
{
    contract::SinkStatus sink;
    sink.source = "records";
    sink.sink = name;
    sink.type = "csv";
    sink.state = "running";
    sink.position = {"", 0, 100, 90, 0, 10, {}};
    sink.written = TimePoint(1'700'000'000'000ms);
    sink.node = "n1";
    sink.takenAt = sink.written - 60s;
    sink.age = 400ms;
    return sink;
}

models::PumpState stateOf(std::vector<contract::SinkStatus> sinks)
{
    return {std::move(sinks), 200ms, {}};
}

} // namespace

/// The page in the true main window over the bundled server, with a pump of its own process' kind beside it.
class PumpPageTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_data;
    MemorySessionStore m_store;
    std::unique_ptr<ConsoleUnderTest> m_console;
    quint16 m_port = 0;
    contract::Secret m_secret;

    SinkListModel* model() { return m_console->window->findChild<SinkListModel*>(); }
    QString serverData() const { return m_data.filePath(QStringLiteral("server")); }
    std::unique_ptr<TestServer> startPump()
    {
        return std::make_unique<TestServer>(
            pumpYaml(QStringLiteral("pump"), m_data.filePath(QStringLiteral("archive")), m_port), serverData());
    }
    template <class T>
    static std::optional<T> wait(const client::Reply<T>& reply)
    {
        std::optional<Result<T>> answer;
        QObject guard;
        client::whenReady(reply, &guard, [&](const Result<T>& result) { answer = result; });
        (void)QTest::qWaitFor([&] { return answer.has_value(); }, patience);
        return answer && *answer ? std::optional<T>(**answer) : std::nullopt;
    }
    void decide(int count, const QString& resource = QStringLiteral("invoices:1"))
    {
        const QByteArray token =
            signToken(QString::fromStdString(m_secret.secretId), QString::fromStdString(m_secret.secretKey.reveal()));
        for (int i = 0; i < count; ++i) {
            const QJsonObject question{{QStringLiteral("subject"), QStringLiteral("users:colin")},
                                       {QStringLiteral("action"), QStringLiteral("get")},
                                       {QStringLiteral("resource"), resource}};
            // The key is in force a moment after it was made; no question is asked twice.
            const auto asked = [&, answered = false]() mutable {
                answered =
                    answered ||
                    askDecision(*m_console->server.authzUrl(), token, question).contains(QStringLiteral("allowed"));
                return answered;
            };
            QVERIFY(QTest::qWaitFor(asked, patience));
        }
    }
    /// Whether the numbers of the sink that is open add up to their last line.
    static bool addsUp()
    {
        const auto* numbers = visible<widgets::ValueTable>("pump.sink.numbers");
        if (numbers == nullptr || numbers->rows().isEmpty()) return false;
        qulonglong sum = 0;
        for (qsizetype i = 0; i + 1 < numbers->rows().size(); ++i)
            sum += QLocale().toULongLong(numbers->rows()[i][1].text);
        const auto& last = numbers->rows().last();
        return last[0].tone == Tone::Success && QLocale().toULongLong(last[1].text) == sum && sum > 0;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QSettings().clear();
        widgets::applyTheme(*qApp, widgets::ColorScheme::Light);
        m_port = test::freePort();
        QVERIFY(m_port != 0);
        m_console = std::make_unique<ConsoleUnderTest>(serverData(), m_store);
        QTRY_VERIFY(visible<QWidget>("firstRun"));
        QVERIFY(type("firstRun.password.line", QStringLiteral("Horse-7battery")));
        QVERIFY(type("firstRun.repeat.line", QStringLiteral("Horse-7battery")));
        QVERIFY(click("firstRun.start"));
        QTRY_VERIFY_WITH_TIMEOUT(visible<QWidget>("rail"), patience);
        contract::Secret secret;
        secret.metadata.name = "asker";
        secret.description = "asks";
        const auto made = wait(client::SecretClient(m_console->api).create(secret));
        QVERIFY(made.has_value());
        m_secret = *made;
    }
    void cleanupTestCase() { m_console.reset(); }

    void whoHasNoSinkIsTaughtHow()
    {
        QVERIFY(click("rail.pump"));
        QTRY_VERIFY(visible<QWidget>("pump.guide"));
        QVERIFY(!visible<QWidget>("pump.table"));
        QVERIFY(click("pump.guide.copy"));
        QCOMPARE(QGuiApplication::clipboard()->text(), pages::SinkGuide::sample());
        QVERIFY(!message().isEmpty());
    }

    void theSampleIsAConfiguration()
    {
        QFile file(m_data.filePath(QStringLiteral("sample.yaml")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(pages::SinkGuide::sample().toUtf8()) > 0);
        file.close();
        node::ServerOptions options;
        options.configFile = file.fileName().toStdString();
        options.dataDir = serverData().toStdString();
        const auto config = node::readServerConfig(options, {});
        QVERIFY2(config.has_value(), config ? "" : config.error().faults.front().message.c_str());
        QVERIFY(config->runPump && config->runApiServer && config->runAuthzServer);
        QCOMPARE(config->pump.sinks.size(), std::size_t{2});
    }

    void aSinkThatIsDownIsSeenAndRecovers()
    {
        const auto pump = startPump();
        QCOMPARE(pump->error(), QString());
        QVERIFY(click("rail.pump"));
        QTRY_COMPARE_WITH_TIMEOUT(rowOf("pump.table", QStringLiteral("audit")), 1, patience);
        QCOMPARE(rowOf("pump.table", QStringLiteral("archive")), 0);
        decide(7);
        QTRY_COMPARE_WITH_TIMEOUT(cell("archive", SinkListModel::Taken), QStringLiteral("7"), patience);
        QTRY_COMPARE_WITH_TIMEOUT(tone(), Tone::Error, patience);
        QTRY_COMPARE(textOf("pump.verdict.title"), QStringLiteral("audit takes no records"));
        QTRY_VERIFY(textOf("pump.verdict.text").contains(QStringLiteral("Records that wait: 7")));
        QVERIFY(textOf("pump.verdict.text").contains(QStringLiteral("refused"), Qt::CaseInsensitive));
        QCOMPARE(cell("archive", SinkListModel::State), QStringLiteral("up to date"));
        QCOMPARE(cell("audit", SinkListModel::State), QStringLiteral("takes nothing"));
        QCOMPARE(cell("audit", SinkListModel::Waiting), QStringLiteral("7"));
        QTRY_VERIFY(cell("audit", SinkListModel::NextTry) != QStringLiteral("–"));
        const auto* text = visible<QLabel>("pump.by");
        QVERIFY(text && text->text().contains(QStringLiteral("holds the lease")));
        // The lag grows, and the chart shows it.
        const auto lag = [this] { return model()->index(1, SinkListModel::Lag).data(Qt::EditRole).toLongLong(); };
        const qint64 before = lag();
        QTRY_VERIFY(lag() > before);
        const auto* chart = visible<widgets::LiveChart>("pump.chart");
        QVERIFY(chart && chart->lines().size() == 2);
        QTRY_VERIFY(!chart->lines()[1].points.isEmpty() && chart->lines()[1].points.last().y() > 0.5);
        QCOMPARE(chart->lines()[0].points.last().y(), 0.0);

        // The detail, which is kept true while it is open.
        QVERIFY(clickRow("pump.table", 1));
        QTest::keyClick(visible<QTableView>("pump.table"), Qt::Key_Return);
        QTRY_VERIFY(visible<QWidget>("pump.sink"));
        QVERIFY(addsUp());
        QVERIFY(textOf("pump.sink.deadLetterFile").endsWith(QStringLiteral("/pump/dead-letters.jsonl")));
        QVERIFY(textOf("pump.sink.error").contains(QStringLiteral("Last error")));

        TcpReceiver receiver(m_port);
        QVERIFY(receiver.open());
        QTRY_COMPARE_WITH_TIMEOUT(tone(), Tone::Success, patience);
        QCOMPARE(textOf("pump.verdict.title"), QStringLiteral("All 2 sinks are up to date"));
        QTRY_COMPARE(cell("audit", SinkListModel::Taken), QStringLiteral("7"));
        QCOMPARE(cell("audit", SinkListModel::NextTry), QStringLiteral("–"));
        QTRY_COMPARE(textOf("pump.sink.state"), QStringLiteral("It is up to date."));

        // What it refuses is a dead letter.
        decide(1, QString(1500, u'x'));
        QTRY_COMPARE_WITH_TIMEOUT(cell("audit", SinkListModel::DeadLettered), QStringLiteral("1"), patience);
        QTRY_VERIFY(textOf("pump.sink.deadLetterAdvice").contains(QStringLiteral("jq")));
        QVERIFY(textOf("pump.remarks.0").contains(QStringLiteral("dead letters")));
        QTRY_VERIFY(addsUp());
        QCOMPARE(tone(), Tone::Success);

        // Down again: since when is known now.
        receiver.close();
        decide(3);
        QTRY_VERIFY_WITH_TIMEOUT(textOf("pump.verdict.title").startsWith(QStringLiteral("audit has not taken")),
                                 patience);
        QVERIFY(click("panel.close"));
    }

    void searchLeavesWhatFits()
    {
        QVERIFY(type("pump.search", QStringLiteral("syslog")));
        QTRY_COMPARE(visible<QTableView>("pump.table")->model()->rowCount(), 1);
        QVERIFY(type("pump.search", QStringLiteral("kafka")));
        QTRY_VERIFY(visible<QLabel>("pump.none"));
        QVERIFY(type("pump.search", QString()));
        QTRY_COMPARE(visible<QTableView>("pump.table")->model()->rowCount(), 2);
    }

    void aPumpThatWasStoppedIsSeen()
    {
        // The one of before has ended with its test.
        QTRY_COMPARE(textOf("pump.verdict.title"), QStringLiteral("No pump is at work: nothing arrives"));
        QCOMPARE(tone(), Tone::Error);
        QVERIFY(textOf("pump.verdict.text").contains(QStringLiteral("was stopped at")));
        QTRY_VERIFY(textOf("pump.by").contains(QStringLiteral("Nobody holds the lease")));
        QCOMPARE(cell("archive", SinkListModel::State), QStringLiteral("pump stopped"));
        TcpReceiver receiver(m_port);
        QVERIFY(receiver.open());
        const auto pump = startPump();
        QTRY_COMPARE_WITH_TIMEOUT(tone(), Tone::Success, patience);
        QTRY_COMPARE(cell("audit", SinkListModel::Taken), QStringLiteral("10"));
    }

    void nothingIsAskedWhileItIsHidden()
    {
        QVERIFY(model()->running());
        QVERIFY(click("rail.users"));
        QVERIFY(!model()->running());
        QVERIFY(click("rail.pump"));
        QVERIFY(model()->running());
    }

    void aServerThatIsGoneLeavesNothingGreen()
    {
        auto server = std::make_unique<TestServer>(pumpYaml(QStringLiteral("apiserver, authz-server, pump"),
                                                            m_data.filePath(QStringLiteral("other")), m_port));
        QCOMPARE(server->error(), QString());
        client::ApiConfig config;
        config.baseUrl = server->apiUrl();
        client::ApiClient api(config);
        client::SessionClient sessions(api);
        QVERIFY(wait(sessions.logIn("admin", SecretString(TestServer::password))).has_value());
        QVERIFY(click("rail.users")); // so that one page of this kind is seen
        m_console->window->hide();
        pages::PumpPage page(api);
        page.resize(1000, 760);
        page.show();
        page.enter();
        QTRY_COMPARE_WITH_TIMEOUT(tone(), Tone::Success, patience);
        server.reset();
        QTRY_COMPARE_WITH_TIMEOUT(tone(), Tone::Neutral, patience);
        QTRY_VERIFY(textOf("pump.verdict.text").contains(QStringLiteral("ago")));
        QCOMPARE(cell("archive", SinkListModel::State), QStringLiteral("unknown"));
        const auto* chart = visible<widgets::LiveChart>("pump.chart");
        QTRY_VERIFY(std::isnan(chart->lines()[0].points.last().y()));
        m_console->window->show();
    }

    void othersThanAdministratorsAreTold()
    {
        LoggedIn login;
        QVERIFY(login.logIn());
        QVERIFY(login.addUser("colin"));
        QVERIFY(login.logIn("colin"));
        m_console->window->hide();
        pages::PumpPage page(login.api());
        page.show();
        page.enter();
        QTRY_COMPARE(textOf("state.title"), QStringLiteral("Administrators see the pump"));
        QVERIFY(!page.findChild<SinkListModel*>()->running());
        m_console->window->show();
    }

    void theHeadlineSaysTheWorst()
    {
        using pages::pumpWords;
        const auto good = healthy("archive");
        auto behind = healthy("slow");
        behind.lagRecords = 1200;
        behind.lag = 42s;
        auto failing = healthy("audit");
        failing.state = "retrying";
        failing.lagRecords = 9;
        failing.lag = 30s;
        failing.lastError = "connection refused";
        failing.nextTryAt = failing.written + 4s;
        QCOMPARE(pumpWords(stateOf({good})).title, QStringLiteral("archive is up to date"));
        QCOMPARE(pumpWords(stateOf({good, behind})).title, QStringLiteral("slow is behind: 1,200 records, 42 s"));
        QCOMPARE(pumpWords(stateOf({good, behind})).tone, Tone::Warning);
        const auto worst = pumpWords(stateOf({good, behind, failing}));
        QCOMPARE(worst.tone, Tone::Error);
        QCOMPARE(worst.title, QStringLiteral("audit has not taken a record since 2023-11-14 22:12:20"));
        QCOMPARE(worst.text, QStringLiteral("Because: connection refused. Records that wait: 9, the oldest for 30 s. "
                                            "Next try in 4 s."));
        QCOMPARE(pages::pumpRemarks(stateOf({good, behind, failing})).size(), 1);
        auto second = failing;
        second.sink = "sql";
        second.lag = 90s;
        QCOMPARE(pumpWords(stateOf({failing, second})).title, QStringLiteral("2 sinks take no records"));
        QVERIFY(pumpWords(stateOf({failing, second})).text.startsWith(QStringLiteral("sql: ")));
        QCOMPARE(pages::pumpRemarks(stateOf({failing, second})).size(), 2);

        auto silent = good;
        silent.age = 40s;
        silent.lagRecords = 12;
        const auto absent = pumpWords(stateOf({silent, failing}));
        QCOMPARE(absent.tone, Tone::Error);
        QVERIFY2(absent.text.contains(QStringLiteral("nobody holds its lease")), qPrintable(absent.text));
        QVERIFY(absent.text.contains(QStringLiteral("12 records waited")));
        models::PumpState old = stateOf({good});
        old.heard = 6s;
        QCOMPARE(pumpWords(old).tone, Tone::Neutral);
        auto holes = good;
        holes.position.holes = {{"crash", 3}, {"retention", 5}, {"damaged", 0}, {"later word", 1}};
        const auto remarks = pages::pumpRemarks(stateOf({holes}));
        QCOMPARE(remarks.size(), 1);
        QVERIFY2(remarks[0].text.contains(QStringLiteral("3 lost in a crash, 1 later word, 5 removed by retention")),
                 qPrintable(remarks[0].text));
    }

    void ageStaysSaneWhateverAServerSays()
    {
        auto sink = healthy("odd");
        sink.age = std::chrono::milliseconds::max();
        sink.lag = std::chrono::milliseconds::min();
        sink.lagRecords = UINT64_MAX;
        sink.state = "retrying";
        sink.nextTryAt = sink.written;
        QCOMPARE(models::healthOf(sink, 5s), models::SinkHealth::Silent);
        QVERIFY(models::lagOf(sink, 5s) > 0s);
        QVERIFY(!models::nextTryIn(sink, 5s));
        sink.age = std::chrono::milliseconds::min();
        QCOMPARE(models::reportAge(sink, 5s), std::chrono::milliseconds(5s));
        QCOMPARE(models::nextTryIn(sink, 5s), std::optional<std::chrono::milliseconds>(0ms));
    }
};

QTEST_MAIN(PumpPageTest)
#include "pumppagetest.moc"
