// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/verdict/timeline.h"
#include "contract/clustercodec.h"
#include <QTest>

using namespace iam;
using namespace iam::cluster;
using namespace std::chrono_literals;

namespace {

const QString head = QStringLiteral("{\"cluster\":{\"vip\":\"v\",\"nodes\":[\"n1\",\"n2\"]}}");

Result<std::vector<Timeline>> read(const QStringList& lines)
{
    EvidenceReader reader;
    for (const QString& line : lines)
        if (auto added = reader.add(line.toStdString()); !added) return fail(added);
    return std::move(reader).finish(false);
}

/// {"t_ms":1000,"node":"n1","what":"address","says":"held","since_ms":0}; an empty `since` leaves it out.
QString word(int ms, const char* node, const char* what, const char* says, const char* more = "")
{
    return QStringLiteral("{\"t_ms\":%1,\"node\":\"%2\",\"what\":\"%3\",\"says\":\"%4\"%5}")
        .arg(ms)
        .arg(QString::fromUtf8(node), QString::fromUtf8(what), QString::fromUtf8(says), QString::fromUtf8(more));
}

/// "1000 confirmed n1" or "3760 n1>n2 cause" for each entry.
QStringList play(const QStringList& lines, const Timeline::Options& options = {})
{
    QStringList found;
    const auto timelines = read(lines);
    if (!timelines) return {QString::fromStdString(timelines.error().detail)};
    for (const Timeline& timeline : *timelines) {
        const auto played = timeline.play(options, [&](const Timeline::Entry& entry) {
            const auto ms = std::chrono::floor<std::chrono::milliseconds>(entry.at.time_since_epoch()).count();
            if (const auto* vip = std::get_if<contract::ClusterVip>(&entry.what)) {
                found << QStringLiteral("%1 %2 %3")
                             .arg(ms)
                             .arg(QString::fromStdString(std::string(contract::vipVerdictText(vip->verdict))),
                                  QString::fromStdString(vip->owner));
            } else {
                const auto& moved = std::get<Transition>(entry.what);
                found << QStringLiteral("%1 %2>%3 %4")
                             .arg(ms)
                             .arg(QString::fromStdString(moved.from), QString::fromStdString(moved.to),
                                  QString::fromStdString(std::string(textOf(moved.cause))));
            }
        });
        if (!played) found << QString::fromStdString(played.error().detail);
    }
    return found;
}

const QStringList quiet{head,
                        word(1000, "n1", "address", "held", ",\"since_ms\":0"),
                        word(1000, "n2", "address", "absent"),
                        word(1000, "n1", "vrrp", "MASTER"),
                        word(1000, "n2", "vrrp", "BACKUP"),
                        word(1000, "n1", "nginx", "answers")};

} // namespace

class EvidenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linesGoThereAndBack()
    {
        for (const char* line :
             {"{\"t_ms\":1234,\"node\":\"n1\",\"what\":\"address\",\"says\":\"held\",\"since_ms\":1000,\"heard_ms\":"
              "1240}",
              "{\"t_ms\":0,\"node\":\"console\",\"what\":\"vip-answer\",\"says\":\"forged\"}",
              "{\"t_ms\":5,\"node\":\"n1\",\"what\":\"peer\",\"about\":\"n2\",\"says\":\"unreachable\"}"}) {
            const auto parsed = parseEvidence(line);
            QVERIFY(parsed);
            QCOMPARE(writeEvidence(std::get<EvidenceWord>(*parsed)), std::string(line));
        }
        const auto parsed = parseEvidence(head.toStdString());
        QVERIFY(parsed);
        QCOMPARE(writeEvidence(std::get<EvidenceHead>(*parsed)), head.toStdString());
    }
    void badLinesAreToldWithTheirNumber_data()
    {
        QTest::addColumn<QString>("line");
        QTest::newRow("cut") << "{\"t_ms\":1";
        QTest::newRow("no object") << "[1]";
        QTest::newRow("no node") << "{\"t_ms\":1,\"what\":\"address\",\"says\":\"held\"}";
        QTest::newRow("no time") << "{\"node\":\"n1\",\"what\":\"address\",\"says\":\"held\"}";
        QTest::newRow("half a millisecond")
            << word(1, "n1", "address", "held").replace(QStringLiteral(":1,"), QStringLiteral(":1.5,"));
        QTest::newRow("negative") << word(-1, "n1", "address", "held");
        QTest::newRow("too far")
            << word(1, "n1", "address", "held").replace(QStringLiteral(":1,"), QStringLiteral(":4000000000001,"));
        QTest::newRow("text as time")
            << word(1, "n1", "address", "held").replace(QStringLiteral(":1,"), QStringLiteral(":\"1\","));
        QTest::newRow("unknown what") << word(1, "n1", "adress", "held");
        QTest::newRow("unknown word") << word(1, "n1", "address", "HELD");
        QTest::newRow("unknown member") << word(1, "n1", "address", "held", ",\"since\":0");
        QTest::newRow("twice") << word(1, "n1", "address", "held", ",\"t_ms\":2");
        QTest::newRow("since later") << word(1, "n1", "address", "held", ",\"since_ms\":2");
        QTest::newRow("heard earlier") << word(5, "n1", "address", "held", ",\"heard_ms\":4");
        QTest::newRow("about of no peer") << word(5, "n1", "address", "held", ",\"about\":\"n2\"");
        QTest::newRow("peer of nobody") << word(5, "n1", "peer", "reachable");
        QTest::newRow("nine nodes")
            << "{\"cluster\":{\"vip\":\"v\",\"nodes\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\","
               "\"8\",\"9\"]}}";
        QTest::newRow("no nodes") << "{\"cluster\":{\"vip\":\"v\",\"nodes\":[]}}";
        QTest::newRow("node twice") << "{\"cluster\":{\"vip\":\"v\",\"nodes\":[\"a\",\"a\"]}}";
        QTest::newRow("node none") << "{\"cluster\":{\"vip\":\"v\",\"nodes\":[\"none\"]}}";
        QTest::newRow("too long") << word(1, "n1", "address", "held") + QString(70'000, u' ');
    }
    void badLinesAreToldWithTheirNumber()
    {
        QFETCH(QString, line);
        const auto found = read({head, QString(), line});
        QVERIFY(!found && found.error().code == Code::Validation);
        QVERIFY(found.error().detail.starts_with("line 3: "));
    }
    void theClusterComesFirst()
    {
        QVERIFY(read({word(1, "n1", "address", "held")}).error().detail.starts_with("line 1: "));
        QVERIFY(!read({}));
        QVERIFY(read({QStringLiteral("{\"event\":{\"a\":[1]}}"), head}));
    }
    void whatAKilledWriterLeftIsLeftOut()
    {
        const QString torn = QStringLiteral("{\"t_ms\":1200,\"node\":\"n1\",\"wh");
        EvidenceReader reader;
        for (const QString& line : QStringList{head, word(1, "n1", "address", "held"), torn, QStringLiteral("\x01z"),
                                               head, word(5, "n1", "address", "held"), torn})
            QVERIFY(reader.add(line.toStdString()));
        const auto timelines = std::move(reader).finish(true);
        QVERIFY(timelines);
        QCOMPARE(timelines->size(), std::size_t(2));
        QCOMPARE(reader.leftOut().size(), std::size_t(2));
        QVERIFY(reader.leftOut()[0].starts_with("lines 3 to 4: "));
        QVERIFY(reader.leftOut()[1].starts_with("line 7: "));
    }
    void whatCannotBeReadElsewhereIsAnError()
    {
        const QString torn = QStringLiteral("{\"t_ms\":1200,\"node\":\"n1\",\"wh");
        const QString good = word(1, "n1", "address", "held");
        QVERIFY(read({head, torn, good}).error().detail.starts_with("line 2: "));
        QVERIFY(read({head, torn, torn, good, head}).error().detail.starts_with("line 2: "));
        QVERIFY(read({torn, head, good}).error().detail.starts_with("line 1: "));
        QVERIFY(read({head, good, torn}).error().detail.starts_with("line 3: "));
        EvidenceReader reader;
        for (const QString& line : {head, torn, torn}) QVERIFY(reader.add(line.toStdString()));
        QVERIFY(std::move(reader).finish(true).error().detail.starts_with("line 2: "));
    }
    void ofTwoWordsOfOneMomentTheLaterLineCounts()
    {
        const QStringList before{head, word(1000, "n2", "address", "absent")};
        QCOMPARE(play(before + QStringList{word(1000, "n1", "address", "held"), word(1000, "n1", "address", "absent")})
                     .constFirst(),
                 QStringLiteral("1000 none "));
        QCOMPARE(play(before + QStringList{word(1000, "n1", "address", "absent"), word(1000, "n1", "address", "held")})
                     .constFirst(),
                 QStringLiteral("1000 unknown n1"));
    }
    void verdictsChangeByAgeToTheMillisecond()
    {
        const QStringList lines = quiet + QStringList{word(1100, "n2", "vip-answer", "n1", ",\"heard_ms\":1107"),
                                                      word(2000, "n1", "address", "held", ",\"since_ms\":0"),
                                                      word(2000, "n2", "address", "absent")};
        const QStringList expected{QStringLiteral("1000 unknown n1"), QStringLiteral("1107 confirmed n1"),
                                   QStringLiteral("3101 unknown n1"), QStringLiteral("4001 unknown ")};
        QCOMPARE(play(lines), expected);
        QStringList shuffled = lines;
        std::reverse(shuffled.begin() + 1, shuffled.end());
        QCOMPARE(play(shuffled), expected);
    }
    void stepsAreFixedWhenAskedFor()
    {
        const QStringList found = play(quiet, {500ms, false});
        QCOMPARE(found.join(u','),
                 QStringLiteral("1000 unknown n1,1500 unknown n1,2000 unknown n1,2500 unknown n1,3000 "
                                "unknown n1"));
    }
    void stepsGoOnBehindAGap()
    {
        const QStringList found = play(quiet + QStringList{word(60250, "n1", "address", "held")}, {1000ms, false});
        QCOMPARE(found.join(u','), QStringLiteral("1000 unknown n1,2000 unknown n1,3000 unknown n1,61000 unknown n1,"
                                                  "62000 unknown n1"));
    }
    void causesAreConcluded_data()
    {
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QString>("expected");
        const QString gone = word(2000, "n1", "address", "absent", ",\"since_ms\":2000");
        const QString taken = word(2160, "n2", "address", "held", ",\"since_ms\":2160");
        const QString master = word(2180, "n2", "vrrp", "MASTER");
        const auto row = [](const char* name, const QStringList& more, const char* expected) {
            QTest::newRow(name) << more << QString::fromUtf8(expected);
        };
        row("stopped", {word(1999, "n1", "vrrp", "STOP"), gone, taken, master}, "4160 n1>n2 keepalived-stopped");
        row("words in another order", {master, taken, gone, word(2010, "n1", "vrrp", "STOP", ",\"heard_ms\":2400")},
            "4160 n1>n2 keepalived-stopped");
        row("nginx", {word(1800, "n1", "nginx", "silent"), word(1999, "n1", "vrrp", "FAULT"), gone, taken, master},
            "4160 n1>n2 nginx-fault");
        row("interface", {word(1999, "n1", "vrrp", "FAULT"), gone, taken, master}, "4160 n1>n2 interface");
        row("crash", {taken, master}, "4160 n1>n2 advert-timeout");
        row("drain", {word(1900, "n1", "agent", "draining"), gone, taken, master}, "4160 n1>n2 planned");
        row("by hand", {taken}, "4160 n1>n2 unknown");
        row("healed",
            {taken, master, word(6000, "n1", "address", "held", ",\"since_ms\":0"),
             word(6100, "n2", "address", "absent", ",\"since_ms\":6100"), word(6110, "n2", "vrrp", "BACKUP")},
            "4160 n1>n2 advert-timeout,8100 n2>n1 partition-healed");
        row("nobody takes it", {word(1999, "n1", "vrrp", "STOP"), gone}, "4000 n1> keepalived-stopped");
        row("gone and back", {gone, word(2500, "n1", "address", "held", ",\"since_ms\":2500")}, "4500 n1>n1 unknown");
        row("nothing moved", {word(2000, "n1", "address", "held", ",\"since_ms\":0")}, "");
    }
    void causesAreConcluded()
    {
        QFETCH(QStringList, more);
        QFETCH(QString, expected);
        QStringList moves;
        for (const QString& entry : play(quiet + more, {{}, true}))
            if (entry.contains(u'>')) moves << entry;
        QCOMPARE(moves.join(u','), expected);
    }
    void theInterruptionBelongsToItsTransition()
    {
        TransitionTracker tracker;
        const auto at = [](int ms) { return Observation::Time(std::chrono::milliseconds(ms)); };
        tracker.observe({"n1", Fact::Address, {}, "held", at(0), {}});
        tracker.observe({"n2", Fact::Address, {}, "absent", at(0), {}});
        tracker.observe({"n1", Fact::Address, {}, "absent", at(10000), {}});
        tracker.observe({"n2", Fact::Address, {}, "held", at(10160), {}});
        tracker.observe(SeenInterruption{at(3000), 900ms, 110ms});
        tracker.observe(SeenInterruption{at(10050), 200ms, 110ms});
        QCOMPARE(tracker.due(), std::optional(at(12160)));
        QVERIFY(tracker.take(at(12159)).empty());
        const auto moved = tracker.take(at(12160));
        QCOMPARE(moved.size(), std::size_t(1));
        QCOMPARE(moved.front().interruption->length, 200ms);
        QVERIFY(tracker.take(at(20000)).empty());
    }
};

QTEST_GUILESS_MAIN(EvidenceTest)
#include "evidencetest.moc"
