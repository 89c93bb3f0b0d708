// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Kills a process that writes to a csv file, at random moments, and reads what is left.
#include "records/sinks/csvsink.h"
#include "sinksamples.h"
#include "support/csvrows.h"
#include "support/manualclock.h"
#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <set>
#include <unistd.h>

using namespace iam;
using namespace iam::records;
using namespace std::chrono_literals;

namespace {

/// Says the number of the last record of each batch once it is acknowledged.
int writeUntilKilled(const std::string& folder, int first)
{
    const test::ManualClock clock;
    CsvSink sink(CsvOptions{folder, true}, 5s, clock);
    for (;; first += 200) {
        if (!sink.write(test::sampleRecords(first, 200))) return 1;
        const int last = first + 199;
        if (::write(STDOUT_FILENO, &last, sizeof last) != sizeof last) return 1;
    }
}

} // namespace

class CsvCrashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsAcknowledgedIsThere()
    {
        const QTemporaryDir folder;
        int next = 1; // behind the last acknowledged record
        int repaired = 0;
        for (int round = 0; round < 30; ++round) {
            QProcess child;
            child.start(QCoreApplication::applicationFilePath(),
                        {QStringLiteral("--write"), folder.path(), QString::number(next)});
            QVERIFY(child.waitForStarted());
            const qint64 wanted = QRandomGenerator::global()->bounded(1, 40) * qint64{sizeof(int)};
            while (child.bytesAvailable() < wanted) QVERIFY(child.waitForReadyRead(10'000));
            // The time of one batch more or less, so that the end comes anywhere in it.
            ::usleep(QRandomGenerator::global()->bounded(3000U));
            child.kill();
            QVERIFY(child.waitForFinished());
            const QByteArray said = child.readAllStandardOutput();
            QVERIFY(said.size() >= wanted);
            int last = 0;
            memcpy(&last, said.constData() + (said.size() / qint64{sizeof(int)} - 1) * qint64{sizeof(int)},
                   sizeof last);
            next = last + 1;
            QFile file(folder.filePath(QStringLiteral("2023-November-14-22.csv")));
            QVERIFY(file.open(QIODevice::ReadOnly));
            if (!file.readAll().endsWith('\n')) ++repaired;
        }
        // One that comes to an end, so that the last torn line is cut off, too.
        const test::ManualClock clock;
        CsvSink sink(CsvOptions{folder.path().toStdString(), true}, 5s, clock);
        QVERIFY(sink.write(test::sampleRecords(next, 1)).has_value());

        QFile file(folder.filePath(QStringLiteral("2023-November-14-22.csv")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        const auto rows = test::readCsv({text.constData(), static_cast<std::size_t>(text.size())});
        QVERIFY(rows.has_value());
        std::set<int> numbers;
        for (std::size_t i = 1; i < rows->size(); ++i) numbers.insert(std::stoi((*rows)[i][9]));
        for (int number = 1; number <= next; ++number)
            QVERIFY2(numbers.contains(number), qPrintable(QString::number(number)));
        qInfo("30 kills: %d records acknowledged and there, %zu lines twice, %d torn lines cut off", next,
              rows->size() - 1 - numbers.size(), repaired);
    }
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 4 && std::string_view(argv[1]) == "--write") return writeUntilKilled(argv[2], std::atoi(argv[3]));
    CsvCrashTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "csvcrashtest.moc"
