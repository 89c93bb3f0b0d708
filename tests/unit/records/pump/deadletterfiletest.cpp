// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/pump/deadletterfile.h"
#include "../recordsamples.h"
#include "contract/json.h"
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/resource.h>

using namespace iam;
using namespace iam::records;

class DeadLetterFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsRecordsAndBytes();
    void goesOnAfterATornLine();
    void movesOnAndForgetsTheOldest();
    void leavesNothingWhenThereIsNoRoom();
    void needsAFile();

private:
    std::unique_ptr<DeadLetterFile> open(std::uint64_t maxSize = 1024 * 1024, int maxFiles = 3) const
    {
        auto file = DeadLetterFile::open({path(), maxSize, maxFiles}, m_clock);
        if (!file) qFatal("%s", file.error().detail.c_str());
        return std::move(*file);
    }
    std::string path() const { return m_folder->filePath(u"dead.jsonl"_qs).toStdString(); }
    static QList<QByteArray> linesOf(const std::string& path)
    {
        QFile file(QString::fromStdString(path));
        if (!file.open(QIODevice::ReadOnly)) return {};
        QList<QByteArray> lines = file.readAll().split('\n');
        lines.removeLast();
        return lines;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    test::FakeClock m_clock;
};

void DeadLetterFileTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void DeadLetterFileTest::keepsRecordsAndBytes()
{
    {
        const auto file = open();
        QVERIFY(file->add("records", "csv", "too \"long\"", test::sampleRecord(m_clock.now(), 7)).has_value());
    }
    const auto file = open();
    QVERIFY(file->addBytes("legacy", "no map", std::string("\0\xff", 2)).has_value());
    const auto lines = linesOf(path());
    QCOMPARE(lines.size(), 2);
    const auto record = contract::parseWholeJson(lines[0].toStdString());
    QVERIFY(record.has_value());
    QCOMPARE(*record->find("sink")->string(), std::string("csv"));
    QCOMPARE(*record->find("reason")->string(), std::string("too \"long\""));
    QCOMPARE(*record->find("record")->find("resource")->string(), std::string("resources:articles:7"));
    QCOMPARE(lines[1],
             QByteArray(R"({"time":"2023-11-14T22:13:20.000Z","source":"legacy","reason":"no map","bytes":"AP8="})"));
    QCOMPARE(QFileInfo(QString::fromStdString(path())).permissions() & 0x0077, QFileDevice::Permissions());
    QCOMPARE(file->removedFiles(), std::uint64_t{0});
}

void DeadLetterFileTest::goesOnAfterATornLine()
{
    {
        QFile torn(QString::fromStdString(path()));
        QVERIFY(torn.open(QIODevice::WriteOnly));
        torn.write("{\"time\":\"20");
    }
    QVERIFY(open()->addBytes("legacy", "x", "y").has_value());
    const auto lines = linesOf(path());
    QCOMPARE(lines.size(), 2);
    QVERIFY(contract::parseWholeJson(lines[1].toStdString()).has_value());
}

void DeadLetterFileTest::movesOnAndForgetsTheOldest()
{
    const auto file = open(300, 3); // two lines each
    for (int i = 0; i < 7; ++i) QVERIFY(file->addBytes("legacy", std::to_string(i), std::string(20, 'x')).has_value());
    QCOMPARE(linesOf(path()).size(), 1);
    QVERIFY(linesOf(path()).front().contains("\"reason\":\"6\""));
    QVERIFY(linesOf(path() + ".1").front().contains("\"reason\":\"4\""));
    QVERIFY(linesOf(path() + ".2").front().contains("\"reason\":\"2\""));
    QVERIFY(!QFile::exists(QString::fromStdString(path() + ".3")));
    QCOMPARE(file->removedFiles(), std::uint64_t{1});
}

void DeadLetterFileTest::leavesNothingWhenThereIsNoRoom()
{
    const auto file = open();
    QVERIFY(file->addBytes("legacy", "first", "y").has_value());
    const qint64 size = QFileInfo(QString::fromStdString(path())).size();
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit tight{static_cast<rlim_t>(size + 10), before.rlim_max};
    ::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &tight);
    const auto refused = file->addBytes("legacy", "second", "y");
    ::setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, Code::StorageUnavailable);
    QCOMPARE(QFileInfo(QString::fromStdString(path())).size(), size);
    QVERIFY(file->addBytes("legacy", "second", "y").has_value());
    QCOMPARE(linesOf(path()).size(), 2);
}

void DeadLetterFileTest::needsAFile()
{
    const auto absent = DeadLetterFile::open({m_folder->path().toStdString() + "/no/such", 100, 2}, m_clock);
    QVERIFY(!absent);
    QCOMPARE(absent.error().code, Code::StorageUnavailable);
    const auto folder = DeadLetterFile::open({m_folder->path().toStdString(), 100, 2}, m_clock);
    QVERIFY(!folder);
}

QTEST_GUILESS_MAIN(DeadLetterFileTest)
#include "deadletterfiletest.moc"
